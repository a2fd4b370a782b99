"""Where in templates and stylesheets a thing stands that WeasyPrint speaks of: it knows addresses and declarations."""

import re
from urllib.parse import unquote, urljoin
from xml.etree.ElementTree import Element

from kvisdocs.problems import Position
from kvisdocs.templating.html import BASE_URL, POSITION_ATTRIBUTE, Assets, HtmlDocument
from kvisdocs.writers.markup import parse_html
from kvisdocs.writers.pdf_log import Remark

_URL = re.compile(r"""url\(\s*(["']?)(.*?)\1\s*\)|@import\s+(["'])(.*?)\3""", re.IGNORECASE)


def locate_url(url: str, document: HtmlDocument) -> Position:
    """Where the document, or one of its stylesheets, asks for a file."""
    for element in parse_html(document.text)[0].iter():
        texts = [found[2] or found[4] or "" for found in _URL.finditer(_css(element))]
        if any(unquote(urljoin(BASE_URL, value)) == unquote(url) for value in (*element.attrib.values(), *texts)):
            return document.position(element.get(POSITION_ATTRIBUTE))
    for name in document.stylesheets:
        position = locate_in_sheet(url, name, document.assets)
        if position is not None:
            return position
    return document.position(None)


def locate_in_sheet(url: str, name: str, assets: Assets) -> Position | None:
    """Where the stylesheet of that name asks for a file, or None."""
    text = assets.read_text(name)
    for found in _URL.finditer(text):
        if urljoin(f"{BASE_URL}{name}", found[2] or found[4] or "") == url:
            before = text[: found.start()]
            return Position(assets.shown(name), before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    return None


def locate_in_document(remark: Remark, document: HtmlDocument) -> Position:
    """Where the document itself says what the remark quotes: at an element's `style`, or a line of a `<style>`."""
    wanted = _squash(remark.quoted)
    for element in parse_html(document.text)[0].iter() if wanted else ():
        if wanted in _squash(_css(element)):
            at = document.position(element.get(POSITION_ATTRIBUTE))
            if element.tag == "style" and remark.line:
                return Position(at.file, (at.line or 1) + remark.line - 1, remark.column)
            return at
    return document.position(None)


def locate_text(text: str, document: HtmlDocument) -> Position:
    """Where the element begins in which a text stands first, as far as the document's HTML tells."""
    at = max(0, document.text.find(text))
    return document.position(document.text[:at].rpartition(f'{POSITION_ATTRIBUTE}="')[2].partition('"')[0])


def _css(element: Element) -> str:
    """What an element says in CSS."""
    return (element.text or "") if element.tag == "style" else element.get("style", "")


def _squash(text: str) -> str:
    return "".join(text.split())
