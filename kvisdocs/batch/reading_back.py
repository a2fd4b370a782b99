"""A finished file's words, read otherwise than they were written: PDF by pdfium, Word from its XML."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pypdfium2
from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ENDS = {f"{_W}{name}" for name in ("p", "br", "cr", "tab", "tc")}
_LINE_HYPHEN = "\ufffe"
"""How pdfium gives the hyphen of a word that is broken at the end of a line."""


class UnreadableFile(ValueError):  # noqa: N818  (it is a ValueError, and reads as one)
    """A file that was just made cannot be read back; the text says why."""


def read_words(data: bytes, format: str) -> tuple[str, int]:
    """All words of a finished file, its title among them, and its pages; 0 pages for a format that has none.

    Raises UnreadableFile.
    """
    return _READERS[format](data)


def _read_pdf(data: bytes) -> tuple[str, int]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(f"the PDF cannot be opened: {error}") from None
    try:
        parts = [document.get_metadata_value("Title")]
        for page in document:
            text = page.get_textpage()
            parts.append(text.get_text_range())
            text.close()
            page.close()
        return "\n".join(parts).replace(_LINE_HYPHEN, "-"), len(document)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(f"the PDF is damaged: {error}") from None
    finally:
        document.close()


def _read_docx(data: bytes) -> tuple[str, int]:
    """The texts of every part, headers, footnotes and properties too; a word that is split into runs is one again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [
                name for name in archive.namelist() if name.endswith(".xml") and name.startswith(("word/", "docP"))
            ]
            roots = [etree.fromstring(archive.read(name)) for name in names]
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError) as error:
        raise UnreadableFile(f"the DOCX is damaged: {error}") from None
    return "".join(text for root in roots for text in _texts(root)), 0


def _texts(root: etree._Element) -> Iterator[str]:
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            if element.text:
                yield element.text
            if described := element.get("descr"):
                yield f"\n{described}\n"
        elif element.tag in _ENDS or not str(element.tag).startswith(_W):
            yield "\n"


_READERS: dict[str, Callable[[bytes], tuple[str, int]]] = {"pdf": _read_pdf, "docx": _read_docx}
