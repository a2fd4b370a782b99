"""HTML text → element tree: by tinyhtml5, or faster where the outcome is sure to be the same.

tinyhtml5 is written in Python, and takes half a second for a table of two thousand rows. What our templates say is
nearly always XML too, but for a few habits (`<br>`, `&nbsp;`), and expat reads that in C. XML knows nothing of HTML's
rules for elements left unclosed or out of place; `tree_validity` tells whether any of them would have had a say. Where
anything is in doubt, tinyhtml5 is asked.
"""

import re
from html.entities import html5
from xml.etree.ElementTree import Element, ParseError, XMLParser

import tinyhtml5

from kvisdocs.writers.html.tree_validity import NAMESPACE_MARK, SVG, SVG_ONLY, VOID, NotSureError, settle

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
