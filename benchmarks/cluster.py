"""What a run costs on a Dask cluster: processor time of each process, and bytes, for each job.

    .venv/bin/pip install -e '.[cluster]' && .venv/bin/python benchmarks/cluster.py

A scheduler and one worker of one thread on this machine, and the examples that ship: each case is one job, with
all its documents in both formats and each file read back. Processor time, not the clock's, so that a busy machine gives
nearly the same figures. Three rounds: jobs without a document (what Dask itself costs), the examples with the files put
into a shared folder, and the examples with the files sent back.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import psutil
from distributed import Client
from timing import size

from kvisdocs.application.job import Job, RunSettings
from kvisdocs.application.recipient_check.recipient_check import OtherCases, RecipientCheck
from kvisdocs.application.store.manifest import Manifest
from kvisdocs.application.store.output_store import OutputStore
from kvisdocs.application.template_folders import find_assets, shipped
from kvisdocs.batch.cluster.cluster import Cluster, join
from kvisdocs.batch.plan import Planner
from kvisdocs.batch.pool.worker import make_case
from kvisdocs.templating.documents import load_documents

DAY = date(2012, 11, 14)
EMPTY, TIMES, JOBS = size(500, 2), size(3, 1), size(10_000, 2)


@contextmanager
def dask(folder: Path) -> Iterator[tuple[str, dict[str, psutil.Process]]]:
    """The address of a scheduler with a worker, and the processes to watch."""
    call = [sys.executable, "-m", "dask"]
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", "at.json"]
    scheduler = subprocess.Popen([*call, "scheduler", *options], **quiet)
    while not (folder / "at.json").exists():
        time.sleep(0.1)
    time.sleep(1)
    address = json.loads((folder / "at.json").read_text())["address"]
    worker = subprocess.Popen([*call, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"], **quiet)
    with Client(address) as client:
        client.wait_for_workers(1)
    time.sleep(size(10, 0))  # till it has loaded all that it loads
    try:
        yield address, {name: psutil.Process(each.pid) for name, each in (("scheduler", scheduler), ("worker", worker))}
    finally:
        for each in (worker, scheduler):
            each.terminate()
            each.wait()


def spent(processes: dict[str, psutil.Process]) -> dict[str, float]:
    """Processor seconds so far: of the caller, of the scheduler, of Dask's worker, and of the processes below that."""

    def seconds(process: psutil.Process) -> float:
        times = process.cpu_times()
        return times.user + times.system

    below = [child for child in processes["worker"].children(recursive=True) if child.is_running()]
    return {
        "caller": time.process_time(),
        "scheduler": seconds(processes["scheduler"]),
        "dask worker": seconds(processes["worker"]),
        "making": sum(seconds(child) for child in below),
    }


def measure(title: str, cluster: Cluster, jobs: list[Job], processes: dict[str, psutil.Process]) -> None:
    """Do the jobs, few at a time as a run does, and print what each cost."""
    cluster.submit(make_case, jobs[0]).result()
    before, begun, waiting, made = spent(processes), time.monotonic(), [], []
    for job in jobs:
        waiting.append(cluster.submit(make_case, job))
        if len(waiting) >= 2:
            made += waiting.pop(0).result()
    made += [each for future in waiting for each in future.result()]
    seconds = time.monotonic() - begun
    files = [written for each in made for written in each.files.values()]
    size = sum(each.size if hasattr(each, "size") else len(each.data) for each in files)
    cost = ", ".join(f"{name} {(now - before[name]) / len(jobs) * 1000:.1f}" for name, now in spent(processes).items())
    print(f"{title}: {len(jobs)} jobs, {len(made)} documents, {len(files)} files, {size / 1e6:.1f} MB, {seconds:.1f} s")
    print(f"  processor milliseconds a job: {cost}")


def main() -> None:
    """Both ways of getting files home, each with empty jobs before the real ones."""
    assets = find_assets(None)
    settings = RunSettings(assets, DAY, ("pdf", "docx"), proven=True)
    documents = load_documents(assets)
    chosen = list(documents.values())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (own := folder / "output" / ".kvisdocs").mkdir(parents=True)
        with Manifest(own) as manifest:
            plan = Planner(assets, chosen, DAY, manifest).plan([shipped("cases_yaml")])
            OutputStore(folder / "output", manifest)
        proofs = (RecipientCheck.of(assets, OtherCases(plan.marks)),)
        jobs = [
            Job(
                each.case_id, str(each.file), each.file.read_bytes(), each.documents, settings, each.along, each.related
            )
            for each in plan.cases
        ]
        empty = [replace(jobs[0], documents=())] * EMPTY
        with dask(folder) as (address, processes):
            for title, output in (("shared folder", folder / "output"), ("bytes", None)):
                with join(address, settings, tuple(chosen), proofs, output) as cluster:
                    measure(f"{title}, nothing to make", cluster, empty, processes)
                    measure(title, cluster, jobs[:JOBS] * TIMES, processes)


if __name__ == "__main__":
    main()
