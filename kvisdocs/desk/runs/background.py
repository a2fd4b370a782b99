"""The runs of one desk: one at a time."""

import threading
from collections import Counter
from dataclasses import dataclass, field

from kvisdocs.application.outcome import Outcome, Status
from kvisdocs.batch.reporting.report import RunReport
from kvisdocs.batch.run_service import RunRequest, RunResult
from kvisdocs.desk.runs.process import Total, work
from kvisdocs.desk.runs.task import AlreadyRunningError, Background, Task
from kvisdocs.messages import N_, message
from kvisdocs.problems import Position, Problem


@dataclass
class Progress(Task):
    """How far a run is, or the look ahead of one."""

    order: RunRequest
    is_plan: bool
    total: int | None = None
    """So many documents; None while the list is read."""
    counts: Counter[Status] = field(default_factory=Counter)
    result: RunResult | None = None
    """When it is over."""

    @property
    def done(self) -> int:
        """So many documents were seen to."""
        return self.counts.total()

    @property
    def has_result(self) -> bool:
        """Whether it is through."""
        return self.result is not None

    @property
    def report(self) -> RunReport | None:
        """What there is to tell when it is over."""
        return self.result.report if self.result else None

    def hear(self, told: object) -> None:
        """Take in what the process tells."""
        if isinstance(told, Total):
            self.total = told.number
        elif isinstance(told, Outcome):
            self.counts[told.status] += 1
        elif isinstance(told, RunResult):
            self.result = told

    def explain_loss(self) -> Problem:
        """The run is gone."""
        what = message("desk.run.lost", "the run ended before it was through")
        todo = N_("start it again: what was finished is in its place")
        return Problem(Position(str(self.order.output)), what, todo)


class Runs:
    """The last look ahead and the last run are remembered."""

    def __init__(self) -> None:
        self.plan: Progress | None = None
        self.run: Progress | None = None
        self._lock = threading.Lock()
        self._background: Background[Progress] = Background()

    @property
    def is_running(self) -> bool:
        """Whether letters are being made."""
        return self.run is not None and not self.run.is_over

    def begin(self, order: RunRequest, is_plan: bool) -> Progress:
        """Begin a run, or the look ahead of one. An earlier look ahead is given up. Raises AlreadyRunningError."""
        with self._lock:
            if self.is_running:
                raise AlreadyRunningError
            progress = self._background.begin(Progress(order, is_plan), work, order, is_plan)
            if is_plan:
                self.plan = progress
            else:
                self.run = progress
            return progress

    def stop(self) -> None:
        """Stop what is going on, as Ctrl-C would. It is over a moment later."""
        self._background.stop()

    def close(self) -> None:
        """Stop it, and wait until it is in order."""
        self._background.close()
