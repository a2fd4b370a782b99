"""The page setup of a letterhead: its last `w:sectPr` (ECMA-376, 17.6.17), where Word keeps the section at the end."""

import re
from dataclasses import dataclass

from lxml.etree import _Element

from kvisdocs.templating.letterhead_package import W

_TWIPS = {"": 1.0, "pt": 20.0, "mm": 1440 / 25.4, "cm": 1440 / 2.54, "in": 1440.0, "pc": 240.0, "pi": 240.0}
_MEASURE = re.compile(r"(-?\d+(?:\.\d+)?)(pt|mm|cm|in|pc|pi|)")
_A_COLUMNS_SPACE = 720


@dataclass(frozen=True, slots=True)
class GivenPage:
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


def read_given_page(section: _Element) -> GivenPage | None:
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
    return GivenPage(width, height, top, left, bottom, right, header, footer, text_width)


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
