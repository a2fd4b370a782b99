"""`display: flex` → a row of blocks, side by side: in Word a table without lines that only lays out.

One row in source order (CSS Flexbox 1, 5 and 9.7, as far as a letter needs it). WeasyPrint measures words; here their
width is guessed where the stylesheet says none, so `flex: 1` or a width is better. Part of the walk.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from kvisdocs.messages import N_, message
from kvisdocs.writers.word.css.boxes import inside_of
from kvisdocs.writers.word.css.computed import INLINE, Computed
from kvisdocs.writers.word.css.values import Percent
from kvisdocs.writers.word.model.drafts import Draft, DraftCell, DraftParagraph, DraftRow, DraftTable, thin_paragraph
from kvisdocs.writers.word.model.inlines import Borders, Inline, Link, Margins, Picture, Text
from kvisdocs.writers.word.read.context import BlockContext, InlineContext
from kvisdocs.writers.word.read.inlines import read_generated, read_inline, texts
from kvisdocs.writers.word.read.text import is_blank
from kvisdocs.writers.word.read.tree import HtmlElement
from kvisdocs.writers.word.read.walk import Walk
from kvisdocs.writers.word.styles.computed_formats import read_border, spaces, twips
from kvisdocs.writers.word.tables.grid import round_widths
from kvisdocs.writers.word.tables.tables import MAX_COLUMNS

LETTER_WIDTH = 0.55
"""How wide a letter is, in ems, for a guess: Carlito's text has 0.49."""

_ALIGN: dict[str, Literal["top", "center", "bottom"]] = {"center": "center", "end": "bottom"}


@dataclass(slots=True)
class _Item:
    """One flex item: its element (None for a text of the container's own) and how wide it wants to be, in points."""

    computed: Computed
    element: HtmlElement | None = None
    inlines: tuple[Inline, ...] = ()
    base: float = 0.0


def read_flex(walk: Walk, element: HtmlElement, computed: Computed, place: BlockContext) -> list[Draft]:
    """The row as a table of one row. In lists and frames, which hold no table, its blocks stand one below another."""
    if place.items is not None or place.frame is not None:
        what = message(
            "word.flex.not_here",
            "a flex row in a list or a frame has no place in the Word file: its blocks stand one below another",
        )
        walk.note(element, what, N_("take it out of the list or the frame"))
        return walk.flow(element, computed, inside_of(computed, place))
    items = _find_items(walk, element, computed, place)
    if not items:
        return []
    if len(items) > MAX_COLUMNS:
        what = message(
            "word.flex.columns",
            "a flex row of {number} blocks; Word has at most {most}",
            number=len(items),
            most=MAX_COLUMNS,
        )
        walk.fail(element, what, N_("make two rows of it"))
        return []
    inside = inside_of(computed, replace(place, box=None))
    gap = 0.0 if computed.is_auto("column-gap") else computed.points("column-gap", inside.width)
    room = max(1.0, inside.width - gap * (len(items) - 1))
    for item in items:
        item.base = _base_width(walk, item, room)
    widths, shift, between = _share(items, computed, room)
    cells = _read_cells(walk, items, computed, inside, widths, gap + between)
    before, after = spaces(computed, place.width)
    grid = tuple(cell.width for cell in cells)
    row = DraftRow(cells, header=False, keep_together=False)
    indent = twips(place.left + computed.points("margin-left", place.width) + shift)
    return [DraftTable([row], grid, indent, None, False, before, after, region=place.region, layout=True)]


def _find_items(walk: Walk, element: HtmlElement, computed: Computed, place: BlockContext) -> list[_Item]:
    """Each element, and each stretch of text between them, is an item (CSS Flexbox 1, 4)."""
    found: list[_Item] = []
    around = InlineContext(place.width)

    def add_text(inlines: Iterable[Inline]) -> None:
        shown = tuple(inlines)
        if not is_blank(shown):
            found.append(_Item(computed, inlines=shown))

    add_text(read_generated(walk, element, "before", computed, around))
    add_text(texts(element.etree_element.text, computed, around))
    for child in element.children:
        values = walk.compute(child, computed)
        if not walk.taken_out(child, values, computed):
            if values.word("position") == "absolute":
                what = message("word.flex.placed", "a placed element in a flex row stands in the row in the Word file")
                walk.note(child, what, N_("take it out"))
            found.append(_Item(values, child))
        add_text(texts(child.etree_element.tail, computed, around))
    add_text(read_generated(walk, element, "after", computed, around))
    return found


def _base_width(walk: Walk, item: _Item, room: float) -> float:
    """How wide an item wants to be before space is shared: `flex-basis`, else `width`, else its words' (9.2)."""
    if item.element is None:
        return min(room, LETTER_WIDTH * item.computed.font_size + _measure(item.inlines, item.computed))
    computed = item.computed
    sides = sum(
        computed.points(f"{kind}-{side}", room) + (computed.edge(side) if kind == "padding" else 0.0)
        for side in ("left", "right")
        for kind in ("margin", "padding")
    )
    for name in ("flex-basis", "width"):
        value = computed.values[name]
        if isinstance(value, float):
            length = room * value / 100 if isinstance(value, Percent) else value
            return length + (sides if name == "width" or length else 0.0)
    return min(room, sides + _content_width(walk, item.element, computed, room))


def _content_width(walk: Walk, element: HtmlElement, computed: Computed, room: float) -> float:
    """A guess at how wide the widest line of an element is, on one line each."""
    if element.local_name in {"img", "svg"}:
        return _measure(tuple(read_inline(walk, element, computed, computed, InlineContext(room))), computed)
    blocks = [child for child in element.children if walk.compute(child, computed).word("display") not in INLINE]
    if blocks:
        return max(_content_width(walk, child, walk.compute(child, computed), room) for child in blocks)
    pictures = [child for child in element.children if child.local_name in {"img", "svg"}]
    wide = sum(_content_width(walk, child, walk.compute(child, computed), room) for child in pictures)
    words = " ".join("".join(element.etree_element.itertext()).split())
    return wide + (len(words) + 2) * LETTER_WIDTH * computed.font_size


def _measure(inlines: tuple[Inline, ...], computed: Computed) -> float:
    wide = 0.0
    for inline in inlines:
        match inline:
            case Text():
                wide += len(" ".join(inline.text.split())) * LETTER_WIDTH * computed.font_size
            case Picture():
                wide += inline.width_emu / 12_700
            case Link():
                wide += _measure(inline.children, computed)
    return wide


def _share(items: list[_Item], computed: Computed, room: float) -> tuple[list[float], float, float]:
    """The items' widths, how far in the first begins, and the space between two beside the gap; points.

    What is left goes to those that grow, else it is put where `justify-content` says; what is missing is taken from
    all by their widths, since every item may shrink.
    """
    widths = [item.base for item in items]
    left = room - sum(widths)
    growing = [0.0 if item.element is None else float(item.computed.word("flex-grow")) for item in items]
    if left < 0:
        return [width * room / sum(widths) for width in widths], 0.0, 0.0
    if total := sum(growing):
        share = left / max(total, 1.0)
        return [width + grow * share for width, grow in zip(widths, growing, strict=True)], 0.0, 0.0
    match computed.word("justify-content"):
        case "end":
            return widths, left, 0.0
        case "center":
            return widths, left / 2, 0.0
        case "space-between" if len(items) > 1:
            return widths, 0.0, left / (len(items) - 1)
    return [*widths[:-1], widths[-1] + left], 0.0, 0.0


def _read_cells(
    walk: Walk, items: list[_Item], computed: Computed, inside: BlockContext, widths: list[float], gap: float
) -> list[DraftCell]:
    """A cell for each item: the container's box around all, the gap at each one's right but the last."""
    padding = {side: computed.points(f"padding-{side}") for side in ("top", "right", "bottom", "left")}
    last = len(items) - 1
    whole = [
        width + (padding["left"] if at == 0 else 0.0) + (padding["right"] if at == last else gap)
        for at, width in enumerate(widths)
    ]
    cells = []
    for at, (item, width) in enumerate(zip(items, round_widths([twips(each) for each in whole]), strict=True)):
        margins = Margins(
            twips(padding["top"]),
            twips(padding["left"]) if at == 0 else 0,
            twips(padding["bottom"]),
            twips(padding["right"] if at == last else gap),
        )
        borders = Borders(
            read_border(computed, "top"),
            read_border(computed, "left") if at == 0 else None,
            read_border(computed, "bottom"),
            read_border(computed, "right") if at == last else None,
        )
        place = BlockContext(max(1.0, (width - margins.left - margins.right) / 20))
        blocks = _read_item(walk, item, computed, place)
        shade = computed.color("background-color")
        align = _ALIGN.get(_alignment(item, computed), "top")
        cells.append(DraftCell(blocks, width, 1, None, borders, margins, shade, align))
    return cells


def _alignment(item: _Item, computed: Computed) -> str:
    own = "auto" if item.element is None else item.computed.word("align-self")
    return computed.word("align-items") if own == "auto" else own


def _read_item(walk: Walk, item: _Item, computed: Computed, place: BlockContext) -> list[Draft]:
    blocks: list[Draft] = []
    if item.element is None:
        blocks = [walk.paragraph(item.inlines, computed, place, own=False)]
    elif item.computed.word("display") in INLINE:
        inlines = tuple(read_inline(walk, item.element, item.computed, computed, InlineContext(place.width)))
        blocks = [] if is_blank(inlines) else [walk.paragraph(inlines, computed, place, own=False)]
    else:
        blocks = walk.block(item.element, item.computed, computed, place)
    if not blocks:
        blocks.append(thin_paragraph())
    elif not isinstance(blocks[-1], DraftParagraph):  # every cell ends with a paragraph (ECMA-376, 17.4.65)
        blocks.append(thin_paragraph(after=blocks[-1].after))
    return blocks
