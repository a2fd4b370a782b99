"""What calamine does not tell of a workbook: what is hidden or merged, errors, and formulas without a value.

Both kinds of workbook are ZIP files of XML, which is read once, row by row.
"""

import io
import posixpath
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

MAX_UNPACKED = 500_000_000
"""More than this is no list, but a trap: a megabyte of ZIP can hold a thousand of XML."""

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
OLD_FORMAT = b"\xd0\xcf\x11\xe0"
"""So begin Office's files of before 2007, and those with a password."""

MOST_REPEATED = 20_000
"""An .ods repeats its last row to the end of the sheet, a million times."""


_UNSOUND = (
    BadZipFile, etree.XMLSyntaxError, zlib.error, LookupError, ValueError, TypeError, AttributeError, OSError, EOFError,
    RuntimeError, NotImplementedError,
)  # fmt: skip
"""What a broken package, or one without a part or an attribute that belongs there, ends in."""


class NotSoundError(Exception):
    """The file is no workbook. `too_large` where it unpacks to more than any list."""

    def __init__(self, too_large: bool = False) -> None:
        self.too_large = too_large
        super().__init__()


@dataclass
class Look:
    """What a sheet's values do not tell. Rows and columns count from 1."""

    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Top, left, bottom, right."""
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    not_reckoned: set[tuple[int, int]] = field(default_factory=set)
    last_row: int = 0
    last_column: int = 0
    """Of the cells that hold something. calamine makes room for all cells up to there."""


def look_into(data: bytes) -> dict[str, Look]:
    """The look of each sheet of an .xlsx or .ods, by its name. Raises NotSoundError."""
    try:
        with ZipFile(io.BytesIO(data)) as package:
            if sum(each.file_size for each in package.infolist()) > MAX_UNPACKED:
                raise NotSoundError(too_large=True)
            names = set(package.namelist())
            if "content.xml" in names:
                return _look_into_ods(package)
            return _look_into_xlsx(package) if "xl/workbook.xml" in names else {}
    except _UNSOUND:
        raise NotSoundError from None


def _events(package: ZipFile, name: str, *tags: str, events: tuple[str, ...] = ("end",)) -> Iterator[tuple[str, Any]]:
    with package.open(name) as part:
        yield from etree.iterparse(part, events=events, tag=tags, resolve_entities=False, no_network=True)


def _look_into_xlsx(package: ZipFile) -> dict[str, Look]:
    targets = {
        each.get("Id"): posixpath.normpath(posixpath.join("/xl", each.get("Target"))).lstrip("/")
        for _, each in _events(package, "xl/_rels/workbook.xml.rels", "{*}Relationship")
    }
    found = {}
    for _, each in list(_events(package, "xl/workbook.xml", "{*}sheet")):
        name, target = each.get("name"), targets.get(each.get(_REL), "")
        if target in package.namelist():
            found[name] = look = Look(hidden=each.get("state", "visible") != "visible")
            _look_into_sheet(package, target, look)
    return found


def _look_into_sheet(package: ZipFile, name: str, look: Look) -> None:
    number = 0
    for _, each in _events(package, name, "{*}row", "{*}col", "{*}mergeCell"):
        tag = etree.QName(each).localname
        if tag == "row":
            number = int(each.get("r") or number + 1)
            if each.get("hidden") in {"1", "true"}:
                look.hidden_rows.add(number)
            _look_at_cells(each, number, look)
            each.clear()
        elif tag == "col" and each.get("hidden") in {"1", "true"}:
            look.hidden_columns.update(range(int(each.get("min")), min(int(each.get("max")), 16_384) + 1))
        elif tag == "mergeCell":
            first, _, last = each.get("ref").partition(":")
            look.merged.append((*_numbers(first), *_numbers(last or first)))


def _look_at_cells(row: Any, number: int, look: Look) -> None:
    column = 0
    for cell in row:
        reference = cell.get("r")
        column = _numbers(reference)[1] if reference else column + 1
        if len(cell):
            look.last_row, look.last_column = number, max(look.last_column, column)
        if cell.get("t") == "e":
            look.errors[number, column] = cell.findtext("{*}v") or "?"
        elif len(cell) and cell.get("t") != "str" and cell.find("{*}f") is not None and not cell.findtext("{*}v"):
            look.not_reckoned.add((number, column))  # "str" would be a formula that came to an empty text


def _numbers(reference: str) -> tuple[int, int]:
    """`C7` → 7, 3."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter.upper()) - ord("A") + 1
    return int(reference[len(letters) :]), column


def _look_into_ods(package: ZipFile) -> dict[str, Look]:
    found: dict[str, Look] = {}
    styles: set[str] = set()
    look, row, column = Look(), 1, 1
    tags = (f"{_TABLE}table", f"{_TABLE}table-column", f"{_TABLE}table-row", f"{_STYLE}style")
    for event, each in _events(package, "content.xml", *tags, events=("start", "end")):
        if each.tag == tags[3]:
            if event == "end" and any(child.get(f"{_TABLE}display") == "false" for child in each):
                styles.add(each.get(f"{_STYLE}name"))
        elif each.tag == tags[0] and event == "start":
            look, row, column = Look(hidden=each.get(f"{_TABLE}style-name") in styles), 1, 1
            found[each.get(f"{_TABLE}name")] = look
        elif each.tag == tags[1] and event == "end":
            count = int(each.get(f"{_TABLE}number-columns-repeated", "1"))
            if each.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
                look.hidden_columns.update(range(column, column + min(count, MOST_REPEATED)))
            column += count
        elif each.tag == tags[2] and event == "end":
            count = int(each.get(f"{_TABLE}number-rows-repeated", "1"))
            if each.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
                look.hidden_rows.update(range(row, row + min(count, MOST_REPEATED)))
            _look_at_ods_cells(each, row, count, look)
            row += count
            each.clear()
    return found


def _look_at_ods_cells(row: Any, number: int, rows: int, look: Look) -> None:
    column = 1
    for cell in row:
        wide, high = (int(cell.get(f"{_TABLE}number-{way}-spanned", "1")) for way in ("columns", "rows"))
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        if len(cell):
            look.last_row, look.last_column = number + rows - 1, max(look.last_column, column + repeated - 1)
        if wide > 1 or high > 1:
            look.merged.append((number, column, number + high - 1, column + wide - 1))
        if cell.get(f"{_CALC}value-type") == "error":
            look.errors[number, column] = "".join(cell.itertext()).strip() or "?"
        elif cell.get(f"{_TABLE}formula") and cell.get(f"{_OFFICE}value-type") is None:
            look.not_reckoned.add((number, column))
        column += repeated
