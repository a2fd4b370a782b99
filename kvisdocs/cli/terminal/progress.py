"""A bar for those who wait."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

import click

from kvisdocs.application.outcome import Reason
from kvisdocs.application.stopping import check_stopped
from kvisdocs.cli.terminal.report import Loudness, loudness, show, shown
from kvisdocs.messages import N_, Message, listed

T = TypeVar("T")

_LABEL = N_("Documents")


@dataclass(frozen=True)
class Things:
    """What there are many of: the label of the bar, and a line."""

    label: Message
    line: Callable[[int, int], Message]


DOCUMENTS = Things(_LABEL, lambda number, total: N_("{number} of {total} documents", number=number, total=total))
CASES = Things(N_("Cases"), lambda number, total: N_("{number} of {total} cases", number=number, total=total))

HANDFUL = 5
"""With more documents than this a progress bar is worth its line."""


@contextmanager
def track(jobs: Sequence[T]) -> Iterator[tuple[Iterable[T], Callable[[Path, Reason], None]]]:
    """The jobs, until a signal stops them, and what prints the path of a file that was made.

    On a terminal more than a handful go behind a bar, on standard error, and lines on the same terminal would tear it.
    """
    if len(jobs) <= HANDFUL or not sys.stderr.isatty() or loudness() is not Loudness.NORMAL:
        yield _until_stopped(jobs), _print_path
        return
    with click.progressbar(jobs, label=shown(_LABEL), file=sys.stderr, show_pos=True, show_eta=True) as bar:
        yield _until_stopped(bar), _print_path if not sys.stdout.isatty() else lambda path, reason: None


def _until_stopped(jobs: Iterable[T]) -> Iterator[T]:
    for job in jobs:
        check_stopped()
        yield job


def _print_path(path: Path, reason: Reason) -> None:
    if loudness() is Loudness.VERBOSE:
        show(N_("{path}: {reason}", path=path, reason=reason.said), err=False)
    elif loudness() is Loudness.NORMAL:
        click.echo(shown(path))


LINES = 10
"""Without a terminal, a line each time so many hundredths of the work are done."""

SURE, SURE_S = 5, 1.0
"""So many documents after the first answer, and so long after it, there is a figure for speed: not sooner."""


@dataclass
class Pace:
    """How fast it goes, counted from the first document that was worked on: what starts the workers is no speed."""

    total: int
    clock: Callable[[], float] = time.monotonic
    """Seconds."""
    worked: int = 0
    through: int = 0
    _first: tuple[float, int, int] | None = None
    _figure: Message | None = None

    def count(self, is_work: bool) -> None:
        """One more document is through. Unchanged ones tell nothing of speed."""
        self.worked += is_work
        self.through += 1
        if self._first is None:
            self._first = (self.clock(), self.worked, self.through) if is_work else None
            return
        begun, worked, through = self._first
        seconds = self.clock() - begun
        if self.worked - worked < SURE or seconds < SURE_S:
            return
        left_s = (self.total - self.through) * seconds / (self.through - through)
        self._figure = N_("{speed:.1f}/s", speed=(self.worked - worked) / seconds)
        if self.through < self.total:
            self._figure = N_("{speed}, {time} left", speed=self._figure, time=format_duration(left_s))

    def figure(self) -> Message | None:
        """`4.2/s, 12 s left`; None as long as nobody can say."""
        return self._figure


def format_duration(seconds: float) -> Message:
    """`12 s`, `3 min 20 s`, `1 h 5 min`."""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return N_("{seconds} s", seconds=rest)
    if minutes < 60:
        return N_("{minutes} min {seconds} s", minutes=minutes, seconds=rest)
    return N_("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)


class Progress(Protocol):
    """What those who wait see of a run."""

    def advance(self, is_work: bool) -> None:
        """One more document is through; `is_work` says whether it was worked on."""

    def say(self, text: str) -> None:
        """A line that must be seen now."""


class _Silence:
    """Of a handful of documents, or where nobody wants to hear: all is told at the end."""

    def advance(self, is_work: bool) -> None:
        """Nothing."""

    def say(self, text: str) -> None:
        """Nothing."""


class _Aloud:
    """Where each document is told of, that shows how far it is."""

    def advance(self, is_work: bool) -> None:
        """Nothing."""

    def say(self, text: str) -> None:
        """As it is."""
        click.echo(text, err=True)


@dataclass
class _Bar:
    """A bar on a terminal; lines go above it."""

    bar: "click._termui_impl.ProgressBar[int]"
    pace: Pace

    def advance(self, is_work: bool) -> None:
        """Move on."""
        self.pace.count(is_work)
        self.bar.update(1)

    def say(self, text: str) -> None:
        """The bar's line gives way, and comes again below."""
        click.echo(f"\r\x1b[2K{text}", err=True)
        self.bar.render_progress()


@dataclass
class _Lines:
    """A line now and then, for a log."""

    pace: Pace
    things: Things = DOCUMENTS
    _said: int = field(default=0)

    def advance(self, is_work: bool) -> None:
        """Say how far it is, each time a tenth more is done. Where nothing is worked on the end is near."""
        self.pace.count(is_work)
        tenths = self.pace.through * LINES // self.pace.total
        if tenths > self._said and self.pace.worked:
            figure = self.pace.figure()
            said = self.things.line(self.pace.through, self.pace.total)
            show(listed([said, figure]) if figure else said)
        self._said = tenths

    def say(self, text: str) -> None:
        """As it is."""
        click.echo(text, err=True)


@contextmanager
def follow(total: int, things: Things = DOCUMENTS) -> Iterator[Progress]:
    """A bar with speed and remaining time on a terminal, elsewhere a line now and then. Both on standard error."""
    if loudness() is Loudness.VERBOSE:
        yield _Aloud()
        return
    if total <= HANDFUL or loudness() is Loudness.QUIET:
        yield _Silence()
        return
    pace = Pace(total)
    if not sys.stderr.isatty():
        yield _Lines(pace, things)
        return
    bar = click.progressbar(length=total, label=shown(things.label), file=sys.stderr, show_pos=True, show_eta=False)
    bar.item_show_func = lambda _: shown(pace.figure() or "")
    with bar:
        yield _Bar(bar, pace)
