"""The tag tree of a PDF as plain values: what a screen reader follows (ISO 32000-1, 14.7.2).

Roles of the file's own are read as the standard ones that its role map names. Reads any tagged PDF, not only ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text

from kvisdocs.messages import message
from kvisdocs.verify.blocks import UnreadableError, UntaggedError, cannot_read
from kvisdocs.verify.pdf.content import Char, Content, read_content

_DEPTH = 100


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
