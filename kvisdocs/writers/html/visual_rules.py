"""The rules of the contract that are about looks: contrast, and characters that the fonts lack.

They need the cascade, and so stand beside the writers; the cascade is the one that Word files are made with.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any
from unicodedata import bidirectional

import tinycss2
from fontTools.ttLib import TTFont

from kvisdocs.contrast import ENOUGH, ENOUGH_FOR_LARGE, contrast
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Position, Problem, Severity
from kvisdocs.templating.html import HtmlDocument
from kvisdocs.writers.html.css_nesting import unfold
from kvisdocs.writers.word.css.boxes import Page, read_page
from kvisdocs.writers.word.css.computed import Computed
from kvisdocs.writers.word.css.values import Units
from kvisdocs.writers.word.read.blocks import BlockWalk
from kvisdocs.writers.word.read.tree import HtmlElement

LARGE, LARGE_BOLD = 18.0, 14.0
MM_PER_POINT = 25.4 / 72
REPLACEMENTS = {
    "\u2011": N_('write "-" (U+002D), in a span with white-space: nowrap where the line must not break'),
    "\u2010": N_('write "-"'),
    "\u2212": N_('write "–" (U+2013)'),
    "\u202f": N_("write &nbsp; (U+00A0)"),
    "\u2009": N_("write &nbsp; (U+00A0)"),
    "☐": N_("draw the box with a border"),
    "☑": N_('write "x" in a box with a border'),
    "✓": N_('write "ja", or "x"'),
    "✔": N_('write "ja", or "x"'),
    "→": N_('write "til", or "–"'),
    "➔": N_('write "til", or "–"'),
    "●": N_('write "•" (U+2022)'),
    "ﬁ": N_('write "fi"'),
}
"""What to write for characters that text fonts often lack."""

_UNSEEN = re.compile("[\\s\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f]")


def check_looks(document: HtmlDocument) -> list[Problem]:
    """Texts that are hard to see, and characters without a glyph, each at its template's place; sorted."""
    walk = BlockWalk(document)
    fonts = {name: read for name in document.stylesheets for name, read in _faces(document, name).items()}
    html = walk.compute(walk.root, None)
    body = next(child for child in walk.root.children if child.local_name == "body")
    units = Units(html.font_size, html.font_size)
    walk.page = read_page(walk.cascade.pages, walk.compute(body, html).word("page"), True, units)
    found = list(_look(walk, body, html, ("FFFFFF", None), fonts))
    found += [problem for name in document.stylesheets for problem in _declarations(document, name)]
    return sorted(set(found))


Ground = tuple[str, Position | None]


def _look(
    walk: BlockWalk, element: HtmlElement, above: Computed, ground: Ground, fonts: dict[str, frozenset[int]]
) -> Iterator[Problem]:
    computed = walk.compute(element, above)
    if computed.word("display") == "none" or element.local_name == "svg":
        return
    position = walk.position(element.etree_element)
    at = position if position.line else (ground[1] or position)
    behind = (computed.color("background-color") or ground[0], at)
    if computed.word("position") == "absolute":
        yield from _outside(walk.page, computed, at)
    texts = [element.etree_element.text, *(child.tail for child in element.etree_element)]
    text = "".join(each for each in texts if each)
    if text.strip():
        yield from _contrast(text, computed, behind[0], at)
        yield from _glyphs(text, computed, fonts, at)
    for child in element.children:
        yield from _look(walk, child, computed, behind, fonts)


def _outside(page: Page, computed: Computed, at: Position) -> Iterator[Problem]:
    """What is placed beside the first page's paper, on which nobody sees it."""
    if not computed.is_auto("left") or computed.is_auto("right"):
        left = page.margins["left"] + computed.points("left", page.content_width)
    else:
        width = computed.points("width", page.content_width)
        left = page.width - page.margins["right"] - computed.points("right", page.content_width) - width
    top = page.margins["top"] + computed.points("top", page.height)
    right = left + computed.points("width", page.content_width)
    if left < 0 or right > page.width or (not computed.is_auto("top") and not 0 <= top <= page.height):
        what = message(
            "css.position.off_paper",
            "the block reaches beyond the paper: it stands {left:.0f} mm from the left and {top:.0f} mm from the top",
            left=left * MM_PER_POINT,
            top=top * MM_PER_POINT,
        )
        yield Problem(at, what, N_("left, top and width count from the margins"), Severity.WARNING)


def _contrast(text: str, computed: Computed, behind: str, at: Position) -> Iterator[Problem]:
    """WCAG 2.1, 1.4.3: 4.5 to 1, and 3 to 1 for 18 points, or 14 in bold."""
    colour = computed.color("color") or "000000"
    bold = computed.word("font-weight") == "bold"
    enough = ENOUGH_FOR_LARGE if computed.font_size >= (LARGE_BOLD if bold else LARGE) else ENOUGH
    ratio = contrast(colour, behind)
    if ratio < enough:
        shown = " ".join(text.split())[:30]
        what = message(
            "css.colour.low_contrast",
            '"{shown}": #{colour} on #{ground} has a contrast of {ratio:.2f} to 1, less than {enough:g}',
            shown=shown,
            colour=colour.lower(),
            ground=behind.lower(),
            ratio=ratio,
            enough=enough,
        )
        yield Problem(at, what, N_("use a darker text or a lighter ground"))


def _is_drawn_by_another(character: str, fonts: dict[str, frozenset[int]]) -> bool:
    """Whether a font for writing from right to left has it: that stands behind the one of Latin letters."""
    return bidirectional(character) in {"R", "AL", "NSM"} and any(ord(character) in each for each in fonts.values())


def _glyphs(text: str, computed: Computed, fonts: dict[str, frozenset[int]], at: Position) -> Iterator[Problem]:
    family = computed.word("font-family")
    if family not in fonts:
        return
    for character in dict.fromkeys(_UNSEEN.sub("", text)):
        if ord(character) not in fonts[family] and not _is_drawn_by_another(character, fonts):
            what = message(
                "font.family.no_glyph",
                '{family} has no character "{character}" (U+{number:04X})',
                family=family,
                character=character,
                number=ord(character),
            )
            yield Problem(at, what, REPLACEMENTS.get(character, N_("write it another way, or add a font")))


def _faces(document: HtmlDocument, sheet: str) -> dict[str, frozenset[int]]:
    """The characters of each family that the stylesheet brings as files: those that all its files have."""
    found: dict[str, frozenset[int]] = {}
    for family, source in _read_sheet(document.assets.read_text(sheet)).faces:
        if path := document.assets.find(f"{sheet.rpartition('/')[0]}/{source}".lstrip("/")):
            characters = _characters(path.read_bytes())
            found[family] = found.get(family, characters) & characters
    return found


def _declarations(document: HtmlDocument, sheet: str) -> Iterator[Problem]:
    """Declarations of the stylesheet that break PDF/UA-1 in WeasyPrint 70."""
    for line, column, what, todo in _read_sheet(document.assets.read_text(sheet)).faults:
        yield Problem(Position(document.assets.shown(sheet), line, column), what, todo)


@dataclass
class _Sheet:
    """What the rules ask of a stylesheet."""

    faces: list[tuple[str, str]] = field(default_factory=list)
    """Family and address of each @font-face."""
    faults: list[tuple[int, int, Message, Message]] = field(default_factory=list)
    """Line, column, what and what to do of each declaration that breaks PDF/UA-1."""


@lru_cache(maxsize=32)
def _read_sheet(text: str) -> _Sheet:
    """A stylesheet's text, read once for all documents that have it."""
    sheet, waiting = _Sheet(), _rules(unfold(text))
    while waiting:
        rule = waiting.pop(0)
        if rule.type == "at-rule" and rule.lower_at_keyword == "media":
            meant = any(token.type == "ident" and token.lower_value == "word" for token in rule.prelude)
            waiting += [] if meant or not rule.content else _rules(rule.content)
        elif rule.type == "at-rule" and rule.lower_at_keyword == "font-face":
            declared = {each.lower_name: each for each in _declared(rule)}
            family, source = _first(declared.get("font-family")), _first(declared.get("src"))
            sheet.faces += [(family, source)] if family and source else []
        elif rule.type == "qualified-rule":
            sheet.faults += [fault for each in _declared(rule) if (fault := _judge(each))]
    return sheet


def _judge(declaration: Any) -> tuple[int, int, Message, Message] | None:
    value, place = tinycss2.serialize(declaration.value).strip(), (declaration.source_line, declaration.source_column)
    if declaration.lower_name == "opacity" and value not in {"1", "1.0", "100%"}:
        what = message("css.opacity.not_ua", "opacity: {value} breaks PDF/UA-1", value=value)
        return *place, what, N_("use a lighter colour instead")
    if declaration.lower_name == "list-style-position" and value == "inside":
        what = message("css.list.inside_not_ua", "list-style-position: inside breaks PDF/UA-1")
        return *place, what, N_("leave it out")
    return None


def _rules(text: Any) -> list[Any]:
    return list(tinycss2.parse_stylesheet(text, True, True))


def _declared(rule: Any) -> list[Any]:
    return [
        each for each in tinycss2.parse_blocks_contents(rule.content or [], True, True) if each.type == "declaration"
    ]


def _first(declaration: Any) -> str:
    """The first name, text or address of a declaration."""
    for token in declaration.value if declaration else ():
        if token.type in {"ident", "string", "url"}:
            return str(token.value)
        if token.type == "function" and token.lower_name == "url":
            return str(token.arguments[0].value)
    return ""


@lru_cache(maxsize=32)
def _characters(data: bytes) -> frozenset[int]:
    with TTFont(BytesIO(data), lazy=True) as font:
        return frozenset(font.getBestCmap() or ())
