"""What the process of a run does: the same work as `kvisdocs batch`, told of through a pipe."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from kvisdocs.application.outcome import Outcome
from kvisdocs.batch.look_ahead import look_ahead
from kvisdocs.batch.run_service import RunRequest, Watcher, run_batch
from kvisdocs.desk.runs.task import Tell, heeding_desk
from kvisdocs.problems import remember_originals


@dataclass(frozen=True)
class Total:
    """So many documents there are to see to."""

    number: int


class _Teller(Watcher):
    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    @contextmanager
    def follow(self, total: int) -> Iterator[Callable[[Outcome], None]]:
        self._tell(Total(total))
        yield self._tell


def work(order: RunRequest, is_plan: bool, pipe: "Connection[Any, Any]") -> None:
    """Do it, and tell of it; the RunResult last."""
    if order.assets is not None:
        remember_originals(order.assets.copies)
    with heeding_desk(pipe) as tell:
        tell((look_ahead if is_plan else run_batch)(order, _Teller(tell)))
