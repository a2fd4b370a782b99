"""A bar for those who wait."""

import sys
from collections.abc import Iterable, Iterator, Sequence
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
