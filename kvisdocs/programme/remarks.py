"""Remarks on a text → problems at their places in the file, and how many of one text are said."""

from collections.abc import Iterable, Iterator

from kvisdocs.cases.source import Source, Step
from kvisdocs.problems import Problem, Severity, say_first
from kvisdocs.programme.prose import Remark

MOST_REMARKS = 20
"""So many of one kind on one text are said, and the others counted.

To place one takes as long as the text before it is, so that to place all would take minutes where there are thousands.
"""


def place_remarks(source: Source, path: tuple[Step, ...], remarks: Iterable[Remark]) -> Iterator[Problem]:
    """The first remarks on the text at `path`, and how many more there are: errors by themselves, and warnings."""
    found = list(remarks)
    for severity in Severity if found else ():
        alike = [remark for remark in found if remark.severity is severity]
        yield from say_first(alike, lambda remark: _place(source, path, remark), MOST_REMARKS)


def _place(source: Source, path: tuple[Step, ...], remark: Remark) -> Problem:
    return Problem(source.locate_in(path, remark.offset), remark.what, remark.todo, remark.severity)
