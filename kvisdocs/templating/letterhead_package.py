"""A designer's Word file (`word_reference:` of a profile), opened with care, since it comes from outside.

Nothing is trusted: how large it is, how far it unpacks, what its entries are called, what its XML wants to fetch
(ECMA-376, part 2: Open Packaging Conventions). letterhead.py says what else may not stand in it.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lxml import etree
from lxml.etree import _Element

from kvisdocs.messages import N_, Message, message

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

MAX_BYTES = 20_000_000
MAX_UNPACKED = 100_000_000
MAX_ENTRIES = 1_000
MAX_RATIO = 200
"""How far an entry of more than a megabyte may unpack: XML packs to a tenth, a bomb to a thousandth."""

SAVE_AGAIN = N_("open it in Word and save it again as .docx")
_OLE_START = b"\xd0\xcf\x11\xe0"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DOCTYPES = tuple("<!DOCTYPE".encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be"))
_PLAIN_NAME = re.compile(r"[^\\:\x00-\x1f]+")
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"


class RefusedError(Exception):
    """What is wrong with the file, as the end of a sentence about it, and what to do."""

    def __init__(self, what: Message, todo: Message) -> None:
        super().__init__(what)
        self.what, self.todo = what, todo


@dataclass(frozen=True, slots=True)
class Relation:
    """From one part to another, or to an address outside. `kind` is the end of its type: `image`, `header`."""

    id: str
    type: str
    target: str
    external: bool = False

    @property
    def kind(self) -> str:
        """The end of the type."""
        return posixpath.basename(self.type)


@dataclass(frozen=True, slots=True)
class LetterheadFile:
    """The parts of the package by name (`word/styles.xml`), their content types, and the name of the main one."""

    parts: Mapping[str, bytes]
    types: Mapping[str, str]
    main: str

    def relations(self, name: str) -> tuple[Relation, ...]:
        """The relations of a part, in their order; `` is the package itself."""
        return _relations(self.parts, name)

    def root(self, name: str) -> _Element:
        """A fresh tree of an XML part."""
        return parse_part(name, self.parts[name])

    def kept(self) -> Iterator[tuple[str, str]]:
        """Kind and name of the parts that go into our files, whatever else there is."""
        for relation in self.relations(self.main):
            if relation.kind in KEPT and not relation.external:
                yield relation.kind, relation.target


KEPT = ("styles", "settings", "numbering", "fontTable", "theme", "header", "footer")


def read_start(path: Path) -> bytes:
    """The file's bytes, or of one that is too large so many that `unpack` sees it. Raises OSError."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def unpack(data: bytes) -> LetterheadFile:
    """The parts in a file's bytes. Raises RefusedError."""
    if len(data) > MAX_BYTES:
        raise RefusedError(
            message("letterhead.file.too_large", "has more than {most} MB", most=MAX_BYTES // 1_000_000),
            N_("make its pictures smaller"),
        )
    if data.startswith(_OLE_START):
        raise RefusedError(
            message("letterhead.file.old", "is encrypted, or an old .doc file"),
            N_("save it in Word as .docx, without a password"),
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_entries(entries)
            parts = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        what = message("letterhead.file.damaged", "is damaged") if data.startswith(b"PK") else _no_word_file()
        raise RefusedError(what, SAVE_AGAIN) from None
    for name, part in parts.items():
        if name.endswith((".xml", ".rels", ".svg", ".vml")):
            parse_part(name, part)
    return LetterheadFile(parts, _types(parts), _main(parts))


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse what no word processor writes, before anything is unpacked."""
    if len(entries) > MAX_ENTRIES:
        raise RefusedError(
            message(
                "letterhead.file.too_many",
                "holds {number} files; more than {most} are not read",
                number=len(entries),
                most=MAX_ENTRIES,
            ),
            SAVE_AGAIN,
        )
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if name.startswith("/") or ".." in name.split("/") or not _PLAIN_NAME.fullmatch(name):
            raise RefusedError(
                message(
                    "letterhead.entry.leads_out",
                    'holds a file with the path "{name}", which leads out of it',
                    name=name,
                ),
                SAVE_AGAIN,
            )
        if name.casefold() in seen:
            raise RefusedError(message("letterhead.entry.twice", 'holds "{name}" twice', name=name), SAVE_AGAIN)
        seen.add(name.casefold())
        if entry.flag_bits & 1:
            raise RefusedError(
                message("letterhead.entry.encrypted", "is encrypted"), N_("save it in Word without a password")
            )
        if entry.file_size > 1_000_000 and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            what = message(
                "letterhead.entry.bomb",
                'holds "{name}", which unpacks to more than {most} times its size',
                name=name,
                most=MAX_RATIO,
            )
            raise RefusedError(what, SAVE_AGAIN)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        what = message(
            "letterhead.file.unpacks_too_large",
            "unpacks to {size:.1f} MB; more than {most} are not read",
            size=unpacked / 1e6,
            most=MAX_UNPACKED // 1_000_000,
        )
        raise RefusedError(what, N_("make its pictures smaller"))


def _no_word_file() -> Message:
    return message("letterhead.file.no_word_file", "is no Word file")


def _document_type(name: str) -> Message:
    return message(
        "letterhead.part.document_type",
        "has a document type declaration in {name}, which no Word file needs",
        name=name,
    )


def parse_part(name: str, data: bytes) -> _Element:
    """The root of an XML part. Nothing is fetched, no entity put in. Raises RefusedError for a DTD or broken XML."""
    if any(doctype in data for doctype in _DOCTYPES):
        raise RefusedError(_document_type(name), SAVE_AGAIN)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise RefusedError(
            message("letterhead.part.no_xml", "is damaged: {name} is no XML", name=name), SAVE_AGAIN
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise RefusedError(_document_type(name), SAVE_AGAIN)
    return root


def _relations(parts: Mapping[str, bytes], name: str) -> tuple[Relation, ...]:
    folder, file = posixpath.split(name)
    data = parts.get(posixpath.join(folder, "_rels", f"{file}.rels"))
    if data is None:
        return ()
    found = []
    for each in parse_part(f"{name}.rels", data).iter(_RELATION):
        external = each.get("TargetMode") == "External"
        target = each.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found.append(Relation(each.get("Id", ""), each.get("Type", ""), target, external))
    return tuple(found)


def _types(parts: Mapping[str, bytes]) -> dict[str, str]:
    name = "[Content_Types].xml"
    if name not in parts:
        raise RefusedError(_no_word_file(), SAVE_AGAIN)
    root = parse_part(name, parts[name])
    by_ending = {
        each.get("Extension", "").lower(): each.get("ContentType", "") for each in root.iter(f"{_TYPE}Default")
    }
    by_name = {
        each.get("PartName", "").lstrip("/").lower(): each.get("ContentType", "")
        for each in root.iter(f"{_TYPE}Override")
    }
    return {part: by_name.get(part.lower()) or by_ending.get(part.rpartition(".")[2].lower(), "") for part in parts}


def _main(parts: Mapping[str, bytes]) -> str:
    for relation in _relations(parts, ""):
        if relation.kind == "officeDocument" and not relation.external:
            if relation.type.startswith(_STRICT):
                raise RefusedError(
                    message("letterhead.file.strict", "is a Strict Open XML document"),
                    N_("save it in Word as Word document (.docx)"),
                )
            if relation.target in parts and parse_part(relation.target, parts[relation.target]).tag == f"{W}document":
                return relation.target
    raise RefusedError(_no_word_file(), SAVE_AGAIN)
