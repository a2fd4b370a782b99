"""What a PDF holds and no page shows: alternative texts and the targets of links."""

import ctypes
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pypdfium2
from pypdfium2 import raw


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
