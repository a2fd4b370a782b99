"""Warnings on Markdown and HTML in a case's texts that its documents print otherwise than it was meant.

What a text may hold depends on where it stands: fields and decisions are Markdown, the points of a recommendation are a
line of it, and all else is shown as it stands.
"""

import re

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
from kvisdocs.programme.remarks import place_remarks

Path = tuple[Step, ...]

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
                found += place_remarks(source, path, rule(text))
        elif is_folded and (position := _find_folded(source, path)):
            what = "the lines of a text that begins with > are joined to one, so that this is printed within a line"
            found.append(Problem(position, what, "begin the text with |", Severity.WARNING))
        elif may_hold_markup(text):
            found += place_remarks(source, path, find_markup_slips(text))
    return found


def _find_folded(source: Source, path: Path) -> Position | None:
    """The first line of a list, heading or table in a text that YAML folds (YAML 1.1, 9.5), if it loses its line."""
    start = source.locate(path)
    if source.sign_at(start) != ">":
        return None
    lines = source.lines
    below = range(start.line, len(lines))
    indent = next((_indent(lines[number]) for number in below if lines[number].strip()), 0)
    meant: list[int] = []
    above = ""
    for number, line in ((number + 1, lines[number]) for number in below):
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
