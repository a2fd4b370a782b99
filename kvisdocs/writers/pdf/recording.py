"""What WeasyPrint 70 does not say of what it draws: recorded while it draws, and put right in the tags.

It tags each page by itself: a table over three pages is three tables, each with its head. Here one element of the HTML
is one in the PDF's tags, however many pages it goes over (Kozea/WeasyPrint#2903): the pieces are put into the first of
them, and the heads that are repeated for the eye become artifacts (ISO 14289-1, 7.1). Text in a block that has no tag
of its own in PDF (`<address>`, `<pre>`, `<b>` with `display: block`, text between two blocks of a cell) would be read
in one breath with what stands beside it; it is a paragraph.

It draws letters as they stand on paper, from the left. Programs that search a page for its words turn Hebrew and Arabic
round; a screen reader follows the tags, and would read them backwards. So each such text has the words it stands for in
its tag (`ActualText`; ISO 32000-1, 14.9.4). On the marked content itself they would be turned round too. A tab is a gap
on paper and no letter; it too is said in the tag, as a space.

It orders the letters within one element's text only, and then places the texts of a line one after another (Unicode's
algorithm, UAX #9, has one order for the whole line). Where that shows, the template's author is told.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from unicodedata import bidirectional
from xml.etree.ElementTree import Element

import pydyf
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags

from kvisdocs.messages import N_, message
from kvisdocs.problems import Problem, Severity
from kvisdocs.templating.html import POSITION_ATTRIBUTE, HtmlDocument
from kvisdocs.writers.html.directions import RIGHT_TO_LEFT

Structure = Any
"""A structure element: pydyf has no types."""

Key = tuple[Element, str]
"""An element of the HTML, and which of its boxes: `li`, `li::marker`."""

_WHOLE = {"/Figure", "/Link", "/Lbl", "/Form"}
"""What no page break cuts, or what is tagged line by line."""

_UNNAMED = {"/NonStruct", "/Span"}
"""The tags of what is no element of a document's structure."""


@contextmanager
def recorded_boxes() -> Iterator[dict[int, Key]]:
    """While it holds, WeasyPrint tells which element each structure element was made for, by the latter's `id`."""
    record: dict[int, Key] = {}
    build = tags._build_box_tree

    def build_and_record(box: Any, *rest: Any) -> Iterator[Structure]:
        shown = box._box if isinstance(box, AbsolutePlaceholder) else box
        is_own = shown.element is not None and shown.element_tag not in {"html", "body"}
        is_own = is_own and not isinstance(shown, (boxes.PageBox, boxes.MarginBox, boxes.InlineLevelBox))
        language = shown.element.get("lang") if shown.element is not None else None
        for structure in build(box, *rest):
            if language and shown.element_tag not in {"html", "body"}:  # WeasyPrint says only the document's
                structure["Lang"] = pydyf.String(language)
            if is_own and structure["S"] in _UNNAMED and _is_paragraph(shown):
                structure["S"] = "/P"
            elif structure["S"] == "/L" and _is_bare(shown):
                structure["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": "/None"})
            if is_own:
                kind = "column" if getattr(shown, "is_column", False) else shown.element_tag
                record.setdefault(id(structure), (shown.element, kind))
            yield structure

    tags._build_box_tree = build_and_record
    try:
        yield record
    finally:
        tags._build_box_tree = build


def _is_paragraph(box: Any) -> bool:
    """Whether lines of text stand in a block itself. A footnote is none: its number and text are one."""
    if not isinstance(box, boxes.BlockContainerBox) or box.style["float"] == "footnote":
        return False
    lines = (line for line in box.children if isinstance(line, boxes.LineBox))
    return any(isinstance(each, boxes.TextBox) and each.text.strip() for line in lines for each in line.descendants())


def _is_bare(box: Any) -> bool:
    """Whether a list has items without a mark: `<dl>` has none (ISO 32000-1, table 347)."""
    items = [each.style for each in box.children if each.element_tag == "li"]
    return bool(items) and all("list-item" in each["display"] and each["list_style_type"] == "none" for each in items)


def find_elements(pdf: Any) -> dict[bytes, Structure]:
    """The structure elements of a PDF that is about to be written, by their references."""
    return {
        each.reference: each
        for each in pdf.objects
        if isinstance(each, pydyf.Dictionary) and each.get("Type") == "/StructElem"
    }


def join_pieces(pdf: Any, elements: dict[bytes, Structure], record: dict[int, Key]) -> None:
    """Put the pieces of each element together. What is left over is taken out of `elements`."""
    root = next(each for each in elements.values() if each["S"] == "/Document")
    _Joining(pdf, elements, record).join_inside(root)
    for reference in [reference for reference, each in elements.items() if not each]:
        del elements[reference]


@dataclass(slots=True)
class _Joining:
    pdf: Any
    elements: dict[bytes, Structure]
    record: dict[int, Key]

    def join_inside(self, parent: Structure) -> None:
        """Join the pieces that are children of one element, and then those in each of them."""
        first: dict[tuple[Key, str], Structure] = {}
        own = self.record.get(id(parent))
        for child in self._children(parent):
            key = self.record.get(id(child))
            kind = child["S"]
            if key is None or key == own or kind in _WHOLE:
                continue
            begun = first.setdefault((key, kind), child)
            if begun is child:
                continue
            repeated = {"/THead": child, "/TFoot": begun}.get(kind)
            if repeated is not None and self._make_artifact(repeated):
                parent["K"].remove(repeated.reference)
                first[key, kind] = child if repeated is begun else begun
            else:
                self._merge(begun, child, parent)
        for child in self._children(parent):
            self.join_inside(child)

    def _merge(self, begun: Structure, rest: Structure, parent: Structure) -> None:
        """What is in `rest` goes on with what is in `begun`; a line of text that was cut between them is one again."""
        above, below = self._children(begun)[-1:], self._children(rest)[:1]
        for kid in rest["K"]:
            if kid in self.elements:
                self.elements[kid]["P"] = begun.reference
        begun["K"] += rest["K"]
        self._take_out(rest, parent)
        for last, next_one in zip(above, below, strict=False):
            keys = {self.record.get(id(each)) for each in (begun, last, next_one)}
            if len(keys) == 1 and None not in keys and last["S"] == next_one["S"]:
                self._merge(last, next_one, begun)

    def _take_out(self, element: Structure, parent: Structure) -> None:
        parent["K"].remove(element.reference)
        element.clear()  # pydyf counts wrongly where an object is not written

    def _children(self, parent: Structure) -> list[Structure]:
        return [self.elements[kid] for kid in parent["K"] if kid in self.elements]

    def _make_artifact(self, element: Structure) -> bool:
        """Take a repeated head or foot and its links out of the text; False where its content cannot be found."""
        inside = list(self._inside(element))
        marks = {(each["Pg"], kid) for each in inside for kid in each["K"] if isinstance(kid, int)}
        places = [(page, mark, *self._find_mark(page, mark)) for page, mark in marks]
        if any(at < 0 for _, _, _, at in places):
            return False
        for page, mark, stream, at in places:
            stream[at - 1], stream[at] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination"})
            self._parents(self._object(page))[mark] = "null"
        for each in inside:
            for kid in each["K"]:
                if not isinstance(kid, int) and kid not in self.elements:
                    self._unlink(self._object(kid))
        for each in inside:
            each.clear()
        return True

    def _inside(self, element: Structure) -> Iterator[Structure]:
        yield element
        for child in self._children(element):
            yield from self._inside(child)

    def _find_mark(self, page: bytes, mark: int) -> tuple[list[Any], int]:
        """The content of a page, and where in it the properties of a marked content stand."""
        found = self._object(self._object(page)["Contents"])
        at = (number for number, each in enumerate(found.stream) if isinstance(each, dict) and each.get("MCID") == mark)
        return found.stream, next(at, -1)

    def _unlink(self, reference: Any) -> None:
        """Take away the link that an object reference of the tags is about."""
        link = self._object(reference["Obj"])
        self._object(reference["Pg"])["Annots"].remove(reference["Obj"])
        self._numbers()[2 * link["StructParent"] + 1] = "null"

    def _parents(self, page: Any) -> Any:
        """Which element each marked content of a page belongs to (ISO 32000-1, 14.7.4.4)."""
        return self._numbers()[2 * page["StructParents"] + 1]

    def _numbers(self) -> Any:
        root = self._object(self.pdf.catalog["StructTreeRoot"])
        return self._object(root["ParentTree"])["Nums"]

    def _object(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]


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
