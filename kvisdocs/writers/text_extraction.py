"""A finished file's words, read otherwise than they were written: PDF by pdfium, Word from its XML, HTML by lxml.

Also those that no page shows: a screen reader reads alternative texts aloud, a click on a link sends its target away,
and the properties of a file are seen by whoever gets it.
"""

import ctypes
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pypdfium2
from lxml import etree, html
from pypdfium2 import raw

from kvisdocs.messages import Message, message


def find_unseen(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[str]:
    """The alternative texts of a page, and the targets of its links with `%20` as a space."""
    yield from _find_spoken(page)
    yield from _find_targets(document, page)


def _find_spoken(page: pypdfium2.PdfPage) -> Iterator[str]:
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    try:
        count = raw.FPDF_StructTree_CountChildren(tree)
        open_elements = [raw.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(count)]
        while open_elements:
            if element := open_elements.pop():
                if text := _read_alternative(element):
                    yield text
                count = raw.FPDF_StructElement_CountChildren(element)
                open_elements += [raw.FPDF_StructElement_GetChildAtIndex(element, n) for n in range(count)]
    finally:
        raw.FPDF_StructTree_Close(tree)


def _read_alternative(element: Any) -> str:
    """Its alternative text: UTF-16 with a zero at its end, the length of which is asked for first."""
    length = raw.FPDF_StructElement_GetAltText(element, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDF_StructElement_GetAltText(element, buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")


def _find_targets(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[str]:
    at, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, at, link):
        action = raw.FPDFLink_GetAction(link)
        length = raw.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
        if length > 1:
            buffer = ctypes.create_string_buffer(length)
            raw.FPDFAction_GetURIPath(document, action, buffer, length)
            yield unquote(buffer.value.decode("utf-8", "replace"))


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ENDS = {f"{_W}{name}" for name in ("p", "br", "cr", "tab", "tr")}
_CELL, _CELL_END = f"{_W}tc", "\0"
_ATTRIBUTES = etree.XPath(
    "//@descr | //@title | //w:bookmarkStart/@w:name | //w:hyperlink/@w:tooltip"
    " | //*[self::w:tblCaption or self::w:tblDescription or self::w:alias or self::w:tag]/@w:val",
    namespaces={"w": _W.strip("{}")},
)
"""Texts that stand in an attribute, and that a reader may meet."""

_LINE_HYPHEN = "\ufffe"
"""How pdfium gives the hyphen of a word that is broken at the end of a line."""


class UnreadableFile(ValueError):  # noqa: N818  (it is a ValueError, and reads as one)
    """A file that was just made cannot be read back; `what` says why."""

    def __init__(self, what: Message) -> None:
        super().__init__(what)
        self.what = what


def read_pdf_words(data: bytes) -> tuple[str, int]:
    """The texts of every page, those that none shows, and how many pages there are. Raises UnreadableFile."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(message("pdf.file.not_opened", "the PDF cannot be opened: {fault}", fault=error)) from None
    try:
        parts = [*document.get_metadata_dict(skip_empty=True).values()]
        for page in document:
            text = page.get_textpage()
            parts.append(text.get_text_range())
            text.close()
            parts += find_unseen(document, page)
            page.close()
        parts += [each.get_title() for each in document.get_toc()]
        return "\n".join(parts).replace(_LINE_HYPHEN, "-"), len(document)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(message("pdf.file.damaged", "the PDF is damaged: {fault}", fault=error)) from None
    finally:
        document.close()


def read_pdf_pages(data: bytes) -> list[str]:
    """The texts of a PDF that can be opened, page by page, as they are seen."""
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range().replace(_LINE_HYPHEN, "-") for page in document]


def read_docx_words(data: bytes) -> tuple[str, int]:
    """The texts of every part, headers, footnotes and properties too; a word that is split into runs is one again.

    The cells of a row stand in one line, as they do in a PDF.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if name.startswith(("word/", "docP"))]
            roots = [etree.fromstring(archive.read(name)) for name in names if name.endswith(".xml")]
            links = [etree.fromstring(archive.read(name)) for name in names if name.endswith(".rels")]
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError) as error:
        raise UnreadableFile(message("word.file.damaged", "the DOCX is damaged: {fault}", fault=error)) from None
    targets = [unquote(each.get("Target", "")) for root in links for each in root if each.get("TargetMode")]
    text = "".join(text for root in roots for text in _texts(root)).replace(f"\n{_CELL_END}", "\t")
    return "\n".join((text, *(each for root in roots for each in _find_attributes(root)), *targets)), 0


def _texts(root: etree._Element) -> Iterator[str]:
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            if element.text:
                yield element.text
        elif element.tag == _CELL:
            yield _CELL_END
        elif element.tag in _ENDS or not str(element.tag).startswith(_W):
            yield "\n"


def _find_attributes(root: etree._Element) -> Iterator[str]:
    found = _ATTRIBUTES(root)
    return (str(each) for each in found) if isinstance(found, list) else iter(())


_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
}  # fmt: skip
_NOT_READ = {"style", "script"}
_TOLD = ("alt", "title", "aria-label", "summary", "placeholder", "value", "content")


def read_html_words(data: bytes) -> tuple[str, int]:
    """The texts of an HTML file, with those that stand in attributes and the targets of links. It has no pages.

    The cells of a row stand in one line, as they do in a PDF.
    """
    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(message("web.file.damaged", "the HTML is damaged: {fault}", fault=error)) from None
    more = [value for each in root.iter() for name in _TOLD if (value := each.get(name))]
    more += [unquote(each.get("href", "")) for each in root.iter("a")]
    return "\n".join(("".join(_html_texts(root)), *more)), 0


def _html_texts(element: etree._Element) -> Iterator[str]:
    if element.tag not in _NOT_READ and isinstance(element.tag, str):
        yield element.text or ""
        for child in element:
            yield from _html_texts(child)
            yield child.tail or ""
        if element.tag in {"td", "th"}:
            yield "\t"
        elif element.tag not in _INLINE or element.tag == "br":
            yield "\n"
