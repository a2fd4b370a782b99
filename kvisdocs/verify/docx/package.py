"""A DOCX taken apart as far as the gate needs: its XML parts, their relations, and where in it a paragraph stands.

Reads Word files of any making (ECMA-376, parts 1 and 2), so that a letter can be judged after editing in Word too.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from lxml.etree import _Element

from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.verify.blocks import UnreadableError, cannot_read

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_BYTES = 200_000_000
_WRAPPERS = {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag", f"{W}hyperlink"}
_WRAPPERS |= {f"{MC}AlternateContent", f"{MC}Choice", f"{W}fldSimple", f"{W}dir", f"{W}bdo"}
_OLE_START = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Part:
    """An XML part: its root, and its relations as id → (end of the type, target)."""

    name: str
    root: _Element
    relations: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class WordFile:
    """A DOCX. `parts` holds what the main part relates to by the end of the type: `styles`, `header`, `footnotes`, …"""

    main: Part
    parts: dict[str, list[Part]]
    title: str

    @property
    def body(self) -> _Element:
        """`w:body`."""
        found = self.main.root.find(f"{W}body")
        return self.main.root if found is None else found

    def root(self, kind: str) -> _Element | None:
        """The root of the one part of this kind, or None."""
        return self.parts[kind][0].root if self.parts.get(kind) else None


def open_docx(file: Path) -> WordFile:
    """The file, in memory. Raises UnreadableError."""
    try:
        start = file.read_bytes()[:8]
        with zipfile.ZipFile(file) as archive:
            if sum(each.file_size for each in archive.infolist()) > _BYTES:
                raise UnreadableError(
                    message("verify.docx.too_large", "the file unpacks to more than {most:,} bytes", most=_BYTES)
                )
            return _read(archive)
    except UnreadableError:
        raise
    except OSError as error:
        raise UnreadableError(cannot_read(error)) from error
    except zipfile.BadZipFile as error:
        raise UnreadableError(_no_archive(start)) from error
    except (KeyError, RuntimeError, NotImplementedError, EOFError, zlib.error, etree.XMLSyntaxError) as error:
        said = " ".join(str(error).split())
        raise UnreadableError(message("verify.docx.damaged", "the DOCX is damaged: {reason}", reason=said)) from error


def _no_archive(start: bytes) -> Message:
    """What a file is that is no ZIP archive, by its first bytes."""
    if start.startswith(_OLE_START):
        return message("verify.docx.encrypted", "the DOCX is encrypted, or an old .doc file")
    if start.startswith(b"PK"):
        return message("verify.docx.cut_off", "the file is damaged: it is no whole ZIP archive")
    return message("verify.docx.no_archive", "the file is not a DOCX: it is no whole ZIP archive")


def _read(archive: zipfile.ZipFile) -> WordFile:
    names = set(archive.namelist())
    package = _relations(archive, "")
    main_name = next((target for kind, target in package.values() if kind == "officeDocument"), "word/document.xml")
    if main_name not in names:
        raise UnreadableError(message("verify.docx.no_main_part", "the file is not a DOCX: it has no main document"))
    main = _part(archive, main_name)
    if main.root.tag != f"{W}document":
        what = message("verify.docx.other_main_part", "the file is not a DOCX: its main part is no Word document")
        raise UnreadableError(what)
    parts: dict[str, list[Part]] = {}
    for kind, target in main.relations.values():
        if target in names and target.endswith(".xml"):
            parts.setdefault(kind, []).append(_part(archive, target))
    core = next((target for kind, target in package.values() if kind == "core-properties"), "")
    title = _part(archive, core).root.findtext("{http://purl.org/dc/elements/1.1/}title") if core in names else ""
    return WordFile(main, parts, (title or "").strip())


def _part(archive: zipfile.ZipFile, name: str) -> Part:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return Part(name, etree.fromstring(archive.read(name), parser), _relations(archive, name))


def _relations(archive: zipfile.ZipFile, name: str) -> dict[str, tuple[str, str]]:
    """Relations by id; targets inside the package are names of its entries, others stay addresses (ECMA-376-2, 9)."""
    folder, file = posixpath.split(name)
    try:
        data = archive.read(posixpath.join(folder, "_rels", f"{file}.rels"))
    except KeyError:
        return {}
    found = {}
    for each in etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True)).iter(
        f"{_PACKAGE}Relationship"
    ):
        target = each.get("Target", "")
        if each.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[each.get("Id", "")] = (posixpath.basename(each.get("Type", "")), target)
    return found


def children(element: _Element) -> Iterator[_Element]:
    """The elements in it, read through what only wraps them: content controls, insertions, links, alternatives."""
    for child in element.iterchildren("*"):
        if child.tag in _WRAPPERS:
            yield from children(child)
        else:
            yield child


Steps = tuple[tuple[str, int], ...]
"""The way to a place: `(("table", 2), ("row", 3), ("column", 1))`."""

_STEPS: Mapping[str, Callable[[int], Message]] = {
    "paragraph": lambda number: N_("paragraph {number}", number=number),
    "table": lambda number: N_("table {number}", number=number),
    "row": lambda number: N_("row {number}", number=number),
    "column": lambda number: N_("column {number}", number=number),
    "header": lambda number: N_("header {number}", number=number),
    "footer": lambda number: N_("footer {number}", number=number),
    "footnote": lambda number: N_("footnote {number}", number=number),
}


def place(steps: Steps) -> Message:
    """A place in words: `table 2, row 3, column 1`."""
    return listed([_STEPS[name](number) for name, number in steps])


@dataclass(frozen=True)
class Location:
    """A paragraph or table and where it stands. `cell` is the innermost table cell around it, or None."""

    element: _Element
    steps: Steps
    cell: _Element | None = None


def locate(container: _Element, before: Steps = (), cell: _Element | None = None) -> Iterator[Location]:
    """Every paragraph and table in reading order, nested ones too. Text boxes are left out.

    Both count from 1 in the body, and in the cell; the one paragraph of a cell is not counted.
    """
    flow = [child for child in children(container) if child.tag in (f"{W}p", f"{W}tbl")]
    many = cell is None or sum(child.tag == f"{W}p" for child in flow) > 1
    counts = {f"{W}p": 0, f"{W}tbl": 0}
    for child in flow:
        counts[child.tag] += 1
        if child.tag == f"{W}p":
            yield Location(child, (*before, ("paragraph", counts[child.tag])) if many else before, cell)
            continue
        table = (*before, ("table", counts[child.tag]))
        yield Location(child, table, cell)
        for number, row in enumerate(rows(child), 1):
            for column, each in enumerate(cells(row), 1):
                yield from locate(each, (*table, ("row", number), ("column", column)), each)


LAYOUT = "Kun til placering på siden"
"""The description of a table that puts blocks side by side, and has no rows and columns to a reader."""


def is_layout(table: _Element) -> bool:
    """Whether a table says of itself that it only lays out."""
    return value(table, "tblPr/tblDescription") == LAYOUT


def rows(table: _Element) -> list[_Element]:
    """The rows that are not deleted."""
    found = (child for child in children(table) if child.tag == f"{W}tr")
    return [row for row in found if row.find(f"{W}trPr/{W}del") is None]


def cells(row: _Element) -> list[_Element]:
    """The cells of a row, also those that only go on from above."""
    return [child for child in children(row) if child.tag == f"{W}tc"]


def value(element: _Element | None, path: str = "") -> str | None:
    """`w:val` of the element, or of the one at `path` (`pPr/pStyle`) in it; None where either is not there."""
    if element is not None and path:
        element = element.find("/".join(f"{W}{name}" for name in path.split("/")))
    return None if element is None else element.get(f"{W}val")


def is_on(properties: _Element | None, name: str) -> bool:
    """Whether a property that needs no value is there and not switched off (ECMA-376-1, 17.17.4)."""
    found = None if properties is None else properties.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val", "true") not in ("0", "false", "off")
