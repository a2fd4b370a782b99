"""Drafts → final blocks: each style is defined by its first use, and a paragraph says only what differs from its style.

Where a paragraph stands (indents of a list, margins that collapse with a container's) is said on the paragraph itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal

from kvisdocs.writers.word.letterhead.letterhead import Letterhead
from kvisdocs.writers.word.model.blocks import Block, BlockControl, Cell, Paragraph, Row, Style, Table
from kvisdocs.writers.word.model.drafts import Draft, DraftCell, DraftParagraph, DraftRow, DraftTable
from kvisdocs.writers.word.model.formats import PLAIN, ParagraphFormat, RunFormat, TabStop
from kvisdocs.writers.word.model.inlines import (
    Bookmark,
    Checkbox,
    Control,
    Field,
    FootnoteCall,
    FootnoteMark,
    Inline,
    Link,
    PageNumber,
    Text,
)
from kvisdocs.writers.word.read.context import Mark
from kvisdocs.writers.word.styles.computed_formats import character_style, difference, overlay
from kvisdocs.writers.word.styles.names import canonical_name, other_name


@dataclass(slots=True)
class StyleBook:
    """The styles of one document. Word tells their names apart without regard to case."""

    normal: Style
    letterhead: Letterhead | None = None
    _styles: dict[str, Style] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._styles["normal"] = self.normal

    @property
    def styles(self) -> tuple[Style, ...]:
        """All styles so far, in order of first use."""
        return tuple(self._styles.values())

    def settle(self, flow: list[Draft]) -> tuple[Block, ...]:
        """The final blocks: formats cut down to what differs from the styles."""
        found: list[Block] = []
        for mark, drafts in groupby(flow, key=lambda draft: draft.mark):
            blocks = [self._paragraph(b) if isinstance(b, DraftParagraph) else self._table(b) for b in drafts]
            found += blocks if mark is None else [_controlled(mark, blocks)]
        return tuple(found)

    def _style(
        self, said: str, kind: Literal["paragraph", "character"], format: ParagraphFormat, run_format: RunFormat
    ) -> Style:
        name = canonical_name(said)
        if self.letterhead is not None and self.letterhead.is_taken(name, kind):
            name = other_name(name, kind)
        found = self._styles.setdefault(name.casefold(), Style(name, kind, format, run_format))
        if found.kind != kind:
            name = other_name(name, kind)
            found = self._styles.setdefault(name.casefold(), Style(name, kind, format, run_format))
        return found

    def _paragraph(self, draft: DraftParagraph) -> Paragraph:
        style = self._style(draft.style, "paragraph", draft.own, draft.base)
        format = difference(draft.format, style.format)
        if draft.place is not None:  # the list's level says where its items stand
            format = replace(format, indent_left=None, first_line=None)
        if self.letterhead is not None and draft.format.line_exact:  # its Normal may have space, which shows here
            format = replace(format, before=draft.format.before, after=draft.format.after)
        if self.letterhead is not None and draft.format.tabs:
            format = replace(format, tabs=_own_tabs(draft.format.tabs, self.letterhead.tabs(style.name)))
        children = tuple(self._inline(child, style, draft.base) for child in draft.children)
        mark = difference(draft.base, style.run_format)
        return Paragraph(children, style.name, format, mark, draft.place, draft.frame)

    def _inline(self, inline: Inline, style: Style, base: RunFormat) -> Inline:
        match inline:
            case Link():
                return replace(inline, children=tuple(self._inline(child, style, base) for child in inline.children))
            case Control():
                children = tuple(self._inline(child, style, base) for child in inline.children)
                return replace(inline, children=children, plain=_is_one_text(children))
            case Field() | Checkbox() | PageNumber():
                return replace(inline, format=difference(inline.format, style.run_format))
            case Text(style=None):
                return Text(inline.text, difference(inline.format, style.run_format))
            case Text():
                own = character_style(inline.format, base)
                if inline.style == "Hyperlink":  # a bold link says nothing of the others
                    own = replace(PLAIN, color=own.color, underline=own.underline)
                known = self._style(str(inline.style), "character", ParagraphFormat(), own)
                around = overlay(style.run_format, known.run_format)
                return replace(inline, format=difference(inline.format, around), style=known.name)
            case FootnoteCall() | FootnoteMark():
                known = self._style(inline.style, "character", ParagraphFormat(), character_style(inline.format, base))
                around = overlay(style.run_format, known.run_format)
                return replace(inline, format=difference(inline.format, around), style=known.name)
        return inline

    def _table(self, draft: DraftTable) -> Table:
        rows = tuple(self._row(row) for row in draft.rows)
        return Table(rows, draft.grid, draft.indent, draft.title, draft.first_column, draft.rtl, draft.layout)

    def _row(self, draft: DraftRow) -> Row:
        cells = tuple(self._cell(cell) for cell in draft.cells)
        return Row(cells, draft.header, draft.keep_together, draft.height, tuple(draft.alike))

    def _cell(self, draft: DraftCell) -> Cell:
        blocks = self.settle(draft.blocks)
        return Cell(
            blocks, draft.width, draft.span, draft.merge, draft.borders, draft.margins, draft.shade, draft.align
        )


def _own_tabs(own: tuple[TabStop, ...], given: frozenset[int]) -> tuple[TabStop, ...]:
    """Our tab stops, which fit the page, and no others: those of the letterhead's style would come first."""
    cleared = [TabStop("clear", place) for place in given - {stop.at_twips for stop in own}]
    return tuple(sorted([*own, *cleared], key=lambda stop: stop.at_twips))


def _controlled(mark: Mark, blocks: Sequence[Paragraph | Table]) -> Block:
    """One paragraph's control stands inside it: its style and list mark cannot be deleted with the text.

    LibreOffice 7.4 would lose the looks of the text in a control around it, too.
    """
    one = blocks[0]
    if len(blocks) > 1 or not isinstance(one, Paragraph):
        return BlockControl(tuple(blocks), mark.name, mark.title)
    first = next((at for at, child in enumerate(one.children) if not isinstance(child, Bookmark)), len(one.children))
    inside = one.children[first:]
    control = (Control(inside, mark.name, mark.title, _is_one_text(inside)),) if inside else ()
    return replace(one, children=(*one.children[:first], *control))


def _is_one_text(children: tuple[Inline, ...]) -> bool:
    """Whether a control of plain text can hold it. Text of a look of its own would lose it there in LibreOffice 7.4."""
    match children:
        case (Text(format=format, style=None),):
            return format == PLAIN
    return False
