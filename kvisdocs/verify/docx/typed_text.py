"""Rules about what is typed: lists that are no lists, links that say nothing, emptiness as layout."""

import re
from collections.abc import Iterator

from lxml.etree import _Element

from kvisdocs.messages import N_, message
from kvisdocs.verify.docx.body import plain_text
from kvisdocs.verify.docx.document import Document, Violation, drawings, quoted
from kvisdocs.verify.docx.package import Location, R, W, children, place

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
            found = _NUMBER.match(text)
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
