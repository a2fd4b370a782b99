"""`<nav class="toc">` → a table of contents that Word can update, its entries already there. Part of the walk.

An entry wears the style that Word gives it when it makes the table anew: TOC 2 for a heading of level 2. So the look
that the stylesheet gives, indent and tab stop with it, is the style's own.
"""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from kvisdocs.messages import N_, message
from kvisdocs.problems import Severity
from kvisdocs.templating.html import HtmlDocument
from kvisdocs.writers.word.css.boxes import inside_of
from kvisdocs.writers.word.css.computed import Computed
from kvisdocs.writers.word.css.defaults import functions
from kvisdocs.writers.word.model.drafts import Draft, DraftParagraph, join, widen
from kvisdocs.writers.word.model.inlines import ContentsEnd, ContentsStart, Inline, Link, PageNumber, Tab, TabStop
from kvisdocs.writers.word.read.context import BlockContext, InlineContext, target_of
from kvisdocs.writers.word.read.inlines import read_inside
from kvisdocs.writers.word.read.text import collapse
from kvisdocs.writers.word.read.tree import HtmlElement, parse_tree
from kvisdocs.writers.word.read.walk import Walk
from kvisdocs.writers.word.styles.computed_formats import run_format, spaces, twips

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
WARNING = Severity.WARNING
ONE_LINK = N_("let each item hold one link, and then perhaps a list")
_LEADERS = {"dotted": "dot", ".": "dot", "solid": "underscore", "_": "underscore", "-": "hyphen"}


def is_contents(element: Element) -> bool:
    """Whether the element is a table of contents."""
    return element.tag == "nav" and "toc" in element.get("class", "").split()


def has_contents(document: HtmlDocument) -> bool:
    """Whether the document has a table of contents, for which the pages must be known."""
    return "<nav" in document.text and any(map(is_contents, parse_tree(document)[0].iter()))


def read_contents(walk: Walk, element: HtmlElement, computed: Computed, place: BlockContext) -> list[Draft]:
    """Its heading, and an entry for each link in its lists, the first and last of which hold the field's ends."""
    inside = inside_of(computed, place)
    found: list[Draft] = []
    entries: list[DraftParagraph] = []
    levels: list[int] = []
    for child in element.children:
        values = walk.compute(child, computed)
        if walk.taken_out(child, values, computed):
            continue
        if child.local_name in {"ol", "ul"}:
            within: list[DraftParagraph] = []
            for entry, level in _entries(walk, child, values, inside, 1):
                within.append(entry)
                levels += [level] if level else []
            widen(list(within), *spaces(values))
            entries += within
            for entry in within:
                join(found, [entry])
        else:
            blocks = walk.block(child, values, computed, inside)
            if child.local_name in HEADINGS:
                _name_heading(blocks, HEADINGS.index(child.local_name))
            join(found, blocks)
    if entries:
        span = (min(levels), max(levels)) if levels else (1, 3)
        entries[0].children = (ContentsStart(*span), *entries[0].children)
        entries[-1].children = (*entries[-1].children, ContentsEnd())
    widen(found, *spaces(computed))
    return found


def _entries(
    walk: Walk, element: HtmlElement, computed: Computed, place: BlockContext, depth: int
) -> Iterator[tuple[DraftParagraph, int]]:
    """The entries of a list and those nested in it, each with its heading's level, or 0 where it goes to no heading."""
    inside = inside_of(computed, place)
    for item in element.children:
        values = walk.compute(item, computed)
        if walk.taken_out(item, values, computed):
            continue
        walk.anchors.wait(item.etree_element)
        within = inside_of(values, inside)
        if _has_text(item.etree_element):
            what = message(
                "word.contents.text", "text beside a link in a table of contents is left out in the Word file"
            )
            walk.note(item, what, ONE_LINK, WARNING)
        for child in item.children:
            own = walk.compute(child, values)
            if child.local_name in {"ol", "ul"}:
                yield from _entries(walk, child, own, within, depth + 1)
            elif child.local_name == "a":
                yield _entry(walk, child, own, values, within, depth)
            else:
                what = message(
                    "word.contents.element",
                    "<{name}> in a table of contents has no place in the Word file",
                    name=child.local_name,
                )
                walk.note(child, what, ONE_LINK, WARNING)


def _entry(
    walk: Walk, link: HtmlElement, computed: Computed, item: Computed, place: BlockContext, depth: int
) -> tuple[DraftParagraph, int]:
    target = target_of(link.etree_element.get("href")) or ""
    anchor = walk.anchors.name_of(target)
    level = _heading_level(walk, target)
    inlines: tuple[Inline, ...] = collapse(read_inside(walk, link, computed, InlineContext(place.width)))
    content = walk.cascade.find_content(link, computed, "after")
    ends = functions(content[1]) if content is not None else {}
    tabs: tuple[TabStop, ...] | None = None
    if anchor is None:
        what = message("word.contents.target", 'the contents name "#{target}", which is nowhere', target=target)
        walk.note(link, what, N_("correct the id"), WARNING)
    elif "target-counter" in ends:
        page = _page(walk, link, target)
        if page is not None:
            leader = _LEADERS.get(str(getattr(next(iter(ends.get("leader", [])), None), "value", "")))
            tabs = (TabStop("right", twips(place.left + place.width), leader),)
            inlines = (*inlines, Tab(), PageNumber(anchor, str(page), run_format(computed)))
    if anchor is not None:
        inlines = (Link(inlines, anchor=anchor),)
    paragraph = walk.paragraph((), item, place)
    paragraph.children = (*paragraph.children, *inlines)
    paragraph.style = f"TOC {level or depth}"
    paragraph.format = paragraph.own = replace(paragraph.format, tabs=tabs)
    return paragraph, level


def _has_text(item: Element) -> bool:
    """Whether text stands beside the item's elements."""
    return any(text and text.strip() for text in (item.text, *(each.tail for each in item)))


def _page(walk: Walk, link: HtmlElement, target: str) -> int | None:
    page = None if walk.pages is None else walk.pages.get(target)
    if page is None:
        what = message(
            "word.contents.page", 'the page of "#{target}" is not known: the Word file shows none', target=target
        )
        walk.note(link, what, N_("in Word, press F9 in the table of contents"))
    return page


def _heading_level(walk: Walk, target: str) -> int:
    found = next((each for each in walk.root.etree_element.iter() if each.get("id") == target), None)
    return HEADINGS.index(found.tag) + 1 if found is not None and found.tag in HEADINGS else 0


def _name_heading(blocks: list[Draft], outline: int) -> None:
    """Word's own style for it, which does not itself come into the table; but it stays a heading."""
    for block in blocks:
        if isinstance(block, DraftParagraph):
            block.style = "TOC Heading"
            block.own = replace(block.own, outline=outline)
            block.format = replace(block.format, outline=outline)
