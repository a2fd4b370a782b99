"""The pages of finished PDF files in those of a document: with their links and bookmarks, numbered and stamped."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Problem
from kvisdocs.templating.html import PdfAttachment
from kvisdocs.writers.pdf.joined_structure import merge_structure

Object = Any

_STAMP, _MARGIN_PT = "/KvisdocsStamp", 28
_MARKS = {"BDC", "BMC", "EMC"}


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """An attachment that can be read, and what it says of itself."""

    attachment: PdfAttachment
    pdf: pikepdf.Pdf
    is_tagged: bool
    is_archival: bool


def put_in(whole: pikepdf.Pdf, opened: Sequence[OpenedFile], stamps: pikepdf.Pdf) -> None:
    """All pages in their places, in the order of the pages that announce them."""
    places = _find_places(whole, [each.attachment for each in opened])
    own_pages, before = len(whole.pages), 0
    joined: list[tuple[OpenedFile, range]] = []
    for each in sorted(opened, key=lambda each: places[each.attachment.anchor]):
        start = places[each.attachment.anchor] + 1 + before
        pages = range(start, start + len(each.pdf.pages))
        _add_pages(whole, each.pdf, pages)
        joined.append((each, pages))
        before += len(pages)
    for number, (each, pages) in enumerate(joined, 1):
        if each.is_tagged:
            merge_structure(whole, each.pdf, pages, each.attachment.title, f"file{number}")
    _add_bookmarks(whole, joined)
    _label_pages(whole, own_pages, joined)
    first = 0
    for each in opened:
        pages = next(pages for other, pages in joined if other is each)
        for number, page in enumerate(pages):
            _stamp(whole, whole.pages[page], stamps.pages[first + number])
        first += len(pages)


def _find_places(whole: pikepdf.Pdf, attachments: Sequence[PdfAttachment]) -> dict[str, int]:
    """The number of each anchor's page, from 0."""
    numbers = {page.obj.objgen: number for number, page in enumerate(whole.pages)}
    targets = pikepdf.NameTree(whole.Root.Names.Dests) if "/Names" in whole.Root else {}
    missing = [each for each in attachments if each.anchor not in targets]
    if missing:
        what = message(
            "pdf.attachment.no_page", 'no page announces "{title}", and so it has no place', title=missing[0].title
        )
        todo = N_('let the template link to a heading with the id "{anchor}"', anchor=missing[0].anchor)
        raise KvisdocsError(Problem(missing[0].position, what, todo))
    return {each.anchor: numbers[_array_of(targets[each.anchor])[0].objgen] for each in attachments}


def _array_of(destination: Any) -> Any:
    """The page and the place on it, which may stand in a dictionary."""
    return destination.D if isinstance(destination, pikepdf.Dictionary) else destination


def _add_pages(whole: pikepdf.Pdf, pdf: pikepdf.Pdf, pages: range) -> None:
    """The pages of a file, without what acts by itself, and with links that lead to its own pages."""
    links = list(_find_links(pdf))
    for number, page in zip(pages, pdf.pages, strict=True):
        whole.pages.insert(number, page)
    for number in pages:
        inserted = whole.pages[number].obj
        for holder in (inserted, *inserted.get("/Annots", [])):
            if "/AA" in holder:
                del holder["/AA"]
            if "/A" in holder and holder.A.get("/S") not in ("/URI", "/GoTo"):
                del holder["/A"]
    for page_number, link_number, target, rest in links:
        link = whole.pages[pages[page_number]].obj.Annots[link_number]
        if "/A" in link:
            del link["/A"]
        link["/Dest"] = [whole.pages[pages[target]].obj, *rest]


def _find_links(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int, int, list[Object]]]:
    """Each link within a file: its page, its number there, the page that it leads to and the place on that."""
    for page_number, page in enumerate(pdf.pages):
        for link_number, link in enumerate(page.obj.get("/Annots", [])):
            action = link.get("/A")
            destination = link.get("/Dest", action.get("/D") if action is not None else None)
            found = _resolve(pdf, destination)
            if found is not None:
                yield page_number, link_number, found[0], list(found[1])[1:]


def _resolve(pdf: pikepdf.Pdf, destination: Any) -> tuple[int, Any] | None:
    """The number of the page that a destination names in its own file, and all that it says of it."""
    if isinstance(destination, pikepdf.String) and "/Names" in pdf.Root and "/Dests" in pdf.Root.Names:
        destination = pikepdf.NameTree(pdf.Root.Names.Dests).get(str(destination))
    elif isinstance(destination, pikepdf.Name) and "/Dests" in pdf.Root:
        destination = pdf.Root.Dests.get(str(destination))
    if destination is None:
        return None
    array = _array_of(destination)
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    number = numbers.get(array[0].objgen) if isinstance(array, pikepdf.Array) and len(array) else None
    return (number, array) if number is not None else None


def _add_bookmarks(whole: pikepdf.Pdf, joined: Sequence[tuple[OpenedFile, range]]) -> None:
    """A file's own bookmarks, below that of the page that announces it."""
    numbers = {page.obj.objgen: number for number, page in enumerate(whole.pages)}

    def page_of(item: pikepdf.OutlineItem) -> int | None:
        found = item.destination if item.destination is not None else item.action and item.action.get("/D")
        if isinstance(found, (pikepdf.String, str)):
            return None
        array = _array_of(found) if found is not None else None
        return numbers.get(array[0].objgen) if isinstance(array, pikepdf.Array) else None

    def walk(items: Iterable[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
        for item in items:
            yield item
            yield from walk(item.children)

    def take_over(pdf: pikepdf.Pdf, pages: range, items: Iterable[pikepdf.OutlineItem]) -> Iterator[Object]:
        for item in items:
            raw = item.destination if item.destination is not None else item.action and item.action.get("/D")
            found = _resolve(pdf, raw)
            children = list(take_over(pdf, pages, item.children))
            if found is None:
                yield from children
                continue
            new = pikepdf.OutlineItem(item.title, pages[found[0]])
            new.children.extend(children)
            yield new

    with whole.open_outline() as outline:
        places = {page_of(item): item for item in walk(outline.root)}
        for each, pages in joined:
            with each.pdf.open_outline() as own:
                above = places.get(pages.start - 1)
                found = list(take_over(each.pdf, pages, own.root))
            (above.children if above is not None else outline.root).extend(found)


def _label_pages(whole: pikepdf.Pdf, own_pages: int, joined: Sequence[tuple[OpenedFile, range]]) -> None:
    """Numbers as they are printed: the document's own go on behind a file, whose pages are Bilag 87.2-1, -2 and on."""
    labels: list[Any] = [0, pikepdf.Dictionary(S=pikepdf.Name.D)]
    printed = 0
    end = 0
    for each, pages in joined:
        printed += pages.start - end
        end = pages.stop
        labels += [pages.start, pikepdf.Dictionary(S=pikepdf.Name.D, P=pikepdf.String(f"{each.attachment.label}-"))]
        if printed < own_pages:
            labels += [pages.stop, pikepdf.Dictionary(S=pikepdf.Name.D, St=printed + 1)]
    whole.Root["/PageLabels"] = pikepdf.Dictionary(Nums=pikepdf.Array(labels))


def _stamp(whole: pikepdf.Pdf, page: pikepdf.Page, stamp: pikepdf.Page) -> None:
    """A line at the top right of a page as it is seen, turned pages too. It is an artifact: nobody hears it."""
    form = whole.copy_foreign(stamp.as_form_xobject())
    unmarked = [each for each in pikepdf.parse_content_stream(form) if str(each.operator) not in _MARKS]
    form.write(pikepdf.unparse_content_stream(unmarked))
    left, bottom, right, top = (float(each) for each in page.cropbox)
    width, height = right - left, top - bottom
    turned = int(page.obj.get("/Rotate", 0)) % 360
    seen_width, seen_height = (height, width) if turned in (90, 270) else (width, height)
    at = (1, 0, 0, 1, seen_width - float(stamp.mediabox[2]) - _MARGIN_PT, seen_height - _MARGIN_PT)
    turn = {
        0: (1, 0, 0, 1, left, bottom),
        90: (0, 1, -1, 0, right, bottom),
        180: (-1, 0, 0, -1, right, top),
        270: (0, -1, 1, 0, left, top),
    }[turned]
    resources = pikepdf.Dictionary(dict(page.resources.items()))
    drawings = pikepdf.Dictionary(dict(resources.get("/XObject", pikepdf.Dictionary()).items()))
    drawings[_STAMP] = form
    resources["/XObject"] = drawings
    page.obj["/Resources"] = resources
    matrices = "".join(f"{' '.join(f'{number:g}' for number in each)} cm " for each in (turn, at))
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(f"\nQ\n/Artifact BMC q {matrices}{_STAMP} Do Q EMC\n".encode())
