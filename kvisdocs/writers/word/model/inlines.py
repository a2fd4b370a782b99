"""What stands inside a paragraph of the Word model, and how text, paragraphs and lines look: all decided.

Twips are twentieths of a point (1 mm ≈ 56.7); half-points and eighths are of a point; EMU are 914,400 to the inch. In a
format, `None` always means "as the style says".
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class RunFormat:
    """How a stretch of text looks (ECMA-376, 17.3.2)."""

    font: str | None = None
    half_points: int | None = None
    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    strike: bool | None = None
    color: str | None = None
    shade: str | None = None
    small_caps: bool | None = None
    vertical: Literal["superscript", "subscript", "baseline"] | None = None
    rtl: bool | None = None
    border: "Border | None" = None
    spacing_twips: int | None = None
    language: str | None = None


PLAIN = RunFormat()
"""Nothing said: all as the style says."""


@dataclass(frozen=True, slots=True)
class Border:
    """One side's line. `space_points` lies between line and text (0–31, paragraphs only)."""

    style: str
    eighths: int
    color: str
    space_points: int = 0


@dataclass(frozen=True, slots=True)
class Borders:
    """The four sides."""

    top: Border | None = None
    left: Border | None = None
    bottom: Border | None = None
    right: Border | None = None

    def __bool__(self) -> bool:
        return any((self.top, self.left, self.bottom, self.right))


@dataclass(frozen=True, slots=True)
class TabStop:
    """A tab stop, in twips from the text's left edge; `clear` takes away the one that the style has there.

    `leader` is what fills the gap (`dot`; ECMA-376, 17.18.72).
    """

    align: Literal["left", "center", "right", "clear"]
    at_twips: int
    leader: str | None = None


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """How a paragraph stands (ECMA-376, 17.3.1). Lengths in twips.

    In a paragraph from right to left (`bidi`), Word means by left the side where lines begin, which is the right one.
    """

    align: Literal["left", "center", "right", "both"] | None = None
    before: int | None = None
    after: int | None = None
    line: int | None = None
    line_exact: bool | None = None
    indent_left: int | None = None
    indent_right: int | None = None
    first_line: int | None = None
    keep_next: bool | None = None
    keep_lines: bool | None = None
    page_break_before: bool | None = None
    widow_control: bool | None = None
    borders: Borders | None = None
    shade: str | None = None
    tabs: tuple[TabStop, ...] | None = None
    bidi: bool | None = None
    outline: int | None = None
    hyphenate: bool | None = None
    """Whether Word may divide words; None is no, for the document's defaults say so."""


@dataclass(frozen=True, slots=True)
class Margins:
    """A cell's inner margins, in twips."""

    top: int = 0
    left: int = 0
    bottom: int = 0
    right: int = 0


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
