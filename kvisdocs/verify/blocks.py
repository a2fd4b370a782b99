"""What a finished document says, in order: the neutral form in which a PDF and its DOCX are compared.

Text in a block has its white space collapsed. What is page furniture (running headers and footers, list labels) is not
here. Pictures and links stand behind the paragraph that holds them, notes behind the one that calls them.

A PDF does not tell whether a line was broken at a space or only behind a hyphen or slash, so a space there is not
compared. Nor are the invisible characters that steer line breaks, ligatures, and the leaders of a table of contents.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import unquote

from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import say_refusal

_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
_TRANSLATED = _INVISIBLE | _LIGATURES | {0x2010: "-", 0x2011: "-"}
_LEADER = re.compile(r"\s*(?:\.\s?){4,}\s*")
_BREAK = re.compile(r"(?<=[-–—/|])\s+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` counts from 1."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, also one within a list item behind the item's first."""

    text: str


@dataclass(frozen=True, slots=True)
class ListItem:
    """The first paragraph of a list item. `level` counts from 1; `numbered` has a number or letter, no bullet."""

    level: int
    text: str
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph of a footnote."""

    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, by what it says to those who cannot see it."""

    alt: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link; `target` is the address, or `#` for a place in the same file."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is `columns` wide and `rows` high."""

    blocks: tuple["Block", ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. Cells that a cell above reaches down into are not here. `header`: it names the columns."""

    cells: tuple[Cell, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its caption is a paragraph before it."""

    rows: tuple[Row, ...]


Block: TypeAlias = Heading | Paragraph | ListItem | Note | Figure | Link | Table


@dataclass(frozen=True, slots=True)
class Placed:
    """A block of the document's flow and where it stands: `page 2` of a PDF, `paragraph 12` of a DOCX.

    `page` counts from 1 and is 0 where the format has no pages. `higher`: it begins higher on its page than the block
    before ends, as at the top of a second column.
    """

    block: Block
    place: Message
    page: int = 0
    higher: bool = False


def join_links(links: Iterable[Link], text: str) -> list[Link]:
    """Links to the same place with nothing but white space between are one to a reader: a line break may part them.

    `text` is that of the paragraph they stand in.
    """
    found: list[Link] = []
    whole = "".join(text.split())
    for link in links:
        last = found[-1] if found else None
        if last and last.target == link.target and "".join(f"{last.text}{link.text}".split()) in whole:
            found[-1] = Link(f"{last.text} {link.text}", link.target)
        else:
            found.append(link)
    return found


class UnreadableError(Exception):
    """Raised for a file that cannot be taken apart; `what` says why."""

    def __init__(self, what: Message) -> None:
        super().__init__(what)
        self.what = what


def cannot_read(error: OSError) -> Message:
    """What the system says against opening a file."""
    return message("verify.file.unreadable", "the file cannot be read: {reason}", reason=say_refusal(error))


class UntaggedError(UnreadableError):
    """Raised for a PDF that is whole but has no tag tree."""


def canonical(text: str) -> str:
    """The text as it is compared."""
    text = unicodedata.normalize("NFC", text.translate(_TRANSLATED))
    return _BREAK.sub("", " ".join(_LEADER.sub(" ", text).split()))


def kind(block: Block) -> Message:
    """What a block is, in words: `heading of level 2`, `bullet of level 1`."""
    match block:
        case Heading():
            return N_("heading of level {level}", level=block.level)
        case ListItem():
            if block.numbered:
                return N_("numbered item of level {level}", level=block.level)
            return N_("bullet of level {level}", level=block.level)
        case Paragraph():
            return N_("paragraph")
        case Note():
            return N_("footnote")
        case Figure():
            return N_("picture")
        case Link():
            return N_("link")
        case Table():
            return N_("table")


def text_of(block: Block) -> str:
    """What a block says, in one line, for comparing and for showing."""
    match block:
        case Figure():
            return block.alt
        case Link():
            return f"{block.text} → {unquote(block.target).rstrip('/')}"
        case Table():
            return " / ".join(map(row_text, block.rows))
        case _:
            return block.text


def row_text(row: Row) -> str:
    """The cells of a row: `Periode | Timer/uge | • 10 timer`, with the widths of those that span others."""
    return " | ".join(map(cell_text, row.cells))


def cell_text(cell: Cell) -> str:
    """What a cell says; blocks that are no paragraphs say what they are, so that a lost list is seen."""
    parts = [_in_cell(block) for block in cell.blocks]
    if cell.columns > 1:
        parts.append(f"({cell.columns} columns wide)")
    if cell.rows > 1:
        parts.append(f"({cell.rows} rows high)")
    return " ¶ ".join(parts)


def _in_cell(block: Block) -> str:
    match block:
        case Paragraph():
            return block.text
        case ListItem():
            return f"{'#' if block.numbered else '•'}{block.level if block.level > 1 else ''} {block.text}"
        case _:
            return f"({kind(block)}: {text_of(block)})"


def row_keys(rows: Sequence[Row]) -> list[str]:
    """What the rows say, as it is compared."""
    return [canonical(row_text(row)) for row in rows]
