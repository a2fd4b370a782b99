"""Sending letters from the desk, in a process of its own: what `kvisdocs send` does, told of letter by letter."""

import threading
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from kvisdocs.application.dispatch.digital_post import PostAccess
from kvisdocs.application.dispatch.send import Dispatched, Result, SendingRun
from kvisdocs.application.stopping import Stopped
from kvisdocs.desk.outgoing.dispatching import ChosenLetters
from kvisdocs.desk.runs.task import AlreadyRunningError, Background, Task, Tell, heeding_desk
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, remember_originals


@dataclass(frozen=True)
class Ended:
    """All was told."""

    problems: tuple[Problem, ...] = ()


@dataclass
class SendingTask(Task):
    """How far the sending is."""

    letters: ChosenLetters
    done: list[Dispatched] = field(default_factory=list)
    ended: Ended | None = None

    @property
    def total(self) -> int:
        """So many letters were chosen."""
        return len(self.letters.chosen or ())

    @property
    def counts(self) -> Counter[Result]:
        """What became of how many."""
        return Counter(each.result for each in self.done)

    @property
    def has_result(self) -> bool:
        """Whether all was told."""
        return self.ended is not None

    def hear(self, told: object) -> None:
        """Take in what the process tells."""
        if isinstance(told, Dispatched):
            self.done.append(told)
        elif isinstance(told, Ended):
            self.ended, self.problems = told, told.problems

    def explain_loss(self) -> Problem:
        """The process is gone."""
        what = message("desk.sending.lost", "the sending ended before it was through")
        todo = N_("look at the list: it says which letters were sent, and of which nobody knows")
        return Problem(Position(str(self.letters.output)), what, todo)


class Sendings:
    """One sending at a time; the last is remembered."""

    def __init__(self) -> None:
        self.last: SendingTask | None = None
        self._lock = threading.Lock()
        self._background: Background[SendingTask] = Background()

    @property
    def is_running(self) -> bool:
        """Whether letters are on their way."""
        return self.last is not None and not self.last.is_over

    def begin(self, letters: ChosenLetters, post: PostAccess) -> None:
        """Send those that are chosen. Raises AlreadyRunningError."""
        with self._lock:
            if self.is_running:
                raise AlreadyRunningError
            self.last = self._background.begin(SendingTask(letters), send, letters, post)

    def stop(self) -> None:
        """Send no more; the letter that is on its way has its answer first."""
        self._background.stop()

    def close(self) -> None:
        """Stop it, and wait until it is in order."""
        self._background.close()


def send(letters: ChosenLetters, post: PostAccess, pipe: "Connection[Any, Any]") -> None:
    """Send them, and tell of each; Ended last."""
    remember_originals(letters.assets.copies)
    with heeding_desk(pipe) as tell:
        tell(Ended(_send(letters, post, tell)))


def _send(letters: ChosenLetters, post: PostAccess, tell: Tell) -> tuple[Problem, ...]:
    run = SendingRun(
        letters.output, letters.assets, letters.scribe, letters.today, post=post, chosen=letters.chosen, hear=tell
    )
    try:
        run.go()
    except KvisdocsError as error:
        return error.problems
    except Stopped:
        pass
    return ()
