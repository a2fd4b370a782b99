"""HtmlDocument → DOCX: read, then write."""

from kvisdocs.templating.html import HtmlDocument
from kvisdocs.writers.word.read import read_word
from kvisdocs.writers.word.write import write_word
from kvisdocs.writers.written import Written


def write_docx(document: HtmlDocument) -> Written:
    """The document as DOCX bytes; the same document gives the same bytes.

    Raises KvisdocsError as `read_word` does; what Word has no place for comes back as messages.
    """
    word, messages = read_word(document)
    return Written(write_word(word), messages)
