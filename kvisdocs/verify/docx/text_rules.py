"""Rules about text: its contrast, lists that are no lists, links that say nothing, emptiness as layout."""

import re
from collections.abc import Iterable, Iterator

from lxml.etree import _Element

from kvisdocs.contrast import ENOUGH, ENOUGH_FOR_LARGE, contrast
from kvisdocs.messages import N_, message
from kvisdocs.verify.docx.body import plain_text
from kvisdocs.verify.docx.document import Document, Violation, drawings, quote, quoted
from kvisdocs.verify.docx.package import Location, R, W, children, is_on, place, value
from kvisdocs.verify.docx.styles import Styles

_LARGE, _LARGE_BOLD = 36, 28  # 18 and 14 points, in Word's half points
_DEFAULT_SIZE = 20
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip

_BULLET = re.compile(r"\s*(?:[•·▪◦‣●○■□–—*-]|\uf0b7)\s+\S")
_NUMBER = re.compile(r"\s*\(?(\d{1,2}|[a-z])[.)]\s+(\S+)")
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_VAGUE = frozenset(
    {"her", "klik", "klik her", "tryk her", "se her", "læs her", "læs mere", "læs mere her", "se mere", "mere", "link"}
    | {"dette link", "linket", "hent", "hent her", "here", "click here", "read more", "more", "this link"}
)
_ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_LONGEST_ADDRESS = 40
_BLANKS = re.compile(r"[ \u00a0\u2002-\u200a]{3,}|\t[ \u00a0]*\t")
_MARKS = {f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}proofErr", f"{W}pPr", f"{W}rPr", f"{W}t"}


def text_has_contrast(document: Document) -> Iterator[Violation]:
    """WCAG 1.4.3 Contrast (Minimum); EN 301 549, 10.1.4.3; Word: Hard-to-read text contrast.

    4.5 to 1, and 3 to 1 for text of 18 points, or 14 in bold. Colours come from the run, its styles and the defaults,
    what they stand on from run, paragraph, cell and table. Automatic colours have contrast by themselves.
    """
    for location, _ in document.everywhere:
        for run in _runs(location.element):
            text = plain_text(run)
            if not text.strip():
                continue
            colour, behind, large = _look(document.styles, run, location)
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
                yield Violation(quote(location, text), what, N_("use a darker text or a lighter ground"))


def _runs(element: _Element) -> Iterator[_Element]:
    return (child for child in children(element) if child.tag == f"{W}r")


def _look(styles: Styles, run: _Element, location: Location) -> tuple[str | None, str, bool]:
    """The colour (None: automatic), the colour behind it, and whether the text is large."""
    table = None if location.cell is None else next(location.cell.iterancestors(f"{W}tbl"), None)
    looks = list(styles.run_properties(run, location.element, table))
    colour = _first(value(each, "color") for each in looks)
    size = _first(value(each, "sz") for each in looks) or ""
    bold = next((is_on(each, "b") for each in looks if each.find(f"{W}b") is not None), False)
    half_points = int(size) if size.isdecimal() else _DEFAULT_SIZE
    large = half_points >= (_LARGE_BOLD if bold else _LARGE)
    ground = _ground(styles, looks, location, table)
    return (colour.upper() if colour and _COLOUR.fullmatch(colour) else None), ground, large


def _ground(styles: Styles, looks: Iterable[_Element], location: Location, table: _Element | None) -> str:
    for each in looks:
        highlight = _HIGHLIGHTS.get(value(each, "highlight") or "")
        if highlight:
            return highlight
        fill = _fill(each)
        if fill:
            return fill
    behind = list(styles.paragraph_properties(location.element))
    for cell in [location.cell, *location.cell.iterancestors(f"{W}tc")] if location.cell is not None else []:
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


def _is_numbered_title(document: Document, location: Location) -> bool:
    """Whether it is a heading, or its line in the contents: an item of an agenda keeps its number there."""
    style = location.element.find(f"{W}pPr/{W}pStyle")
    is_contents = style is not None and style.get(f"{W}val", "").upper().startswith("TOC")
    return is_contents or document.styles.heading_level(location.element) is not None


def lists_are_lists(document: Document) -> Iterator[Violation]:
    """WCAG 1.3.1 Info and Relationships; EN 301 549, 10.1.3.1: what looks like a list is one.

    A typed bullet is found in any paragraph; typed numbers where one follows the other, so that a date is no list.
    """
    todo = N_("use <ul> or <ol>, in Word the button for lists")
    previous: tuple[Location, str] | None = None
    for location in document.body:
        text = plain_text(location.element)
        number = None
        if document.styles.list_level(location.element) is None and text.strip():
            if _BULLET.match(text):
                yield Violation(
                    quoted(location), message("verify.docx.typed_bullet", "a bullet is typed by hand"), todo
                )
            found = None if _is_numbered_title(document, location) else _NUMBER.match(text)
            number = found[1] if found and not found[2].lower().startswith(_MONTHS) else None
            if number and previous and location.cell is previous[0].cell and number == _next(previous[1]):
                what = message(
                    "verify.docx.typed_number", "the number of a list, {number}, is typed by hand", number=number
                )
                yield Violation(quoted(location), what, todo)
        previous = (location, number) if number else None


def links_say_where_they_lead(document: Document) -> Iterator[Violation]:
    """WCAG 2.4.4 Link Purpose; EN 301 549, 10.2.4.4; Word: Unclear hyperlink text.

    A link has text (or a picture), which is neither `her` nor an address of more than 40 characters.
    """
    todo = N_("let the link's text say where it leads")
    for location, part in document.everywhere:
        for link in location.element.iter(f"{W}hyperlink"):
            text = " ".join(plain_text(link).split())
            if not text and not drawings(link):
                address = part.relations.get(link.get(f"{R}id", ""), ("", ""))[1]
                what = message("verify.docx.empty_link", 'a link to "{address}" has no text', address=address)
            elif text.casefold().rstrip(".:!> »") in _VAGUE:
                what = message("verify.docx.vague_link", 'the text of a link is "{text}"', text=text)
            elif _ADDRESS.fullmatch(text) and len(text) > _LONGEST_ADDRESS:
                what = message(
                    "verify.docx.long_address", 'the text of a link is the long address "{address}"', address=text
                )
            else:
                continue
            yield Violation(quoted(location), what, todo)


def no_empty_paragraphs(document: Document) -> Iterator[Violation]:
    """Word: Avoid repeated blank characters; a screen reader says "blank" at each (WCAG 1.3.1).

    Word itself wants a paragraph in every cell and behind every table at an end or before another table: these may be
    empty, and so may what only ends a section or is the whole last one, and a whole header or footer.
    """
    for location, _ in document.everywhere:
        paragraph = location.element
        if _is_empty(paragraph) and not _is_wanted(paragraph):
            what = message("verify.docx.empty_paragraph", "an empty paragraph makes space")
            todo = N_("use spacing: margins in the stylesheet, Paragraph, Spacing in Word")
            yield Violation(place(location.steps), what, todo)


def blanks_are_no_layout(document: Document) -> Iterator[Violation]:
    """Word: Avoid repeated blank characters (WCAG 1.3.2 Meaningful Sequence): three spaces or two tabs in a row."""
    for location, _ in document.everywhere:
        text = "".join(_with_tabs(location.element))
        if _BLANKS.search(text.strip(" ")):
            what = message("verify.docx.layout_blanks", "spaces or tabs are used for layout")
            yield Violation(quoted(location), what, N_("use a table, an indent or a tab stop"))


def _next(number: str) -> str:
    return str(int(number) + 1) if number.isdecimal() else chr(ord(number) + 1)


def _is_empty(paragraph: _Element) -> bool:
    """Whether nothing stands in it: no text, picture, break, field, note or control."""
    if plain_text(paragraph).strip():
        return False
    inside = [
        each for child in children(paragraph) for each in ([*children(child)] if child.tag == f"{W}r" else [child])
    ]
    return all(each.tag in _MARKS for each in inside)


def _is_rule(paragraph: _Element) -> bool:
    """Whether the paragraph draws a line above or below itself."""
    sides = [paragraph.find(f"{W}pPr/{W}pBdr/{W}{side}") for side in ("top", "bottom")]
    return any(side is not None and side.get(f"{W}val") not in (None, "nil", "none") for side in sides)


def _is_wanted(paragraph: _Element) -> bool:
    if paragraph.find(f"{W}pPr/{W}sectPr") is not None or _is_rule(paragraph):
        return True
    container = paragraph.getparent()
    while container is not None and container.tag in (f"{W}sdtContent", f"{W}sdt", f"{W}customXml"):
        container = container.getparent()
    if container is None:
        return False
    flow = [each for each in children(container) if each.tag in (f"{W}p", f"{W}tbl")]
    index = flow.index(paragraph)
    if index > 0 and index == len(flow) - 1 and flow[index - 1].find(f"{W}pPr/{W}sectPr") is not None:
        return True
    after_table = index > 0 and flow[index - 1].tag == f"{W}tbl"
    at_end = index == len(flow) - 1
    return (len(flow) == 1 and container.tag != f"{W}body") or (
        after_table and (at_end or flow[index + 1].tag == f"{W}tbl")
    )


def _with_tabs(paragraph: _Element) -> Iterator[str]:
    for child in children(paragraph):
        if child.tag == f"{W}r":
            for each in children(child):
                yield "\t" if each.tag == f"{W}tab" else each.text or "" if each.tag == f"{W}t" else "\n"
