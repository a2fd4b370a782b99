"""How styles stand in Word's style pane: their order, which are offered in the gallery, and what follows after Enter.

Word lists recommended styles by priority and then by name (ECMA-376, 17.7.4.19). A secretary wants the text's styles
first; those of the letterhead, the address and the page's foot stand last, and not in the gallery.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kvisdocs.writers.word.blocks import AlikeRow, Block, BlockControl, Paragraph, Row, Section, Style
from kvisdocs.writers.word.pieces import Control, Inline, Link, Text
from kvisdocs.writers.word.style_names import HEADING

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
                rows = {id(row): row for row in map(_pattern, block.rows)}
                for row in rows.values():
                    for cell in row.cells:
                        yield from _used(cell.blocks)


def _pattern(row: Row | AlikeRow) -> Row:
    return row.pattern if isinstance(row, AlikeRow) else row


def _used_inside(inlines: Iterable[Inline]) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, Text) and inline.style:
            yield inline.style
        elif isinstance(inline, Link | Control):
            yield from _used_inside(inline.children)
