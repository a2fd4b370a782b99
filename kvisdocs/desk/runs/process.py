"""The process that a run of the desk has to itself: the same work as `kvisdocs batch`, told of through a pipe.

It is stopped as Ctrl-C stops that one: what is finished stays, and nothing half is left. It stops by itself, too, when
the desk is gone.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from kvisdocs.application.outcome import Outcome
from kvisdocs.application.stopping import heeding
from kvisdocs.batch.look_ahead import look_ahead
from kvisdocs.batch.run_service import RunRequest, RunResult, Watcher, run_batch
from kvisdocs.problems import remember_originals

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
"""Those that stop it: Ctrl-C in the desk's terminal reaches it too."""


@dataclass(frozen=True)
class Total:
    """So many documents there are to see to."""

    number: int


Told = Total | Outcome | RunResult
"""What comes through the pipe; the result last."""


class _Teller(Watcher):
    def __init__(self, pipe: "Connection[Any, Any]") -> None:
        self._pipe = pipe

    def tell(self, told: Told) -> None:
        with suppress(OSError):  # the desk is gone, and the listener stops the run
            self._pipe.send(told)

    @contextmanager
    def follow(self, total: int) -> Iterator[Callable[[Outcome], None]]:
        self.tell(Total(total))
        yield self.tell


def work(order: RunRequest, is_plan: bool, pipe: "Connection[Any, Any]") -> None:
    """Do it, and tell of it. Whatever comes from the other side, also its end, stops it."""
    if order.assets is not None:
        remember_originals(order.assets.copies)
    with heeding([getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]):
        threading.Thread(target=_listen, args=(pipe,), daemon=True).start()
        teller = _Teller(pipe)
        teller.tell((look_ahead if is_plan else run_batch)(order, teller))


def _listen(pipe: "Connection[Any, Any]") -> None:
    with suppress(EOFError, OSError):
        pipe.recv()
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)  # wakes it, whatever it waits for
    else:
        import _thread

        _thread.interrupt_main(signal.SIGINT)
