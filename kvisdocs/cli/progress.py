"""A bar for those who wait."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import click

T = TypeVar("T")

HANDFUL = 5
"""With more documents than this a progress bar is worth its line."""


@contextmanager
def watch(jobs: Sequence[T]) -> Iterator[tuple[Iterable[T], bool]]:
    """The jobs, and whether lines may be printed between them.

    On a terminal more than a handful go behind a bar, on standard error, and lines on the same terminal would tear it.
    """
    if len(jobs) <= HANDFUL or not sys.stderr.isatty():
        yield jobs, True
        return
    with click.progressbar(jobs, label="Documents", file=sys.stderr, show_pos=True, show_eta=True) as bar:
        yield bar, not sys.stdout.isatty()


LINES = 10
"""Without a terminal, a line each time so many hundredths of the work are done."""


@contextmanager
def follow(total: int) -> Iterator[Callable[[bool], None]]:
    """A call for every document that is through, with whether it was worked on; unchanged ones tell nothing of speed.

    A bar with rate and remaining time on a terminal, and elsewhere a line now and then. Both on standard error.
    """
    if total <= HANDFUL:
        yield lambda _: None
        return
    begun, worked, through = time.monotonic(), 0, 0

    def speed() -> str:
        return f"{worked / max(time.monotonic() - begun, 0.001):.1f}/s"

    if sys.stderr.isatty():
        bar = click.progressbar(length=total, label="Documents", file=sys.stderr, show_pos=True, show_eta=True)
        bar.item_show_func = lambda _: speed()
        with bar:

            def advance(is_work: bool) -> None:
                nonlocal worked
                worked += is_work
                bar.update(1)

            yield advance
        return

    def line(is_work: bool) -> None:
        nonlocal worked, through
        worked, through = worked + is_work, through + 1
        if through * LINES // total > (through - 1) * LINES // total:
            left = (total - through) * (time.monotonic() - begun) / through
            click.echo(f"{through} of {total} documents, {speed()}, {left:.0f} s left", err=True)

    yield line
