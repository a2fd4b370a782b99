"""HtmlDocument → one HTML file that needs nothing else: for a web page, or as the body of an e-mail.

It is the same HTML that the other writers read, with its stylesheets and pictures inside, and without what is meant for
paper: fonts (2.7 MB), pages, and places on a page. A reader's own fonts stand in. No script is in it, and a browser is
told to fetch nothing (Content Security Policy).
"""

import base64
import re
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement, tostring

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity
from kvisdocs.templating.html import BASE_URL, POSITION_ATTRIBUTE, HtmlDocument
from kvisdocs.writers.html.css_nesting import unfold
from kvisdocs.writers.html.limits import check_stylesheets, parse_document
from kvisdocs.writers.html.parser import drop_comments
from kvisdocs.writers.html.rules import find_remarks
from kvisdocs.writers.limits import tell_library_faults
from kvisdocs.writers.output import WriterOutput, tell_once
from kvisdocs.writers.pictures.pictures import missing_picture, prepare_picture
from kvisdocs.writers.pictures.rasters import TAKE_ANOTHER, PictureError

PLACING = {"position", "top", "right", "bottom", "left", "float"}
"""What is placed on a page of paper stands in the order of the text here."""

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"

ON_SCREEN = """
html { background: #fff; color-scheme: light; }
body { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem; }
body { font-family: Carlito, Calibri, "Segoe UI", Arial, sans-serif; }
table { width: 100%; }
img, svg { max-width: 100%; }
"""
"""Lines are no longer than can be read, and pictures no wider than the screen."""

_KINDS = {b"\x89PNG": "image/png", b"\xff\xd8": "image/jpeg"}
_RELATIVE = re.compile(r"(?![a-z][a-z0-9+.-]*:|#|//)", re.IGNORECASE)
_LINKS = {"link", "script", "base"}


def write_html(document: HtmlDocument) -> WriterOutput:
    """The document as HTML, in UTF-8; the same document gives the same bytes.

    Raises KvisdocsError with all that it asks for and may not have.
    """
    with tell_library_faults(document, "HTML"):
        check_stylesheets(document)
        root, _ = parse_document(document)
        messages = find_remarks(root, document)
        writer = _Writer(document, messages)
        writer.embed(root)
        writer.finish_head(root)
        _wrap_body(root)
        _stamp(root, document.stamp)
        text = tostring(_plain(root), encoding="unicode", method="html")
    return WriterOutput(f"<!DOCTYPE html>\n{text}\n".encode(), tell_once(messages))


class _Writer:
    """Puts pictures and stylesheets inside; what cannot be is said at its line."""

    def __init__(self, document: HtmlDocument, messages: list[Problem]) -> None:
        self.document = document
        self.messages = messages

    def embed(self, root: Element) -> None:
        """Pictures become part of the file; what would fetch or run something goes."""
        for parent in list(root.iter()):
            for child in list(parent):
                if child.tag in _LINKS:
                    parent.remove(child)
        for element in root.iter():
            if element.tag == "img" and (source := element.get("src")) is not None:
                place = self.document.position(element.get(POSITION_ATTRIBUTE))
                element.set("src", self._data_url(source, "", place))
            elif element.tag == "style":
                element.text = self._style(element.text or "", "", self.document.position(None))

    def finish_head(self, root: Element) -> None:
        """The stylesheets before the document's own, and what a browser is to know first."""
        head = root.find("head")
        if head is None:
            head = Element("head")
            root.insert(0, head)
        for meta in [each for each in head if each.tag == "meta" and each.get("charset")]:
            head.remove(meta)
        first = [
            Element("meta", {"charset": "utf-8"}),
            Element("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY}),
            Element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        ]
        for number, name in enumerate(self.document.stylesheets):
            sheet = Element("style")
            place = Position(self.document.assets.shown(name))
            sheet.text = self._style(self.document.assets.read_text(name), name, place)
            first.insert(3 + number, sheet)
        head[:] = [*first, *head]
        SubElement(head, "style").text = ON_SCREEN
        root.set("lang", root.get("lang") or self.document.language)

    def _style(self, text: str, name: str, place: Position) -> str:
        """A stylesheet without what is for paper, its files inside. `name` is the asset that addresses start from."""
        rules = tinycss2.parse_stylesheet(unfold(text), skip_comments=True, skip_whitespace=True)
        return "\n" + "\n".join(self._rules(rules, name, place)) + "\n"

    def _rules(self, rules: list[Node], name: str, place: Position) -> Iterator[str]:
        for rule in rules:
            if isinstance(rule, QualifiedRule):
                found = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
                kept = [each for each in found if isinstance(each, Declaration) and each.lower_name not in PLACING]
                self._embed_urls(kept, name, place)
                body = " ".join(f"{each.serialize()};" for each in kept)
                yield f"{tinycss2.serialize(rule.prelude).strip()} {{ {body} }}"
            elif isinstance(rule, AtRule) and rule.lower_at_keyword == "media" and rule.content is not None:
                inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                yield f"@media {tinycss2.serialize(rule.prelude).strip()} {{"
                yield from self._rules(inside, name, place)
                yield "}"

    def _embed_urls(self, nodes: list[Node], name: str, place: Position) -> None:
        for node in nodes:
            if node.type == "url":
                address = self._data_url(node.value, name, place)
                node.value, node.representation = address, f'url("{address}")'
            for part in ("value", "content", "arguments"):
                inner = getattr(node, part, None)
                if isinstance(inner, list):
                    self._embed_urls(inner, name, place)

    def _data_url(self, address: str, base: str, place: Position) -> str:
        """The file of an address as a `data:` address; as it stands where it is one, or an id."""
        if not _RELATIVE.match(address) and not address.startswith(BASE_URL):
            return address if address.startswith(("data:", "#")) else self._refuse(address, place)
        folder = base.rpartition("/")[0]
        path = unquote(address.removeprefix(BASE_URL).partition("#")[0].partition("?")[0])
        name = path if address.startswith(BASE_URL) or not folder else f"{folder}/{path}"
        found = self.document.assets.find(name)
        if found is None:
            raise KvisdocsError(Problem(place, missing_picture(name).what, N_("put it there, or correct the address")))
        try:
            data = prepare_picture(found.read_bytes(), N_('the file "{source}"', source=name))
        except PictureError as error:
            raise KvisdocsError(Problem(place, error.what, error.todo or TAKE_ANOTHER)) from None
        kind = next((kind for start, kind in _KINDS.items() if data.startswith(start)), "image/svg+xml")
        return f"data:{kind};base64,{base64.b64encode(data).decode()}"

    def _refuse(self, address: str, place: Position) -> str:
        what = message(
            "web.address.elsewhere",
            'the address "{address}" is not in the HTML file: it would be fetched from elsewhere',
            address=address[:60],
        )
        todo = N_("put the picture into the templates folder")
        self.messages.append(Problem(place, what, todo, Severity.WARNING))
        return ""


def _wrap_body(root: Element) -> None:
    """All that is read stands in the landmark `main`, which screen readers jump to."""
    body = root.find("body")
    if body is None or body.find("main") is not None:
        return
    main = Element("main")
    main.text, body.text = body.text, None
    main[:] = list(body)
    body[:] = [main]


def _stamp(root: Element, word: str) -> None:
    """The word that paper bears in its margin stands above the text."""
    main = root.find("body/main")
    if word and main is not None:
        stamp = Element("p")
        SubElement(stamp, "strong").text = word
        main.insert(0, stamp)


def _plain(element: Element) -> Element:
    """The tree as HTML is written: names without namespaces, and without the marks of templates and other writers."""
    drop_comments(element)
    copy = Element(element.tag.rpartition("}")[2])
    for name, value in element.items():
        local = name.rpartition("}")[2]
        if local != POSITION_ATTRIBUTE and not local.startswith("on") and local != "xmlns":
            copy.set(local, value)
    copy.text, copy.tail = element.text, element.tail
    copy.extend(_plain(child) for child in element)
    return copy
