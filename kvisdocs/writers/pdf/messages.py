"""What WeasyPrint says while it works. It has one logger a process and prints; here its lines become values.

Where in templates and stylesheets a thing stands that WeasyPrint speaks of: it knows addresses and declarations.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import unquote, urljoin
from xml.etree.ElementTree import Element

from kvisdocs.messages import N_, NOTHING, Message, message
from kvisdocs.problems import Position
from kvisdocs.templating.glyphs import describe
from kvisdocs.templating.html import BASE_URL, POSITION_ATTRIBUTE, Assets, HtmlDocument
from kvisdocs.writers.html.parser import parse_html

LOGGER = logging.getLogger("weasyprint")

_PLACE = re.compile(r" at (\d+):(\d+)\b")
_IGNORED = re.compile(r"Ignored `(.*?) ?`, (.*?)\.?", re.DOTALL)
_BAD_PICTURE = re.compile(r"Failed to (?:load|render SVG) image (?:at )?'?(\S+?)'?(?:: .*)?", re.DOTALL)
_SELECTOR = re.compile(r"Invalid or unsupported selector, '(.*)'", re.DOTALL)
_RULE = re.compile(r"Unknown (?:empty )?rule <AtRule (@[\w-]+)")
_NO_GLYPH = re.compile(r'\.notdef glyph .*: "(.*)" \((U\+[0-9A-F]+)\)', re.DOTALL)


_NO_ANCHOR = re.compile(
    r"No anchor #(.*) for internal URI reference|Content discarded: target points to undefined anchor \(.*'#?(.*)'\)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of the log. `line` and `column` are those of a stylesheet, 0 where it names none."""

    what: Message
    todo: Message = NOTHING
    line: int = 0
    column: int = 0
    fatal: bool = False
    """Something that the document asks for is not in the PDF: a picture that cannot be read."""
    address: str = ""
    """The link or picture that it is about: `#om`."""
    quoted: str = ""
    """The declaration or selector that it is about, as it stands there."""
    unknown: str = ""
    """The property or `@rule` that WeasyPrint does not know."""
    character: str = ""
    """The character that it is about."""


@contextmanager
def collect_remarks() -> Iterator[list[Remark]]:
    """Collects the log instead of letting it print. One at a time: the logger belongs to the process."""
    found: list[Remark] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(read_remark(record.getMessage(), record.levelno >= logging.ERROR))

    before = LOGGER.handlers[:], LOGGER.propagate, LOGGER.level
    LOGGER.handlers, LOGGER.propagate = [Collector(level=logging.WARNING)], False
    LOGGER.setLevel(logging.WARNING)
    try:
        yield found
    finally:
        LOGGER.handlers, LOGGER.propagate = before[:2]
        LOGGER.setLevel(before[2])


def read_remark(text: str, fatal: bool = False) -> Remark:
    """`Ignored `foo: bar` at 3:5, unknown property.` → the declaration, why, and where."""
    if found := _NO_GLYPH.fullmatch(text):
        what = message(
            "font.machine.no_glyph",
            "no font has {character}, which would be printed as a box",
            character=describe(found[1]),
        )
        todo = N_('say it in words, or add a font that has it ("Fonts" in: kvisdocs docs templates)')
        return Remark(what, todo, fatal=True, character=found[1])
    if found := _BAD_PICTURE.fullmatch(text):
        source = unquote(found[1]).removeprefix(BASE_URL)[:40]
        what = message("picture.file.not_drawn", 'the picture "{source}" cannot be drawn', source=source)
        return Remark(what, N_("save it again as PNG"), fatal=True, address=found[1])
    if found := _NO_ANCHOR.fullmatch(text):
        address = f"#{unquote(found[1] or found[2])}"
        what = message("pdf.link.no_target", 'the link goes to "{address}", which is nowhere', address=address)
        return Remark(what, N_("correct the id"), fatal=fatal, address=address)
    places = list(_PLACE.finditer(text))
    line, column = (int(places[-1][1]), int(places[-1][2])) if places else (0, 0)
    plain = " ".join((text[: places[-1].start()] + text[places[-1].end() :] if places else text).split())
    if found := _IGNORED.fullmatch(plain):
        unknown = found[1].partition(":")[0].strip() if found[2] == "unknown property" else ""
        what = message("css.declaration.ignored", "`{said}` is ignored: {why}", said=found[1], why=found[2])
        return Remark(what, N_("correct it, or delete it"), line, column, fatal, quoted=found[1], unknown=unknown)
    selector, rule = _SELECTOR.fullmatch(plain), _RULE.match(plain)
    quoted = selector[1] if selector else rule[1] if rule else ""
    what = message("pdf.library.remark", "{said}", said=plain.rstrip("."))
    return Remark(what, NOTHING, line, column, fatal, quoted=quoted, unknown=rule[1] if rule else "")


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
