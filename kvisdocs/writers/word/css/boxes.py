"""What a stylesheet asks of an element's box that Word has no place for, though it knows the property elsewhere.

What Word never has, the cascade tells (css_properties.py, properties.py). Here it depends on the element: a height is a
row's or a picture's, a page break is a block's, and a border in a line goes round all four sides or none.

CSS boxes → the place that is left inside them, and the borders and background that their paragraphs wear.
"""

from collections.abc import Iterator
from dataclasses import replace

from kvisdocs.messages import N_, Message, message
from kvisdocs.writers.word.css.computed import Computed, remembered
from kvisdocs.writers.word.read.context import BlockContext, Box
from kvisdocs.writers.word.styles.computed_formats import PAGE_BREAKS, box_borders, run_border


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
