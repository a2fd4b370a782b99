"""What a document may ask of the writers, and where it may send its reader: looked at before they begin.

Layout takes a time that grows with depth, spans and numbers, and for some CSS without bounds. Nothing that a letter
needs is near these limits; what they let pass is stopped by the time limit (writers/limits.py).
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from xml.etree.ElementTree import Element

from kvisdocs.messages import N_, NOTHING, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.templating.html import POSITION_ATTRIBUTE, HtmlDocument, PageFit
from kvisdocs.writers.html.css_limits import CssFault, Custom, SheetFacts, examine_css, find_endless
from kvisdocs.writers.html.parser import parse_html
from kvisdocs.writers.html.shapes import straighten_lists, straighten_tables
from kvisdocs.writers.pictures.pictures import check_svg_tree, local_name
from kvisdocs.writers.pictures.rasters import PictureError

MAX_HTML = 5_000_000
"""Characters of a document's HTML, pictures in data: addresses included; the longest that ships has 40,000."""

MAX_FITTED = 400_000
"""Characters of HTML in a document that is laid out a second time; with more, nobody waits for how its pages end."""

MAX_TAGS = 100_000
"""Start and end tags: a table of 2,000 rows by ten columns has half of that."""

MAX_DEPTH = 60
"""How deep elements nest: the documents that ship reach 14, and Python's stack ends at some 80 tables in tables."""

MAX_ATTRIBUTES = 200

MAX_SPAN = 1_000
"""Columns or rows that a cell spans: HTML's own limit for columns (HTML, 4.9.11)."""

NO_TEXT_IN = ("table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "hr")
"""Elements with no place for text of their own: PDF/UA-1, 7.2, has rows in a table and items in a list, and no more."""

LINKS = re.compile(r"https?://|mailto:|tel:|#|$", re.IGNORECASE)
"""What a link may begin with. A file opened from a letter, or a script, is an attack on its reader."""

LINK_TODO = N_("link to an address that begins with https://, mailto: or tel:, or to an id (#…)")
SMALLER = N_("write a smaller number")
_CLOSES_ITSELF = (
    "area base br col colgroup dd dt embed hr img input li link meta option p source tbody "
    "td tfoot th thead tr track wbr"
)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_ATTRIBUTES = re.compile(r"<[a-zA-Z](?:[^>\"']|\"[^\"]*\"|'[^']*'){2000,}+>?")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_SPACES = re.compile(r"[\x00-\x20\x7f-\xa0]")
_SPANS = {"colspan", "rowspan", "span"}


def parse_document(document: HtmlDocument) -> tuple[Element, bool]:
    """The root element as the document's `fit` wants it, and whether it is known to be clean; see `parse_html`.

    Raises KvisdocsError with all that the document and its stylesheets ask for and may not have.
    """
    _check_text(document)
    root, clean = parse_html(document.text)
    problems = sorted({*_tree_problems(root, document), *_sheet_problems(root, document)})
    if problems:
        raise KvisdocsError(problems)
    straighten_tables(root)
    straighten_lists(root)
    if document.fit is not None:
        _apply(document.fit, root)
    return root, clean


def _apply(fit: PageFit, root: Element) -> None:
    body = root.find("body")
    if body is not None and fit.classes:
        body.set("class", " ".join([*body.get("class", "").split(), *fit.classes]))
    for number, row in enumerate(root.iter("tr") if fit.tall_rows else ()):
        if number in fit.tall_rows:
            row.set("style", f"{row.get('style', '')}; break-inside: auto; break-after: auto")


def check_stylesheets(document: HtmlDocument) -> None:
    """Raises KvisdocsError for what would keep a parser of stylesheets busy, before it sees them."""
    problems = [
        _css_problem(each, start) for text, start in _stylesheets(None, document) for each in examine_css(text).faults
    ]
    if problems:
        raise KvisdocsError(problems)


def _check_text(document: HtmlDocument) -> None:
    """What would keep the parser itself busy for minutes."""
    text, what = document.text, NOTHING
    if len(text) > MAX_HTML:
        what = message("html.document.too_long", "the document has more than {number:,} characters", number=MAX_HTML)
    elif text.count("<") > MAX_TAGS:
        what = message("html.document.too_many_tags", "the document has more than {number:,} tags", number=MAX_TAGS)
    elif _nesting(text) > 10 * MAX_DEPTH:  # a rough count, since end tags may be left out
        what = _too_deep()
    elif any(len(_QUOTED.sub("", tag[0]).split()) > MAX_ATTRIBUTES for tag in _ATTRIBUTES.finditer(text)):
        what = message(
            "html.element.too_many_attributes", "an element has more than {number} attributes", number=MAX_ATTRIBUTES
        )
    if what:
        raise KvisdocsError(Problem(document.position(None), what, N_("divide the document")))


def _nesting(text: str) -> int:
    closes = set(_CLOSES_ITSELF.split())
    depth = deepest = 0
    for end, name in _TAG.findall(text):
        if name.lower() not in closes:
            depth = max(0, depth - 1) if end else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _tree_problems(root: Element, document: HtmlDocument) -> Iterator[Problem]:
    depth, level = 0, [root]
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            yield Problem(document.position(level[0].get(POSITION_ATTRIBUTE)), _too_deep(), N_("take some out"))
            return
        for element in level:
            for what, todo in _faults(element):
                yield Problem(document.position(element.get(POSITION_ATTRIBUTE)), what, todo)
        level = [
            child
            for element in level
            if local_name(element) != "svg"
            for child in element
            if isinstance(child.tag, str)
        ]


def _faults(element: Element) -> Iterator[tuple[Message, Message]]:
    name = local_name(element)
    for attribute, value in element.items():
        if attribute in _SPANS and value.strip().lstrip("+").isdigit() and len(value.strip()) < 4000:
            if int(value) > MAX_SPAN:
                what = message(
                    "html.attribute.span_too_large",
                    '{attribute}="{value}" spans more than {number:,}',
                    attribute=attribute,
                    value=value[:20],
                    number=MAX_SPAN,
                )
                yield what, SMALLER
        elif attribute in _SPANS and len(value) >= 4000:
            what = message(
                "html.attribute.span_endless",
                "{attribute} spans more than {number:,}",
                attribute=attribute,
                number=MAX_SPAN,
            )
            yield what, SMALLER
        elif attribute == "href" and name in {"a", "area"} and not LINKS.match(_SPACES.sub("", value)):
            yield message("html.link.forbidden", 'the link goes to "{value}"', value=value[:80]), LINK_TODO
    if name == "base":
        what = message("html.element.base", "<base> moves all addresses of the document")
        yield what, N_("take it out; files are found in the templates folder")
    if "attachment" in element.get("rel", "").lower().split():
        what = message("html.link.attachment", "a file is attached, which PDF/A-2 and Word cannot have")
        yield what, N_("take it out")
    if name == "svg":
        try:
            check_svg_tree(element, N_("the <svg>"))
        except PictureError as error:
            yield error.what, error.todo or N_("correct the picture")


def _sheet_problems(root: Element, document: HtmlDocument) -> Iterator[Problem]:
    customs: list[tuple[Custom, Callable[[], Position]]] = []
    for text, start in _stylesheets(root, document):
        facts: SheetFacts = examine_css(text)
        yield from (_css_problem(each, start) for each in facts.faults)
        customs += [(each, start) for each in facts.customs]
    for endless, what in find_endless([each for each, _ in customs]):
        start = next(start for each, start in customs if each is endless)
        yield _css_problem(CssFault(what, N_("say it in fewer words"), endless.line, endless.column), start)


def _stylesheets(root: Element | None, document: HtmlDocument) -> Iterator[tuple[str, Callable[[], Position]]]:
    """The text of each stylesheet and style attribute, and what tells where it begins, which few need."""
    for name in document.stylesheets:
        with suppress(FileNotFoundError):  # each writer says so itself
            yield document.assets.read_text(name), partial(_beginning, name, document)
    for element in root.iter() if root is not None else ():
        place = partial(document.position, element.get(POSITION_ATTRIBUTE))
        if element.tag == "style":
            yield element.text or "", place
        if said := element.get("style"):
            yield said, place


def _css_problem(fault: CssFault, start: Callable[[], Position]) -> Problem:
    what = N_("CSS: {fault}", fault=fault.what).coded(fault.what.code)
    return Problem(_at(start(), fault.line, fault.column), what, fault.todo)


def _too_deep() -> Message:
    return message("html.element.too_deep", "elements are nested more than {number} deep", number=MAX_DEPTH)


def _beginning(name: str, document: HtmlDocument) -> Position:
    return Position(document.assets.shown(name), 1, 1)


def _at(start: Position, line: int, column: int) -> Position:
    """The place in the file of a stylesheet; of one inside a document, where the element begins."""
    return Position(start.file, line, column) if (start.line, start.column) == (1, 1) else start
