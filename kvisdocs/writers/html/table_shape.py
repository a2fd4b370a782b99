"""Tables whose rows are not equally wide made rectangular, in the HTML, so that both files have the same valid table.

PDF/UA-1 wants rows that span as many columns each (7.2, rules 42 and 43 in veraPDF), cells that do not cover each other
(rule 15), one head and one foot (rules 11 and 12). HTML and Word want none of it. Nothing is lost: a span ends where
the table or another cell ends, a short row gets empty cells, a second head is a part of the body.
"""

from bisect import bisect_left
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from kvisdocs.templating.html import POSITION_ATTRIBUTE
from kvisdocs.writers.word.tables.grid import Gap, Placed, Spanning, count_columns, fill_gaps, place_cells

MAX_COLSPAN = 1_000
_GROUPS = ("thead", "tbody", "tfoot")
_CELLS = {"td", "th"}

Grid = list[list[Placed[Element]]]


def straighten_tables(root: Element) -> None:
    """Make every table below `root` rectangular that is not; those that are stay as they are."""
    for table in list(root.iter("table")):
        if not _is_plain(table):
            _straighten(table)


def _is_plain(table: Element) -> bool:
    """Whether nothing can be wrong: no spans, one head, one foot, and rows of as many cells each."""
    widths = set()
    for row in _rows(table):
        widths.add(len(row))
        if any(cell.get("colspan") or cell.get("rowspan") for cell in row):
            return False
    names = [child.tag for child in table]
    return len(widths) == 1 and 0 not in widths and names.count("thead") < 2 and names.count("tfoot") < 2


def _straighten(table: Element) -> None:
    for name in ("thead", "tfoot"):
        for extra in table.findall(name)[1:]:
            extra.tag = "tbody"
    groups = [[row for row in group if row.tag == "tr"] for group in table if group.tag in _GROUPS]
    grids = [_place(group) for group in groups]
    if not any(cell for grid in grids for row in grid for cell in row):
        _make_block(table)
        return
    columns = _columns(table, grids)
    for group, grid in zip(groups, grids, strict=True):
        empty = [number for number, row in enumerate(group) if not _cells(row)]
        for row, line in zip(group, _narrow(grid, columns), strict=True):
            _write_spans(row, line, grid, empty, len(columns))
        for number in reversed(empty):
            _parent_of(table, group[number]).remove(group[number])


def _rows(table: Element) -> list[Element]:
    return [row for group in table if group.tag in _GROUPS for row in group if row.tag == "tr"]


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in _CELLS]


def _place(group: Sequence[Element]) -> Grid:
    count = len(group)
    return place_cells(
        [
            [Spanning(cell, _span(cell, "colspan"), _row_span(cell, count - number)) for cell in _cells(row)]
            for number, row in enumerate(group)
        ]
    )


def _span(cell: Element, name: str) -> int:
    """A span as HTML reads it (HTML Standard, 4.9.11): at least 1, and 1 where no number stands."""
    text = cell.get(name, "1").strip()
    return min(max(int(text), 1), MAX_COLSPAN) if text.isascii() and text.isdigit() else 1


def _row_span(cell: Element, left: int) -> int:
    return left if cell.get("rowspan", "").strip() == "0" else min(left, _span(cell, "rowspan"))


def _columns(table: Element, grids: Sequence[Grid]) -> list[int]:
    """The columns of the table: those in which a cell begins, or that a `col` gives a width."""
    declared = sum(_span(column, "span") for column in table.iter("col"))
    ends = max(count_columns(grid) for grid in grids)
    begun = {cell.column for grid in grids for row in grid for cell in row}
    return sorted(begun | set(range(min(declared, ends))))


def _narrow(grid: Grid, columns: list[int]) -> Grid:
    """The same cells in these columns alone."""
    narrowed = []
    for row in grid:
        edges = [(bisect_left(columns, cell.column), bisect_left(columns, cell.column + cell.span)) for cell in row]
        narrowed.append(
            [
                Placed(cell.cell, start, max(1, end - start), cell.merge)
                for cell, (start, end) in zip(row, edges, strict=True)
            ]
        )
    return narrowed


def _write_spans(row: Element, line: Sequence[Placed[Element]], grid: Grid, empty: Sequence[int], count: int) -> None:
    """Give a row's cells the spans that they have, and the row a cell for each gap."""
    own = {id(cell) for cell in _cells(row)}
    for cell in line:
        if cell.merge != "continue" and id(cell.cell) in own:
            _say(cell.cell, "colspan", cell.span)
            _say(cell.cell, "rowspan", _height(cell.cell, grid, empty))
    if not own:
        return
    filled = fill_gaps([line], count)[0]
    for before, gap in zip([None, *filled], filled, strict=False):
        if not isinstance(gap, Placed):
            _fill(row, before, gap)


def _fill(row: Element, before: Placed[Element] | Gap | None, gap: Gap) -> None:
    """A header reaches over the gap behind it, for an empty one would say nothing; elsewhere stands an empty cell."""
    own = {id(cell) for cell in row}
    if all(cell.tag == "th" for cell in row) and isinstance(before, Placed) and id(before.cell) in own:
        _say(before.cell, "colspan", before.span + gap.span)
        return
    filler = Element("td", {POSITION_ATTRIBUTE: row.get(POSITION_ATTRIBUTE, "")})
    _say(filler, "colspan", gap.span)
    row.append(filler)


def _height(cell: Element, grid: Grid, empty: Sequence[int]) -> int:
    """How many rows a cell spans, without those that hold no cell of their own and go."""
    rows = [number for number, row in enumerate(grid) if any(each.cell is cell for each in row)]
    return sum(number not in empty for number in rows)


def _say(cell: Element, name: str, span: int) -> None:
    if span > 1:
        cell.set(name, str(span))
    else:
        cell.attrib.pop(name, None)


def _make_block(table: Element) -> None:
    """A table without cells is no table: its caption stands as text, and nothing is left of the rest."""
    captions = [child for child in table if child.tag == "caption"]
    table.tag, table.text = "div", None
    for caption in captions:
        caption.tag, caption.tail = "p", None
    table[:] = captions


def _parent_of(table: Element, row: Element) -> Element:
    return next(group for group in table if any(each is row for each in group))
