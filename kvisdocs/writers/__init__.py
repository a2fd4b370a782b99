"""HTML → bytes. A dict is the plug-in system: format name → a function that writes it.

Each function loads its library when it is first called, so that Word alone does not wait for WeasyPrint, nor PDF for
python-docx.
"""

from collections.abc import Callable

from kvisdocs.templating.html import HtmlDocument
from kvisdocs.writers.written import Written


def write_pdf(document: HtmlDocument) -> Written:
    """The document as PDF; see `kvisdocs.writers.pdf`."""
    from kvisdocs.writers import pdf

    return pdf.write_pdf(document)


def write_docx(document: HtmlDocument) -> Written:
    """The document as DOCX; see `kvisdocs.writers.word.document`."""
    from kvisdocs.writers.word import document as word

    return word.write_docx(document)


WRITERS: dict[str, Callable[[HtmlDocument], Written]] = {"pdf": write_pdf, "docx": write_docx}
"""Every format that a document can be written in; the key is the file's ending too."""

__all__ = ["WRITERS", "Written", "write_docx", "write_pdf"]
