"""The rules of the contract about words: those of links and of pictures."""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from kvisdocs.problems import Severity
from kvisdocs.templating.contract_tree import SVG, Finding, Tree, words

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


def link_texts(tree: Tree) -> Iterator[Finding]:
    """Links say where they lead."""
    for link in tree.body_elements("a"):
        text = words(link)
        if "href" not in link.attrib or not text:
            continue
        if text.casefold().strip(" .:!>»") in EMPTY_WORDS:
            yield Finding(link, f'the link says "{text}"', "say where it leads")
        elif _URL.fullmatch(text):
            todo = "say where it leads, and keep the address for the href"
            yield Finding(link, f'the link says its address, "{text}"', todo, Severity.WARNING)


def picture_texts(tree: Tree) -> Iterator[Finding]:
    """Pictures have words for whoever cannot see them; decoration belongs in CSS (docs/templates.md)."""
    for picture in tree.body_elements("img"):
        alt = picture.get("alt")
        shown = picture.get("src", "")[:60]
        if alt is None:
            yield Finding(picture, f'the picture "{shown}" has no alt', 'say what it shows: alt="…"')
        elif not alt.strip():
            todo = "say what it shows, or make it a CSS background"
            yield Finding(picture, f'the picture "{shown}" has an empty alt, which breaks PDF/UA-1', todo)
        elif _says_nothing(alt, picture.get("src", "")):
            yield Finding(picture, f'alt="{alt}" does not say what the picture shows', "say it in a sentence")
    for picture in tree.pictures():
        titles = [each for each in picture if each.tag in {"title", f"{SVG}title"}]
        if not titles or not words(titles[0]):
            todo = "begin it with <title>, which says what it shows"
            yield Finding(picture, "the svg has no title, which breaks PDF/UA-1", todo)


def _says_nothing(alt: str, source: str) -> bool:
    text = alt.strip().casefold()
    stem = PurePosixPath(source).stem.casefold()
    return text in EMPTY_ALTS or text == stem or _FILE_NAME.fullmatch(text) is not None


def style_attributes(tree: Tree) -> Iterator[Finding]:
    """What a `style` attribute says that breaks PDF/UA-1."""
    for element in tree.body_elements():
        for name, value in _NOT_HONOURED.findall(element.get("style", "")):
            if name == "opacity" and value.strip() not in {"1", "1.0", "100%"}:
                what = f"opacity: {value.strip()} breaks PDF/UA-1"
                yield Finding(element, what, "use a lighter colour instead")
            elif name == "list-style-position" and value.strip() == "inside":
                yield Finding(element, "list-style-position: inside breaks PDF/UA-1", "leave it out")


RULES: tuple[Callable[[Tree], Iterator[Finding]], ...] = (link_texts, picture_texts, style_attributes)
"""The rules of this file."""
