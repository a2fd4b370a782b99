"""The output formats, a record each: a new one is added here, and everything asks here which there are.

Nothing heavy is imported before a format is used, so that Word alone does not wait for WeasyPrint, and `--help` for
neither.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kvisdocs.templating.html import HtmlDocument
    from kvisdocs.writers.output import WriterOutput
    from kvisdocs.writers.pdf.layout import Layout


@dataclass(frozen=True, slots=True)
class Format:
    """One output format. `name` is what `--to` is given, and the files' ending."""

    name: str
    write: "Callable[[HtmlDocument], WriterOutput]"
    read_words: Callable[[bytes], tuple[str, int]]
    """All words of a finished file, and its pages (0 for a format without). Raises UnreadableFile."""
    preload: tuple[str, ...]
    """The modules that a worker loads before its first job."""
    is_default: bool = True
    """Whether it is made where no format is named."""
    draws: bool = False
    """Whether the C libraries that WeasyPrint draws with can change its bytes."""


def write_pdf(document: "HtmlDocument") -> "WriterOutput":
    """The document as PDF; see `kvisdocs.writers.pdf.document`."""
    from kvisdocs.writers.pdf import document as pdf

    return pdf.write_pdf(document)


def write_docx(document: "HtmlDocument") -> "WriterOutput":
    """The document as DOCX, with the fit that it has; see `kvisdocs.writers.word.document`."""
    from kvisdocs.writers.word import document as word

    return word.write_docx(document)


def write_html(document: "HtmlDocument") -> "WriterOutput":
    """The document as one HTML file; see `kvisdocs.writers.web`."""
    from kvisdocs.writers.web import write_html as write

    return write(document)


def _read_pdf(data: bytes) -> tuple[str, int]:
    from kvisdocs.writers.text_extraction import read_pdf_words

    return read_pdf_words(data)


def _read_docx(data: bytes) -> tuple[str, int]:
    from kvisdocs.writers.text_extraction import read_docx_words

    return read_docx_words(data)


def _read_html(data: bytes) -> tuple[str, int]:
    from kvisdocs.writers.text_extraction import read_html_words

    return read_html_words(data)


FORMATS = {
    each.name: each
    for each in (
        Format("pdf", write_pdf, _read_pdf, ("kvisdocs.writers.pdf.document",), draws=True),
        Format("docx", write_docx, _read_docx, ("kvisdocs.writers.word.document",)),
        Format("html", write_html, _read_html, ("kvisdocs.writers.web",), is_default=False),
    )
}
"""Every format by its name, in the order in which files are named."""

WRITERS = {each.name: each.write for each in FORMATS.values() if each.is_default}
"""The writers of the formats on paper, which must say and look the same."""


def write_files(document: "HtmlDocument", formats: Iterable[str]) -> "dict[str, WriterOutput]":
    """The document in each of these formats, all from one layout: they break their pages alike, and say the same.

    The same document gives the same bytes, whichever formats are asked for together.
    """
    from kvisdocs.writers.page_fit import may_be_fitted

    formats = tuple(formats)
    on_paper = any(format in WRITERS for format in formats)
    layout = _lay_out(document) if "pdf" in formats or (on_paper and may_be_fitted(document)) else None
    fitted = layout.document if layout else document
    written: dict[str, WriterOutput] = {}
    for format in formats:
        if format == "pdf" and layout:
            from kvisdocs.writers.pdf import document as pdf

            written[format] = pdf.write_layout(layout)
        else:
            written[format] = FORMATS[format].write(fitted if format in WRITERS else document)
    return written


def _lay_out(document: "HtmlDocument") -> "Layout | None":
    """The document's pages; None where they cannot be laid out: Word can do without, and the PDF's writer says why."""
    from kvisdocs.writers.pdf.layout import lay_out

    try:
        return lay_out(document)
    except Exception:  # whatever a library raises
        return None
