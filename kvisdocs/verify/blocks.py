"""What a finished document says, in order: the neutral form in which a PDF and its DOCX are compared.

Text in a block has its white space collapsed. What is page furniture (running headers and footers, list labels) is not
here. Pictures and links stand behind the paragraph that holds them, notes behind the one that calls them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from kvisdocs.messages import Message, message


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
    return message("verify.file.unreadable", "the file cannot be read: {reason}", reason=error.strerror)


class UntaggedError(UnreadableError):
    """Raised for a PDF that is whole but has no tag tree."""
