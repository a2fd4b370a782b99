"""The tag tree of a PDF as plain values: what a screen reader follows (ISO 32000-1, 14.7.2).

Roles of the file's own are read as the standard ones that its role map names. What the leaves hold, characters by
marked content (14.7.4), comes from pdfminer.six, which decodes the fonts and keeps track of where each character is.
Reads any tagged PDF, not only ours.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import apply_matrix_pt, decode_text

from kvisdocs.messages import message
from kvisdocs.verify.blocks import UnreadableError, UntaggedError, cannot_read

_LINE_END_HYPHEN = "\u2010"  # WeasyPrint writes this one where it hyphenates, and a plain one where the text has one
_UNKNOWN = "\ufffd"
_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Char:
    """A character (or a ligature's characters) on a page: from `x` to `end` on the baseline `y`, in points."""

    text: str
    page: int
    x: float
    end: float
    y: float
    size: float


Content = dict[tuple[object, int], list[Char]]
"""Characters by the page's object number and the number of the marked content (MCID)."""


def read_content(pages: Sequence[PDFPage]) -> Content:
    """All characters that belong to some marked content with a number, so no artifacts."""
    manager = PDFResourceManager()
    collector = _Collector(manager)
    interpreter = PDFPageInterpreter(manager, collector)
    for page in pages:
        interpreter.process_page(page)
    return dict(collector.content)


def join_chars(chars: Sequence[Char]) -> str:
    """The text of a block: lines joined by a space, hyphenated words whole again, white space collapsed.

    The spaces on a line are those of the file: all that is added is one where there is a gap wider than the letters.
    """
    text: list[str] = []
    before: Char | None = None
    for char in chars:
        if before is not None:
            if begins_line(before, char):
                if text[-1].endswith(_LINE_END_HYPHEN):
                    text[-1] = text[-1].removesuffix(_LINE_END_HYPHEN)
                else:
                    text.append(" ")
            elif char.x - before.end > max(before.size, char.size):
                text.append(" ")
        text.append(char.text)
        before = char
    return " ".join("".join(text).split())


def begins_line(before: Char, char: Char) -> bool:
    """Whether `char` stands on another line than the one before it; superscripts do not, nor what runs leftwards."""
    size = max(before.size, char.size)
    if char.page != before.page or abs(char.y - before.y) > 0.9 * size:
        return True
    return char.x < before.end - 0.5 * size and abs(before.x - char.end) > size


class _Collector(PDFTextDevice):
    """Receives what is drawn, and keeps the characters that are drawn within numbered marked content."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.content: defaultdict[tuple[object, int], list[Char]] = defaultdict(list)
        self._page: object = None
        self._page_number = 0
        self._open: list[int | None] = []

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        self._page, self._page_number = page.pageid, self._page_number + 1
        self._open = []

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        number = props.get("MCID") if isinstance(props, dict) else None
        outer = self._open[-1] if self._open else None
        self._open.append(number if isinstance(number, int) else outer)

    def end_tag(self) -> None:
        if self._open:
            self._open.pop()

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        advance = float(font.char_width(cid) * fontsize * scaling)
        number = self._open[-1] if self._open else None
        if number is not None:
            try:
                text = str(font.to_unichr(cid))
            except PDFUnicodeNotDefined:
                text = _UNKNOWN
            (x, y), (end, _), (up_x, up_y) = (
                apply_matrix_pt(matrix, point) for point in ((0, rise), (advance, rise), (0, rise + fontsize))
            )
            size = ((up_x - x) ** 2 + (up_y - y) ** 2) ** 0.5
            self.content[self._page, number].append(Char(text, self._page_number, x, end, y, size))
        return advance


@dataclass(frozen=True, slots=True)
class Tag:
    """An element: its standard role (`H1`, `TD`), and characters and elements in order.

    `page` is that of its first content, from 1, and 0 where it has none. `target` is set for a link, as in
    `blocks.Link`; `alt` and `actual` are None where the file does not give them. `bare`: a list that says that its
    items have no marks.
    """

    role: str
    content: tuple["Tag | tuple[Char, ...]", ...] = ()
    page: int = 0
    alt: str | None = None
    actual: str | None = None
    target: str | None = None
    columns: int = 1
    rows: int = 1
    bare: bool = False

    @property
    def children(self) -> tuple["Tag", ...]:
        """The elements in it."""
        return tuple(part for part in self.content if isinstance(part, Tag))


def read_tags(file: Path) -> Tag:
    """The whole tree under an element `StructTreeRoot`. Raises UnreadableError, also where there are no tags."""
    try:
        with file.open("rb") as opened:
            document = PDFDocument(PDFParser(opened))
            root = resolve1(document.catalog.get("StructTreeRoot"))
            if not isinstance(root, dict):
                raise UntaggedError(message("verify.pdf.untagged", "the PDF has no tag tree"))
            pages = list(PDFPage.create_pages(document))
            numbers = {page.pageid: number for number, page in enumerate(pages, 1)}
            return _Reader(root, read_content(pages), numbers).read()
    except UnreadableError:
        raise
    except OSError as error:
        raise UnreadableError(cannot_read(error)) from error
    except (PDFEncryptionError, PDFPasswordIncorrect) as error:
        raise UnreadableError(message("verify.pdf.encrypted", "the PDF is encrypted")) from error
    except Exception as error:  # a damaged file may break the parser at any place, with any exception
        said = " ".join(str(error).split()) or type(error).__name__
        raise UnreadableError(message("verify.pdf.damaged", "the PDF is damaged: {reason}", reason=said)) from error


class _Reader:
    """Walks the structure elements once; what was seen is not read again, so that a circle ends."""

    def __init__(self, root: dict[str, Any], content: Content, pages: dict[object, int]) -> None:
        self._root, self._content, self._pages = root, content, pages
        roles = resolve1(root.get("RoleMap"))
        self._roles = {name: _name(role) for name, role in roles.items()} if isinstance(roles, dict) else {}
        self._seen: set[int] = set()

    def read(self) -> Tag:
        parts = tuple(self._kids(self._root.get("K"), None, 0))
        return Tag("StructTreeRoot", parts, _first_page(parts))

    def _kids(self, kids: Any, page: int | None, depth: int) -> Iterator[Tag | tuple[Char, ...]]:
        if depth > _DEPTH:
            raise UnreadableError(
                message("verify.pdf.too_deep", "the tag tree is deeper than {most} elements", most=_DEPTH)
            )
        if isinstance(kids, PDFObjRef):
            if kids.objid in self._seen:
                return
            self._seen.add(kids.objid)
        kids = resolve1(kids)
        if isinstance(kids, list):
            for kid in kids:
                yield from self._kids(kid, page, depth)
        elif isinstance(kids, int) and page is not None:
            yield tuple(self._content.get((page, kids), ()))
        elif isinstance(kids, dict):
            own = kids.get("Pg")
            page = own.objid if isinstance(own, PDFObjRef) else page
            if _name(kids.get("Type")) == "MCR":
                yield from self._kids(kids.get("MCID"), page, depth)
            elif "S" in kids:
                yield self._element(kids, page, depth)

    def _element(self, element: dict[str, Any], page: int | None, depth: int) -> Tag:
        parts = tuple(self._kids(element.get("K"), page, depth + 1))
        role, known = _name(element["S"]), set[str]()
        while role in self._roles and role not in known:
            known.add(role)
            role = self._roles[role]
        said = _attributes(element.get("A"))
        return Tag(
            role,
            parts,
            _first_page(parts) or self._pages.get(page, 0),
            _words(element.get("Alt")),
            _text(element.get("ActualText")),
            _target(element.get("K")) if role == "Link" else None,
            _span(said.get("ColSpan")),
            _span(said.get("RowSpan")),
            "ListNumbering" in said and _name(said["ListNumbering"]) == "None",
        )


def _first_page(parts: tuple[Tag | tuple[Char, ...], ...]) -> int:
    for part in parts:
        page = part.page if isinstance(part, Tag) else part[0].page if part else 0
        if page:
            return page
    return 0


def _name(value: Any) -> str:
    value = resolve1(value)
    if not isinstance(value, PSLiteral):
        return ""
    return value.name if isinstance(value.name, str) else value.name.decode("utf-8", "replace")


def _text(value: Any) -> str | None:
    value = resolve1(value)
    return decode_text(value) if isinstance(value, bytes) else None


def _words(value: Any) -> str | None:
    text = _text(value)
    return None if text is None else " ".join(text.split())


def _span(value: Any) -> int:
    value = resolve1(value)
    return value if isinstance(value, int) and value > 0 else 1


def _attributes(value: Any) -> dict[str, Any]:
    """All attributes of an element in one dict; revision numbers, which may stand between them, are left out."""
    value = resolve1(value)
    found: dict[str, Any] = {}
    for each in value if isinstance(value, list) else [value]:
        owner = resolve1(each)
        found |= owner if isinstance(owner, dict) else {}
    return found


def _target(kids: Any) -> str | None:
    """Where the annotation among the kids leads (12.5.6.5)."""
    kids = resolve1(kids)
    for kid in kids if isinstance(kids, list) else [kids]:
        reference = resolve1(kid)
        if isinstance(reference, dict) and _name(reference.get("Type")) == "OBJR":
            annotation = resolve1(reference.get("Obj"))
            action = resolve1(annotation.get("A")) if isinstance(annotation, dict) else None
            address = resolve1(action.get("URI")) if isinstance(action, dict) else None
            return decode_text(address) if isinstance(address, bytes) else "#"
    return None
