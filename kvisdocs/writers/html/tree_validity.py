"""Where HTML's rules for what stands out of place have no say: a tree whose elements all stand where they may.

HTML Standard, 13.2.6: a start tag may close elements before it, open others, or go elsewhere (a text straight in a
table). None of that happens where each element stands in one that is listed for it here. The list is shorter than
HTML's own content model: what is not on it is left to tinyhtml5, which knows all rules.
"""

from collections.abc import Set
from itertools import groupby
from xml.etree.ElementTree import Element

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
