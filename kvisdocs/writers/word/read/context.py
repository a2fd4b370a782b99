"""Where a block or a text stands: what the elements around it hand down."""

from dataclasses import dataclass
from typing import Literal

from kvisdocs.writers.word.model.blocks import Frame, ListPlace
from kvisdocs.writers.word.model.formats import Border, Borders


@dataclass(frozen=True, eq=False, slots=True)
class Box:
    """A container with a background or borders: all paragraphs in it wear them, and Word draws them as one box.

    Two boxes of the same look are two boxes: they are equal only to themselves.
    """

    borders: Borders | None
    shade: str | None


@dataclass(frozen=True, eq=False, slots=True)
class Columns:
    """Columns that blocks run through, lengths in points. `left` and `right`: how far in they stand.

    `before` and `after` are the space above and below all of them. Two neighbours of the same look are two: each is
    balanced by itself.
    """

    count: int
    gap: float
    left: float
    right: float
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Region:
    """What a Word section is made for: a kind of page by its name, and columns on it."""

    page: str
    columns: Columns | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Mark:
    """A field around blocks, by its name and its title. Two fields of one name are two."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class BlockContext:
    """Where a block stands: the width it has, its indents (points), and the list, frame, box and region around it.

    Inside a table or a frame there is no region: a section cannot begin there.
    """

    width: float
    left: float = 0.0
    right: float = 0.0
    items: ListPlace | None = None
    frame: Frame | None = None
    box: Box | None = None
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class InlineContext:
    """What the inline elements around a text give it that CSS does not inherit; `width` is the room for a picture."""

    width: float
    style: str | None = None
    shade: str | None = None
    raised: Literal["superscript", "subscript"] | None = None
    border: Border | None = None
