"""A designer's Word file → what the reader and the writer need of it. Pure.

Its body is dropped but for the page setup, its last `w:sectPr` (ECMA-376, 17.6.17); its styles, numbering, theme,
fonts, headers and footers stay as they are, made safe and gathered by `parts`. Styles go by name, not by id: Danish
Word gives `heading 1` the id Overskrift1.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from lxml import etree
from lxml.etree import _Element

from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.templating.html import HtmlDocument
from kvisdocs.templating.letterhead import open_letterhead
from kvisdocs.templating.letterhead_package import Relation, W, read_start
from kvisdocs.writers.word.letterhead.parts import Gathering, GivenPart

DANISH_NAMES = (
    {
        "body text": "brødtekst",
        "title": "titel",
        "subtitle": "undertitel",
        "list bullet": "opstilling - punkttegn",
        "list number": "opstilling - talopstilling",
        "list paragraph": "listeafsnit",
        "caption": "billedtekst",
        "header": "sidehoved",
        "footer": "sidefod",
        "closing": "sluthilsen",
        "hyperlink": "hyperlink",
        "quote": "citat",
        "strong": "stærk",
        "emphasis": "fremhæv",
        "footnote text": "fodnotetekst",
        "footnote reference": "fodnotehenvisning",
    }
    | {f"heading {level}": f"overskrift {level}" for level in range(1, 10)}
    | {f"toc {level}": f"indholdsfortegnelse {level}" for level in range(1, 10)}
)
"""What Danish Word shows for its own styles. Word writes the English names, but not every other program does."""


@dataclass(frozen=True, slots=True)
class LetterheadStyle:
    """A style that the letterhead brings. `names` are all it goes by, folded; `kind` may be `table`, too.

    `tabs` are the places of its tab stops in twips, with those of the styles it is based on.
    """

    id: str
    kind: str
    names: frozenset[str]
    tabs: frozenset[int] = frozenset()


def read_given_styles(root: _Element) -> tuple[LetterheadStyle, ...]:
    """The styles in `w:styles`, with their aliases (17.7.4.1). The default paragraph style is Normal by any name."""
    found = []
    by_id = {style.get(f"{W}styleId", ""): style for style in root.findall(f"{W}style")}
    for style in root.findall(f"{W}style"):
        said = [_value(style, "name"), *_value(style, "aliases").split(",")]
        names = {" ".join(each.split()).casefold() for each in said if each.strip()}
        kind = style.get(f"{W}type", "paragraph")
        if kind == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}:
            names.add("normal")
        found.append(LetterheadStyle(style.get(f"{W}styleId", ""), kind, frozenset(names), _tabs(style, by_id)))
    return tuple(found)


def _tabs(style: _Element | None, by_id: Mapping[str, _Element]) -> frozenset[int]:
    found: set[int] = set()
    seen: set[int] = set()
    while style is not None and id(style) not in seen:
        seen.add(id(style))
        places = (each.get(f"{W}pos", "") for each in style.iterfind(f"{W}pPr/{W}tabs/{W}tab"))
        found |= {int(place) for place in places if place.lstrip("-").isdecimal()}
        style = by_id.get(_value(style, "basedOn"))
    return frozenset(found)


def find_styles(styles: Sequence[LetterheadStyle], name: str) -> list[LetterheadStyle]:
    """Those of this name in Word's spelling; where there is none, those of its Danish name."""
    folded = name.casefold()
    danish = DANISH_NAMES.get(folded)
    by_name = [style for style in styles if folded in style.names]
    return by_name or [style for style in styles if danish in style.names]


def _value(style: _Element, name: str) -> str:
    found = style.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


_TWIPS = {"": 1.0, "pt": 20.0, "mm": 1440 / 25.4, "cm": 1440 / 2.54, "in": 1440.0, "pc": 240.0, "pi": 240.0}
_MEASURE = re.compile(r"(-?\d+(?:\.\d+)?)(pt|mm|cm|in|pc|pi|)")
_A_COLUMNS_SPACE = 720


@dataclass(frozen=True, slots=True)
class LetterheadPage:
    """The letterhead's paper and margins, in twips. `text_width` is one column's."""

    width: int
    height: int
    top: int
    left: int
    bottom: int
    right: int
    header_distance: int
    footer_distance: int
    text_width: int


def read_given_page(section: _Element) -> LetterheadPage | None:
    """The page, or None where paper or margins are not said, so that the stylesheet's hold."""
    paper, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if paper is None or margins is None:
        return None
    width, height = (_twips(paper, name, 0) for name in ("w", "h"))
    top, bottom = (abs(_twips(margins, name, 1440)) for name in ("top", "bottom"))
    gutter = _twips(margins, "gutter", 0)
    left, right = _twips(margins, "left", 1440) + gutter, _twips(margins, "right", 1440)
    text_width = _column(section.find(f"{W}cols"), width - left - right)
    if text_width < 720 or height - top - bottom < 720:
        return None
    header, footer = (_twips(margins, name, 708) for name in ("header", "footer"))
    return LetterheadPage(width, height, top, left, bottom, right, header, footer, text_width)


def _column(columns: _Element | None, width: int) -> int:
    """How wide the narrowest column is (17.6.4)."""
    if columns is None:
        return width
    own = [_twips(each, "w", 0) for each in columns.findall(f"{W}col")]
    if len(own) > 1 and all(own):
        return min(own)
    number = max(1, _twips(columns, "num", 1))
    return (width - (number - 1) * _twips(columns, "space", _A_COLUMNS_SPACE)) // number


def _twips(element: _Element, name: str, otherwise: int) -> int:
    """A measure in twips, which may have a unit (17.18.90)."""
    found = _MEASURE.fullmatch(element.get(f"{W}{name}", ""))
    return round(float(found[1]) * _TWIPS[found[2]]) if found else otherwise


Kind = Literal["paragraph", "character"]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """A letterhead. `section` is its `w:sectPr` as XML, `relations` those of the headers and footers named in it.

    `edges` holds `header` and `footer` where it has content of its own there; `first` and `even` say which pages it
    tells apart. `lists` and `drawings` are the highest numbers that it uses; `removed` names what was taken out of it.
    """

    name: str
    parts: tuple[GivenPart, ...]
    relations: tuple[Relation, ...]
    section: bytes
    page: LetterheadPage | None
    styles: tuple[LetterheadStyle, ...]
    edges: frozenset[str]
    first: bool
    even: bool
    lists: int
    drawings: int
    removed: tuple[Message, ...]

    def style_id(self, name: str, kind: Kind) -> str | None:
        """The id of its style of this name and kind, or None."""
        return next((style.id for style in find_styles(self.styles, name) if style.kind == kind), None)

    def tabs(self, name: str) -> frozenset[int]:
        """The tab stops of its paragraph style of this name, in twips."""
        found = (style.tabs for style in find_styles(self.styles, name) if style.kind == "paragraph")
        return next(found, frozenset())

    def is_taken(self, name: str, kind: Kind) -> bool:
        """Whether only a style of another kind has this name: Word has one namespace for them all."""
        return self.style_id(name, kind) is None and bool(find_styles(self.styles, name))


def find_letterhead(document: HtmlDocument) -> Letterhead | None:
    """The letterhead that the document names, or None. Raises KvisdocsError where it is missing or may not be used."""
    if document.letterhead is None:
        return None
    path = document.assets.find(document.letterhead)
    if path is None:
        what = message(
            "letterhead.file.missing",
            'the letterhead "{name}" is not in the templates folder',
            name=document.letterhead,
        )
        raise KvisdocsError(Problem(document.position(None), what, N_("put the file there or correct the name")))
    return read_letterhead(read_start(path), document.assets.shown(document.letterhead))


@lru_cache(maxsize=4)
def read_letterhead(data: bytes, name: str) -> Letterhead:
    """The letterhead in a file's bytes; `name` is for messages. Raises KvisdocsError as `open_letterhead` does."""
    gathering = Gathering(open_letterhead(data, name, Position(name)))
    section = gathering.gather()
    styles = next((part.data for part in gathering.parts if part.name == "word/styles.xml"), None)
    return Letterhead(
        name=name,
        parts=tuple(gathering.parts),
        relations=tuple(gathering.relations),
        section=etree.tostring(section),
        page=read_given_page(section),
        styles=read_given_styles(etree.fromstring(styles)) if styles else (),
        edges=frozenset(gathering.edges),
        first=section.find(f"{W}titlePg") is not None,
        even=gathering.even,
        lists=gathering.lists,
        drawings=gathering.drawings,
        removed=gathering.removed,
    )
