"""What stands inside a paragraph of the Word model: plain values, all decided, in Word's own units.

Half-points are of a point; EMU are 914,400 to the inch.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from kvisdocs.writers.word.model.formats import PLAIN, RunFormat


@dataclass(frozen=True, slots=True)
class Text:
    """Text in one look. `style` names a character style."""

    text: str
    format: RunFormat = PLAIN
    style: str | None = None


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A new line in the same paragraph."""


@dataclass(frozen=True, slots=True)
class Tab:
    """To the next tab stop; in headers, footers and tables of contents only."""


@dataclass(frozen=True, slots=True)
class Field:
    """A number that Word keeps up to date: the page, or how many there are. `cached` is what shows until then."""

    code: Literal["PAGE", "NUMPAGES"]
    cached: str
    format: RunFormat = PLAIN


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the line; without `alt` it is decoration. The PNG is for programs that cannot draw the SVG."""

    png: bytes
    width_emu: int
    height_emu: int
    alt: str
    svg: bytes | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an address or, with `anchor`, to a bookmark."""

    children: tuple["Inline", ...]
    url: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place that links can go to. The name is one that Word takes: a letter first, at most 40 characters."""

    name: str


@dataclass(frozen=True, slots=True)
class FootnoteCall:
    """The raised number that calls a footnote of the document, counted from 1."""

    number: int
    format: RunFormat = PLAIN
    style: str = "Footnote Reference"


@dataclass(frozen=True, slots=True)
class FootnoteMark:
    """The number of a footnote in the footnote itself, before its text."""

    format: RunFormat = PLAIN
    style: str = "Footnote Reference"


@dataclass(frozen=True, slots=True)
class PageNumber:
    """The page on which a bookmark stands; `cached` is what shows until Word counts again."""

    anchor: str
    cached: str
    format: RunFormat = PLAIN


@dataclass(frozen=True, slots=True)
class ContentsStart:
    """Here begins a table of contents, of headings of these levels; all up to its end is what shows until updated."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ContentsEnd:
    """Here ends the table of contents."""


@dataclass(frozen=True, slots=True)
class Control:
    """Text that may be filled in anew: a content control in the line. `plain`: it takes text of one look only."""

    children: tuple["Inline", ...]
    name: str
    title: str
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Checkbox:
    """A box to tick. `title` says what for; `name` is for programs."""

    checked: bool
    title: str
    name: str | None = None
    format: RunFormat = PLAIN


Inline: TypeAlias = (
    Text
    | LineBreak
    | Tab
    | Field
    | Picture
    | Link
    | Bookmark
    | Control
    | Checkbox
    | FootnoteCall
    | FootnoteMark
    | PageNumber
    | ContentsStart
    | ContentsEnd
)
