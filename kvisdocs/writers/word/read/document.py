"""HtmlDocument → WordDocument: every decision about the Word file is made here and in the files beside it. Pure.

The walk goes down the element tree with the computed values of each element. walk.py says what it carries;
blocks.py, inlines.py, lists.py, floats.py and tables/ say how each kind of element is read.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Problem, Severity
from kvisdocs.templating.html import HtmlDocument
from kvisdocs.writers.word.css.boxes import read_page
from kvisdocs.writers.word.css.computed import Computed
from kvisdocs.writers.word.css.values import Units
from kvisdocs.writers.word.letterhead.letterhead import find_letterhead
from kvisdocs.writers.word.model.blocks import Style, WordDocument
from kvisdocs.writers.word.model.drafts import Draft, paragraphs
from kvisdocs.writers.word.read.blocks import BlockWalk
from kvisdocs.writers.word.read.context import BlockContext, Region
from kvisdocs.writers.word.read.pages import Furniture, begin_below, find_remarks, fit_pages
from kvisdocs.writers.word.read.sections import split
from kvisdocs.writers.word.read.tree import clean
from kvisdocs.writers.word.styles.computed_formats import paragraph_format, run_format
from kvisdocs.writers.word.styles.stylebook import StyleBook, arrange

NO_DATE = "1980-01-01"
MAX_PROPERTY = 255
"""The longest title and author that a package's core properties hold in Word."""


def read_word(
    document: HtmlDocument, pages: Mapping[str, int] | None = None
) -> tuple[WordDocument, tuple[Problem, ...]]:
    """The Word document, and what could not be honoured, each with its place.

    `pages` says on which page each id stands: what a table of contents shows. Without it, it shows no page numbers.

    Raises KvisdocsError with all problems at once: pictures that are missing or have no words, a table of more columns
    than Word has.
    """
    return _read(BlockWalk(document, pages))


def _read(walk: BlockWalk) -> tuple[WordDocument, tuple[Problem, ...]]:
    html = walk.compute(walk.root, None)
    body = next(child for child in walk.root.children if child.local_name == "body")
    computed = walk.compute(body, html)
    walk.page_name = computed.word("page")
    walk.page = read_page(walk.cascade.pages, walk.page_name, True, Units(html.font_size, html.font_size))
    following = read_page(walk.cascade.pages, walk.page_name, False, Units(html.font_size, html.font_size))
    letterhead = find_letterhead(walk.document)
    fitted, _ = fit_pages(following, walk.page, letterhead)
    width = letterhead.page.text_width / 20 if letterhead and letterhead.page else fitted.content_width
    if letterhead is not None:
        walk.widths[walk.page_name] = width
    place = BlockContext(width, region=Region(walk.page_name))
    flow = walk.flow(body, computed, place) if computed.word("display") != "none" else []
    _place_last_bookmarks(walk, flow, computed)
    parts = split(flow, Region(walk.page_name))
    if parts[0].region.page == walk.page_name:
        begin_below(parts[0].blocks, following, walk.page, letterhead)
    styles = StyleBook(_normal(computed), letterhead)
    settled = [(part, styles.settle(part.blocks)) for part in parts]
    footnotes = tuple(styles.settle(each) for each in walk.footnotes)
    furniture = Furniture(walk, html, styles)
    sections = tuple(
        replace(furniture.section(part.region, number == 0), blocks=blocks, start=part.start)
        for number, (part, blocks) in enumerate(settled)
    )
    if walk.errors:
        raise KvisdocsError(walk.errors)
    word = WordDocument(
        sections,
        arrange(styles.styles, sections),
        walk.lists.definitions(),
        clean(walk.document.title)[:MAX_PROPERTY],
        _meta(walk, "author")[:MAX_PROPERTY],
        _created(walk),
        walk.document.language,
        footnotes,
        letterhead,
    )
    walk.notes += find_remarks(letterhead, styles.styles)
    return word, tuple(sorted({*walk.cascade.problems, *walk.notes}))


def _normal(body: Computed) -> Style:
    return Style("Normal", "paragraph", replace(paragraph_format(body), before=0, after=0), run_format(body))


def _place_last_bookmarks(walk: BlockWalk, flow: list[Draft], computed: Computed) -> None:
    """A link may go to an empty element at the document's end."""
    bookmarks = walk.anchors.take()
    if bookmarks:
        last = list(paragraphs(flow))[-1:]
        if not last:
            last = [walk.paragraph((), computed, BlockContext(0.0), own=False)]
            flow += last
        last[0].children = (*last[0].children, *bookmarks)


def _meta(walk: BlockWalk, name: str) -> str:
    found = (each for each in walk.root.etree_element.iter("meta") if each.get("name") == name)
    return next((each.get("content", "") for each in found), "")


def _created(walk: BlockWalk) -> str:
    """The letter's date, which stands in the file as the day it was made: the clock is not asked."""
    said = _meta(walk, "dcterms.created")
    if not said:
        return NO_DATE
    try:
        return date.fromisoformat(said[:10]).isoformat()
    except ValueError:
        what = message("word.properties.created", 'the date of creation "{said}" is no date', said=said)
        problem = Problem(walk.document.position(None), what, N_("write it as 2012-11-14"), Severity.WARNING)
        walk.notes.append(problem)
        return NO_DATE
