"""HtmlDocument → DOCX: read, then write."""

from collections.abc import Mapping
from dataclasses import replace

from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.html import HtmlDocument
from kvisdocs.writers.limits import tell_library_faults
from kvisdocs.writers.output import WriterOutput, tell_once
from kvisdocs.writers.word.read.contents import has_contents
from kvisdocs.writers.word.read.document import read_word
from kvisdocs.writers.word.write.document import write_word


def write_docx(document: HtmlDocument) -> WriterOutput:
    """The document as DOCX bytes; the same document gives the same bytes.

    Raises KvisdocsError as `read_word` does; what Word has no place for comes back as messages.
    """
    with tell_library_faults(document, "Word"):
        word, messages = read_word(document, _find_pages(document) if has_contents(document) else None)
        return WriterOutput(write_word(replace(word, stamp=document.stamp)), tell_once(messages))


def _find_pages(document: HtmlDocument) -> Mapping[str, int] | None:
    """The pages of the PDF, or None where it cannot be laid out, of which its own writer tells."""
    from kvisdocs.writers.pdf.layout import lay_out  # only a table of contents has Word wait for WeasyPrint

    try:
        return lay_out(document).find_pages()
    except KvisdocsError:
        return None
