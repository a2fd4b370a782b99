"""Work in a process of its own: begun by one request, looked at by others, and not ended by a browser that is closed.

The process tells what it does through a pipe, and stops by itself when the desk is gone. It is stopped as Ctrl-C stops
a command: what is finished stays, and nothing half is left.
"""

import contextlib
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from kvisdocs.application.stopping import heeding
from kvisdocs.problems import Problem

PATIENCE_S = 30
"""For the work to put things in order, once it was stopped."""

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
"""Those that stop it: Ctrl-C in the desk's terminal reaches it too."""

Tell = Callable[[object], None]
"""How the process tells something to the desk."""


class AlreadyRunningError(Exception):
    """One at a time."""


@dataclass
class Task:
    """What is known of the work."""

    began: float = field(default_factory=time.monotonic, kw_only=True)
    is_stopping: bool = field(default=False, kw_only=True)
    problems: tuple[Problem, ...] = field(default=(), kw_only=True)
    """Why there is no result, though it is over."""
    over: threading.Event = field(default_factory=threading.Event, kw_only=True)

    @property
    def is_over(self) -> bool:
        """Whether there is no more to wait for."""
        return self.over.is_set()

    @property
    def has_result(self) -> bool:
        """Whether all was told."""
        raise NotImplementedError

    def hear(self, told: object) -> None:
        """Take in what the process tells."""
        raise NotImplementedError

    def explain_loss(self) -> Problem:
        """What is said where the process is gone before all was told."""
        raise NotImplementedError


T = TypeVar("T", bound=Task)


@dataclass
class _Begun(Generic[T]):
    task: T
    process: BaseProcess
    pipe: "Connection[Any, Any]"


class Background(Generic[T]):
    """One task at a time, each in a process of its own."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._begun: _Begun[T] | None = None

    def begin(self, task: T, work: Callable[..., None], *arguments: object) -> T:
        """Have `work(*arguments, pipe)` done in a process. An earlier task is stopped, and waited for."""
        with self._lock:
            self.close()
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(target=work, args=(*arguments, theirs), name="work")
            process.start()
            theirs.close()
            self._begun = _Begun(task, process, ours)
            threading.Thread(target=_follow, args=(self._begun,), daemon=True).start()
            return task

    def stop(self) -> None:
        """Stop what is going on, as Ctrl-C would. It is over a moment later."""
        with self._lock:
            if self._begun is not None:
                _ask_to_stop(self._begun)

    def close(self) -> None:
        """Stop it, and wait until it is in order."""
        with self._lock:
            begun, self._begun = self._begun, None
            if begun is None:
                return
            if not begun.task.is_over:
                _ask_to_stop(begun)
                begun.task.over.wait(PATIENCE_S)
            begun.process.join(1)
            if begun.process.is_alive():
                begun.process.kill()
                begun.process.join()


def _ask_to_stop(begun: _Begun[T]) -> None:
    begun.task.is_stopping = True
    with contextlib.suppress(OSError):  # it is over
        begun.pipe.send("stop")


def _follow(begun: _Begun[T]) -> None:
    """Hear all that the process tells, until it is gone."""
    task = begun.task
    try:
        while not task.has_result:
            task.hear(begun.pipe.recv())
    except (EOFError, OSError):
        task.problems = (task.explain_loss(),)
    begun.process.join(PATIENCE_S)
    begun.pipe.close()
    task.over.set()


@contextlib.contextmanager
def heeding_desk(pipe: "Connection[Any, Any]") -> Iterator[Tell]:
    """Within the process: gives how to tell. Whatever comes from the desk, also its end, raises Stopped."""

    def tell(told: object) -> None:
        with contextlib.suppress(OSError):  # the desk is gone, and the listener stops the work
            pipe.send(told)

    with heeding([getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]):
        threading.Thread(target=_listen, args=(pipe,), daemon=True).start()
        yield tell


def _listen(pipe: "Connection[Any, Any]") -> None:
    with contextlib.suppress(EOFError, OSError):
        pipe.recv()
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)  # wakes it, whatever it waits for
    else:
        import _thread

        _thread.interrupt_main(signal.SIGINT)
