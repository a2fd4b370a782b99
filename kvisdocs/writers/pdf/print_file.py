"""Many letters in one PDF for a printer: each begins on a front, and has its bookmark."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

import pikepdf


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """A letter that goes into the file: its bookmark's text and its own PDF."""

    title: str
    data: bytes


def join_letters(letters: Iterable[PrintedLetter], title: str, duplex: bool) -> tuple[bytes, tuple[range, ...]]:
    """The file, and which of its pages, from 0, are each letter's; with `duplex` blank backs are among them.

    It is for paper: tags, links and attachments of the letters stay behind. The same letters give the same bytes.
    """
    places: list[range] = []
    bookmarks: list[pikepdf.OutlineItem] = []
    with pikepdf.new() as whole:
        for letter in letters:
            start = len(whole.pages)
            with pikepdf.open(io.BytesIO(letter.data)) as pdf:
                _take_off(pdf.pages)
                whole.pages.extend(pdf.pages)
            if duplex and (len(whole.pages) - start) % 2:
                whole.add_blank_page(page_size=_size(whole.pages[-1]))
            places.append(range(start, len(whole.pages)))
            bookmarks.append(pikepdf.OutlineItem(letter.title, start))
        with whole.open_outline() as outline:
            outline.root.extend(bookmarks)
        whole.Root.ViewerPreferences = pikepdf.Dictionary(
            Duplex=pikepdf.Name("/DuplexFlipLongEdge" if duplex else "/Simplex"), PrintScaling=pikepdf.Name("/None")
        )
        whole.docinfo["/Title"] = title
        file = io.BytesIO()
        whole.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return file.getvalue(), tuple(places)


def _take_off(pages: Iterable[pikepdf.Page]) -> None:
    """What only a screen has, and what leads to other parts of the letter's own file."""
    for page in pages:
        for key in ("/Annots", "/StructParents", "/AA", "/Tabs"):
            if key in page.obj:
                del page.obj[key]


def _size(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = (float(each) for each in page.mediabox)
    return right - left, top - bottom
