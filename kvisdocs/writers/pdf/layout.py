"""HtmlDocument → laid-out pages, which end well: laid out once more where a little less space does good.

What the second layout is made with (`PageFit`) goes into the Word file as well, so that both look the same.
Each step is tried only where it is needed and where a stylesheet has rules for it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import RLock
from typing import Any
from xml.etree.ElementTree import Element

import cssselect2
import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.urls import FatalURLFetchingError

from kvisdocs.problems import KvisdocsError, Problem
from kvisdocs.templating.html import BASE_URL, HtmlDocument, PageFit
from kvisdocs.writers.html.css_nesting import unfold
from kvisdocs.writers.html.limits import MAX_FITTED, parse_document
from kvisdocs.writers.html.rules import find_remarks
from kvisdocs.writers.limits import tell_library_faults
from kvisdocs.writers.output import Outside, Where
from kvisdocs.writers.page_fit import ADDRESS, SPACING, find_classes, keep_lead_ins
from kvisdocs.writers.pdf.boxes import find_outside, find_tall_rows, measure_last
from kvisdocs.writers.pdf.line_breaks import remembered_breaks
from kvisdocs.writers.pdf.messages import Remark, collect_remarks, locate_url
from kvisdocs.writers.pdf.repairs import (
    base_style,
    draw_checkboxes,
    improve_hyphens,
    leave_endless_words,
    number_lists,
    repair_style,
)
from kvisdocs.writers.pdf.sources import AssetFetcher, Sources, read_sources

ONE_AT_A_TIME = RLock()
"""Pango's font map, WeasyPrint's logger and Python's warning filters belong to the process, not to a document."""

NEARLY_EMPTY = 0.25
"""A last page with less text than this part of its height is one that nobody wants."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A document on its pages. `document` has the fit that they were made with; `said` are remarks on its HTML."""

    document: HtmlDocument
    sources: Sources
    fetcher: AssetFetcher
    root: Element
    rendered: Any
    said: tuple[Problem, ...]
    remarks: tuple[Remark, ...] = ()
    outside: tuple[Outside, ...] = ()

    def find_pages(self) -> Mapping[str, int]:
        """On which page each id stands, counted from 1: what a table of contents in Word shows."""
        found: dict[str, int] = {}
        for number, page in enumerate(self.rendered.pages, 1):
            for name in page.anchors:
                found.setdefault(name, number)
        return found


def lay_out(document: HtmlDocument) -> Layout:
    """The document's pages, fitted unless it has its fit already.

    Raises KvisdocsError for a file that is missing, cannot be read or stands outside the template folders.
    """
    with ONE_AT_A_TIME, tell_library_faults(document, "PDF"):
        sources = read_sources(document)
        sources.expect_remarks_again()
        with collect_remarks() as remarks:
            layout = _lay_out(document, sources)
            if document.fit is None:
                layout = _fit(layout) if len(document.text) <= MAX_FITTED else _with(layout, PageFit())
        return replace(layout, remarks=tuple(remarks))


def _fit(layout: Layout) -> Layout:
    """The same document, laid out again as often as something is to be gained."""
    classes = find_classes(layout.document)
    fit = PageFit(tall_rows=find_tall_rows(layout.rendered.pages, layout.root))
    layout = _again(layout, fit) if fit.tall_rows else _with(layout, fit)
    misplaced = _count_misplaced(layout)
    for name in ADDRESS:
        if misplaced and name in classes:
            tried = _again(layout, replace(fit, classes=(name,)))
            left = _count_misplaced(tried)
            layout, misplaced = (tried, left) if left < misplaced else (layout, misplaced)
    return _tighten(layout, [name for name in SPACING if name in classes])


def _count_misplaced(layout: Layout) -> int:
    return sum(each.where in {Where.PLACE, Where.TEXT} for each in layout.outside)


def _tighten(layout: Layout, names: list[str]) -> Layout:
    """With less space, if that saves the last page and it is nearly empty."""
    pages = layout.rendered.pages
    last = measure_last(pages)
    if len(pages) == 1 or last > NEARLY_EMPTY:
        return layout
    for name in names:
        if last < SPACING[name] * len(pages):
            fit = layout.document.fit or PageFit()
            tried = _again(layout, replace(fit, classes=(*fit.classes, name)))
            if len(tried.rendered.pages) < len(pages):
                return tried
    return layout


def _with(layout: Layout, fit: PageFit) -> Layout:
    return replace(layout, document=replace(layout.document, fit=fit))


def _again(layout: Layout, fit: PageFit) -> Layout:
    return _lay_out(replace(layout.document, fit=fit), layout.sources)


class _Page(weasyprint.HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """A page whose HTML is read by `parse_html`: the same tree, for less."""

    def __init__(self, root: Element, fetcher: AssetFetcher) -> None:
        self.base_url, self.url_fetcher, self.media_type = BASE_URL, fetcher, "pdf"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root


def _lay_out(document: HtmlDocument, sources: Sources) -> Layout:
    """The document's pages with the fit that it has."""
    fetcher = AssetFetcher(document.assets)
    with naming_missing_files(document, fetcher), remembered_breaks():
        root, _ = parse_document(document)
        for style in root.iter("style"):
            style.text = unfold(style.text or "")
        said, base = tuple(find_remarks(root, document)), base_style(root)
        page = _Page(root, fetcher)
        needed = draw_checkboxes(root)
        number_lists(root)
        leave_endless_words(root)
        keep_lead_ins(root)
        improve_hyphens()
        rendered = page.render(
            font_config=sources.fonts,
            stylesheets=[base, *needed, *(sheet.css for sheet in sources.sheets), repair_style()],
            counter_style=CounterStyle(sources.counters),  # WeasyPrint adds to it what the document itself declares
        )
    return Layout(document, sources, fetcher, root, rendered, said, outside=find_outside(rendered.pages))


@contextmanager
def naming_missing_files(document: HtmlDocument, fetcher: AssetFetcher) -> Iterator[None]:
    """WeasyPrint's word for a file that cannot be had is a BaseException: `except Exception` lets it pass."""
    try:
        yield
    except FatalURLFetchingError as error:
        url, what, todo = fetcher.explain(error)
        raise KvisdocsError(Problem(locate_url(url, document), what, todo)) from None
