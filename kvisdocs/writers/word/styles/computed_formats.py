"""Computed values → Word's formats, and what of a format differs from a style."""

from dataclasses import fields, replace
from functools import lru_cache
from typing import Any, Literal, TypeVar

from kvisdocs.writers.word.css.computed import Computed, remembered
from kvisdocs.writers.word.model.inlines import Border, Borders, ParagraphFormat, RunFormat, TabStop

TWIPS = 20
"""Twips to the point."""

MAX_BORDER_SPACE = 31
"""Word's limit for the space between a paragraph's border and its text, in points (ECMA-376, 17.3.4)."""

MAX_BORDER_EIGHTHS = 96
"""Word's widest line: 12 points (ECMA-376, 17.18.2)."""

MAX_HALF_POINTS = 3276
"""Word's largest letter: 1,638 points."""

PAGE_BREAKS = {"page", "always", "left", "right"}

_BORDER_STYLES = {"solid": "single", "dashed": "dashed", "dotted": "dotted", "double": "double"}
_ALIGNMENTS: dict[str, Literal["left", "right", "center", "both"]] = {
    "left": "left",
    "right": "right",
    "center": "center",
    "justify": "both",
    "start": "left",
    "end": "right",
}
_MIRRORED: dict[str, Literal["left", "right"]] = {"left": "right", "right": "left"}
_TOGGLES = {"bold", "italic", "strike", "small_caps"}

F = TypeVar("F", RunFormat, ParagraphFormat)


def is_rtl(computed: Computed) -> bool:
    """Whether lines begin at the right."""
    return computed.word("direction") == "rtl"


def twips(points: float) -> int:
    """Points → twips."""
    return round(points * TWIPS)


@remembered
def run_format(
    computed: Computed,
    shade: str | None = None,
    raised: Literal["superscript", "subscript"] | None = None,
    border: Border | None = None,
) -> RunFormat:
    """The whole look of text with these computed values; nothing is left to a style.

    `shade`, `raised` and `border` come from the inline elements around, which CSS does not inherit.
    """
    lines = computed.words("text-decoration-line")
    size = computed.font_size * (1.2 if raised else 1.0)  # Word makes raised and lowered text smaller by itself
    return RunFormat(
        font=computed.font,
        half_points=min(max(round(size * 2), 2), MAX_HALF_POINTS),
        bold=computed.word("font-weight") == "bold",
        italic=computed.word("font-style") == "italic",
        underline="underline" in lines,
        strike="line-through" in lines,
        color=computed.color("color"),
        shade=shade,
        small_caps=computed.word("font-variant-caps") == "small-caps",
        vertical=raised,
        border=border,
        spacing_twips=twips(computed.points("letter-spacing")),
        language=computed.language,
    )


@remembered
def paragraph_format(computed: Computed) -> ParagraphFormat:
    """The whole stand of a paragraph of its own with these computed values, apart from where it stands."""
    line = computed.line_height
    before, after = spaces(computed)
    said = computed.word("text-align")
    return ParagraphFormat(
        align=_MIRRORED.get(said) if is_rtl(computed) and said in _MIRRORED else _ALIGNMENTS[said],
        before=before,
        after=after,
        line=twips(line) if line else 0,
        line_exact=False,
        indent_left=0,
        indent_right=0,
        first_line=twips(computed.points("text-indent")),
        keep_next=computed.word("break-after") == "avoid",
        keep_lines=computed.word("break-inside") == "avoid",
        page_break_before=computed.word("break-before") in PAGE_BREAKS,
        bidi=is_rtl(computed) or None,
        hyphenate=True if computed.word("hyphens") == "auto" else None,
        widow_control=int(computed.word("widows")) > 1 or int(computed.word("orphans")) > 1,
    )


@remembered
def placed_formats(
    computed: Computed, own: bool, left: float, right: float, borders: Borders | None, shade: str | None
) -> tuple[ParagraphFormat, ParagraphFormat]:
    """A paragraph's format in its box, and the same with the indents (points) of its place, which its style leaves out.

    Without `own`, margins and breaks are the container's; but a cell's text keeps with the next row if the cell says
    so: a row has no such setting in Word, and LibreOffice 7.4 hides a table whose head is left alone on a page.
    """
    format = replace(paragraph_format(computed), borders=borders, shade=shade)
    if not own:
        stays = format.keep_next and computed.word("display") == "table-cell"
        format = replace(format, before=0, after=0, page_break_before=False, keep_next=stays)
    begin, end = (right, left) if is_rtl(computed) else (left, right)
    return format, replace(format, indent_left=twips(begin), indent_right=twips(end))


@remembered
def spaces(computed: Computed, width: float = 0.0) -> tuple[int, int]:
    """The space above and below a block, in twips: its margins, and its padding where no border or background shows it.

    Word has no negative space.
    """
    found = []
    for side in ("top", "bottom"):
        space = computed.points(f"margin-{side}", width)
        if computed.color("background-color") is None and not computed.edge(side):
            space += computed.points(f"padding-{side}", width)
        found.append(max(0, twips(space)))
    return found[0], found[1]


@remembered
def read_border(computed: Computed, side: str) -> Border | None:
    """One side's border, or None where none is drawn."""
    width = computed.edge(side)
    color = computed.color(f"border-{side}-color")
    if width <= 0 or color is None:
        return None
    style = _BORDER_STYLES[computed.word(f"border-{side}-style")]
    return Border(style, min(max(2, round(width * 8)), MAX_BORDER_EIGHTHS), color)


@remembered
def run_border(computed: Computed) -> Border | None:
    """The border around a text in a line, or None: Word has one for all four sides (ECMA-376, 17.3.2.4)."""
    first, *others = (read_border(computed, side) for side in ("top", "left", "bottom", "right"))
    return first if all(each == first for each in others) else None


def box_borders(computed: Computed) -> Borders | None:
    """A block's borders with its padding as their space; where only a background is padded, borders of its colour."""
    shade = computed.color("background-color")
    found: dict[str, Border | None] = {}
    for side in ("top", "left", "bottom", "right"):
        border = read_border(computed, side)
        padding = min(MAX_BORDER_SPACE, round(computed.points(f"padding-{side}")))
        if border is not None:
            found[side] = replace(border, space_points=padding)
        elif shade and padding:
            found[side] = Border("single", 4, shade, padding)
        else:
            found[side] = None
    borders = Borders(**found)
    return borders or None


def difference(full: F, style: F) -> F:
    """What of `full` must be said directly, where `style` already holds. What goes back to none is said as such."""
    found: F = _difference(full, style)
    return found


@lru_cache(maxsize=4096)
def _difference(full: Any, style: Any) -> Any:
    """Documents ask the same few questions over and over."""
    said: dict[str, Any] = {}
    for each in fields(full):
        own, given = getattr(full, each.name), getattr(style, each.name)
        if own != given:
            said[each.name] = own if own is not None else _OFF.get(each.name)
            if each.name == "tabs":  # tab stops add up: those of the style must be taken away one by one (17.3.1.38)
                said["tabs"] = _tabs(own or (), given or ())
    return type(full)(**said)


def _tabs(kept: tuple[TabStop, ...], given: tuple[TabStop, ...]) -> tuple[TabStop, ...]:
    gone = {stop.at_twips for stop in given} - {stop.at_twips for stop in kept}
    return (*kept, *(TabStop("clear", at) for at in sorted(gone)))


def overlay(paragraph: RunFormat, character: RunFormat) -> RunFormat:
    """What a character style makes of a paragraph style. Bold, italic and their like toggle (ECMA-376, 17.7.3)."""
    merged: dict[str, Any] = {}
    for each in fields(paragraph):
        below, above = getattr(paragraph, each.name), getattr(character, each.name)
        if each.name in _TOGGLES and above is not None:
            merged[each.name] = bool(below) != bool(above)
        else:
            merged[each.name] = below if above is None else above
    return RunFormat(**merged)


def character_style(full: RunFormat, around: RunFormat) -> RunFormat:
    """What a character style says: the difference to the text around; a toggle is only ever switched on."""
    found = difference(full, around)
    toggles: dict[str, Any] = {name: getattr(found, name) or None for name in _TOGGLES}
    return replace(found, **toggles)


_OFF: dict[str, object] = {
    "shade": "auto",
    "vertical": "baseline",
    "rtl": False,
    "bidi": False,
    "tabs": (),
    "borders": Borders(),
    "hyphenate": False,
}
