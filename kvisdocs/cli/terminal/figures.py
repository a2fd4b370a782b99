"""A published statement on a terminal: its tables with numbers to the right, and its goals."""

import textwrap
from collections.abc import Iterator, Sequence

from kvisdocs.cases.model.values import MONTHS
from kvisdocs.statistics.model import Goal, Published, Table
from kvisdocs.statistics.sentences import find_headings, goal_remark, goal_result, table_notes
from kvisdocs.statistics.shown import NBSP, share_text, text_of

WIDTH = 100
LABEL = 60
"""So many signs has the label of a row at most, and so many a line."""

HEAD = 12
"""So many signs has the head of a column, before it goes on below."""

_BLOCKS = {
    "A": "Hvem kom, og hvor er de",
    "C": "Forløbets faste trin",
    "D": "Svarene i webregistreringerne",
    "E": "Kvartal for kvartal",
}
_WHOLE = "Hele udgaven: intet er skjult. Den må ikke offentliggøres."


def format_statement(published: Published, municipality: str, label: str) -> str:
    """All of it, ready to be printed."""
    return "\n".join(_lines(published, municipality, label)).replace(NBSP, " ")


def _lines(published: Published, municipality: str, label: str) -> Iterator[str]:
    statement, headings = published.statement, find_headings(published)
    on = statement.on
    yield f"{label[:1].upper()}{label[1:]}: tal for {municipality} pr. {on.day}. {MONTHS[on.month - 1]} {on.year}"
    if published.edition == "whole":
        yield _WHOLE
    if statement.goals:
        yield from _title("B", "Mål og resultater")
        for goal in statement.goals:
            yield from _goal(published, goal)
    block = ""
    for table in statement.tables:
        if table.block != block:
            block = table.block
            yield from _title(block, _BLOCKS.get(block, ""))
        yield from _table(published, table, headings[table.id])


def _title(block: str, text: str) -> Iterator[str]:
    yield ""
    yield f"{block}. {text}".upper()


def _goal(published: Published, goal: Goal) -> Iterator[str]:
    yield ""
    yield from textwrap.wrap(goal.text, WIDTH)
    remark = goal_remark(published, goal)
    if not remark.casefold().startswith(goal.target.casefold()):
        yield f"    Mål: {goal.target}"
    if goal.result is not None:
        yield f"    Resultat: {goal_result(published, goal)}"
    yield from textwrap.wrap(remark, WIDTH, initial_indent="    ", subsequent_indent="    ")


def _table(published: Published, table: Table, heading: str) -> Iterator[str]:
    yield ""
    yield from textwrap.wrap(table.title, WIDTH)
    if heading != table.title:
        yield from textwrap.wrap(heading, WIDTH)
    grid = [[_cell(published, name, len(table.columns) == 1) for name in row.cells] for row in table.rows]
    heads = [_wrap_head(each) for each in table.columns] if len(table.columns) > 1 else []
    labels = [_wrap_label(row.label, row.level) for row in table.rows]
    left = max((len(line) for label in labels for line in label), default=0)
    yield from _grid(labels, _spread(grid), heads, left)
    for note in textwrap.wrap(" ".join(table_notes(published, table)), WIDTH - 2):
        yield f"  {note}"


def _cell(published: Published, name: str | None, with_share: bool) -> list[str]:
    """A number, and in a table of one column its share beside it."""
    if name is None:
        return [""]
    said = text_of(published, name)
    return [said, share_text(published, name)] if with_share and name in published.statement.figures else [said]


def _spread(grid: Sequence[Sequence[Sequence[str]]]) -> list[list[str]]:
    return [[text for cell in row for text in cell] for row in grid]


def _wrap_label(label: str, level: int) -> list[str]:
    indent = "  " * (level + 1)
    return textwrap.wrap(label, LABEL, initial_indent=indent, subsequent_indent=f"{indent}  ")


def _wrap_head(head: str) -> list[str]:
    return textwrap.wrap(head, HEAD, break_long_words=False)


def _grid(
    labels: Sequence[Sequence[str]], grid: Sequence[Sequence[str]], heads: Sequence[Sequence[str]], left: int
) -> Iterator[str]:
    """The rows, each number to the right of its column and on the last line of its label."""
    number = max((len(row) for row in grid), default=0)
    width = [
        max([len(row[at]) for row in grid] + [len(line) for line in (heads[at] if heads else ())])
        for at in range(number)
    ]
    height = max((len(head) for head in heads), default=0)
    for at in range(height):
        lines = [["", *[""] * (height - len(head)), *head][at + 1] for head in heads]
        yield _join(" " * left, lines, width)
    for label, row in zip(labels, grid, strict=True):
        yield from label[:-1]
        yield _join(label[-1].ljust(left), row, width)


def _join(label: str, texts: Sequence[str], width: Sequence[int]) -> str:
    cells = [text.rjust(wide) for text, wide in zip(texts, width, strict=True)]
    return "  ".join([label, *cells]).rstrip()
