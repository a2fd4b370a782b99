"""Boxes and pages: the place that CSS leaves, what it draws around it, and where pages begin.

What Word never has, the cascade tells (properties.py). Here it depends on the element: a height is a row's or a
picture's, a page break is a block's, and a border in a line goes round all four sides or none. Pages are those of CSS
Paged Media 3, breaks those of CSS Fragmentation 3, 3.1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tinycss2.ast import Node

from kvisdocs.messages import N_, Message, message
from kvisdocs.writers.word.css.computed import Computed, remembered
from kvisdocs.writers.word.css.shorthands import SIDES
from kvisdocs.writers.word.css.stylesheet import Declared, PageRule
from kvisdocs.writers.word.css.values import Percent, Units, parse_length, significant
from kvisdocs.writers.word.model.drafts import Draft, DraftRow, break_page, keep_end_with_next
from kvisdocs.writers.word.read.context import BlockContext, Box
from kvisdocs.writers.word.styles.computed_formats import PAGE_BREAKS, box_borders, run_border

PAPER = {"a3": (841.89, 1190.55), "a4": (595.28, 841.89), "a5": (419.53, 595.28), "letter": (612.0, 792.0)}


@dataclass(frozen=True, slots=True)
class Page:
    """One kind of page, in points. `boxes` are the declarations of its margin boxes by name, `inherited` its own."""

    width: float
    height: float
    margins: dict[str, float]
    boxes: dict[str, tuple[Declared, ...]]
    inherited: tuple[Declared, ...] = ()

    @property
    def content_width(self) -> float:
        """The width of the text."""
        return self.width - self.margins["left"] - self.margins["right"]


def read_page(rules: Sequence[PageRule], name: str, first: bool, units: Units) -> Page:
    """The page of that name, as the first of the document or as one that follows."""
    fitting = [rule for rule in rules if rule.name in (None, name) and (first or not rule.first)]
    size, margins = PAPER["a4"], dict.fromkeys(SIDES, 75.0 * 0.75)
    said: dict[str, Declared] = {}
    boxes: dict[str, tuple[Declared, ...]] = {}
    for rule in sorted(fitting, key=lambda each: each.specificity):
        said |= {declared.name: declared for declared in rule.declarations}
        for box, declarations in rule.boxes.items():
            boxes[box] = (*boxes.get(box, ()), *declarations)
    if "size" in said:
        size = _read_size(significant(said.pop("size").tokens), units) or size
    for side in SIDES:
        declared = said.pop(f"margin-{side}", None)
        tokens = significant(declared.tokens) if declared else []
        length = parse_length(tokens[0], units) if len(tokens) == 1 else None
        if length is not None:
            base = size[1] if side in {"top", "bottom"} else size[0]
            margins[side] = max(0.0, base * length / 100 if isinstance(length, Percent) else length)
    return Page(size[0], size[1], margins, boxes, tuple(said.values()))


def _read_size(tokens: list[Node], units: Units) -> tuple[float, float] | None:
    words = [token.lower_value for token in tokens if token.type == "ident"]
    lengths = [length for token in tokens if (length := parse_length(token, units)) is not None]
    width, height = next((PAPER[word] for word in words if word in PAPER), PAPER["a4"])
    if lengths:
        width, height = lengths[0], lengths[-1]
    return (max(width, height), min(width, height)) if "landscape" in words else (width, height)


RowBreaks = tuple[tuple[Computed, ...], tuple[Computed, ...]]
"""What begins with a row, itself and its group, and what ends with it."""


def set_breaks(blocks: list[Draft], computed: Computed) -> None:
    """Let the blocks of one element break the page before and after it, or stay with what follows."""
    if blocks and computed.word("break-before") in PAGE_BREAKS:
        break_page(blocks[0])
    if blocks and computed.word("break-after") in PAGE_BREAKS:
        blocks[-1].break_after = True
    elif blocks and computed.word("break-after") == "avoid":
        keep_end_with_next(blocks)


def break_rows(rows: Sequence[DraftRow], breaks: Sequence[RowBreaks]) -> None:
    """Let rows begin a page. In Word a row does so by the first paragraph of its first cell."""
    ended = False
    for row, (beginning, ending) in zip(rows, breaks, strict=True):
        if ended or any(each.word("break-before") in PAGE_BREAKS for each in beginning):
            break_page(row.cells[0].blocks[0])
        ended = any(each.word("break-after") in PAGE_BREAKS for each in ending)


def inside_of(computed: Computed, place: BlockContext) -> BlockContext:
    """The place inside a block: less wide by margins, padding and borders; in a box if it has one."""
    sides = {
        side: computed.points(f"margin-{side}", place.width)
        + computed.points(f"padding-{side}", place.width)
        + computed.edge(side)
        for side in ("left", "right")
    }
    room = place.width - sides["left"] - sides["right"]
    said = [computed.points(name, place.width) for name in ("width", "max-width") if not computed.is_auto(name)]
    spare = max(0.0, room - min(said, default=room))
    shift = 0.0
    if computed.is_auto("margin-left"):
        shift = spare / 2 if computed.is_auto("margin-right") else spare
    shade, borders = computed.color("background-color"), box_borders(computed)
    return replace(
        place,
        width=room - spare,
        left=place.left + sides["left"] + shift,
        right=place.right + sides["right"] + spare - shift,
        box=Box(borders, shade) if shade or borders else place.box,
    )


Remark = tuple[Message, Message]
"""What, and what to do."""

NATIVE = {
    "table": "table", "thead": "table-header-group", "tbody": "table-row-group", "tfoot": "table-footer-group",
    "tr": "table-row", "td": "table-cell", "th": "table-cell", "caption": "table-caption", "col": "table-column",
    "colgroup": "table-column-group",
}  # fmt: skip
"""The parts of a table, and what each is displayed as."""

LEAVE_IT = N_("leave its display as it is, or write another element")
TALL = {"hr", "img", "svg", "input"} | NATIVE.keys()
"""Elements whose height Word has."""

PICTURES = {"img", "svg", "input"}
_SIDES = ("top", "right", "bottom", "left")
_IN_LINE = {"inline", "inline-block"}


@remembered
def find_box_remarks(computed: Computed, name: str) -> tuple[Remark, ...]:
    """What Word has no place for, of an element of that name with these values."""
    return (
        *_display(computed, name),
        *_breaks(computed, name),
        *(_line_box(computed) if computed.word("display") in _IN_LINE and name not in {"br", "wbr"} else ()),
        *_place(computed, name),
    )


def _display(computed: Computed, name: str) -> Iterator[Remark]:
    shown, native = computed.word("display"), NATIVE.get(name)
    if native:
        if shown != native:
            what = message(
                "word.display.table_part",
                '<{name}> as "{shown}" has no place in the Word file, which has a part of a table there',
                name=name,
                shown=shown,
            )
            yield what, LEAVE_IT
    elif shown in NATIVE.values():
        what = message(
            "word.display.table",
            '<{name}> as "{shown}" has no place in the Word file, which has blocks there',
            name=name,
            shown=shown,
        )
        yield what, N_("write <table>, <tr> and <td>")
    elif shown == "list-item" and name != "li":
        what = message(
            "word.display.list_item",
            '<{name}> as "{shown}" has no place in the Word file, which has a paragraph without a mark there',
            name=name,
            shown=shown,
        )
        yield what, N_("write <ul> and <li>")
    elif name == "li" and shown in _IN_LINE:
        what = message(
            "word.display.item_in_line",
            '<{name}> as "{shown}" has no place in the Word file, which has a paragraph there',
            name=name,
            shown=shown,
        )
        yield what, LEAVE_IT
    elif shown == "inline-block" and name not in PICTURES:
        what = message(
            "word.display.inline_block",
            '<{name}> as "{shown}" has no place in the Word file, which has its words in the line',
            name=name,
            shown=shown,
        )
        yield what, N_("write a block, or a table for what stands side by side")


def _breaks(computed: Computed, name: str) -> Iterator[Remark]:
    in_line, cell = computed.word("display") in _IN_LINE, computed.word("display") == "table-cell"
    for side in ("break-before", "break-after"):
        said = computed.word(side)
        if said != "auto" and (in_line or name == "br" or (cell and said in PAGE_BREAKS)):
            what = message(
                "word.break.not_heeded",
                'neither file heeds "{property}: {value}" of <{name}>',
                property=side,
                value=said,
                name=name,
            )
            yield what, N_("give it to a paragraph, a block or a row")


def _line_box(computed: Computed) -> Iterator[Remark]:
    if any(computed.points(f"{kind}-{side}") for kind in ("padding", "margin") for side in ("left", "right")):
        yield (
            message("word.line.space", "space around a text in a line has no place in the Word file"),
            N_("write spaces, or put it in @media pdf {{ … }}"),
        )
    if any(computed.edge(side) for side in _SIDES) and run_border(computed) is None:
        yield (
            message("word.line.border", "a border on some sides of a text in a line has no place in the Word file"),
            N_("give it to all four sides alike, or put it in @media pdf {{ … }}"),
        )


def _place(computed: Computed, name: str) -> Iterator[Remark]:
    position = computed.word("position")
    if position == "relative" and any(computed.points(side) for side in _SIDES):
        yield (
            message("word.position.relative", '"position: relative" moves nothing in the Word file'),
            N_("use margin, or put it in @media pdf {{ … }}"),
        )
    block = computed.word("display") not in _IN_LINE and position != "absolute"
    for side in ("height", "max-height"):
        said = not computed.is_auto(side) and block and name not in TALL
        if said or (side == "max-height" and name in TALL - PICTURES and not computed.is_auto(side)):
            yield (
                message(
                    "word.block.height",
                    '"{property}" of <{name}> has no place in the Word file',
                    property=side,
                    name=name,
                ),
                N_("use padding, or put it in @media pdf {{ … }}"),
            )
