"""Tables whose rows do not fit their head, and lines with `|` that are no table (GitHub Flavored Markdown, 4.10)."""

import re
from collections.abc import Iterator

from kvisdocs.programme.markup_signs import Sign, line_starts, quote

_BORDER = re.compile(r"(?<!\\)\|")
_HYPHENS = re.compile(r":?-+:?")
_IN_ONE_LINE = re.compile(r"\|\s*:?-{2,}:?\s*\|.*\w")


def count_cells(row: str) -> int:
    """How many cells a row has, as Markdown counts them: a border at either end is none of them."""
    cells = _BORDER.split(row.strip())
    return len(cells) - (not cells[0]) - (len(cells) > 1 and not cells[-1])


def find_row_slip(row: str, head: int) -> Sign | None:
    """What is wrong with a row below a head of so many cells."""
    cells = count_cells(row)
    if cells == head - 1 and row.rstrip().endswith("|") and not row.lstrip().startswith("|"):
        return None  # "2012 |": the border is there, and the cell behind it is empty
    columns = f"the head of the table has {head}"
    if cells < head:
        empty = "the last is empty" if head - cells == 1 else f"the last {head - cells} are empty"
        what = f"this row has {_cells(cells)}, and {columns}, so that {empty}"
        todo = "write the missing |, or leave a line empty above it if it is no row of the table"
        return Sign(_first(row), what, todo)
    if cells > head:
        borders = [found.start() for found in _BORDER.finditer(row)]
        at = borders[head if row.lstrip().startswith("|") else head - 1] + 1
        lost = quote(row[at:].strip().removesuffix("|").strip())
        what = f"this row has {_cells(cells)}, and {columns}, so that {lost} is not printed"
        return Sign(at + _first(row[at:]), what, "delete a |, write \\| where it is part of a text, or add to the head")
    return None


def find_table_slips(text: str, below_table: bool) -> Iterator[Sign]:
    """Lines of a paragraph that were meant as a table. `below_table` says that one ends right above."""
    if "|" not in text:
        return
    lines = text.split("\n")
    starts = line_starts(lines)
    for number, line in enumerate(lines):
        if "|" in line and _is_rule(line):
            yield Sign(starts[number] + _first(line), *_no_table(lines[number - 1] if number else "", line))
            return
        if found := _IN_ONE_LINE.search(line):
            what = "a whole table stands in one line, and is printed as text"
            todo = "write each of its rows on a line of its own, in a text that begins with | and not with >"
            yield Sign(starts[number] + found.start(), what, todo)
            return
    rows = [number for number, line in enumerate(lines) if _is_row(line)]
    if rows:
        what = f"{quote(lines[rows[0]])} is printed as text, and not as a table"
        todo = f"write the line {_rule(lines[rows[0]])} below the first of its lines"
        if below_table:
            todo = "delete the empty line above, which parts it from its table"
        yield Sign(starts[rows[0]] + _first(lines[rows[0]]), what, todo)
    elif len(lines) > 1 and " | " in lines[0] and len({line.count(" | ") for line in lines}) == 1:
        what = f"{quote(lines[0])} is printed as text, and not as a table"
        yield Sign(0, what, f"write the line {_rule(lines[0])} below it")


def _no_table(head: str, rule: str) -> tuple[str, str]:
    """Why a head and the line of hyphens below it make no table, and what to do."""
    if "|" not in head:
        return "the line of hyphens has no head above it, and is printed as text", "write the head of the table above"
    above, below = count_cells(head), count_cells(rule)
    if above != below:
        what = f"the line of hyphens has {_cells(below)}, and the head above has {above}, so that this is no table"
        return f"{what}, but text", "give both as many"
    return "these lines are printed as text, and not as a table", "begin the head and the line of hyphens in one column"


def _is_rule(line: str) -> bool:
    """Whether a line is one of hyphens, which makes a head of the line above."""
    cells = line.strip().removeprefix("|").removesuffix("|").split("|")
    return all(_HYPHENS.fullmatch(cell.strip()) for cell in cells)


def _is_row(line: str) -> bool:
    text = line.strip()
    return len(text) > 2 and text.startswith("|") and (text.endswith("|") or text.count("|") > 2)


def _rule(head: str) -> str:
    """The line of hyphens that a head needs."""
    return "|" + "---|" * count_cells(head)


def _cells(count: int) -> str:
    return f"{count} cell" if count == 1 else f"{count} cells"


def _first(text: str) -> int:
    return len(text) - len(text.lstrip())
