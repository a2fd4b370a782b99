"""HTML text → element tree: by tinyhtml5, or faster where the outcome is sure to be the same.

tinyhtml5 is written in Python, and takes half a second for a table of two thousand rows. What our templates say is
nearly always XML too, but for a few habits (`<br>`, `&nbsp;`), and expat reads that in C. XML knows nothing of HTML's
rules for elements left unclosed or out of place (HTML Standard, 13.2.6); `settle` tells whether any of them would have
had a say. Where anything is in doubt, tinyhtml5 is asked.
"""

import re
from collections.abc import Set
from html.entities import html5
from itertools import groupby
from xml.etree.ElementTree import Element, ParseError, XMLParser

import tinyhtml5
from tinyhtml5.constants import adjust_svg_attributes, namespaces

SVG = "http://www.w3.org/2000/svg"
NAMESPACE_MARK = "svg-name-space"
"""An attribute that stands in for an SVG's `xmlns` while expat reads, which would take it for its own."""

_XMLNS = f"{{{namespaces['xmlns']}}}xmlns"
_SPACE = " \t\n\r\f"

VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}
SVG_ONLY = {"circle", "defs", "ellipse", "g", "line", "path", "polygon", "polyline", "rect", "text", "tspan", "use"}
_PHRASING = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "label", "mark", "q",
    "s", "samp", "small", "span", "strong", "sub", "sup", "svg", "time", "u", "var", "br", "img", "input", "wbr",
})  # fmt: skip
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_FLOW = frozenset({
    "address", "article", "aside", "blockquote", "body", "dd", "div", "figcaption", "figure", "footer", "header", "li",
    "main", "nav", "section", "td", "th",
})  # fmt: skip
_ONLY_IN_THEIR_OWN = {"body", "dd", "li", "td", "th"}
_IN_FLOW = (_FLOW - _ONLY_IN_THEIR_OWN) | _PHRASING | _HEADINGS | {"dl", "hr", "ol", "p", "pre", "table", "ul"}
_IN_SVG = frozenset(SVG_ONLY | {"desc", "title"})

_MAY_HOLD: dict[str, Set[str]] = {
    "html": {"body", "head"},
    "head": {"link", "meta", "style", "title"},
    **dict.fromkeys(_FLOW, _IN_FLOW),
    **dict.fromkeys((_PHRASING - VOID - {"svg"}) | _HEADINGS | {"caption", "dt", "p", "pre"}, _PHRASING),
    **dict.fromkeys(("ol", "ul"), frozenset({"li"})),
    "dl": {"dd", "dt"},
    "table": {"caption", "col", "colgroup", "tbody", "tfoot", "thead", "tr"},
    "colgroup": {"col"},
    **dict.fromkeys(("tbody", "tfoot", "thead"), frozenset({"tr"})),
    "tr": {"td", "th"},
    **dict.fromkeys(SVG_ONLY | {"svg"}, _IN_SVG),
}
"""Where each element stands in one that is listed for it, no start tag closes, opens or moves another (13.2.6).

Shorter than HTML's own content model: what is not here is left to tinyhtml5, which knows all rules.
"""

_ONLY_ELEMENTS = {"colgroup", "head", "html", "table", "tbody", "tfoot", "thead", "tr"}
_IMPLIED = {"col": "colgroup", "tr": "tbody"}
"""What stands straight in a table gets the parent that HTML wants (13.2.6.4.9)."""


class NotSureError(Exception):
    """HTML's own rules may make another tree of it."""


def settle(root: Element, after: str) -> None:
    """Make the tree of XML that of HTML; `after` is the space behind its end. Raises NotSureError."""
    pairs = {(parent.tag, child.tag) for parent in root.iter() for child in parent}
    if root.tag != "html" or any(child not in _MAY_HOLD.get(parent, ()) for parent, child in pairs):
        raise NotSureError
    if [child.tag for child in root] != ["head", "body"] or not _is_blank(root):
        raise NotSureError
    if any(link.find(".//a") is not None for link in root.iter("a")):
        raise NotSureError
    if any((each.text or "").startswith("\n") for each in root.iter("pre")):
        raise NotSureError
    for picture in list(root.iter("svg")):
        _name_svg(picture)
    names = {name for each in root.iter() if each.tag[0] != "{" for name, _ in each.items()}
    if any(name != name.lower() or "{" in name for name in names):
        raise NotSureError
    if ("table", "tr") in pairs or ("table", "col") in pairs:
        for table in root.iter("table"):
            _imply_parents(table)
    _move_spaces(root, after)


def _is_blank(root: Element) -> bool:
    """Whether no text stands where HTML would move it away."""
    between = {root.text}
    for tag in _ONLY_ELEMENTS:
        for element in root.iter(tag):
            between.add(element.text)
            between.update(child.tail for child in element)
    return not any(text and text.strip(_SPACE) for text in between)


def _name_svg(picture: Element) -> None:
    """Give an SVG's elements and attributes the names that they have in HTML (13.2.6.5)."""
    for element in picture.iter():
        if element.tag in {"title", "desc"} and len(element):
            raise NotSureError
        element.tag = f"{{{SVG}}}{element.tag}"
        said = element.items()
        if any(adjust_svg_attributes.get(name.lower(), name.lower()) != name for name, _ in said):
            raise NotSureError
        if element.get(NAMESPACE_MARK) is not None:
            element.attrib.clear()
            for name, value in said:
                is_mark = name == NAMESPACE_MARK
                element.set(_XMLNS if is_mark else name, SVG if is_mark else value)


def _imply_parents(table: Element) -> None:
    children: list[Element] = []
    for tag, run in groupby(table, key=lambda child: child.tag):
        if tag in _IMPLIED:
            parent = Element(_IMPLIED[tag])
            parent.extend(run)
            children.append(parent)
        else:
            children += run
    table[:] = children


def _move_spaces(root: Element, after: str) -> None:
    """Space before `head` is dropped, and that behind `body` belongs to it (13.2.6.4.3 and 13.2.6.4.19)."""
    body = root[1]
    root.text = None
    after = (body.tail or "") + after
    body.tail = None
    if after and len(body):
        body[-1].tail = (body[-1].tail or "") + after
    elif after:
        body.text = (body.text or "") + after


_FRAME = re.compile(r"[ \t\n\r\f]*(?:<!DOCTYPE html>[ \t\n\r\f]*)?(<html[ >].*</html>)([ \t\n\r\f]*)", re.DOTALL)
_FOREIGN = re.compile(r"<[!?]|xmlns|<style\b[^<]*&", re.IGNORECASE)
"""Comments, sections and instructions, other namespaces, and references where HTML knows none."""

_QUOTED = r"""(?:"[^"<]*"|'[^'<]*')"""
_EMPTY = re.compile(rf"<({'|'.join(sorted(VOID))})(?=[\s/>])((?:[^<>\"'/]|{_QUOTED}|/(?!>))*)/?>")
_SVG_START = re.compile(rf"(<svg(?=\s)(?:[^<>\"']|{_QUOTED})*?\s)xmlns=\"{re.escape(SVG)}\"")
_SVG_EMPTY = re.compile(rf"<(?:{'|'.join(sorted(SVG_ONLY))})(?=[\s/])[^<>]*/>")
_ATTRIBUTE = re.compile(rf"\s+([a-z][a-z-]*)(\s*=\s*{_QUOTED})?")
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|#34|#39);)([^;&<>\s]*)(;?)")
_BROKEN_TAG = re.compile(r"[\t\n\r][^<>]*>")
_TAG = re.compile(rf"<[a-zA-Z](?:[^<>\"']|{_QUOTED})*>")
_BREAKS = {"\t": "&#9;", "\n": "&#10;", "\r\n": "&#10;", "\r": "&#10;"}


def parse_html(text: str) -> tuple[Element, bool]:
    """The root element, as tinyhtml5 gives it, and whether it is known to hold no comments and nothing XML forbids."""
    root = find_tree(text)
    if root is not None:
        return root, True
    parsed: Element = tinyhtml5.parse(text, namespace_html_elements=False)
    return parsed, False


def drop_comments(element: Element) -> None:
    """Take comments out; the text behind one belongs to the document."""
    if all(isinstance(child.tag, str) for child in element):
        return
    kept: list[Element] = []
    for child in element:
        if isinstance(child.tag, str):
            kept.append(child)
        elif kept:
            kept[-1].tail = (kept[-1].tail or "") + (child.tail or "")
        else:
            element.text = (element.text or "") + (child.tail or "")
    element[:] = kept


def find_tree(text: str) -> Element | None:
    """The tree that tinyhtml5 would give, or None where that is not sure without asking it."""
    frame = _FRAME.fullmatch(text)
    if frame is None:
        return None
    parser = XMLParser()
    try:
        parser.feed(_as_xml(frame[1]).encode())
        root: Element = parser.close()
        settle(root, after=frame[2].replace("\r\n", "\n").replace("\r", "\n"))
    except (ParseError, NotSureError, UnicodeEncodeError):
        return None
    return root


def _as_xml(html: str) -> str:
    """The same, with what HTML writes in its own way written in XML's. Raises NotSureError."""
    if NAMESPACE_MARK in html:
        raise NotSureError
    text = _SVG_START.sub(rf'\1{NAMESPACE_MARK}=""', html) if "<svg" in html else html
    if _FOREIGN.search(text):
        raise NotSureError
    text, closed = _EMPTY.subn(_closed, text)
    if text.count("/>") != closed + len(_SVG_EMPTY.findall(text)):  # in HTML, <div/> opens an element
        raise NotSureError
    text = _REFERENCE.sub(_known, text)
    if _BROKEN_TAG.search(text):  # XML makes spaces of line breaks in attributes
        text = _TAG.sub(_keep_breaks, text)
    return text


def _closed(tag: re.Match[str]) -> str:
    """`<br>` → `<br/>`, and `<input checked>` → `<input checked="" />`."""
    name, attributes = tag[1], tag[2]
    if name == "input":
        attributes = _ATTRIBUTE.sub(lambda found: found[0] if found[2] else f'{found[0]}=""', attributes)
    return f"<{name}{attributes} />"


def _keep_breaks(tag: re.Match[str]) -> str:
    return re.sub(_QUOTED, lambda value: re.sub(r"\r\n|[\t\n\r]", lambda each: _BREAKS[each[0]], value[0]), tag[0])


def _known(reference: re.Match[str]) -> str:
    """The character that a reference names. Those by number stay, if HTML and XML mean the same by them."""
    name, end = reference[1], reference[2]
    if not end:
        raise NotSureError
    if name.startswith("#"):
        number = re.fullmatch(r"#(?:(\d{1,7})|[xX]([0-9a-fA-F]{1,6}))", name)
        code = int(number[1] or number[2], 10 if number[1] else 16) if number else 0
        if not (32 <= code < 127 or 160 <= code < 0xD800):
            raise NotSureError
        return f"&#{code};"
    characters = html5.get(f"{name};")
    if characters is None:
        raise NotSureError
    return "".join(f"&#{ord(each)};" for each in characters)
