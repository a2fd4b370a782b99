"""A published statement as the statistics annex prints it: texts as the edition shows them, and bars of what it tells.

A bar has the length of a share or a count that is told. One that is hidden has no length at all, so that no drawing and
no attribute of it says more than the words.
"""

from collections.abc import Iterator
from itertools import groupby

from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.values import Day, Flag, Text
from kvisdocs.statistics.model import Goal, Published, Row, Table
from kvisdocs.statistics.named import lay_out_rows
from kvisdocs.statistics.sentences import find_headings, goal_remark, goal_result, table_notes
from kvisdocs.statistics.shown import NBSP, figure_text, find_percent, is_exact, text_of
from kvisdocs.templating.figures import say_part

MAX_COLUMNS, MAX_QUARTERS = 6, 24
"""What a page is wide enough for, in a table and in a chart."""

MAX_BARS = 12
"""A chart of more is no easier to read than its table."""

BLOCKS = {
    "A": "Hvem kom, hvordan stod de, og hvor er de nu",
    "C": "Trin, frister og registreringer",
    "D": "Svarene i webregistreringerne",
    "E": "Udvikling over tid",
}
"""The headings of the parts, by their letter. Block B, the goals, stands first, on the front page."""


HEADS = {"step": "Trin", "periods.contacts": "Kontakt", "registrations": "Registreringer gjort", "quarter": "Kvartal"}
"""What a table's rows are, where its title is its heading already."""


class Bar(Value):
    """A bar: what it is of, what is told of it, and how long it is."""

    label: Text
    said: str
    value: int | None
    """Per cent, or a count; None where the edition does not tell it."""


class AnnexGoal(Value):
    """A goal with what was reached."""

    text: Text
    target: str
    result: str
    remark: str
    percent: int | None
    target_percent: float | None


class QuarterWords(Value):
    """What is told of a quarter's numbers, also of those that are hidden: `35`, `<5`, `·`."""

    came: str
    left: str
    end: str


class Quarter(Value):
    """A quarter: who came, who left, and how many were there at its end."""

    label: Text
    came: int | None
    left: int | None
    end: int | None
    words: QuarterWords
    said: str


class AnnexRow(Value):
    """A row of a table, as it is read."""

    label: Text
    level: int
    cells: tuple[str, ...]


class AnnexTable(Value):
    """A table with its heading, its bars and what stands below it."""

    id: Text
    heading: Text
    title: Text
    heads: tuple[str, ...]
    rows: tuple[AnnexRow, ...]
    bars: tuple[Bar, ...]
    is_percent: Flag
    """Whether the bars are per cent of the same base, and so all of 100."""
    quarters: tuple[Quarter, ...]
    notes: Text


class AnnexPart(Value):
    """A part of the annex: tables that tell of one matter."""

    letter: Text
    heading: Text
    tables: tuple[AnnexTable, ...]


class Annex(Value):
    """All that the template is given of a statement."""

    municipality: Text
    on: Day
    is_whole: Flag
    threshold: int
    goals: tuple[AnnexGoal, ...]
    parts: tuple[AnnexPart, ...]


def lay_out_annex(published: Published) -> Annex:
    """The statement in the order in which it is read."""
    statement, headings = published.statement, find_headings(published)
    parts = []
    for letter, tables in groupby(statement.tables, key=lambda table: table.block):
        laid = tuple(_lay_out(published, table, headings[table.id]) for table in tables)
        parts.append(AnnexPart(letter=letter, heading=BLOCKS.get(letter, letter), tables=laid))
    return Annex(
        municipality=statement.municipality,
        on=statement.on,
        is_whole=published.edition == "whole",
        threshold=published.threshold,
        goals=tuple(_goal(published, goal) for goal in statement.goals),
        parts=tuple(parts),
    )


def _goal(published: Published, goal: Goal) -> AnnexGoal:
    is_share = goal.result in published.statement.figures and goal.target_percent is not None
    return AnnexGoal(
        text=goal.text,
        target=goal.target,
        result=goal_result(published, goal),
        remark=goal_remark(published, goal),
        percent=find_percent(published, goal.result) if is_share and goal.result else None,
        target_percent=goal.target_percent,
    )


def _lay_out(published: Published, table: Table, heading: str) -> AnnexTable:
    heads, rows = lay_out_rows(published, table)
    if len(table.columns) > MAX_COLUMNS:
        heads, rows = _turn(heads, rows)
    bars, is_percent = _find_bars(published, table)
    return AnnexTable(
        id=table.id,
        heading=heading,
        title=table.title,
        heads=(HEADS.get(table.id, "Gruppe") if heading == table.title else table.title, *heads[1:]),
        rows=tuple(
            AnnexRow(label=say_part(label, level), level=level, cells=tuple(cells)) for level, (label, *cells) in rows
        ),
        bars=bars,
        is_percent=is_percent,
        quarters=tuple(_find_quarters(published, table))[-MAX_QUARTERS:],
        notes=" ".join(table_notes(published, table)[1 if table.block == "D" else 0 :]),
    )


def _turn(heads: list[str], rows: list[tuple[int, list[str]]]) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """A table whose columns are more than a page is wide for, turned: they are its rows."""
    labels = [say_part(cells[0], level) for level, cells in rows]
    turned = [(0, [head, *(cells[place] for _, cells in rows)]) for place, head in enumerate(heads[1:], 1)]
    return [heads[0], *labels], turned


def _find_bars(published: Published, table: Table) -> tuple[tuple[Bar, ...], bool]:
    """A bar for each row of a table of one column, where there is more than one and any of them is told."""
    figures = published.statement.figures
    rows = [row for row in table.rows if row.cells[0] in figures and row.cells[0] != table.base]
    if len(table.columns) != 1 or not 1 < len(rows) <= MAX_BARS or table.block in ("D", "E"):
        return (), False
    names = [row.cells[0] or "" for row in rows]
    is_percent = all(figures[name].base == table.base for name in names) and any(
        find_percent(published, name) is not None for name in names
    )
    bars = tuple(_bar(published, row, name, is_percent) for row, name in zip(rows, names, strict=True))
    return (bars, is_percent) if any(bar.value for bar in bars) else ((), False)


def _bar(published: Published, row: Row, name: str, is_percent: bool) -> Bar:
    count = published.statement.figures[name].count if is_exact(published, name) else None
    value = find_percent(published, name) if is_percent else count
    return Bar(label=say_part(row.label, row.level), said=figure_text(published, name).replace(NBSP, " "), value=value)


def _find_quarters(published: Published, table: Table) -> Iterator[Quarter]:
    if table.block != "E":
        return
    by_part = {(row.cells[0] or "").rpartition(".")[2]: row.cells for row in table.rows}
    for place, label in enumerate(table.columns):
        names = {part: by_part[part][place] or "" for part in ("came", "left", "end")}
        told = {
            part: published.statement.figures[name].count if is_exact(published, name) else None
            for part, name in names.items()
        }
        words = QuarterWords(**{part: text_of(published, name) for part, name in names.items()})
        said = f"kom {words.came}, afsluttede {words.left}, i forløb ved slutningen {words.end}"
        yield Quarter(label=label, came=told["came"], left=told["left"], end=told["end"], words=words, said=said)
