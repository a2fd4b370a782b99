"""The model of a Word document: plain values, all decided, in Word's own units.

Twips are twentieths of a point (1 mm ≈ 56.7); EMU are 914,400 to the inch. `None` always means "as the style says". The
writer obeys these values and decides nothing.
"""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from kvisdocs.writers.word.letterhead.letterhead import Letterhead
from kvisdocs.writers.word.model.inlines import PLAIN, Borders, Inline, Margins, ParagraphFormat, RunFormat

LAYOUT = "Kun til placering på siden"
"""What a table that only lays out says of itself to whoever cannot see it; the gate knows it by these words."""


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Which list a paragraph is an item of, and how deep (0–8)."""

    list_id: int
    level: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame at a fixed place of the page, in twips from its top left corner."""

    x: int
    y: int
    width: int
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `format` and `run_format` hold only what differs from the style."""

    children: tuple[Inline, ...]
    style: str
    format: ParagraphFormat = field(default_factory=ParagraphFormat)
    run_format: RunFormat = PLAIN
    place: ListPlace | None = None
    frame: Frame | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. `span` columns wide; `merge` says whether it begins or goes on from the row above."""

    blocks: tuple["Block", ...]
    width: int
    span: int = 1
    merge: Literal["restart", "continue"] | None = None
    borders: Borders = field(default_factory=Borders)
    margins: Margins = field(default_factory=Margins)
    shade: str | None = None
    align: Literal["top", "center", "bottom"] = "top"


@dataclass(frozen=True, slots=True)
class Row:
    """A row, at least `height` twips high. Header rows repeat on each page; they must come first.

    `alike` are the rows that follow it and differ from one before in their words alone: of each the place of that row
    in the table, and the texts in place of its, all plain.
    """

    cells: tuple[Cell, ...]
    header: bool = False
    keep_together: bool = True
    height: int = 0
    alike: tuple[tuple[int, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of fixed layout. `grid` holds the columns' widths; `title` is its caption for whoever cannot see it.

    Where it is `rtl`, its first column is the one at the right, and left means right.

    A `layout` table puts blocks side by side and says nothing by its rows and columns.
    """

    rows: tuple[Row, ...]
    grid: tuple[int, ...]
    indent: int = 0
    title: str | None = None
    first_column: bool = False
    rtl: bool = False
    layout: bool = False


@dataclass(frozen=True, slots=True)
class BlockControl:
    """Blocks that may be filled in anew: a content control around them."""

    blocks: tuple["Block", ...]
    name: str
    title: str


Block: TypeAlias = Paragraph | Table | BlockControl


@dataclass(frozen=True, slots=True)
class Style:
    """A named style, whole: what it does not say is as in Normal.

    `priority` orders Word's style pane, `quick` puts it into the gallery; `following` is the style of the paragraph
    that is begun below one of this style, None for the same.
    """

    name: str
    kind: Literal["paragraph", "character"]
    format: ParagraphFormat = field(default_factory=ParagraphFormat)
    run_format: RunFormat = PLAIN
    priority: int = 10
    quick: bool = True
    following: str | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `text` holds `%1` for the number, or the bullet itself; indents in twips."""

    number_format: str
    text: str
    start: int = 1
    left: int = 0
    hanging: int = 0
    suffix: Literal["tab", "space", "nothing"] = "tab"
    run_format: RunFormat = PLAIN


@dataclass(frozen=True, slots=True)
class ListDefinition:
    """One HTML list with the lists nested in it: its levels, outermost first."""

    list_id: int
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks and the page they stand on: paper, margins, columns, and what stands in head and foot, in twips.

    `start` says how it begins below the section before; page numbers run on. The last block of a section that is not
    the last is a paragraph in no frame, since Word says there what the section is (ECMA-376, 17.6.18). Where it is
    `given`, a letterhead's page setup holds for it.
    """

    width: int
    height: int
    margins: Margins
    header_distance: int
    footer_distance: int
    header: tuple[Block, ...] = ()
    footer: tuple[Block, ...] = ()
    first_header: tuple[Block, ...] | None = None
    first_footer: tuple[Block, ...] | None = None
    blocks: tuple[Block, ...] = ()
    start: Literal["nextPage", "continuous"] = "nextPage"
    columns: int = 1
    column_gap: int = 0
    given: bool = False


@dataclass(frozen=True, slots=True)
class WordDocument:
    """A whole document: at least one section. `created` is `YYYY-MM-DD`; footnotes stand in call order.

    With a `letterhead`, its styles hold, its heads and feet, and its page setup for the sections that are `given`.
    """

    sections: tuple[Section, ...]
    styles: tuple[Style, ...]
    lists: tuple[ListDefinition, ...]
    title: str
    author: str
    created: str
    language: str
    footnotes: tuple[tuple[Block, ...], ...] = ()
    letterhead: Letterhead | None = None
    stamp: str = ""
    """A word for the foot of every page, where that is the letterhead's; elsewhere the stylesheet puts it there."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of all sections, in order."""
        return tuple(block for section in self.sections for block in section.blocks)

    @property
    def section(self) -> Section:
        """The section that the document begins with."""
        return self.sections[0]
