"""How styles stand in Word's style pane: their order, which are offered in the gallery, and what follows after Enter.

Word lists recommended styles by priority and then by name (ECMA-376, 17.7.4.19). A secretary wants the text's styles
first; those of the letterhead, the address and the page's foot stand last, and not in the gallery.

The names of Word's styles: those that Word itself knows, and the ids that paragraphs refer to.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kvisdocs.writers.word.model.blocks import Block, BlockControl, Paragraph, Section, Style
from kvisdocs.writers.word.model.inlines import Control, Inline, Link, Text

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
