"""Warnings on Markdown and HTML in a case's texts that its documents print otherwise than it was meant.

What a text may hold depends on where it stands: fields and decisions are Markdown, the points of a recommendation are a
line of it, and all else is shown as it stands.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.source import Source, Step
from kvisdocs.problems import Position, Problem, Severity
from kvisdocs.programme.case_texts import Texts, is_prose
from kvisdocs.programme.markup import find_markup_slips, find_markup_slips_in_line, find_markup_slips_in_plain
from kvisdocs.programme.markup_screening import (
    has_folded,
    may_hold_markup,
    may_hold_markup_in_file,
    may_hold_markup_in_line,
)
from kvisdocs.programme.prose import Remark

Path = tuple[Step, ...]

MOST_REMARKS = 100
"""So many of one text are said: who has read them knows what is wrong with the rest, and to place each takes time."""

_POINTS = ("recommendation", "points")

_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]")
_BLOCK = re.compile(r"#{1,6}[ \t]|\|.*\|")


def check_markup(loaded: LoadedCase, texts: Texts) -> list[Problem]:
    """Warnings on every text of a case. Most cases have nothing to look at, which the whole file tells at a glance."""
    source = loaded.source
    if not may_hold_markup_in_file(source.text):
        return []
    is_folded = has_folded(source.text)
    found: list[Problem] = []
    for path, text in texts:
        if not is_prose(path):
            if may_hold_markup_in_line(text):
                rule = find_markup_slips_in_line if path[:2] == _POINTS else find_markup_slips_in_plain
                found += _placed(source, path, rule(text))
        elif is_folded and (position := _find_folded(source, path)):
            what = "the lines of a text that begins with > are joined to one, so that this is printed within a line"
            found.append(Problem(position, what, "begin the text with |", Severity.WARNING))
        elif may_hold_markup(text):
            found += _placed(source, path, find_markup_slips(text))
    return found


def _placed(source: Source, path: Path, remarks: Iterable[Remark]) -> Iterator[Problem]:
    for remark in islice(remarks, MOST_REMARKS):
        yield Problem(source.locate_in(path, remark.offset), remark.what, remark.todo, Severity.WARNING)


def _find_folded(source: Source, path: Path) -> Position | None:
    """The first line of a list, heading or table in a text that YAML folds (YAML 1.1, 9.5), if it loses its line."""
    start = source.locate(path)
    header, *lines = source.text.split("\n")[start.line - 1 :]
    if not header[start.column - 1 :].startswith(">"):
        return None
    indent = next((_indent(line) for line in lines if line.strip()), 0)
    meant: list[int] = []
    above = ""
    for number, line in enumerate(lines, start.line + 1):
        if line.strip() and _indent(line) < indent:
            break
        words = line.strip() if _indent(line) == indent else ""
        if above and words and (_BLOCK.match(above) or _BLOCK.match(words)):
            return Position(start.file, number - bool(_BLOCK.match(above)), indent + 1)
        if above and _ITEM.match(words):
            meant.append(number)
        above = words
    return Position(start.file, meant[0], indent + 1) if len(meant) > 1 else None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
