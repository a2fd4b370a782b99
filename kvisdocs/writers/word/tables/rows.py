"""A table's rows: cells with their lines and inner margins, and rows alike but for their words. Part of the walk."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kvisdocs.writers.word.css.boxes import RowBreaks, break_rows
from kvisdocs.writers.word.css.computed import Computed, remembered
from kvisdocs.writers.word.model.drafts import (
    Draft,
    DraftCell,
    DraftParagraph,
    DraftRow,
    DraftTable,
    keep_with_next,
    thin_paragraph,
)
from kvisdocs.writers.word.model.inlines import Border, Borders, Margins, Text
from kvisdocs.writers.word.read.context import BlockContext
from kvisdocs.writers.word.read.inlines import mark_blocks
from kvisdocs.writers.word.read.text import collapse_text, transform
from kvisdocs.writers.word.read.tree import HtmlElement
from kvisdocs.writers.word.read.walk import Walk
from kvisdocs.writers.word.styles.computed_formats import is_rtl, read_border, twips
from kvisdocs.writers.word.tables.grid import Gap, Placed
from kvisdocs.writers.word.tables.parts import CellElement, Group, RowElement, read_row

_SIDES = ("top", "left", "bottom", "right")
_ALIGN: dict[str, Literal["center", "bottom"]] = {"middle": "center", "bottom": "bottom"}


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """A row with its cells on the grid. `around` are the elements whose borders it wears where a cell has none."""

    row: RowElement
    header: bool
    cells: list[Placed[CellElement] | Gap]
    around: dict[str, tuple[Computed, ...]]


_NOT_PLAIN = re.compile(r"[\t\r\xad\u2011]|\A\s|\s\Z|\s ")
"""What is an element of its own in Word, or spaces that XML must be told to keep."""


def read_lines(computed: Computed, groups: list[Group], cells: list[list[Placed[CellElement] | Gap]]) -> list[Line]:
    """Rows with what is around them: the row itself, its group at the group's ends, the table at its own.

    First rows of header cells alone name the columns, also outside a `thead`.
    """
    found: list[Line] = []
    leading = True
    for group in groups:
        for number, row in enumerate(group.rows):
            place = len(found)
            top, bottom = [row.computed], [row.computed]
            if group.computed is not None:
                top += [group.computed] if number == 0 else []
                bottom += [group.computed] if number == len(group.rows) - 1 else []
            top += [computed] if place == 0 else []
            bottom += [computed] if place == len(cells) - 1 else []
            around = {"top": tuple(top), "bottom": tuple(bottom)}
            leading = leading and bool(row.cells) and all(cell.element.local_name == "th" for cell in row.cells)
            found.append(Line(row, leading or group.kind == "table-header-group", cells[place], around))
    return found


_Slots = Sequence[tuple[int, str]]
"""Where a row holds texts: the numbers of cells in its element, each with its `text-transform`."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A row that others may be like: its number in the table, and where their texts go if they are plain."""

    number: int
    line: Line
    slots: _Slots | None


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one table, which stands at `place` and has columns of these widths (twips)."""

    walk: Walk
    table: Computed
    grid: tuple[int, ...]
    place: BlockContext

    def read(self, lines: Sequence[Line]) -> list[DraftRow]:
        """The rows in order: those like one before by their texts where these are plain, else as rows of their own."""
        found: list[DraftRow] = []
        breaks: list[RowBreaks] = []
        wanted = {pattern for line in lines for pattern, _ in line.row.alike}
        patterns: dict[RowElement, _Pattern] = {}

        def read(line: Line, pattern: RowElement) -> None:
            found.append(self._row(line))
            breaks.append(self._breaks(line))
            if pattern in wanted and (pattern not in patterns or patterns[pattern].slots is None):
                patterns[pattern] = _Pattern(len(found) - 1, line, _find_slots(line, found[-1]))

        for line in lines:
            read(line, line.row)
            for pattern, element in line.row.alike:
                like = patterns[pattern]
                texts = None if like.slots is None else _texts(element, like.slots)
                if texts is None:
                    read(self._line(element, like.line), pattern)
                else:
                    found[-1].alike.append((like.number, texts))
        break_rows(found, breaks)
        return found

    def _line(self, element: HtmlElement, like: Line) -> Line:
        """A row that stands on the grid as another does."""
        row = read_row(self.walk, element, like.row.computed, like.row.shade)
        own = iter(row.cells)
        cells = [replace(each, cell=next(own)) if isinstance(each, Placed) else each for each in like.cells]
        return replace(like, row=row, cells=cells)

    def _breaks(self, line: Line) -> RowBreaks:
        """What begins and ends with a row; the table's own breaks are its block's."""
        beginning, ending = (
            tuple(each for each in line.around[side] if each is not self.table) for side in ("top", "bottom")
        )
        return beginning, ending

    def _row(self, line: Line) -> DraftRow:
        self.walk.look_at(line.row.element, line.row.computed)
        self.walk.anchors.wait(line.row.element.etree_element)
        cells = []
        for each in line.cells:
            around = dict(line.around)
            begin, end = ("right", "left") if is_rtl(self.table) else ("left", "right")
            around[begin] = (self.table,) if each.column == 0 else ()
            around[end] = (self.table,) if each.column + each.span == len(self.grid) else ()
            width = sum(self.grid[each.column : each.column + each.span])
            if isinstance(each, Gap):
                cells.append(DraftCell([thin_paragraph()], width, each.span, None, Borders(), Margins(), None, "top"))
            else:
                cells.append(_mirror(_cell(self.walk, each, width, around, self.place), is_rtl(self.table)))
        if line.row.computed.word("break-after") == "avoid":  # Word keeps a row with the next by its paragraphs
            keep_with_next([block for cell in cells for block in cell.blocks])
        together = line.header or line.row.computed.word("break-inside") == "avoid"
        return DraftRow(cells, line.header, together, _height(line))


def _height(line: Line) -> int:
    """How high the row is said to be, in twips: by itself, or by a cell, whose padding comes on top (CSS 2, 17.5.3)."""
    row = line.row.computed
    found = [twips(row.points("height"))]
    for each in line.cells:
        own = each.cell.computed if isinstance(each, Placed) and each.merge is None else row
        if own is not row and own.points("height"):
            found.append(twips(own.points("height") + own.points("padding-top") + own.points("padding-bottom")))
    return max(found)


def _find_slots(line: Line, row: DraftRow) -> _Slots | None:
    """Where other texts can be put into a row; None where a cell is more than one plain text, or its spaces count."""
    slots: list[tuple[int, str]] = []
    for placed, cell in zip(line.cells, row.cells, strict=True):
        match cell.blocks:
            case [DraftParagraph(children=children, mark=None, place=None, frame=None)] if len(children) < 2:
                pass
            case _:
                return None
        if isinstance(placed, Gap):
            continue
        element, computed = placed.cell.element, placed.cell.computed
        if computed.word("white-space") not in {"normal", "nowrap"} or is_rtl(computed):
            return None
        if children and type(children[0]) is not Text:
            return None
        if children:
            slots.append((line.row.element.children.index(element), computed.word("text-transform")))
    return slots if _texts(line.row.element, slots) is not None else None


def _texts(row: HtmlElement, slots: _Slots) -> tuple[str, ...] | None:
    """The row's texts, or None where one is not plain."""
    own = row.etree_element
    found = tuple([collapse_text(transform(own[number].text or "", how)) for number, how in slots])
    return None if any(map(_NOT_PLAIN.search, found)) else found


def _cell(
    walk: Walk, placed: Placed[CellElement], width: int, around: dict[str, tuple[Computed, ...]], place: BlockContext
) -> DraftCell:
    computed, element = placed.cell.computed, placed.cell.element
    if placed.merge != "continue":
        walk.look_at(element, computed)
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


def _mirror(cell: DraftCell, rtl: bool) -> DraftCell:
    """In a table from right to left, Word means by left where the row begins, which is at the right."""
    if not rtl:
        return cell
    lines, room = cell.borders, cell.margins
    return replace(
        cell,
        borders=replace(lines, left=lines.right, right=lines.left),
        margins=replace(room, left=room.right, right=room.left),
    )


@remembered
def _edges(computed: Computed, width: int, *around: tuple[Computed, ...]) -> tuple[Borders, Margins]:
    """A cell's lines and inner margins. `width` in twips; `around` is what ends at each of `_SIDES`."""
    borders = Borders(*(_border(side, computed, each) for side, each in zip(_SIDES, around, strict=True)))
    return borders, Margins(*(twips(computed.points(f"padding-{side}", width / 20)) for side in _SIDES))


def _border(side: str, computed: Computed, around: tuple[Computed, ...]) -> Border | None:
    """A cell's own line, else that of the row, the group or the table that ends there (CSS 2, 17.6.2.1)."""
    return next((line for each in (computed, *around) if (line := read_border(each, side))), None)
