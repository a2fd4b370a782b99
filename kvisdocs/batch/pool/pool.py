"""Worker processes that may be killed: an Executor, of which a lost worker costs its own task only.

Each worker has a pipe of its own: whatever becomes of it, no other one is waiting for its lock or reads its half
sentence. A thread hands out tasks, ends workers over their time and replaces those that went.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar

from kvisdocs.batch.pool.worker_process import Renewal, choose_context, end_process, serve
from kvisdocs.messages import N_, Message

T = TypeVar("T")

START_LIMIT_S = 120
"""For a worker to be ready. Importing WeasyPrint takes seconds on a slow disk."""

START_TRIES = 3
"""Workers in a row that may die before they are ready; then the pool is broken."""

PAUSE_S = 0.5
"""Before another is started where the system refused, or the server that forks them was killed: it may be dying yet."""

_SHUT_DOWN = N_("the worker pool has been shut down")

FEWER = N_("run it again with --jobs 1 to go on")
"""What helps where the machine has too little memory for so many, or is too slow."""


class WorkerDied(Exception):  # noqa: N818  (what became of it, not of us)
    """The worker that had this task is gone. `signal` is the one that ended it, 0 where it left by itself."""

    def __init__(self, signal: int) -> None:
        super().__init__(signal)
        self.signal = signal


class TaskTimeout(Exception):  # noqa: N818
    """The task took longer than `limit_s` seconds, and was ended with its worker."""

    def __init__(self, limit_s: float) -> None:
        super().__init__(limit_s)
        self.limit_s = limit_s


class NoWorkersLeftError(BrokenExecutor):
    """Nobody is there to do any task. `todo` says how to go on."""

    def __init__(self, what: Message, todo: Message) -> None:
        super().__init__(what)
        self.todo = todo


@dataclass
class _Task:
    future: "Future[Any]"
    call: tuple[Any, ...]
    limit_s: float | None


@dataclass
class _Worker:
    process: BaseProcess
    pipe: "Connection[Any, Any]"
    deadline: float
    ready: bool = False
    task: _Task | None = None


@dataclass(frozen=True)
class Start:
    """How workers are set up: `prepare` is called in each with `arguments` before its first task."""

    prepare: Callable[..., None]
    arguments: tuple[Any, ...] = ()
    preload: tuple[str, ...] = ()
    """Modules that are loaded once, before the workers are forked."""
    renewal: Renewal = field(default_factory=Renewal)


class Workers(Executor):
    """`count` processes. A task's first argument may say its `limit_s`, in seconds."""

    def __init__(self, count: int, start: Start) -> None:
        self._count, self._start = count, start
        self._context = choose_context(start.preload)
        self._waiting: deque[_Task] = deque()
        self._workers: list[_Worker] = []
        self._lock = threading.Lock()
        self._closing = False
        self._false_starts = 0
        self._bell, self._ring = self._context.Pipe(duplex=False)
        self._thread = threading.Thread(target=self._supervise, name="workers", daemon=True)
        self._thread.start()

    def submit(self, function: Callable[..., T], /, *arguments: Any, **named: Any) -> "Future[T]":
        """Have a worker call the function. The future may raise WorkerDied, TaskTimeout or BrokenExecutor."""
        future: Future[T] = Future()
        limit_s = getattr(arguments[0], "limit_s", None) if arguments else None
        with self._lock:
            if self._closing:
                raise BrokenExecutor(_SHUT_DOWN)
            self._waiting.append(_Task(future, (function, arguments, named), limit_s))
        self._wake()
        return future

    def pids(self) -> list[int]:
        """The processes there are now."""
        return [worker.process.pid for worker in list(self._workers) if worker.process.pid]

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End all workers at once. What they were at is lost, so wait for the futures first."""
        with self._lock:
            self._closing = True
        self._wake()
        if wait:
            self._thread.join()

    def _wake(self) -> None:
        self._ring.send_bytes(b".")

    def _supervise(self) -> None:
        try:
            while not self._closing:
                self._hire()
                self._hand_out()
                self._listen()
        except BrokenExecutor as error:
            with self._lock:
                self._closing = True
            self._abandon(error)
        except Exception as error:  # whoever waits for an answer must hear why none will come
            with self._lock:
                self._closing = True
            self._abandon(BrokenExecutor(f"{type(error).__name__}: {error}"))
        finally:
            self._abandon(BrokenExecutor(_SHUT_DOWN))
            for worker in self._workers:
                end_process(worker.process, worker.pipe)
            self._workers = []

    def _hire(self) -> None:
        """As many workers as there is work for, and no more than agreed."""
        busy = sum(worker.task is not None for worker in self._workers)
        wanted = min(self._count, busy + len(self._waiting))
        while len(self._workers) < wanted:
            ours, theirs = self._context.Pipe()
            arguments = (theirs, str(Path.cwd()), self._start.prepare, self._start.arguments, self._start.renewal)
            process = self._context.Process(target=serve, args=arguments, daemon=True)
            try:
                process.start()
            except (OSError, EOFError) as error:
                ours.close()
                self._count_false_start(str(error) or type(error).__name__)
                time.sleep(PAUSE_S)
            else:
                self._workers.append(_Worker(process, ours, time.monotonic() + START_LIMIT_S))
            finally:
                theirs.close()

    def _hand_out(self) -> None:
        for worker in self._workers:
            if worker.ready and worker.task is None and (task := self._next()) is not None:
                worker.task = task
                worker.deadline = time.monotonic() + task.limit_s if task.limit_s else float("inf")
                try:
                    worker.pipe.send(task.call)
                except OSError:
                    worker.deadline = float("inf")  # it is gone; `_listen` finds it so
                except Exception as error:  # it cannot be pickled
                    worker.task = None
                    task.future.set_exception(error)

    def _next(self) -> _Task | None:
        with self._lock:
            while self._waiting:
                task = self._waiting.popleft()
                if task.future.set_running_or_notify_cancel():
                    return task
        return None

    def _listen(self) -> None:
        """Wait until a worker says something, is gone or is over its time, or there is a new task."""
        deadlines = [worker.deadline for worker in self._workers if worker.task or not worker.ready]
        nearest = min(deadlines, default=float("inf"))
        timeout = None if nearest == float("inf") else max(0.0, nearest - time.monotonic())
        pipes = [worker.pipe for worker in self._workers]
        heard = set(wait([self._bell, *pipes, *(worker.process.sentinel for worker in self._workers)], timeout))
        if self._bell in heard:
            while self._bell.poll():
                self._bell.recv_bytes()
        for worker in list(self._workers):
            if worker.pipe in heard:
                self._hear(worker)
            elif worker.process.sentinel in heard:
                self._lose(worker)
            elif (worker.task or not worker.ready) and time.monotonic() >= worker.deadline:
                self._overrun(worker)

    def _hear(self, worker: _Worker) -> None:
        try:
            what, value, stays = worker.pipe.recv()
        except (EOFError, OSError):
            self._lose(worker)
            return
        except Exception as error:  # a result that cannot be unpickled here
            what, value, stays = "raised", error, False
        if what == "unfit":
            raise BrokenExecutor(N_("the workers cannot start: {reason}", reason=value))
        task, worker.task = worker.task, None
        if what == "ready":
            worker.ready, self._false_starts = True, 0
        elif task is not None and what == "raised":
            task.future.set_exception(value)
        elif task is not None:
            task.future.set_result(value)
        if not stays:
            self._dismiss(worker, patience_s=5)

    def _lose(self, worker: _Worker) -> None:
        code = self._dismiss(worker, patience_s=5)
        if worker.task is not None:
            worker.task.future.set_exception(WorkerDied(-code if code < 0 else 0))
        elif not worker.ready:
            self._count_false_start(N_("exit code {code}", code=code))

    def _count_false_start(self, why: str) -> None:
        self._false_starts += 1
        if self._false_starts >= START_TRIES:
            raise NoWorkersLeftError(N_("the workers die before they begin ({reason})", reason=why), FEWER)

    def _overrun(self, worker: _Worker) -> None:
        self._dismiss(worker)
        if worker.task is None:
            what = N_("a worker was not ready after {seconds} seconds", seconds=START_LIMIT_S)
            raise NoWorkersLeftError(what, FEWER)
        worker.task.future.set_exception(TaskTimeout(worker.task.limit_s or 0))

    def _dismiss(self, worker: _Worker, patience_s: float = 0) -> int:
        """End the process, which may have so long to go by itself; gives its exit code, negative for a signal."""
        self._workers.remove(worker)
        return end_process(worker.process, worker.pipe, patience_s)

    def _abandon(self, error: BrokenExecutor) -> None:
        with self._lock:
            tasks = [*self._waiting, *(worker.task for worker in self._workers if worker.task)]
            self._waiting.clear()
        for worker in self._workers:
            worker.task = None
        for task in tasks:
            if not task.future.cancelled():
                task.future.set_exception(error)
