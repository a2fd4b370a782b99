"""Lists and tables that are not as PDF/UA-1 wants them made so, in the HTML, so that both files have the same.

HTML wants items in a list and no more (HTML Standard, 4.4.5 to 4.4.9), and so does PDF/UA-1 (7.2, rules 17 to 19 in
veraPDF); browsers show whatever stands there. Here a list in a list is a part of the item before it, and all else is an
item without a mark; items outside a list get one around them.

PDF/UA-1 wants rows that span as many columns each (7.2, rules 42 and 43 in veraPDF), cells that do not cover each other
(rule 15), one head and one foot (rules 11 and 12). HTML and Word want none of it. Nothing is lost: a span ends where
the table or another cell ends, a short row gets empty cells, a second head is a part of the body.
"""

from bisect import bisect_left
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from kvisdocs.templating.html import POSITION_ATTRIBUTE
from kvisdocs.writers.word.tables.grid import Gap, Placed, Spanning, count_columns, fill_gaps, place_cells

_LISTS = ("ul", "ol")
_UNSEEN = {"script", "style", "template"}
_ITEMS = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "div": {"dt", "dd"}}
"""What stands in a list; a `div` is one in a `dl`."""

_ADDED = {
    "ul": ("li", "display: block"),
    "ol": ("li", "display: block"),
    "dl": ("dd", "margin-left: 0; margin-right: 0"),
    "div": ("dd", "margin-left: 0; margin-right: 0"),
}
_LIST_OF = {"li": "ul", "dt": "dl", "dd": "dl"}
_MAY_HOLD = {"li": {"ul", "ol", "menu", "dir"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}}


def straighten_lists(root: Element) -> None:
    """Make every list below `root` one of items; those that are stay as they are."""
    lists = [(found, name) for name in ("ul", "ol", "dl") for found in root.iter(name)]
    lists += [(group, "div") for found, name in lists if name == "dl" for group in found.findall("div")]
    for found, name in lists:
        kept = _ITEMS[name]
        if _has_text(found.text) or any(child.tag not in kept or _has_text(child.tail) for child in found):
            _straighten_list(found)
    inside = sum(child.tag in _LIST_OF for found, _ in lists for child in found)
    if inside < sum(1 for name in _LIST_OF for _ in root.iter(name)):
        for parent in list(root.iter()):
            _surround(parent)


def _has_text(text: str | None) -> bool:
    return text is not None and bool(text.strip())


def _straighten_list(found: Element) -> None:
    children = list(found)
    loose: Element | None = None
    text, found.text = found.text, None
    found[:] = []
    if _has_text(text):
        loose = _add_item(found, found)
        loose.text = text
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag in _ITEMS[found.tag] or child.tag in _UNSEEN or not isinstance(child.tag, str):
            found.append(child)
            loose = loose if child.tag in _UNSEEN or not isinstance(child.tag, str) else None
        elif child.tag in _LISTS and loose is None and found.tag in _LISTS and found.find("li") is not None:
            found.findall("li")[-1].append(child)
        else:
            loose = _add_item(found, child) if loose is None else loose
            loose.append(child)
        if _has_text(tail):
            loose = _add_item(found, found) if loose is None else loose
            _append_text(loose, tail)


def _add_item(found: Element, place: Element) -> Element:
    name, style = _ADDED[found.tag]
    if name == "li" and place.tag in _LISTS and place is not found:  # what is in it is a level below
        style = "list-style-type: none"
    item = Element(name, {POSITION_ATTRIBUTE: place.get(POSITION_ATTRIBUTE, ""), "style": style})
    found.append(item)
    return item


def _append_text(item: Element, text: str | None) -> None:
    if len(item):
        item[-1].tail = (item[-1].tail or "") + (text or "")
    else:
        item.text = (item.text or "") + (text or "")


def _surround(parent: Element) -> None:
    """Put a list around items that stand in no list."""
    if not isinstance(parent.tag, str) or not any(_is_stray(child, parent) for child in parent):
        return
    children = list(parent)
    parent[:] = []
    for child in children:
        last = parent[-1] if len(parent) else None
        if not _is_stray(child, parent):
            parent.append(child)
        elif last is not None and last.tag == _LIST_OF[child.tag] and not _has_text(last.tail) and _is_ours(last):
            last.append(child)
            last.tail, child.tail = child.tail, None
        else:
            around = Element(_LIST_OF[child.tag], {"data-added": ""})
            around.append(child)
            around.tail, child.tail = child.tail, None
            parent.append(around)


def _is_ours(found: Element) -> bool:
    return "data-added" in found.attrib


def _is_stray(child: Element, parent: Element) -> bool:
    return isinstance(child.tag, str) and child.tag in _LIST_OF and parent.tag not in _MAY_HOLD[child.tag]


MAX_COLSPAN = 1_000
_GROUPS = ("thead", "tbody", "tfoot")
_CELLS = {"td", "th"}

Grid = list[list[Placed[Element]]]


def straighten_tables(root: Element) -> None:
    """Make every table below `root` rectangular that is not; those that are stay as they are."""
    for table in list(root.iter("table")):
        if not _is_plain(table):
            _straighten_table(table)


def _is_plain(table: Element) -> bool:
    """Whether nothing can be wrong: no spans, one head, one foot, and rows of as many cells each."""
    widths = set()
    for row in _rows(table):
        widths.add(len(row))
        if any(cell.get("colspan") or cell.get("rowspan") for cell in row):
            return False
    names = [child.tag for child in table]
    return len(widths) == 1 and 0 not in widths and names.count("thead") < 2 and names.count("tfoot") < 2


def _straighten_table(table: Element) -> None:
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
