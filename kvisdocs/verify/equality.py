"""When two texts, and two blocks, count as the same.

A PDF does not tell whether a line was broken at a space or only behind a hyphen or slash, so a space there is not
compared. Nor are the invisible characters that steer line breaks, ligatures, and the leaders of a table of contents.
"""

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import unquote

from kvisdocs.messages import N_, Message
from kvisdocs.verify.blocks import Block, Cell, Figure, Heading, Link, ListItem, Note, Paragraph, Row, Table

_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
_TRANSLATED = _INVISIBLE | _LIGATURES | {0x2010: "-", 0x2011: "-"}
_LEADER = re.compile(r"\s*(?:\.\s?){4,}\s*")
_BREAK = re.compile(r"(?<=[-–—/|])\s+")


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
