"""A table's rows: cells with their lines and inner margins, and rows alike but for their words. Part of the walk."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Literal

from kvisdocs.writers.word.css.computed import Computed, remembered
from kvisdocs.writers.word.css.page import RowBreaks, break_rows
from kvisdocs.writers.word.model.drafts import (
    AlikeDraftRow,
    Draft,
    DraftCell,
    DraftParagraph,
    DraftRow,
    DraftTable,
    keep_with_next,
    thin_paragraph,
)
from kvisdocs.writers.word.model.formats import Border, Borders, Margins
from kvisdocs.writers.word.model.inlines import Text
from kvisdocs.writers.word.read.context import BlockContext
from kvisdocs.writers.word.read.controls import mark_blocks
from kvisdocs.writers.word.read.text import collapse_texts, transform
from kvisdocs.writers.word.read.tree import HtmlElement
from kvisdocs.writers.word.read.walk import Walk
from kvisdocs.writers.word.styles.computed_formats import is_rtl, read_border, twips
from kvisdocs.writers.word.tables.grid import Gap, Placed
from kvisdocs.writers.word.tables.parts import AlikeElement, CellElement, Group, RowElement, read_row
from kvisdocs.writers.word.tables.row_templates import is_text

_SIDES = ("top", "left", "bottom", "right")
_ALIGN: dict[str, Literal["center", "bottom"]] = {"middle": "center", "bottom": "bottom"}


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """A row with its cells on the grid. `around` are the elements whose borders it wears where a cell has none."""

    row: RowElement
    header: bool
    cells: list[Placed[CellElement] | Gap]
    around: dict[str, tuple[Computed, ...]]


@dataclass(frozen=True, eq=False, slots=True)
class AlikeLine:
    """A row that stands on the grid as `pattern` does."""

    row: AlikeElement
    pattern: Line


@dataclass(frozen=True, slots=True)
class _Slot:
    """A text's place in a pattern: the cell's number in its element, and its `text-transform`."""

    number: int
    transform: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A row in whose place others can stand, with their own texts in its slots."""

    draft: DraftRow
    slots: tuple[_Slot, ...]

    def fill(self, texts: Sequence[str]) -> AlikeDraftRow:
        """The row of these texts, which are those of the row's element in order."""
        shown = collapse_texts([transform(texts[slot.number], slot.transform) for slot in self.slots])
        return AlikeDraftRow(self.draft, shown)


def read_lines(
    computed: Computed, groups: list[Group], cells: list[list[Placed[CellElement] | Gap]]
) -> list[Line | AlikeLine]:
    """Rows with what is around them: the row itself, its group at the group's ends, the table at its own.

    `cells` are those of the rows that are not like another. First rows of header cells alone name the columns, also
    outside a `thead`.
    """
    found: list[Line | AlikeLine] = []
    lines: dict[RowElement, Line] = {}
    leading = True
    for group in groups:
        for number, row in enumerate(group.rows):
            if isinstance(row, AlikeElement):
                found.append(AlikeLine(row, lines[row.pattern]))
                continue
            place = len(lines)
            top, bottom = [row.computed], [row.computed]
            if group.computed is not None:
                top += [group.computed] if number == 0 else []
                bottom += [group.computed] if number == len(group.rows) - 1 else []
            top += [computed] if place == 0 else []
            bottom += [computed] if place == len(cells) - 1 else []
            around = {"top": tuple(top), "bottom": tuple(bottom)}
            leading = leading and bool(row.cells) and all(cell.element.local_name == "th" for cell in row.cells)
            lines[row] = Line(row, leading or group.kind == "table-header-group", cells[place], around)
            found.append(lines[row])
    return found


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one table, which stands at `place` and has columns of these widths (twips)."""

    walk: Walk
    table: Computed
    grid: tuple[int, ...]
    place: BlockContext
    _patterns: dict[Line, _Pattern | None] = field(default_factory=dict)

    def read(self, lines: Sequence[Line | AlikeLine]) -> list[DraftRow | AlikeDraftRow]:
        """The rows in order."""
        patterns = {line.pattern for line in lines if isinstance(line, AlikeLine)}
        found: list[DraftRow | AlikeDraftRow] = []
        for line in lines:
            if isinstance(line, AlikeLine):
                found.append(self._alike(line))
                continue
            row = self._row(line)
            if line in patterns:
                self._patterns[line] = _find_pattern(self.walk, line, row)
            found.append(row)
        break_rows(found, [self._breaks(line) for line in lines])
        return found

    def _breaks(self, line: Line | AlikeLine) -> RowBreaks:
        """What begins and ends with a row; the table's own breaks are its block's."""
        if isinstance(line, AlikeLine):
            own = (line.pattern.row.computed,)
            return own, own
        beginning, ending = (
            tuple(each for each in line.around[side] if each is not self.table) for side in ("top", "bottom")
        )
        return beginning, ending

    def _alike(self, line: AlikeLine) -> DraftRow | AlikeDraftRow:
        pattern = self._patterns[line.pattern]
        if pattern is not None and not self.walk.anchors.is_waiting:
            return pattern.fill(line.row.texts)
        row = read_row(self.walk, line.row.element, line.pattern.row.computed, line.row.shade)
        own = iter(row.cells)
        cells = [replace(each, cell=next(own)) if isinstance(each, Placed) else each for each in line.pattern.cells]
        return self._row(replace(line.pattern, row=row, cells=cells))

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


def _find_pattern(walk: Walk, line: Line, row: DraftRow) -> _Pattern | None:
    """The row as a pattern for others, or None where a cell became more than one text in one look."""
    slots: list[_Slot] = []
    cells: list[DraftCell] = []
    for placed, cell in zip(line.cells, row.cells, strict=True):
        how = _transforms(walk, placed.cell.element, placed.cell.computed) if isinstance(placed, Placed) else []
        match cell.blocks:
            case [DraftParagraph(children=(), mark=None, place=None, frame=None) as paragraph] if how == []:
                pass
            case [DraftParagraph(children=(Text(),), mark=None, place=None, frame=None) as paragraph] if (
                isinstance(placed, Placed) and how is not None and len(how) == 1
            ):
                slots.append(_Slot(line.row.element.children.index(placed.cell.element), how[0]))
            case _:
                return None
        cells.append(replace(cell, blocks=[copy(paragraph)]))
    return _Pattern(replace(row, cells=cells), tuple(slots))


def _transforms(walk: Walk, element: HtmlElement, computed: Computed) -> list[str] | None:
    """The `text-transform` of each text in an element, or None where its spaces or its direction count."""
    if computed.word("white-space") not in {"normal", "nowrap"} or is_rtl(computed):
        return None
    own = computed.word("text-transform")
    found = [own] if is_text(element.etree_element.text) else []
    for child in element.children:
        values = walk.compute(child, computed)
        inside = _transforms(walk, child, values) if values.word("display") != "none" else None
        if inside is None:
            return None
        found += inside
        found += [own] if is_text(child.etree_element.tail) else []
    return found


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
