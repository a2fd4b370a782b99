"""HtmlDocument → PDF that is PDF/A-2a and PDF/UA-1 at once, by WeasyPrint.

WeasyPrint writes one claim a file. PDF/UA-1 asks for nothing that PDF/A-2a forbids, so the file is written as PDF/A-2a
and the second claim is added to its XMP packet, with the extension schema that PDF/A wants for a namespace it does not
know (ISO 19005-2, 6.6.2.3; ISO 14289-1, 5).
"""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any

import cssselect2
import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.urls import FatalURLFetchingError

from kvisdocs.problems import KvisdocsError, Problem, Severity
from kvisdocs.templating.html import BASE_URL, HtmlDocument
from kvisdocs.writers.css_nesting import unfold
from kvisdocs.writers.html_limits import parse_document
from kvisdocs.writers.pdf_checkboxes import draw_checkboxes
from kvisdocs.writers.pdf_log import collect_remarks
from kvisdocs.writers.pdf_repairs import base_style, join_links, number_lists, repair_style
from kvisdocs.writers.pdf_sources import PUT_IT_THERE, AssetFetcher, Sources, locate_url, read_sources, remark_problems
from kvisdocs.writers.pdf_spaces import drawn_spaces
from kvisdocs.writers.pdf_tags import repair_tags
from kvisdocs.writers.written import Written

UA_CLAIM = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description></rdf:li></rdf:Seq>
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""

_ONE_AT_A_TIME = Lock()
"""Pango's font map, WeasyPrint's logger and Python's warning filters belong to the process, not to a document."""


def write_pdf(document: HtmlDocument) -> Written:
    """The document as PDF bytes; the same document gives the same bytes.

    Raises KvisdocsError when a picture, font or stylesheet is missing, cannot be read or stands outside the template
    folders. What WeasyPrint remarks on comes back as messages: a declaration it does not know, a missing character.
    """
    with _ONE_AT_A_TIME:
        sources = read_sources(document)
        sources.expect_remarks_again()
        fetcher = AssetFetcher(document.assets)
        with collect_remarks() as remarks, _naming_missing_files(document, fetcher):
            data, pages = _write(document, fetcher, sources)
    messages = remark_problems(document, sources, remarks)
    faults = [message for message in messages if message.severity is Severity.ERROR]
    if faults:
        raise KvisdocsError(faults)
    return Written(data, tuple(messages), pages)


def find_pages(document: HtmlDocument) -> Mapping[str, int]:
    """On which page of the PDF each id stands, counted from 1: what a table of contents in Word shows.

    Raises KvisdocsError as `write_pdf` does for a file that cannot be had; other remarks are left to that one.
    """
    fetcher = AssetFetcher(document.assets)
    with _ONE_AT_A_TIME, collect_remarks(), _naming_missing_files(document, fetcher):
        rendered = _lay_out(document, fetcher, read_sources(document))
    found: dict[str, int] = {}
    for number, page in enumerate(rendered.pages, 1):
        for name in page.anchors:
            found.setdefault(name, number)
    return found


@contextmanager
def _naming_missing_files(document: HtmlDocument, fetcher: AssetFetcher) -> Iterator[None]:
    """WeasyPrint's word for a file that cannot be had is a BaseException: `except Exception` lets it pass."""
    try:
        yield
    except FatalURLFetchingError as error:
        url, what = fetcher.failed or ("", str(error))
        what, _, todo = what.partition("; ")
        raise KvisdocsError(Problem(locate_url(url, document), what, todo or PUT_IT_THERE)) from None
    except RecursionError:
        what = "the elements or the stylesheet are nested too deep for a PDF"
        raise KvisdocsError(Problem(document.position(None), what, "take out some of them")) from None


class _Page(weasyprint.HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """A page whose HTML is read by `parse_html`: the same tree, for less."""

    def __init__(self, document: HtmlDocument, fetcher: AssetFetcher) -> None:
        root, _ = parse_document(document)
        for style in root.iter("style"):
            style.text = unfold(style.text or "")
        self.base_url, self.url_fetcher, self.media_type = BASE_URL, fetcher, "pdf"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root


def _lay_out(document: HtmlDocument, fetcher: AssetFetcher, sources: Sources) -> Any:
    page = _Page(document, fetcher)
    needed = draw_checkboxes(page.etree_element)
    number_lists(page.etree_element)
    return page.render(
        font_config=sources.fonts,
        stylesheets=[base_style(), *needed, *(sheet.css for sheet in sources.sheets), repair_style()],
        counter_style=CounterStyle(sources.counters),  # WeasyPrint adds to it what the document itself declares
    )


def _write(document: HtmlDocument, fetcher: AssetFetcher, sources: Sources) -> tuple[bytes, int]:
    """The PDF and the number of its pages."""
    rendered = _lay_out(document, fetcher, sources)
    join_links(rendered.pages)
    rendered.metadata.title = document.title
    _claim_ua(rendered.metadata)
    with _unclosed_profile(), drawn_spaces():
        data: bytes = rendered.write_pdf(finisher=repair_tags, pdf_variant="pdf/a-2a", pdf_identifier=b"kvisdocs")
    return data, len(rendered.pages)


@contextmanager
def _unclosed_profile() -> Iterator[None]:
    """WeasyPrint 70 never closes its colour profile, at every PDF/A; the collector does, and nobody can act on it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"unclosed file .*sRGB2014\.icc", ResourceWarning)
        yield


def _claim_ua(metadata: Any) -> None:
    """Put the PDF/UA-1 claim inside the one rdf:RDF that WeasyPrint writes; a second one would break PDF/A."""
    generate = metadata.generate_rdf_metadata

    def with_claim(*arguments: Any, **options: Any) -> bytes:
        rdf: bytes = generate(*arguments, **options)
        body, end = rdf.rsplit(b"</rdf:RDF>", 1)
        return body + UA_CLAIM + b"</rdf:RDF>" + end

    metadata.generate_rdf_metadata = with_claim
