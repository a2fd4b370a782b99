"""What a document may ask of the writers, and where it may send its reader: looked at before they begin.

Layout takes a time that grows with depth, spans and numbers, and for some CSS without bounds. Nothing that a letter
needs is near these limits; what they let pass is stopped by the time limit (writers/limits.py).
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from xml.etree.ElementTree import Element

from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.templating.html import POSITION_ATTRIBUTE, HtmlDocument, PageFit
from kvisdocs.writers.html.css_limits import Custom, SheetFacts, examine_css, find_endless
from kvisdocs.writers.html.list_shape import straighten_lists
from kvisdocs.writers.html.parser import parse_html
from kvisdocs.writers.html.table_shape import straighten_tables
from kvisdocs.writers.pictures.rasters import PictureError
from kvisdocs.writers.pictures.svg_checks import check_svg_tree, local_name

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

LINK_TODO = "link to an address that begins with https://, mailto: or tel:, or to an id (#…)"
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
        Problem(_at(start(), each.line, each.column), f"CSS: {each.what}", each.todo)
        for text, start in _stylesheets(None, document)
        for each in examine_css(text).faults
    ]
    if problems:
        raise KvisdocsError(problems)


def _check_text(document: HtmlDocument) -> None:
    """What would keep the parser itself busy for minutes."""
    text, what = document.text, ""
    if len(text) > MAX_HTML:
        what = f"the document has more than {MAX_HTML:,} characters"
    elif text.count("<") > MAX_TAGS:
        what = f"the document has more than {MAX_TAGS:,} tags"
    elif _nesting(text) > 10 * MAX_DEPTH:  # a rough count, since end tags may be left out
        what = f"elements are nested more than {MAX_DEPTH} deep"
    elif any(len(_QUOTED.sub("", tag[0]).split()) > MAX_ATTRIBUTES for tag in _ATTRIBUTES.finditer(text)):
        what = f"an element has more than {MAX_ATTRIBUTES} attributes"
    if what:
        raise KvisdocsError(Problem(document.position(None), what, "divide the document"))


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
            what = f"elements are nested more than {MAX_DEPTH} deep"
            yield Problem(document.position(level[0].get(POSITION_ATTRIBUTE)), what, "take some out")
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


def _faults(element: Element) -> Iterator[tuple[str, str]]:
    name = local_name(element)
    for attribute, value in element.items():
        if attribute in _SPANS and value.strip().lstrip("+").isdigit() and len(value.strip()) < 4000:
            if int(value) > MAX_SPAN:
                yield f'{attribute}="{value[:20]}" spans more than {MAX_SPAN:,}', "write a smaller number"
        elif attribute in _SPANS and len(value) >= 4000:
            yield f"{attribute} spans more than {MAX_SPAN:,}", "write a smaller number"
        elif attribute == "href" and name in {"a", "area"} and not LINKS.match(_SPACES.sub("", value)):
            yield f'the link goes to "{value[:80]}"', LINK_TODO
    if name == "base":
        yield "<base> moves all addresses of the document", "take it out; files are found in the templates folder"
    if "attachment" in element.get("rel", "").lower().split():
        yield "a file is attached, which PDF/A-2 and Word cannot have", "take it out"
    if name == "svg":
        try:
            check_svg_tree(element, "the <svg>")
        except PictureError as error:
            what, _, todo = str(error).partition("; ")
            yield what, todo or "correct the picture"


def _sheet_problems(root: Element, document: HtmlDocument) -> Iterator[Problem]:
    customs: list[tuple[Custom, Callable[[], Position]]] = []
    for text, start in _stylesheets(root, document):
        facts: SheetFacts = examine_css(text)
        yield from (
            Problem(_at(start(), each.line, each.column), f"CSS: {each.what}", each.todo) for each in facts.faults
        )
        customs += [(each, start) for each in facts.customs]
    for endless, what in find_endless([each for each, _ in customs]):
        start = next(start for each, start in customs if each is endless)
        yield Problem(_at(start(), endless.line, endless.column), f"CSS: {what}", "say it in fewer words")


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


def _beginning(name: str, document: HtmlDocument) -> Position:
    return Position(document.assets.shown(name), 1, 1)


def _at(start: Position, line: int, column: int) -> Position:
    """The place in the file of a stylesheet; of one inside a document, where the element begins."""
    return Position(start.file, line, column) if (start.line, start.column) == (1, 1) else start
