"""HTML tables → draft tables: cells on a grid, widths, captions. Part of the walk."""

from collections.abc import Sequence
from dataclasses import replace

from kvisdocs.messages import N_, message
from kvisdocs.writers.word.css.computed import Computed
from kvisdocs.writers.word.css.values import Percent
from kvisdocs.writers.word.model.drafts import Draft, DraftParagraph, DraftTable, keep_end_with_next, keep_with_next
from kvisdocs.writers.word.read.context import BlockContext
from kvisdocs.writers.word.read.tree import HtmlElement, plain_text
from kvisdocs.writers.word.read.walk import Walk
from kvisdocs.writers.word.styles.computed_formats import is_rtl, spaces, twips
from kvisdocs.writers.word.tables.grid import (
    Placed,
    Spanning,
    count_columns,
    fill_gaps,
    merge_columns,
    place_cells,
    round_widths,
    share_widths,
)
from kvisdocs.writers.word.tables.parts import CellElement, Group, TableParts, read_parts
from kvisdocs.writers.word.tables.rows import Line, RowReader, read_lines

MAX_COLUMNS = 63
"""Word's limit; a file with more is corrupt to it."""


def read_table(walk: Walk, element: HtmlElement, computed: Computed, place: BlockContext) -> list[Draft]:
    """The table, with its caption above (or below) as a paragraph that keeps with it."""
    parts = read_parts(walk, element, computed)
    placed = [line for group in parts.groups for line in _place(group)]
    count = count_columns(placed)
    if not count:
        return []
    left, total = _stand(computed, place)
    placed, widths = merge_columns(placed, share_widths(_widths(parts.columns, placed, count, total), total))
    if len(widths) > MAX_COLUMNS:
        what = message(
            "word.table.columns",
            "a table of {number} columns; Word has at most {most}",
            number=len(widths),
            most=MAX_COLUMNS,
        )
        walk.fail(element, what, N_("make two tables of it"))
        return []
    grid = round_widths([twips(width) for width in widths])
    inner = replace(place, left=0.0, right=0.0, items=None, box=None, frame=None, region=None)
    lines = read_lines(computed, parts.groups, fill_gaps(placed, len(grid)))
    rows = RowReader(walk, computed, grid, inner).read(lines)
    title = " ".join(plain_text(each) for each, _ in parts.captions) or None
    before, after = spaces(computed, place.width)
    begin = place.left + left
    if rtl := is_rtl(computed):
        begin = place.right + place.width - left - total
    table = DraftTable(
        rows, grid, twips(begin), title, _has_row_headers(lines), before, after, region=place.region, rtl=rtl
    )
    if computed.word("break-inside") == "avoid":  # Word keeps rows together that keep with the next
        keep_with_next([replace(table, rows=rows[:-1])])
    return _with_captions(walk, table, parts, computed, place)


def _with_captions(
    walk: Walk, table: DraftTable, parts: TableParts, computed: Computed, place: BlockContext
) -> list[Draft]:
    above: list[Draft] = []
    below: list[Draft] = []
    for element, values in parts.captions:
        side = below if values.word("caption-side") == "bottom" else above
        side += walk.block(element, values, computed, place)
    if above:
        first = above[0]
        if isinstance(first, DraftParagraph):
            first.format = replace(first.format, before=max(first.format.before or 0, table.before))
        table.before = 0
        keep_with_next(above)
    if below:
        last = below[-1]
        if isinstance(last, DraftParagraph):
            last.format = replace(last.format, after=max(last.format.after or 0, table.after))
        table.after = 0
        keep_end_with_next([table])
    return [*above, table, *below]


def _place(group: Group) -> list[list[Placed[CellElement]]]:
    """A group's cells on the grid; no cell reaches out of its group."""
    count = len(group.rows)
    return place_cells(
        [
            [Spanning(cell, cell.columns, cell.rows(count - number)) for cell in row.cells]
            for number, row in enumerate(group.rows)
        ]
    )


def _stand(computed: Computed, place: BlockContext) -> tuple[float, float]:
    """Where the table begins from the left, and how wide it is, in points."""
    left, right = computed.points("margin-left", place.width), computed.points("margin-right", place.width)
    room = place.width - left - right
    said = [computed.points(name, place.width) for name in ("width", "max-width") if not computed.is_auto(name)]
    total = min(room, *said) if said else room
    if computed.is_auto("margin-left"):
        left += (room - total) / (2 if computed.is_auto("margin-right") else 1)
    return left, total or room


def _widths(
    columns: list[Computed], placed: list[list[Placed[CellElement]]], count: int, total: float
) -> list[float | None]:
    """What columns are said to be wide, in points: by `col`, else by the first row's cells (CSS 2, 17.5.2.1)."""
    said = [_width(column, total) for column in columns[:count]]
    said += [None] * (count - len(said))
    for cell in placed[0] if placed else ():
        width = _width(cell.cell.computed, total)
        for column in range(cell.column, cell.column + cell.span):
            if width is not None and said[column] is None:
                said[column] = width / cell.span
    return said


def _width(computed: Computed, total: float) -> float | None:
    value = computed.values["width"]
    if value is None:
        return None
    padding = 0.0
    if not isinstance(value, Percent) and computed.word("display") == "table-cell":
        padding = computed.points("padding-left") + computed.points("padding-right")
    return computed.points("width", total) + padding


def _has_row_headers(lines: Sequence[Line]) -> bool:
    """Whether the first column holds headers, outside the table's head."""
    return any(
        isinstance(cell, Placed) and cell.column == 0 and cell.cell.element.local_name == "th"
        for line in lines
        if not line.header
        for cell in line.cells
    )
