"""What WeasyPrint 70 does that breaks PDF/UA-1 or PDF/A-2a, or reads badly, and can be put right with the same look.

- An element inside `<a>` becomes a link of its own, whose tag is no Link (PDF/UA-1, 7.18.5). The link around it covers
  the same words, so the inner one goes, and the outer one grows to cover what stood out of its line: a picture.
- A raster picture is drawn with interpolation, which PDF/A-2 forbids (ISO 19005-2, 6.2.8), unless its style says
  `image-rendering: crisp-edges`; so every picture's style says so.
- Text of `::before` among a table's rows or a list's items breaks PDF/UA-1, 7.2; it is left out, as in the Word file,
  which says so.
- The number that a list begins with (`<ol start>`), or an item has (`<li value>`), counts as a hint of the look, and
  WeasyPrint heeds hints all or not at all; so each becomes a style.
- Heads and feet of tables are left out without a word where they and a row do not fit on a page; they are told of.
- A text of white space alone is not drawn. In `<strong>Formål</strong> <em>mål</em>` there is a gap on paper, but who
  reads the tags hears one word; so such texts are drawn like any other: a space has a glyph.
- A box to tick says nothing to whoever cannot see it, and the document's font has no such sign. It becomes a picture,
  which a screen reader reads as "Afkrydset" or "Ikke afkrydset"; the Word file has a box of Word's own in its place.
- Pyphen's patterns know few Danish compounds, and often put the s that joins two words with the second:
  `fravær-ssamtale`. Word divides words by a list of its own.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import cssselect2
import pyphen
import tinycss2
import weasyprint
from weasyprint.draw import text as drawing

from kvisdocs.messages import N_, message
from kvisdocs.problems import Problem
from kvisdocs.templating.html import POSITION_ATTRIBUTE, HtmlDocument
from kvisdocs.writers.html.css_nesting import unfold
from kvisdocs.writers.html.limits import NO_TEXT_IN
from kvisdocs.writers.html.rules import attribute_style, is_number

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@cache
def repair_style() -> Any:
    """The stylesheet that stands behind a document's own and wins over it. `image-rendering` is inherited."""
    without_text = ", ".join(f"{name}::before, {name}::after" for name in NO_TEXT_IN)
    crisp = "html, img { image-rendering: crisp-edges !important }"
    return weasyprint.CSS(string=f"{crisp} {without_text} {{ content: none !important }}")


def base_style(root: Element) -> Any:
    """The stylesheet before a document's own, which gives way to it.

    What quotation marks and HTML's attributes are to both writers; and words too long for their cell or line are
    divided.
    """
    return _base_style(attribute_style(root))


MAX_WORD = 400
"""Letters of the longest word that hyphens are sought in; the longest in use has some eighty."""

_ENDLESS = re.compile(rf"[^ \t\n\u200b\xad]{{{MAX_WORD + 1},}}")


@lru_cache(maxsize=32)
def _base_style(text: str) -> Any:
    divided = "html { overflow-wrap: break-word; hyphens: auto; hyphenate-limit-chars: 30 4 4 }"
    return weasyprint.CSS(string=f"{text} {divided} td, th {{ hyphenate-limit-chars: 12 4 4 }}")


def number_lists(root: Element) -> None:
    """Give lists and items below `root` the numbers that they ask for, as the Word writer reads them."""
    for element in root.iter("ol"):
        if (start := _number(element.get("start"))) is not None:
            _add_style(element, f"counter-reset: list-item {start - 1}")
    for element in root.iter("li"):
        if (value := _number(element.get("value"))) is not None:
            _add_style(element, f"counter-reset: list-item {value}; counter-increment: list-item 0")


def leave_endless_words(root: Element) -> None:
    """Let no hyphens be sought in texts of more than MAX_WORD signs without a blank; they break where a line ends.

    WeasyPrint 70 looks for words in all that is left of such a text, once for each: its time grows with the square.
    """
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag not in {"style", "script"}:
            texts = (element.text, *(child.tail for child in element))
            if any(text and len(text) > MAX_WORD and _ENDLESS.search(text) for text in texts):
                _add_style(element, "hyphens: manual")


def _number(text: str | None) -> int | None:
    return int(text or 0) if is_number(text) else None


def _add_style(element: Element, style: str) -> None:
    element.set("style", f"{style}; {element.get('style', '')}")


def join_links(pages: Iterable[Any]) -> None:
    """Leave one link to each box of an `<a>` on WeasyPrint's pages. A link without such a box stays as it is."""
    for page in pages:
        kept: list[list[Any]] = []
        for kind, target, rectangle, box in page.links:
            around = _find_outer(kept, kind, target, box)
            if around is None:
                kept.append([kind, target, rectangle, box])
            else:
                around[2] = _cover(around[2], rectangle)
        page.links[:] = [tuple(link) for link in kept]


def _find_outer(links: list[list[Any]], kind: str, target: str, box: Any) -> list[Any] | None:
    """The newest link of an `<a>` to the same place, where `box` is not an `<a>` itself.

    WeasyPrint lists a box before the boxes in it, and each line's part of an `<a>` before what stands in that part.
    """
    if _is_anchor(box) or not links:
        return None
    newest = links[-1]
    return newest if newest[:2] == [kind, target] and _is_anchor(newest[3]) else None


def _is_anchor(box: Any) -> bool:
    return (box.element_tag or "").split(":")[0] == "a"


def _cover(one: Rectangle, other: Rectangle) -> Rectangle:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


class _Space:
    """A text box of white space that does not look like it to WeasyPrint's test, and is the same box in all else."""

    text = "\N{SPACE}."

    def __init__(self, box: Any) -> None:
        self._box = box

    def __getattr__(self, name: str) -> Any:
        return getattr(self._box, name)


@contextmanager
def drawn_spaces() -> Iterator[None]:
    """While it holds, texts of white space are written into the file. For one thread at a time."""
    draw = drawing.draw_first_line

    def draw_all(stream: Any, box: Any, *rest: Any) -> Any:
        return draw(stream, _Space(box) if box.text and not box.text.strip() else box, *rest)

    drawing.draw_first_line = draw_all
    try:
        yield
    finally:
        drawing.draw_first_line = draw


_NAMES = {"thead": N_("head"), "tfoot": N_("foot")}


def find_lost(document: HtmlDocument, root: Element, drawn: Iterable[Element]) -> Iterator[Problem]:
    """An error for each head or foot with text below `root` that is not drawn, though its table is."""
    known = set(map(id, drawn))
    lost = [
        group
        for table in root.iter("table")
        if id(table) in known
        for group in table
        if group.tag in _NAMES and id(group) not in known and "".join(group.itertext()).strip()
    ]
    if not lost:
        return
    hidden = _find_hidden(document, root)
    for group in lost:
        if id(group) not in hidden and not all(id(row) in hidden for row in group):
            what = message(
                "pdf.table.lost_group",
                "PDF: the {part} of a table does not fit on a page with a row of it, and would be lost",
                part=_NAMES[group.tag],
            )
            todo = N_("shorten the row or the text of the head and foot")
            yield Problem(document.position(group.get(POSITION_ATTRIBUTE)), what, todo)


def _find_hidden(document: HtmlDocument, root: Element) -> set[int]:
    """The elements that a rule hides, whatever its `@media`: their authors know that they are not in the PDF."""
    texts = [document.assets.read_text(name) for name in document.stylesheets]
    texts += [style.text or "" for style in root.iter("style")]
    tests = [test for text in texts for test in _hiding(tinycss2.parse_stylesheet(unfold(text), True, True))]
    wrapper = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
    hidden = {id(each.etree_element) for each in wrapper.iter_subtree() if any(test(each) for test in tests)}
    said = {id(each) for each in root.iter() if "none" in each.get("style", "")}
    return hidden | said


def _hiding(rules: Iterable[Any]) -> Iterator[Any]:
    for rule in rules:
        if rule.type == "at-rule" and rule.content is not None:
            yield from _hiding(tinycss2.parse_rule_list(rule.content, True, True))
        elif rule.type == "qualified-rule":
            said = tinycss2.parse_blocks_contents(rule.content, True, True)
            if any(each.type == "declaration" and each.lower_name == "display" and _is_none(each) for each in said):
                try:
                    yield from (selector.test for selector in cssselect2.compile_selector_list(rule.prelude))
                except cssselect2.SelectorError:
                    continue


def _is_none(declaration: Any) -> bool:
    return any(token.type == "ident" and token.lower_value == "none" for token in declaration.value)


TICKED, UNTICKED = "Afkrydset", "Ikke afkrydset"

_SVG = "{http://www.w3.org/2000/svg}"
_BOX, _CROSS = "M.5 .5H9.5V9.5H.5Z", "M2.7 2.7 7.3 7.3M7.3 2.7 2.7 7.3"


def draw_checkboxes(root: Element) -> list[Any]:
    """Put a picture in the place of each box below `root`. What comes back are stylesheets that the PDF then needs."""
    found = [each for each in root.iter("input") if each.get("type", "").lower() == "checkbox"]
    for box in found:
        _draw_box(box, box.get("checked") is not None)
    return [_label_style()] if found else []


def _draw_box(box: Element, ticked: bool) -> None:
    kept = {name: value for name, value in box.items() if name not in {"type", "checked", "name", "value"}}
    tail = box.tail
    box.clear()
    box.tag, box.tail = f"{_SVG}svg", tail
    box.attrib.update({"viewBox": "0 0 10 10", "width": "0.78em", "height": "0.78em", "role": "img", **kept})
    title = Element(f"{_SVG}title")
    title.text = TICKED if ticked else UNTICKED
    look = {"d": _BOX + (_CROSS if ticked else ""), "fill": "none", "stroke": "currentColor", "stroke-width": "0.9"}
    box.extend([title, Element(f"{_SVG}path", look)])


@cache
def _label_style() -> Any:
    """A label is a part of its line; WeasyPrint makes a block of it."""
    return weasyprint.CSS(string="label { display: inline }")


_VOWEL = re.compile("[aeiouyæøåéüöä]")

_NO_BEGINNING = re.compile("s(?!hop|how)[bdfghrsz]")
"""An s and what follows it in no Danish word's beginning, so that the s ends the word before."""

_JOINED_BY_S = re.compile(
    "(?:vær|ansvar|forsvar|alder|medlem|forløb|erhverv|tilsyn|ophold|arbejd|hed|skab|[gn]dom|ning|else|[st]ion|itet)$"
)
"""Ends of words that a compound joins to the next by an s: fraværs-tid, visitations-tal."""


@cache
def improve_hyphens() -> None:
    """Have WeasyPrint divide Danish words by `_Danish`: it takes its patterns from Pyphen's cache."""
    path = pyphen.LANGUAGES[pyphen.language_fallback("da")]
    pyphen.hdcache[path] = _Danish(path)


class _Danish(pyphen.HyphDict):  # type: ignore[misc]  # Pyphen has no types
    """Pyphen's patterns, and what they get wrong about an s between two words put right."""

    def positions(self, word: str) -> list[int]:
        """The places where the word may be divided, counted from its beginning."""
        lower = word.lower()
        moved = {_behind_s(lower, place) for place in super().positions(word)}
        places = sorted(moved - {len(lower)})
        return [pyphen.DataInt(a) for a, b in pairwise([*places, len(lower)]) if _VOWEL.search(lower, a, b)]


def _behind_s(word: str, place: int) -> int:
    """The place, or the one behind the s there, where it joins what is before to what follows."""
    joins = word.startswith("s", place) and _JOINED_BY_S.search(word, 0, place)
    return place + 1 if joins or _NO_BEGINNING.match(word, place) else place
