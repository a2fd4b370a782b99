"""A `kvisdocs batch` in processes of its own, measured from outside: time, processor time and memory of each process.

Reads Linux's /proc. Processor time counts all processes of the run, and tells more than the clock on a busy machine.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

TAG = "KVISDOCS_MEASURED"
TICKS_S = os.sysconf("SC_CLK_TCK")
PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 1e6
PROGRAM = [sys.executable, "-c", "from kvisdocs.cli.start import start; start()"]


@dataclass(frozen=True)
class Sample:
    """One process at one moment: seconds since the run began, resident memory, processor time so far."""

    at_s: float
    pid: int
    role: str
    """`program`, `server` (the fork server and what else the program has started) or `worker`."""
    memory_mb: float
    cpu_s: float


@dataclass(frozen=True)
class Measured:
    """A run from start to end, with its report."""

    seconds: float
    samples: tuple[Sample, ...]
    report: dict

    @property
    def cpu_s(self) -> float:
        """Processor time of all its processes, less what each used after it was last looked at."""
        return sum({sample.pid: sample.cpu_s for sample in self.samples}.values())

    @property
    def documents(self) -> int:
        """How many were made."""
        return self.report["counts"]["made"]

    def first_s(self, role: str) -> float:
        """When the first process of that role was seen."""
        return min((sample.at_s for sample in self.samples if sample.role == role), default=self.seconds)


def measure(cases: Path, output: Path, *options: str, every_s: float = 0.2) -> Measured:
    """Run it to its end. RuntimeError with the program's words if not all is well."""
    tag = f"{os.getpid()}-{time.monotonic_ns()}"
    with tempfile.TemporaryDirectory() as folder:
        report, said = Path(folder, "report.json"), Path(folder, "said")
        command = [*PROGRAM, "batch", str(cases), "-o", str(output), "--report", str(report), *options]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), TAG: tag}
        begun, samples = time.monotonic(), []
        with said.open("w") as words:
            process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=words)
            while process.poll() is None:
                samples += [
                    Sample(time.monotonic() - begun, pid, role, memory, cpu)
                    for pid, role, memory, cpu in _processes(process.pid, tag)
                ]
                time.sleep(every_s)
        seconds = time.monotonic() - begun
        if process.returncode:
            raise RuntimeError(said.read_text()[-2000:])
        return Measured(seconds, tuple(samples), json.loads(report.read_text()))


def _processes(program: int, tag: str) -> Iterator[tuple[int, str, float, float]]:
    """Of each process of the run: id, role, resident memory in MB, processor time in seconds."""
    found = {}
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"{TAG}={tag}".encode() in environment.read_bytes().split(b"\0"):
                pid = int(environment.parent.name)
                found[pid] = environment.with_name("stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has ended, or is somebody else's
            continue
    for pid, values in found.items():
        parent = int(values[1])
        role = "program" if pid == program else "server" if parent == program else "worker"
        cpu = (int(values[11]) + int(values[12])) / TICKS_S
        yield pid, role, int(values[21]) * PAGE_MB, cpu


def machine() -> str:
    """What else the machine is doing, for a figure that can be judged."""
    return f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
