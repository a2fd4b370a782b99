"""Why a task has no answer: its worker died, or was ended over its time, or nobody is left. And how that is told."""

import signal
from concurrent.futures import BrokenExecutor

from kvisdocs.application.generate import MakingError, as_problems
from kvisdocs.application.outcome import Failure
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Position, Problem


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


def explain(error: BaseException, file: str, document: str) -> MakingError:
    """What became of the one document of a job that was not answered, or was answered by an exception."""
    if isinstance(error, TaskTimeout):
        failure = Failure.TIME
        what = message(
            "run.document.over_time",
            "{document} was not finished after {seconds:g} seconds",
            document=document,
            seconds=error.limit_s,
        )
        todo = N_("look for a loop in its template, shorten what the case says, or raise --time-limit")
    elif isinstance(error, WorkerDied):
        failure = Failure.WORKER
        what = message("run.worker.died", "{document} cannot be made: its worker died twice", document=document)
        if error.signal:
            what = N_("{what}, by {signal}", what=what, signal=name_signal(error.signal)).coded(what.code)
        todo = N_("the memory may be too small: have fewer made at a time, or make it alone with kvisdocs render")
    else:
        assert isinstance(error, Exception)
        return as_problems(error, file, document)
    return MakingError(failure, Problem(Position(file), what, todo))


def name_signal(number: int) -> Message:
    """`signal 9 (SIGKILL)`."""
    try:
        return N_("signal {number} ({name})", number=number, name=signal.Signals(number).name)
    except ValueError:
        return N_("signal {number}", number=number)
