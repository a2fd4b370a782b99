"""A Dask scheduler and workers as real processes on the loopback, and what they have written into their logs."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from processes import wait_for
from user import CHECKOUT


@dataclass
class Dask:
    """One scheduler and its workers. Each stands in a folder of its own, where nothing of the caller's is."""

    folder: Path
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def start(self, *options: str) -> str:
        """Start the scheduler; gives its address."""
        options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", "at.json", *options)
        self._run("scheduler", *options)
        wait_for(lambda: self._is_written(), self.logs)
        self.address: str = json.loads((self.folder / "at.json").read_text())["address"]
        return self.address

    def add(self, *options: str, path: str = str(CHECKOUT)) -> "subprocess.Popen[bytes]":
        """Start a worker of one thread, that imports from `path`; gives its process when it has registered."""
        before = self.logs().count("Registered to:")
        number = len(self.processes)
        options = ("--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", *options)
        process = self._run("worker", self.address, "--local-directory", f"w{number}", *options, PYTHONPATH=path)
        wait_for(lambda: self.logs().count("Registered to:") > before, self.logs)
        return process

    def logs(self) -> str:
        """All that they have said so far."""
        return "".join(log.read_text(errors="replace") for log in sorted(self.folder.glob("*.log")))

    def kept(self) -> list[str]:
        """The folders that the first worker has unpacked something into, and not removed."""
        folders = os.walk(self.folder / "w1")  # which passes over what is being removed just now
        return sorted(name for _, inside, _ in folders for name in inside if name.startswith("kvisdocs-"))

    def end(self) -> None:
        """End all of them: the scheduler last, lest workers look for it."""
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _run(self, *arguments: str, **environment: str) -> "subprocess.Popen[bytes]":
        with (self.folder / f"{len(self.processes)}.log").open("wb") as log:
            call = [sys.executable, "-m", "dask", *arguments]
            process = subprocess.Popen(
                call, cwd=self.folder, env={**os.environ, **environment}, stdout=log, stderr=subprocess.STDOUT
            )
        self.processes.append(process)
        return process

    def _is_written(self) -> bool:
        try:
            return "address" in json.loads((self.folder / "at.json").read_text())
        except (OSError, ValueError):
            return False
