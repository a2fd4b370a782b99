"""What stands in every Dask worker while a run lasts: the templates, the proofs, and processes that may be killed.

A Dask worker cannot end a task that does not end. So each hands its jobs to `Workers` of its own, and time and memory
are limited as on one machine.
"""

import asyncio
import multiprocessing
import shutil
import tempfile
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from distributed import Worker, WorkerPlugin, get_worker

from kvisdocs.batch.cluster.transfer import (
    IncompatibleWorker,
    PackedTemplates,
    Shared,
    find_differences,
    read_message,
    read_versions,
    report_versions,
    sees_folder,
    stage_files,
    unpack_assets,
    write_message,
)
from kvisdocs.batch.pool.pool import WorkerDied, Workers
from kvisdocs.batch.pool.worker import start_pool
from kvisdocs.problems import join_clauses
from kvisdocs.templating.html import Assets


@dataclass(frozen=True)
class WorkerSetup:
    """What a worker is told once. `setup` is the message with recipe, documents and proofs."""

    run: str
    versions: dict[str, str] = field(repr=False)
    templates: PackedTemplates = field(repr=False)
    setup: bytes = field(repr=False)
    shared: Shared | None = None
    look_s: float = 20
    """How often a worker looks whether its caller is still there."""


class KvisdocsPlugin(WorkerPlugin):
    """Set up by Dask in each worker that there is, and in each that comes later, before it says what it can do.

    Jobs ask for the resource that is named as the run. Only a worker that is fit, and has all that it needs, tells the
    scheduler that it has as many of it as it has threads: so no job can come to another.
    """

    def __init__(self, worker_setup: WorkerSetup) -> None:
        self.worker_setup = worker_setup
        self.name = worker_setup.run
        self.is_ready = False
        self._workers: Workers | None = None

    async def setup(self, worker: Worker) -> None:
        """Raises Unfit."""
        if differences := find_differences(self.worker_setup.versions, await report_versions()):
            raise IncompatibleWorker(join_clauses(differences))
        self._worker = worker
        self._folder = Path(tempfile.mkdtemp(prefix="kvisdocs-", dir=worker.local_directory))
        try:
            workers = self._workers = self._unpack(worker.state.nthreads)
            await asyncio.wrap_future(workers.submit(read_versions))
        except (OSError, BrokenExecutor) as error:
            self._clear()
            raise IncompatibleWorker(str(error)) from None
        self.is_ready = True
        await worker.set_resources(**{self.worker_setup.run: worker.state.nthreads})
        self._watch = asyncio.create_task(self._leave_with_caller())

    def _unpack(self, count: int) -> Workers:
        self._assets = unpack_assets(self.worker_setup.templates, self._folder)
        self._shares = self.worker_setup.shared is not None and sees_folder(self.worker_setup.shared)
        # Under its nanny, Dask's worker is a daemon, and those may have no children, lest they be left behind. Ours are
        # not: they end when this process does, however it ends.
        multiprocessing.current_process().daemon = False
        settings, documents, proofs = read_message(self.worker_setup.setup, self._assets)
        return start_pool(count, settings, documents, proofs)

    async def teardown(self, worker: Worker) -> None:
        """The run is over, or the worker is."""
        if self.is_ready:
            self.is_ready = False
            self._watch.cancel()
            await asyncio.to_thread(self._clear)

    def _clear(self) -> None:
        if self._workers is not None:
            self._workers.shutdown()
        shutil.rmtree(self._folder, ignore_errors=True)

    async def _leave_with_caller(self) -> None:
        """A caller that was killed leaves all this behind; the scheduler then forgets the key that it held."""
        missed = 0
        while missed < 3:
            await asyncio.sleep(self.worker_setup.look_s)
            with suppress(OSError):
                key = alive_key(self.worker_setup.run)
                held = await self._worker.scheduler.who_has(keys=[key])
                missed = 0 if held[key] else missed + 1
        with suppress(OSError, ValueError):  # another worker was the first to see it
            await self._worker.scheduler.unregister_worker_plugin(name=self.name)

    def run_task(self, call: bytes) -> bytes:
        """Have a process of our own make the call; gives (`done` or `raised`, value) as a message."""
        try:
            function, arguments = read_message(call, self._assets)
            assert self._workers is not None
            made = self._workers.submit(function, *arguments).result()
            if self._shares and self.worker_setup.shared is not None:
                made = tuple(stage_files(each, self.worker_setup.shared) for each in made)
            return write_message(("done", made), self._assets)
        except BrokenExecutor:
            self._worker.loop.add_callback(self._withdraw)
            return write_message(("raised", WorkerDied(0)), self._assets)
        except Exception as error:
            return write_message(("raised", error), self._assets)

    async def _withdraw(self) -> None:
        await self._worker.set_resources(**{self.worker_setup.run: 0})


def run_task(run: str, call: bytes) -> bytes:
    """The task that Dask knows of. It never raises: Dask would write the arguments, which are cases, into its log."""
    post: Any = get_worker().plugins.get(run)
    if post is None or not post.is_ready:
        return write_message(("raised", WorkerDied(0)), Assets(()))
    answer: bytes = post.run_task(call)
    return answer


def alive_key(run: str) -> str:
    """The key that the caller holds as long as it lives."""
    return f"{run}-alive"
