"""A rendered document's element tree, as the rules of the contract ask it.

The rules of the contract about words: those of links and of pictures.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from kvisdocs.messages import N_, NOTHING, Message, message
from kvisdocs.problems import Severity
from kvisdocs.templating.html import POSITION_ATTRIBUTE

NOT_SHOWN = {"script", "style", "template", "title", "meta", "link"}
SVG = "{http://www.w3.org/2000/svg}"

EVERYWHERE = {"id", "class", "lang", "dir", "title", "style", "hidden", "role"}
ATTRIBUTES = {
    "a": {"href", "name", "rel"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type", "reversed"},
    "ul": {"type"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "col": {"span"},
    "colgroup": {"span"},
    "time": {"datetime"},
    "data": {"value"},
    "del": {"cite", "datetime"},
    "ins": {"cite", "datetime"},
    "blockquote": {"cite"},
    "input": {"type", "checked", "disabled", "name", "value"},
    "label": {"for"},
}
"""The attributes of HTML that the contract has, beside those that every element may bear."""


@dataclass(frozen=True, slots=True)
class ContractFault:
    """One thing that a rule found, at an element, or about the whole document."""

    element: Element | None
    what: Message
    todo: Message = NOTHING
    severity: Severity = Severity.ERROR


class Tree:
    """The tree with the ways upwards that ElementTree lacks."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._parents = {child: parent for parent in root.iter() for child in parent}
        found = root.find("body")
        self.body = found if found is not None else root

    def body_elements(self, tag: str = "") -> Iterator[Element]:
        """The HTML elements inside the body, or those of one name; what is inside a picture is none."""
        for element in self.body.iter():
            if element is self.body or not isinstance(element.tag, str):
                continue
            drawn = any(map(_is_svg, (element, *self.up(element)))) or element.tag.startswith(SVG)
            if not drawn and tag in {"", element.tag}:
                yield element

    def pictures(self) -> Iterator[Element]:
        """Inline SVG pictures."""
        return (each for each in self.body.iter() if _is_svg(each) and not any(map(_is_svg, self.up(each))))

    def up(self, element: Element) -> Iterator[Element]:
        """The elements around an element, outwards."""
        while element in self._parents:
            element = self._parents[element]
            yield element

    def parent(self, element: Element) -> Element:
        """The element around an element; the root stands in itself."""
        return self._parents.get(element, element)

    def table_of(self, element: Element) -> Element | None:
        """The table that an element belongs to."""
        return next((each for each in self.up(element) if each.tag == "table"), None)

    def mark(self, element: Element | None) -> str | None:
        """The template's place of an element, or of the nearest one around it: prose has no places of its own."""
        if element is None:
            return None
        around = (element, *self.up(element))
        return next((mark for each in around if (mark := each.get(POSITION_ATTRIBUTE))), None)

    def is_prose(self, element: Element) -> bool:
        """Whether an element comes from Markdown, which has neither places nor widths."""
        return element.get(POSITION_ATTRIBUTE) is None

    def is_layout(self, element: Element) -> bool:
        """Whether a table says of itself that it only places things: `role="presentation"`."""
        return element.get("role") in {"presentation", "none"}

    def is_hidden(self, element: Element) -> bool:
        """Whether an element, or one around it, is `hidden`."""
        return any("hidden" in each.attrib for each in (element, *self.up(element)))

    def has_picture(self, element: Element) -> bool:
        """Whether there is a picture in an element."""
        return any(each.tag == "img" or _is_svg(each) or each.tag == "input" for each in element.iter())


def words(element: Element) -> str:
    """The text inside an element, each run of white space as one space."""
    return " ".join("".join(element.itertext()).split())


def _is_svg(element: Element) -> bool:
    return element.tag in {"svg", f"{SVG}svg"}


EMPTY_WORDS = {
    *("her", "klik her", "tryk her", "se her", "læs her", "læs mere", "mere", "link", "dette link", "linket"),
    *("here", "click here", "read more", "more"),
}
"""Link texts that say nothing where a screen reader lists the links of a document (WCAG 2.1, 2.4.4)."""

EMPTY_ALTS = {
    "billede",
    "billedet",
    "foto",
    "image",
    "picture",
    "grafik",
    "figur",
    "ikon",
    "logo",
    "illustration",
    "alt",
}
"""Alternative texts that say nothing of the picture."""

_URL = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_FILE_NAME = re.compile(r"\S+\.(png|jpe?g|gif|svg|webp|bmp|tiff?)", re.IGNORECASE)
_NOT_HONOURED = re.compile(r"(?:^|;)\s*(opacity|list-style-position)\s*:\s*([^;]+)")


def link_texts(tree: Tree) -> Iterator[ContractFault]:
    """Links say where they lead."""
    for link in tree.body_elements("a"):
        text = words(link)
        if "href" not in link.attrib or not text:
            continue
        if text.casefold().strip(" .:!>»") in EMPTY_WORDS:
            what = message("contract.link.says_nothing", 'the link says "{text}"', text=text)
            yield ContractFault(link, what, N_("say where it leads"))
        elif _URL.fullmatch(text):
            what = message("contract.link.says_address", 'the link says its address, "{text}"', text=text)
            todo = N_("say where it leads, and keep the address for the href")
            yield ContractFault(link, what, todo, Severity.WARNING)


def picture_texts(tree: Tree) -> Iterator[ContractFault]:
    """Pictures have words for whoever cannot see them; decoration belongs in CSS (docs/templates.md)."""
    for picture in tree.body_elements("img"):
        alt = picture.get("alt")
        shown = picture.get("src", "")[:60]
        if alt is None:
            what = message("contract.alt.missing", 'the picture "{shown}" has no alt', shown=shown)
            yield ContractFault(picture, what, N_('say what it shows: alt="…"'))
        elif not alt.strip():
            what = message(
                "contract.alt.empty", 'the picture "{shown}" has an empty alt, which breaks PDF/UA-1', shown=shown
            )
            yield ContractFault(picture, what, N_("say what it shows, or make it a CSS background"))
        elif _says_nothing(alt, picture.get("src", "")):
            what = message("contract.alt.says_nothing", 'alt="{alt}" does not say what the picture shows', alt=alt)
            yield ContractFault(picture, what, N_("say it in a sentence"))
    for picture in tree.pictures():
        titles = [each for each in picture if each.tag in {"title", f"{SVG}title"}]
        if not titles or not words(titles[0]):
            what = message("contract.svg.no_title", "the svg has no title, which breaks PDF/UA-1")
            yield ContractFault(picture, what, N_("begin it with <title>, which says what it shows"))


def _says_nothing(alt: str, source: str) -> bool:
    text = alt.strip().casefold()
    stem = PurePosixPath(source).stem.casefold()
    return text in EMPTY_ALTS or text == stem or _FILE_NAME.fullmatch(text) is not None


def style_attributes(tree: Tree) -> Iterator[ContractFault]:
    """What a `style` attribute says that breaks PDF/UA-1."""
    for element in tree.body_elements():
        for name, value in _NOT_HONOURED.findall(element.get("style", "")):
            if name == "opacity" and value.strip() not in {"1", "1.0", "100%"}:
                what = message("contract.style.opacity", "opacity: {value} breaks PDF/UA-1", value=value.strip())
                yield ContractFault(element, what, N_("use a lighter colour instead"))
            elif name == "list-style-position" and value.strip() == "inside":
                what = message("contract.style.list_inside", "list-style-position: inside breaks PDF/UA-1")
                yield ContractFault(element, what, N_("leave it out"))


RULES: tuple[Callable[[Tree], Iterator[ContractFault]], ...] = (link_texts, picture_texts, style_attributes)
"""The rules of this file."""
