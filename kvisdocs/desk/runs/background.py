"""Runs beside the pages: begun by one request, looked at by others, and not ended by a browser that is closed."""

import contextlib
import multiprocessing
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from kvisdocs.application.outcome import Outcome, Status
from kvisdocs.batch.reporting.report import RunReport
from kvisdocs.batch.run_service import RunRequest, RunResult
from kvisdocs.desk.runs.process import Total, work
from kvisdocs.messages import N_, message
from kvisdocs.problems import Position, Problem

PATIENCE_S = 30
"""For a run to put things in order, once it was stopped."""


class AlreadyRunningError(Exception):
    """One run at a time."""


@dataclass
class Progress:
    """How far a run is, or the look ahead of one."""

    order: RunRequest
    is_plan: bool
    began: float = field(default_factory=time.monotonic)
    total: int | None = None
    """So many documents; None while the list is read."""
    counts: Counter[Status] = field(default_factory=Counter)
    is_stopping: bool = False
    result: RunResult | None = None
    """When it is over."""
    problems: tuple[Problem, ...] = ()
    """Why there is no result, though it is over."""
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def done(self) -> int:
        """So many documents were seen to."""
        return self.counts.total()

    @property
    def is_over(self) -> bool:
        """Whether there is no more to wait for."""
        return self.over.is_set()

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


@dataclass
class _Begun:
    progress: Progress
    process: BaseProcess
    pipe: "Connection[Any, Any]"


class Runs:
    """The runs of one desk: one at a time. The last look ahead and the last run are remembered."""

    def __init__(self) -> None:
        self.plan: Progress | None = None
        self.run: Progress | None = None
        self._lock = threading.Lock()
        self._begun: _Begun | None = None

    @property
    def is_running(self) -> bool:
        """Whether letters are being made."""
        return self.run is not None and not self.run.is_over

    def begin(self, order: RunRequest, is_plan: bool) -> Progress:
        """Begin a run, or the look ahead of one. An earlier look ahead is given up. Raises AlreadyRunningError."""
        with self._lock:
            if self.is_running:
                raise AlreadyRunningError
            self._end()
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(target=work, args=(order, is_plan, theirs), name="run")
            process.start()
            theirs.close()
            progress = Progress(order, is_plan)
            self._begun = _Begun(progress, process, ours)
            if is_plan:
                self.plan = progress
            else:
                self.run = progress
            threading.Thread(target=_follow, args=(self._begun,), daemon=True).start()
            return progress

    def stop(self) -> None:
        """Stop what is going on, as Ctrl-C would. It is over a moment later."""
        with self._lock:
            if self._begun is not None:
                _ask_to_stop(self._begun)

    def close(self) -> None:
        """Stop it, and wait until it is in order."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        begun, self._begun = self._begun, None
        if begun is None:
            return
        if not begun.progress.is_over:
            _ask_to_stop(begun)
            begun.progress.over.wait(PATIENCE_S)
        begun.process.join(1)
        if begun.process.is_alive():
            begun.process.kill()
            begun.process.join()


def _ask_to_stop(begun: _Begun) -> None:
    begun.progress.is_stopping = True
    with contextlib.suppress(OSError):  # it is over
        begun.pipe.send("stop")


def _follow(begun: _Begun) -> None:
    """Hear all that the process tells, until it is gone."""
    progress = begun.progress
    try:
        while progress.result is None:
            progress.hear(begun.pipe.recv())
    except (EOFError, OSError):
        what = message("desk.run.lost", "the run ended before it was through")
        todo = N_("start it again: what was finished is in its place")
        progress.problems = (Problem(Position(str(progress.order.output)), what, todo),)
    begun.process.join(PATIENCE_S)
    begun.pipe.close()
    progress.over.set()
