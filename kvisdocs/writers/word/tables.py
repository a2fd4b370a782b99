"""HTML tables → draft tables: cells on a grid, widths, header rows, borders, shading. Part of the walk in read.py."""

from dataclasses import dataclass, replace
from typing import Literal

from kvisdocs.writers.word.computed import Computed, remembered
from kvisdocs.writers.word.controls import mark_blocks
from kvisdocs.writers.word.css_values import Percent
from kvisdocs.writers.word.drafts import (
    Draft,
    DraftCell,
    DraftParagraph,
    DraftRow,
    DraftTable,
    keep_with_next,
    thin_paragraph,
)
from kvisdocs.writers.word.formats import read_border, spaces, twips
from kvisdocs.writers.word.grid import (
    Gap,
    Placed,
    Spanning,
    count_columns,
    fill_gaps,
    merge_columns,
    place_cells,
    round_widths,
    share_widths,
)
from kvisdocs.writers.word.looks import Border, Borders, Margins
from kvisdocs.writers.word.place import Place
from kvisdocs.writers.word.table_parts import CellElement, Group, RowElement, TableParts, read_parts
from kvisdocs.writers.word.tree import HtmlElement, plain_text
from kvisdocs.writers.word.walk import Walk

MAX_COLUMNS = 63
"""Word's limit; a file with more is corrupt to it."""

_SIDES = ("top", "left", "bottom", "right")
_ALIGN: dict[str, Literal["center", "bottom"]] = {"middle": "center", "bottom": "bottom"}


@dataclass(frozen=True, slots=True)
class _Line:
    """A row with its cells on the grid. `around` are the elements whose borders it wears where a cell has none."""

    row: RowElement
    header: bool
    cells: list[Placed[CellElement] | Gap]
    around: dict[str, tuple[Computed, ...]]


def read_table(walk: Walk, element: HtmlElement, computed: Computed, place: Place) -> list[Draft]:
    """The table, with its caption above (or below) as a paragraph that keeps with it."""
    parts = read_parts(walk, element, computed)
    placed = [line for group in parts.groups for line in _place(group)]
    count = count_columns(placed)
    if not count:
        return []
    left, total = _stand(computed, place)
    placed, widths = merge_columns(placed, share_widths(_widths(parts.columns, placed, count, total), total))
    if len(widths) > MAX_COLUMNS:
        walk.fail(element, f"a table of {len(widths)} columns; Word has at most {MAX_COLUMNS}", "make two tables of it")
        return []
    grid = round_widths([twips(width) for width in widths])
    inner = replace(place, left=0.0, right=0.0, items=None, box=None, frame=None, region=None)
    lines = _lines(computed, parts.groups, fill_gaps(placed, len(grid)))
    rows = [_row(walk, line, computed, grid, inner) for line in lines]
    title = " ".join(plain_text(each) for each, _ in parts.captions) or None
    before, after = spaces(computed, place.width)
    table = DraftTable(
        rows, grid, twips(place.left + left), title, _has_row_headers(lines), before, after, region=place.region
    )
    if computed.word("break-inside") == "avoid":  # Word keeps rows together that keep with the next
        keep_with_next([replace(table, rows=rows[:-1])])
    return _with_captions(walk, table, parts, computed, place)


def _with_captions(walk: Walk, table: DraftTable, parts: TableParts, computed: Computed, place: Place) -> list[Draft]:
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
        keep_with_next([replace(table, rows=table.rows[-1:])])
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


def _stand(computed: Computed, place: Place) -> tuple[float, float]:
    """Where the table begins from the left, and how wide it is, in points."""
    left, right = computed.points("margin-left", place.width), computed.points("margin-right", place.width)
    room = place.width - left - right
    total = room if computed.is_auto("width") else min(room, computed.points("width", place.width))
    if computed.is_auto("margin-left"):
        left += (room - total) / (2 if computed.is_auto("margin-right") else 1)
    return left, total or room


def _lines(computed: Computed, groups: list[Group], cells: list[list[Placed[CellElement] | Gap]]) -> list[_Line]:
    """Rows with what is around them: the row itself, its group at the group's ends, the table at its own."""
    found: list[_Line] = []
    for group in groups:
        for number, row in enumerate(group.rows):
            line = len(found)
            top, bottom = [row.computed], [row.computed]
            if group.computed is not None:
                top += [group.computed] if number == 0 else []
                bottom += [group.computed] if number == len(group.rows) - 1 else []
            top += [computed] if line == 0 else []
            bottom += [computed] if line == len(cells) - 1 else []
            around = {"top": tuple(top), "bottom": tuple(bottom)}
            found.append(_Line(row, group.kind == "table-header-group", cells[line], around))
    return found


def _row(walk: Walk, line: _Line, table: Computed, grid: tuple[int, ...], place: Place) -> DraftRow:
    walk.anchors.wait(line.row.element.etree_element)
    cells = []
    for each in line.cells:
        around = dict(line.around)
        around["left"] = (table,) if each.column == 0 else ()
        around["right"] = (table,) if each.column + each.span == len(grid) else ()
        width = sum(grid[each.column : each.column + each.span])
        if isinstance(each, Gap):
            cells.append(DraftCell([thin_paragraph()], width, each.span, None, Borders(), Margins(), None, "top"))
        else:
            cells.append(_cell(walk, each, width, around, place))
    return DraftRow(cells, line.header, line.header or line.row.computed.word("break-inside") == "avoid")


def _cell(
    walk: Walk, placed: Placed[CellElement], width: int, around: dict[str, tuple[Computed, ...]], place: Place
) -> DraftCell:
    computed, element = placed.cell.computed, placed.cell.element
    borders, margins = _edges(computed, width, *(around[side] for side in _SIDES))
    inner = replace(place, width=(width - margins.left - margins.right) / 20)
    blocks: list[Draft] = []
    if placed.merge != "continue":
        walk.anchors.wait(element.etree_element)
        blocks = walk.flow(element, computed, inner)
        mark_blocks(walk, element, blocks)
    if not blocks:
        blocks.append(walk.paragraph((), computed, replace(inner, left=0.0), own=False))
    elif isinstance(blocks[-1], DraftTable):  # every cell ends with a paragraph (ECMA-376, 17.4.65)
        blocks.append(thin_paragraph(after=blocks[-1].after))
    return DraftCell(
        blocks,
        width,
        placed.span,
        placed.merge,
        borders,
        margins,
        placed.cell.shade,
        _ALIGN.get(computed.word("vertical-align"), "top"),
    )


@remembered
def _edges(computed: Computed, width: int, *around: tuple[Computed, ...]) -> tuple[Borders, Margins]:
    """A cell's lines and inner margins. `width` in twips; `around` is what ends at each of `_SIDES`."""
    borders = Borders(*(_border(side, computed, each) for side, each in zip(_SIDES, around, strict=True)))
    return borders, Margins(*(twips(computed.points(f"padding-{side}", width / 20)) for side in _SIDES))


def _border(side: str, computed: Computed, around: tuple[Computed, ...]) -> Border | None:
    """A cell's own line, else that of the row, the group or the table that ends there (CSS 2, 17.6.2.1)."""
    return next((line for each in (computed, *around) if (line := read_border(each, side))), None)


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


def _has_row_headers(lines: list[_Line]) -> bool:
    """Whether the first column holds headers, outside the table's head."""
    return any(
        isinstance(cell, Placed) and cell.column == 0 and cell.cell.element.local_name == "th"
        for line in lines
        if not line.header
        for cell in line.cells
    )
