"""A Dask cluster for one run: an Executor over the workers that make the same bytes as this machine does.

`join` connects, checks that the workers are compatible, sets up the run, and always disconnects.
"""

import logging
import re
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, TypeVar

from distributed import Client, KilledWorker
from distributed import Future as DaskFuture

from kvisdocs.application.job import FileCheck, RunSettings
from kvisdocs.batch.cluster.dask_plugin import KvisdocsPlugin, WorkerSetup, alive_key, run_task
from kvisdocs.batch.cluster.transfer import (
    Shared,
    describe_incompatible,
    find_differences,
    pack_assets,
    read_message,
    read_versions,
    report_versions,
    share_folder,
    write_message,
)
from kvisdocs.batch.pool.pool import NoWorkersLeftError, WorkerDied
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity
from kvisdocs.templating.documents import Document

T = TypeVar("T")

LEAVE_LIMIT_S = 10
ALONE_LIMIT_S = 60
"""So long a run waits for another worker when the last one is gone."""

TRIES = 3
"""So many times a job is sent whose answer is lost on the way."""

LOOK_S = 2
"""How often the workers are counted."""


@dataclass
class _Task:
    future: "Future[Any]"
    call: bytes
    asked: "DaskFuture[bytes] | None" = None
    lost: int = 0
    """How often its answer was lost with the worker that had it."""


class Cluster(Executor):
    """The workers of a cluster that are set up for this run. The first argument of a call must be a Job."""

    def __init__(self, client: Client, address: str, run: str, settings: RunSettings) -> None:
        self.address = address
        self.problems: list[Problem] = []
        """What is to be told of workers that came and could not take part."""
        self._client, self._run, self._recipe = client, run, settings
        self._under_way: dict[str, _Task] = {}
        self._lock = Lock()
        self._hands: dict[str, int] = {}
        self._known: set[str] = set(client.scheduler_info()["workers"])
        self._alone_s = 0
        self._over = Event()
        self._broken: NoWorkersLeftError | None = None
        self._alive = client.submit(int, key=alive_key(run), pure=False)
        self._thread = Thread(target=self._keep_looking, name="cluster", daemon=True)
        self._thread.start()

    def worker_count(self) -> int:
        """So many jobs can be done at a time, now."""
        return max(1, sum(self._hands.values()))

    def submit(self, function: Callable[..., T], /, *arguments: Any, **named: Any) -> "Future[T]":
        """Have it done on any fit worker. The future may raise WorkerDied, TaskTimeout or NoWorkersLeftError."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        task = _Task(future, write_message((function, arguments), self._recipe.assets))
        key = f"{self._run}-{secrets.token_hex(8)}"
        with self._lock:
            self._under_way[key] = task
        if self._broken is not None:
            self._break(self._broken)
        else:
            self._ask(key, task)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Give up what is under way, and have all workers forget the run."""
        self._over.set()
        if wait:
            self._thread.join()
        with self._lock:
            tasks = list(self._under_way.values())
            self._under_way.clear()
        if self._client.status != "running":
            return
        with suppress(Exception):  # the scheduler goes: the workers see that the caller has left
            self._client.cancel([task.asked for task in tasks if task.asked is not None], force=True)
            self._alive.release()
            self._client.sync(self._client._unregister_worker_plugin, self._run, callback_timeout=LEAVE_LIMIT_S)

    def _ask(self, key: str, task: _Task) -> None:
        """Send a task. Its name in Dask changes when it is sent again, so that no earlier answer is taken for it."""
        name = f"{key}-{secrets.token_hex(4)}"
        try:
            asked = self._client.submit(run_task, self._run, task.call, key=name, pure=False, resources={self._run: 1})
        except Exception as error:  # the client has lost its scheduler
            self._break(self._without_scheduler(type(error).__name__))
            return
        task.asked = asked
        asked.add_done_callback(partial(self._hear, key))

    def _hear(self, key: str, asked: "DaskFuture[bytes]") -> None:
        task = self._under_way.get(key)
        if task is None or task.asked is not asked or self._over.is_set():
            return
        try:
            kind, value = read_message(asked.result(), self._recipe.assets)
        except KilledWorker:  # it took several workers along
            kind, value = "raised", WorkerDied(0)
        except CancelledError:
            if self._client.status != "running":
                self._break(self._without_scheduler())
                return
            task.lost += 1  # the worker was gone before its answer was fetched
            if task.lost < TRIES:
                self._ask(key, task)
                return
            kind, value = "raised", WorkerDied(0)
        except Exception as error:
            kind, value = "raised", error
        with self._lock:
            self._under_way.pop(key, None)
        if kind == "done":
            task.future.set_result(value)
        else:
            task.future.set_exception(value)

    def _without_scheduler(self, reason: str = "") -> NoWorkersLeftError:
        todo = N_("start it again, or leave out --scheduler, and run it again to go on")
        what = N_("the scheduler at {address} is gone", address=self.address)
        return NoWorkersLeftError(N_("{what} ({reason})", what=what, reason=reason) if reason else what, todo)

    def _break(self, error: NoWorkersLeftError) -> None:
        """The run cannot go on; all that is under way is told so."""
        self._broken = self._broken or error
        with self._lock:
            tasks = list(self._under_way.values())
            self._under_way.clear()
        for task in tasks:
            task.future.set_exception(self._broken)

    def _keep_looking(self) -> None:
        while self._broken is None and not self._over.wait(LOOK_S):
            with suppress(Exception):  # a worker that goes while it is asked, for one: the next look will tell
                self.look()
            if self._client.status != "running" and not self._over.is_set():
                self._break(self._without_scheduler())

    def look(self) -> None:
        """Refresh the worker count; detect added and lost workers."""
        workers = self._client.scheduler_info()["workers"]
        fit = {
            f"{address} {each['local_directory']}": each["nthreads"]
            for address, each in workers.items()
            if each["resources"].get(self._run)
        }
        is_other = bool(fit) and not fit.keys() & self._hands.keys()
        self._alone_s = 0 if fit else self._alone_s + LOOK_S
        self._hands = fit
        if is_other:
            self._ask_again()
        if self._alone_s > ALONE_LIMIT_S:
            what = N_(
                "no worker of {address} has been there for {seconds} seconds",
                address=self.address,
                seconds=ALONE_LIMIT_S,
            )
            todo = N_("start some (dask worker {address}), and run it again to go on", address=self.address)
            self._break(NoWorkersLeftError(what, todo))
        self._look_at(set(workers) - self._known)
        self._known |= set(workers)

    def _ask_again(self) -> None:
        """Dask gives tasks that nobody could do to a worker when it comes, which is before it is found to be fit."""
        with self._lock:
            tasks = list(self._under_way.items())
        for key, task in tasks:
            before = task.asked
            self._ask(key, task)
            if before is not None:
                before.cancel()

    def _look_at(self, strangers: set[str]) -> None:
        """Say why those that have come do not take part."""
        if not strangers:
            return
        answers = self._client.run(report_versions, workers=sorted(strangers), on_error="return")
        for worker, theirs in answers.items():
            if not isinstance(theirs, BaseException) and (said := find_differences(read_versions(), theirs)):
                self.problems.append(describe_incompatible(worker, said, Severity.WARNING))


CONNECT_LIMIT_S = 10

_ADDRESS = re.compile(r"(tcp|tls|ws|wss)://(\[[0-9a-fA-F:.%\w]+\]|[^\s:/\[\]]+):(\d{1,5})")


@contextmanager
def join(
    address: str,
    settings: RunSettings,
    documents: tuple[Document, ...],
    proofs: tuple[FileCheck, ...],
    output: Path | None,
) -> Iterator[Cluster]:
    """The cluster at an address, set up for one run. Raises KvisdocsError where it cannot be had or is not fit.

    Workers that see the folder `output` put their files there; all others, and all where it is None, send them.
    """
    client = connect(address)
    try:
        check_workers(client, address)
        with (
            share_folder(output) if output is not None else nullcontext() as shared,
            _set_up(client, address, settings, documents, proofs, shared) as cluster,
        ):
            yield cluster
    finally:
        with suppress(OSError, TimeoutError):
            client.close(timeout=CONNECT_LIMIT_S)


def connect(address: str) -> Client:
    """A client of the scheduler there. Raises KvisdocsError."""
    found = _ADDRESS.fullmatch(address)
    if found is None or not 0 < int(found[3]) < 65536:
        what = message("cluster.address.invalid", '"{address}" is no address of a scheduler', address=address)
        raise _refuse(what, N_("write it like tcp://dask.example:8786"))
    _quieten()
    try:
        return Client(address, timeout=CONNECT_LIMIT_S, set_as_default=False, name="kvisdocs")
    except (OSError, TimeoutError) as error:
        said = str(error.__cause__ or error).strip() or type(error).__name__
        what = message(
            "cluster.scheduler.no_answer", "no scheduler answers at {address} ({reason})", address=address, reason=said
        )
        raise _refuse(what, N_("is it running, and does the firewall let this machine through?")) from None
    except (TypeError, ValueError) as error:  # of the certificates, for one
        what = message(
            "cluster.scheduler.refused", "cannot connect to {address}: {error}", address=address, error=error
        )
        raise _refuse(what, N_("on certificates: kvisdocs docs scale")) from None


def _quieten() -> None:
    """What Dask's client has to say, we say; its loggers have levels of their own."""
    for name in [*logging.root.manager.loggerDict, "distributed"]:
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)


def check_workers(client: Client, address: str) -> None:
    """Raises KvisdocsError where there is no worker, or one that would make other bytes than this machine."""
    answers = client.run(report_versions, on_error="return")
    if not answers:
        what = message("cluster.workers.none", "the scheduler at {address} has no workers", address=address)
        raise _refuse(what, N_("start some: dask worker {address}", address=address))
    ours = read_versions()
    found: list[Problem] = []
    for worker, theirs in sorted(answers.items()):
        if isinstance(theirs, BaseException):
            kind = type(theirs).__name__
            said = [N_("kvisdocs cannot be used there: {kind}: {error}", kind=kind, error=theirs)]
        else:
            said = find_differences(ours, theirs)
        found += [describe_incompatible(worker, said, Severity.ERROR)] if said else []
    if found:
        raise KvisdocsError(found)


def _set_up(
    client: Client,
    address: str,
    settings: RunSettings,
    documents: tuple[Document, ...],
    proofs: tuple[FileCheck, ...],
    shared: Shared | None,
) -> Cluster:
    run = f"kvisdocs-{secrets.token_hex(6)}"
    setup = write_message((settings, documents, proofs), settings.assets)
    worker_setup = WorkerSetup(run, read_versions(), pack_assets(settings.assets), setup, shared)
    cluster = Cluster(client, address, run, settings)
    try:
        client.register_plugin(KvisdocsPlugin(worker_setup))
        cluster.look()
    except Exception as error:
        cluster.shutdown()
        what = message(
            "cluster.workers.not_set_up",
            "the workers of {address} cannot be set up: {error}",
            address=address,
            error=error,
        )
        raise _refuse(what, N_("look into their logs")) from error
    return cluster


def _refuse(what: Message, todo: Message) -> KvisdocsError:
    return KvisdocsError(Problem(Position("--scheduler"), what, todo))
