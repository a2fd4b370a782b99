"""Text from right to left in the PDF: read in the order of its letters, and told where it is seen in another order.

WeasyPrint 70 draws letters as they stand on paper, from the left. Programs that search a page for its words turn Hebrew
and Arabic round; a screen reader follows the tags, and would read them backwards. So each such text has the words it
stands for in its tag (`ActualText`; ISO 32000-1, 14.9.4). On the marked content itself they would be turned round too.

WeasyPrint orders the letters within one element's text only, and then places the texts of a line one after another
(Unicode's algorithm, UAX #9, has one order for the whole line). Where that shows, the template's author is told.

A tab is a gap on paper and no letter; it too is said in the tag, as a space.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any
from unicodedata import bidirectional

import pydyf
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes

from kvisdocs.messages import N_, message
from kvisdocs.problems import Problem, Severity
from kvisdocs.templating.html import POSITION_ATTRIBUTE, HtmlDocument
from kvisdocs.writers.html.directions import RIGHT_TO_LEFT

Turned = list[tuple[Any, str]]
"""The properties of a marked content, and the text that it stands for."""

_TURNING = re.compile(f"{RIGHT_TO_LEFT.pattern}|[\u200f\u202b\u202e\u2067]")
_UNLIKE = re.compile(f"{_TURNING.pattern}|\t")
_STRONG = {"L": False, "R": True, "AL": True, "AN": True}
_SOFT_HYPHEN = "\u00ad"


@contextmanager
def recorded_texts() -> Iterator[Turned]:
    """While it holds, the texts that are drawn otherwise than they are read. For one thread at a time."""
    found: Turned = []
    draw = drawing.draw_first_line

    def draw_and_record(stream: Any, box: Any, *rest: Any) -> Any:
        if box.style["direction"] == "rtl" or _UNLIKE.search(box.text):
            marks = (each for each in reversed(stream.stream) if isinstance(each, dict) and "MCID" in each)
            if (mark := next(marks, None)) is not None:
                found.append((mark, box.text.replace(_SOFT_HYPHEN, "").replace("\t", " ")))
        return draw(stream, box, *rest)

    drawing.draw_first_line = draw_and_record
    try:
        yield found
    finally:
        drawing.draw_first_line = draw


def say_texts(pdf: Any, turned: Turned) -> None:
    """Give the tags of these texts what they stand for. For a PDF that is about to be written."""
    if not turned:
        return
    said = {id(mark): text for mark, text in turned}
    texts = {
        (page, mark["MCID"]): said[id(mark)]
        for page in pdf.page_references
        for mark in _object(pdf, _object(pdf, page)["Contents"]).stream
        if id(mark) in said
    }
    for element in [each for each in pdf.objects if isinstance(each, dict) and each.get("Type") == "/StructElem"]:
        for at, kid in enumerate(element["K"]):
            if isinstance(kid, int) and (text := texts.get((element["Pg"], kid))) is not None:
                owner = element if element["S"] == "/Span" else _wrap(pdf, element, at)
                owner["ActualText"] = pydyf.String(text)


def find_misplaced(document: HtmlDocument, pages: Iterable[Any]) -> Iterator[Problem]:
    """Texts of one line that run against the line's direction and are cut in two by an element's edge."""
    if not _TURNING.search(document.text) and "rtl" not in document.text.lower():
        return
    for page in pages:
        for line in page._page_box.descendants():
            if isinstance(line, boxes.LineBox):
                rtl = line.style["direction"] == "rtl"
                for one, other in pairwise(_texts(line)):
                    if _goes_on(one.text, other.text, rtl):
                        what = message(
                            "pdf.text.wrong_order",
                            'PDF: "{one}" and "{other}" stand in the wrong order on paper, '
                            "as an element begins or ends there",
                            one=one.text.strip()[-30:],
                            other=other.text.strip()[:30],
                        )
                        todo = N_(
                            'put both into one element, or each into a line or paragraph with dir="{direction}"',
                            direction=_name(not rtl),
                        )
                        position = document.position(other.element.get(POSITION_ATTRIBUTE))
                        yield Problem(position, what, todo, Severity.WARNING)


def _goes_on(one: str, other: str, rtl: bool) -> bool:
    """Whether both run against the line at the edge between them."""
    ends = next((way for each in reversed(one) if (way := _STRONG.get(bidirectional(each))) is not None), rtl)
    begins = next((way for each in other if (way := _STRONG.get(bidirectional(each))) is not None), rtl)
    return ends == begins != rtl


def _texts(line: Any) -> list[Any]:
    """The texts of a line in order; what is a line or block of its own inside it has its own direction."""
    found: list[Any] = []
    waiting = list(reversed(line.children))
    while waiting:
        box = waiting.pop()
        if isinstance(box, boxes.TextBox):
            found += [box] if box.text.strip() and box.element is not None else []
        elif isinstance(box, boxes.InlineBox):
            waiting += reversed(box.children)
    return found


def _name(rtl: bool) -> str:
    return "rtl" if rtl else "ltr"


def _wrap(pdf: Any, element: Any, at: int) -> Any:
    """A tag of its own for a marked content that stands in a link, beside the link's address."""
    kid = element["K"][at]
    span = pydyf.Dictionary(
        {"Type": "/StructElem", "S": "/Span", "K": pydyf.Array([kid]), "Pg": element["Pg"], "P": element.reference}
    )
    pdf.add_object(span)
    element["K"][at] = span.reference
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    parents = _object(pdf, root["ParentTree"])["Nums"][2 * _object(pdf, element["Pg"])["StructParents"] + 1]
    parents[kid] = span.reference
    return span


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
