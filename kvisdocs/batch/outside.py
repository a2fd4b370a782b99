"""Texts that stick out of a finished page, told at the case's line: a run holds such a document back."""

from collections.abc import Collection

from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.quoting import find_quoted
from kvisdocs.problems import Position, Problem, Severity
from kvisdocs.templating.html import HtmlDocument
from kvisdocs.writers.written import Outside, Where

SHORT, MAX_BESIDE = 8, 20
"""Of a text with fewer letters only the others that stick out, so many of them, tell which value it is from."""

MAX_QUOTED = 60
"""Letters of a text that a message quotes."""

_SHORTER = "write it shorter, or put a space or a hyphen where it may be divided"
_WORDS = {
    Where.CELL: ("sticks out of its cell", _SHORTER),
    Where.PAGE: ("sticks out of the page", _SHORTER),
    Where.PLACE: ("does not fit its place on the page", "write it shorter, or on fewer lines"),
    Where.TEXT: ("covers another text", "write it shorter, or on fewer lines"),
    Where.LINE: ("is wider than its cell, and ends on the next line", "make a table of fewer columns of it"),
}


def tell_outside(outside: Collection[Outside], case: LoadedCase, html: HtmlDocument, file: str) -> tuple[Problem, ...]:
    """A warning for each value of the case that sticks out in a file of that name, where the value stands.

    What the case does not hold, the sender's own name, is told where the template writes it.
    """
    found: dict[object, tuple[Position, Outside, int]] = {}
    beside = list(dict.fromkeys(each.text for each in outside))[:MAX_BESIDE]
    for each in outside:
        quoted = find_quoted(case.source, each.text.removesuffix("-"), beside if len(each.text) < SHORT else ())
        key, position = quoted or (each.mark, html.position(each.mark))
        first = found.get((key, each.where), (position, each, 0))
        found[key, each.where] = (*first[:2], first[2] + 1)
    return tuple(_problem(*each, file) for each in found.values())


def _problem(position: Position, outside: Outside, count: int, file: str) -> Problem:
    what, todo = _WORDS[outside.where]
    text = outside.text if len(outside.text) <= MAX_QUOTED else f"{outside.text[:MAX_QUOTED]}…"
    more = f" (and so do {count - 1} more here)" if count > 1 else ""
    return Problem(position, f'{file}: "{text}" {what}{more}', todo, Severity.WARNING)
