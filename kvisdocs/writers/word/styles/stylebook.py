"""Drafts → final blocks: each style is defined by its first use, and a paragraph says only what differs from its style.

Where a paragraph stands (indents of a list, margins that collapse with a container's) is said on the paragraph itself.

Word lists recommended styles by priority and then by name (ECMA-376, 17.7.4.19). A secretary wants the text's styles
first; those of the letterhead, the address and the page's foot stand last, and not in the gallery.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal

from kvisdocs.writers.word.letterhead.letterhead import Letterhead
from kvisdocs.writers.word.model.blocks import Block, BlockControl, Cell, Paragraph, Row, Section, Style, Table
from kvisdocs.writers.word.model.drafts import Draft, DraftCell, DraftParagraph, DraftRow, DraftTable
from kvisdocs.writers.word.model.inlines import (
    PLAIN,
    Bookmark,
    Checkbox,
    Control,
    Field,
    FootnoteCall,
    FootnoteMark,
    Inline,
    Link,
    PageNumber,
    ParagraphFormat,
    RunFormat,
    TabStop,
    Text,
)
from kvisdocs.writers.word.read.context import Mark
from kvisdocs.writers.word.styles.computed_formats import character_style, difference, overlay

HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)

BUILT_IN = {
    "Normal", "Body Text", "Subtitle", "Title", "List Bullet", "List Number", "List Paragraph", "Caption", "Header",
    "Footer", "Closing", "Hyperlink", "Quote", "Strong", "Emphasis", "Footnote Text", "Footnote Reference",
    "TOC Heading", *(f"TOC {level}" for level in range(1, 10)),
}  # fmt: skip
"""Names that Word itself knows, and shows in the language of whoever opens the file."""

_BY_FOLD = {name.casefold(): name for name in BUILT_IN}
_PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
_KINDS = {"paragraph": "afsnit", "character": "tegn"}


def canonical_name(name: str) -> str:
    """A name as Word spells it. Word tells names apart without regard to case, and splits them at commas."""
    shown = " ".join(re.sub(r"[,;\\]", " ", name).split())[:200] or "Normal"
    if HEADING.fullmatch(shown):
        return shown.title()
    return _BY_FOLD.get(shown.casefold(), shown)


def other_name(name: str, kind: str) -> str:
    """The name for a style of this kind, where one of the other kind already has `name`."""
    return f"{name} ({_KINDS[kind]})"


def style_ids(names: Iterable[str], taken_ids: Iterable[str] = ()) -> dict[str, str]:
    """An id for each name: `Heading 1` → `Heading1`. Letters outside ASCII are spelled out; no id stands twice.

    `taken_ids` are ids that other styles of the file have.
    """
    found: dict[str, str] = {}
    taken = {"tablenormal", "defaultparagraphfont", "nolist", *(each.lower() for each in taken_ids)}
    for name in sorted(names):
        plain = re.sub(r"[^A-Za-z0-9]", "", name.translate(_PLAIN)) or "Style"
        number, own = 1, plain
        while own.lower() in taken:
            number += 1
            own = f"{plain}{number}"
        taken.add(own.lower())
        found[name] = own
    return found


LAST = 99
"""The priority of what nobody is meant to choose."""

_PRIORITIES = {"Normal": 0, "Body Text": 1, "List Bullet": 2, "List Number": 2, "List Paragraph": 2, "Caption": 35}
_HEADING, _OWN = 9, 10
_LEADS_ON = {"Title", "Subtitle", "Caption"}
_FURNITURE = {"Header", "Footer", "Footnote Text", "Footnote Reference"}


def arrange(styles: Iterable[Style], sections: Iterable[Section]) -> tuple[Style, ...]:
    """The styles with their place in the pane."""
    found = tuple(styles)
    everyday = set(_used(block for section in sections for block in section.blocks)) - _FURNITURE
    return tuple(_arrange(style, style.name in everyday | {"Normal", "Body Text"}) for style in found)


def _arrange(style: Style, everyday: bool) -> Style:
    heading = HEADING.fullmatch(style.name) is not None
    priority = _HEADING if heading else _PRIORITIES.get(style.name, _OWN)
    leads_on = heading or style.name in _LEADS_ON or bool(style.format.keep_next)
    following = "Body Text" if leads_on and style.kind == "paragraph" else None
    return replace(style, priority=priority if everyday else LAST, quick=everyday, following=following)


def _used(blocks: Iterable[Block]) -> Iterator[str]:
    """The styles of the text itself: of what stands in no frame."""
    for block in blocks:
        match block:
            case Paragraph(frame=None):
                yield block.style
                yield from _used_inside(block.children)
            case Paragraph():
                pass
            case BlockControl():
                yield from _used(block.blocks)
            case _:
                for row in block.rows:
                    for cell in row.cells:
                        yield from _used(cell.blocks)


def _used_inside(inlines: Iterable[Inline]) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, Text) and inline.style:
            yield inline.style
        elif isinstance(inline, Link | Control):
            yield from _used_inside(inline.children)


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
