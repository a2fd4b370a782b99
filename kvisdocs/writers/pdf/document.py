"""HtmlDocument → PDF that is PDF/A-2a and PDF/UA-1 at once, by WeasyPrint.

WeasyPrint writes one claim a file. PDF/UA-1 asks for nothing that PDF/A-2a forbids, so the file is written as PDF/A-2a
and the second claim is added to its XMP packet, with the extension schema that PDF/A wants for a namespace it does not
know (ISO 19005-2, 6.6.2.3; ISO 14289-1, 5).
"""

import html
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Problem, Severity
from kvisdocs.templating.html import POSITION_ATTRIBUTE, HtmlDocument
from kvisdocs.writers.limits import tell_library_faults
from kvisdocs.writers.output import WriterOutput, tell_once
from kvisdocs.writers.pdf.layout import ONE_AT_A_TIME, Layout, lay_out, naming_missing_files
from kvisdocs.writers.pdf.messages import collect_remarks
from kvisdocs.writers.pdf.recording import find_misplaced, recorded_boxes, recorded_texts, say_texts
from kvisdocs.writers.pdf.repairs import drawn_spaces, find_lost, join_links
from kvisdocs.writers.pdf.sources import remark_problems
from kvisdocs.writers.pdf.tags import repair_tags

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


STAMPS = """
@page { size: 80mm 5mm; margin: 0; @top-left { content: none } @top-right { content: none }
  @bottom-left { content: none } @bottom-center { content: none } @bottom-right { content: none } }
p { margin: 0; font-size: 8pt; line-height: 5mm; text-align: right; color: #56616a; page-break-after: always }
"""
"""The style of what is written on the pages of attachments."""


def write_pdf(document: HtmlDocument) -> WriterOutput:
    """The document as PDF bytes; the same document gives the same bytes.

    Raises KvisdocsError when a picture, font or stylesheet is missing, cannot be read or stands outside the template
    folders. What WeasyPrint remarks on comes back as messages: a declaration it does not know, a missing character.
    """
    return write_layout(lay_out(document))


def write_layout(layout: Layout) -> WriterOutput:
    """Laid-out pages as PDF bytes; once, since WeasyPrint changes them as it writes. Otherwise as `write_pdf`."""
    document = layout.document
    with (
        ONE_AT_A_TIME,
        tell_library_faults(document, "PDF"),
        collect_remarks() as remarks,
        naming_missing_files(document, layout.fetcher),
    ):
        data, bare, drawn = _write(document, layout.rendered)
    said = [*layout.said, *remark_problems(document, layout.sources, [*layout.remarks, *remarks])]
    said += [_name_bare(document, cell) for cell in bare[:1]]
    said += find_lost(document, layout.root, drawn)
    said += find_misplaced(document, layout.rendered.pages)
    if document.attachments:
        from kvisdocs.writers.pdf.attachments import join_attachments

        data, remarks_on_files = join_attachments(data, document.attachments, partial(_write_stamps, document))
        said += remarks_on_files
    messages = tell_once(said)
    faults = [message for message in messages if message.severity is Severity.ERROR]
    if faults:
        raise KvisdocsError(faults)
    return WriterOutput(data, messages, len(layout.rendered.pages), layout.outside)


def _write_stamps(document: HtmlDocument, texts: Sequence[str]) -> bytes:
    """A PDF with a small page for each text, in the document's own font."""
    lines = "".join(f"<p>{html.escape(text)}</p>" for text in texts)
    head = f"<head><title>Bilag</title><style>{STAMPS}</style></head>"
    text = f'<!doctype html><html lang="{document.language}">{head}<body>{lines}</body></html>'
    return write_layout(lay_out(replace(document, text=text, title="Bilag", attachments=(), fit=None))).data


def _name_bare(document: HtmlDocument, cell: Element) -> Problem:
    """A cell to which no header belongs: nobody who hears the table knows what it is about."""
    what = message(
        "pdf.table.no_header", "PDF: a cell has no header in its row or column, while others of its table have one"
    )
    todo = N_("give its column or its row a <th>")
    return Problem(document.position(cell.get(POSITION_ATTRIBUTE)), what, todo, Severity.WARNING)


def _write(document: HtmlDocument, rendered: Any) -> tuple[bytes, list[Element], list[Element]]:
    """The bytes, the cells without a header, and all elements that are drawn as blocks or parts of tables."""
    join_links(rendered.pages)
    rendered.metadata.title = document.title
    _claim_ua(rendered.metadata)
    bare: list[Element] = []
    with _unclosed_profile(), drawn_spaces(), recorded_boxes() as record, recorded_texts() as turned:

        def finish(_document: Any, pdf: Any) -> None:
            say_texts(pdf, turned)
            bare.extend(repair_tags(pdf, record))

        data: bytes = rendered.write_pdf(finisher=finish, pdf_variant="pdf/a-2a", pdf_identifier=b"kvisdocs")
    return data, bare, [element for element, _ in record.values()]


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
