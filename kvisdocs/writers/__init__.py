"""HTML → bytes. A dict is the plug-in system: format name → a function that writes it.

Each function loads its library when it is first called, so that Word alone does not wait for WeasyPrint, nor PDF for
python-docx.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from kvisdocs.templating.html import HtmlDocument
from kvisdocs.writers.output import WriterOutput

if TYPE_CHECKING:
    from kvisdocs.writers.pdf.layout import Layout


def write_pdf(document: HtmlDocument) -> WriterOutput:
    """The document as PDF; see `kvisdocs.writers.pdf.document`."""
    from kvisdocs.writers.pdf import document as pdf

    return pdf.write_pdf(document)


def write_docx(document: HtmlDocument) -> WriterOutput:
    """The document as DOCX, with the fit that it has; see `kvisdocs.writers.word.document`."""
    from kvisdocs.writers.word import document as word

    return word.write_docx(document)


def write_files(document: HtmlDocument, formats: Iterable[str]) -> dict[str, WriterOutput]:
    """The document in each of these formats, all from one layout: they break their pages alike, and say the same.

    The same document gives the same bytes, whichever formats are asked for together.
    """
    from kvisdocs.writers.page_fit import may_be_fitted

    formats = tuple(formats)
    layout = _lay_out(document) if "pdf" in formats or may_be_fitted(document) else None
    fitted = layout.document if layout else document
    written: dict[str, WriterOutput] = {}
    for format in formats:
        if format == "pdf" and layout:
            from kvisdocs.writers.pdf import document as pdf

            written[format] = pdf.write_layout(layout)
        else:
            written[format] = WRITERS[format](fitted)
    return written


def _lay_out(document: HtmlDocument) -> "Layout | None":
    """The document's pages; None where they cannot be laid out: Word can do without, and the PDF's writer says why."""
    from kvisdocs.writers.pdf.layout import lay_out

    try:
        return lay_out(document)
    except Exception:  # whatever a library raises
        return None


WRITERS: dict[str, Callable[[HtmlDocument], WriterOutput]] = {"pdf": write_pdf, "docx": write_docx}
"""Every format that a document can be written in; the key is the file's ending too."""

__all__ = ["WRITERS", "WriterOutput", "write_docx", "write_files", "write_pdf"]
