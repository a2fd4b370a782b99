"""The rule about contrast: the colour of text against what it stands on (WCAG 2.1, 1.4.3 and its definitions)."""

import re
from collections.abc import Iterable, Iterator

from lxml.etree import _Element

from kvisdocs.contrast import ENOUGH, ENOUGH_FOR_LARGE, contrast
from kvisdocs.messages import N_, message
from kvisdocs.verify.docx.body import plain_text
from kvisdocs.verify.docx.document import Document, Violation, quote
from kvisdocs.verify.docx.package import Location, W, children, is_on, value
from kvisdocs.verify.docx.styles import Styles

_LARGE, _LARGE_BOLD = 36, 28  # 18 and 14 points, in Word's half points
_DEFAULT_SIZE = 20
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_HIGHLIGHTS = {
    "black": "000000",
    "blue": "0000FF",
    "cyan": "00FFFF",
    "green": "00FF00",
    "magenta": "FF00FF",
    "red": "FF0000",
    "yellow": "FFFF00",
    "white": "FFFFFF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
}


def text_has_contrast(document: Document) -> Iterator[Violation]:
    """WCAG 1.4.3 Contrast (Minimum); EN 301 549, 10.1.4.3; Word: Hard-to-read text contrast.

    4.5 to 1, and 3 to 1 for text of 18 points, or 14 in bold. Colours come from the run, its styles and the defaults,
    what they stand on from run, paragraph, cell and table. Automatic colours have contrast by themselves.
    """
    for place, _ in document.everywhere:
        for run in _runs(place.element):
            text = plain_text(run)
            if not text.strip():
                continue
            colour, behind, large = _look(document.styles, run, place)
            if colour is None:
                continue
            ratio, enough = contrast(colour, behind), ENOUGH_FOR_LARGE if large else ENOUGH
            if ratio < enough:
                what = message(
                    "verify.docx.low_contrast",
                    "#{colour} on #{ground} has a contrast of {ratio:.1f} to 1, less than {enough:g}",
                    colour=colour,
                    ground=behind,
                    ratio=ratio,
                    enough=enough,
                )
                yield Violation(quote(place, text), what, N_("use a darker text or a lighter ground"))


def _runs(element: _Element) -> Iterator[_Element]:
    return (child for child in children(element) if child.tag == f"{W}r")


def _look(styles: Styles, run: _Element, place: Location) -> tuple[str | None, str, bool]:
    """The colour (None: automatic), the colour behind it, and whether the text is large."""
    table = None if place.cell is None else next(place.cell.iterancestors(f"{W}tbl"), None)
    looks = list(styles.run_properties(run, place.element, table))
    colour = _first(value(each, "color") for each in looks)
    size = _first(value(each, "sz") for each in looks) or ""
    bold = next((is_on(each, "b") for each in looks if each.find(f"{W}b") is not None), False)
    half_points = int(size) if size.isdecimal() else _DEFAULT_SIZE
    large = half_points >= (_LARGE_BOLD if bold else _LARGE)
    ground = _ground(styles, looks, place, table)
    return (colour.upper() if colour and _COLOUR.fullmatch(colour) else None), ground, large


def _ground(styles: Styles, looks: Iterable[_Element], place: Location, table: _Element | None) -> str:
    for each in looks:
        highlight = _HIGHLIGHTS.get(value(each, "highlight") or "")
        if highlight:
            return highlight
        fill = _fill(each)
        if fill:
            return fill
    behind = list(styles.paragraph_properties(place.element))
    for cell in [place.cell, *place.cell.iterancestors(f"{W}tc")] if place.cell is not None else []:
        behind += cell.iterfind(f"{W}tcPr")
    if table is not None:
        behind += styles.table_properties(table)
    return _first(map(_fill, behind)) or "FFFFFF"


def _fill(properties: _Element) -> str | None:
    shading = properties.find(f"{W}shd")
    fill = "" if shading is None else shading.get(f"{W}fill", "")
    return fill.upper() if _COLOUR.fullmatch(fill) else None


def _first(values: Iterable[str | None]) -> str | None:
    return next((each for each in values if each), None)
