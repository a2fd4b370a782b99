"""HTML lists → draft paragraphs with their place in a Word list. Part of the walk."""

from dataclasses import dataclass, replace

from kvisdocs.messages import N_, message
from kvisdocs.writers.html.rules import is_number
from kvisdocs.writers.word.css.boxes import inside_of, set_breaks
from kvisdocs.writers.word.css.computed import Computed
from kvisdocs.writers.word.model.blocks import ListPlace
from kvisdocs.writers.word.model.drafts import Draft, DraftParagraph, join, keep_end_with_next, widen
from kvisdocs.writers.word.read.context import MAX_LEVELS, BlockContext, read_level
from kvisdocs.writers.word.read.inlines import mark_blocks
from kvisdocs.writers.word.read.sections import enter_box, space_around
from kvisdocs.writers.word.read.tree import HtmlElement
from kvisdocs.writers.word.read.walk import Walk
from kvisdocs.writers.word.styles.computed_formats import is_rtl, run_format, spaces


def read_list(walk: Walk, element: HtmlElement, computed: Computed, place: BlockContext) -> list[Draft]:
    """A list with all that is nested in it."""
    found: list[Draft] = []
    inside = replace(enter_box(walk, element, computed, place), items=None)
    run = _Run(_number(element.etree_element.get("start"), 1) - 1)
    for child in element.children:
        values = walk.compute(child, computed)
        if walk.taken_out(child, values, computed):
            continue
        if values.word("display") != "list-item":
            join(found, walk.block(child, values, computed, inside))
            continue
        within = inside_of(values, inside)
        looks = walk.cascade.compute_marker(child, values)
        if run.takes(child, values, looks) or run.items is None:
            run.items = _open(walk, computed, looks, within, place.items, run.number)
            if place.items is not None and place.items.level == MAX_LEVELS - 1:
                what = message(
                    "word.list.levels",
                    "a list in {number} others stands at their last level: Word has {number} levels",
                    number=MAX_LEVELS,
                )
                walk.note(child, what, N_("write it as a list of its own"))
        walk.look_at(child, values)
        walk.anchors.wait(child.etree_element)
        own = replace(within, items=replace(run.items))  # a place for each item, see ListBook
        blocks = _item(walk, child, values, own, run.bare or values.word("list-style-type") != "none")
        mark_blocks(walk, child, blocks)
        widen(blocks, *spaces(values))
        set_breaks(blocks, values)
        if values.word("break-before") == "avoid":
            keep_end_with_next(found)
        join(found, blocks)
    space_around(found, computed, place, inside)
    return found


@dataclass(slots=True)
class _Run:
    """The items of one list that Word can number as one; with an item unlike those before, another run begins.

    `bare`: their mark is none, but they have a place in the list, so that lists in them are a level below.
    """

    number: int
    items: ListPlace | None = None
    bare: bool = False
    mark: object = None

    def takes(self, element: HtmlElement, computed: Computed, looks: Computed) -> bool:
        """Count the next item; whether a run begins with it. `looks` are the values of its mark."""
        said = element.etree_element.get("value")
        self.number = _number(said, self.number + 1)
        kind = computed.word("list-style-type")
        mark = (kind, None if looks is computed else run_format(looks))
        begins = self.items is None or is_number(said) or (mark != self.mark and (kind != "none" or self.bare))
        self.mark = mark
        if begins:
            self.bare = kind == "none"
        return begins


def _open(
    walk: Walk, computed: Computed, item: Computed, within: BlockContext, parent: ListPlace | None, start: int
) -> ListPlace:
    depth = 0 if parent is None else min(parent.level + 1, MAX_LEVELS - 1)
    side, begin = ("right", within.right) if is_rtl(item) else ("left", within.left)
    room = computed.points(f"padding-{side}") + computed.points(f"margin-{side}")
    return walk.lists.open(read_level(item, begin, room, start, depth, walk.cascade.counters), parent)


def _item(walk: Walk, element: HtmlElement, computed: Computed, place: BlockContext, marked: bool) -> list[Draft]:
    """One item: its first paragraph bears the mark, what follows stands under its text.

    An item without a paragraph of its own at its start (it is empty, or begins with a list or a table) gets one.
    """
    blocks = walk.flow(element, computed, place)
    own = [block for block in blocks if isinstance(block, DraftParagraph) and block.place == place.items]
    if marked and (not own or blocks[0] is not own[0]):
        first = walk.paragraph((), computed, place, own=False)
        blocks.insert(0, first)
        own.insert(0, first)
    for paragraph in own if not marked else own[1:]:
        paragraph.place = None
    if isinstance(blocks[0], DraftParagraph) and len(blocks) > 1 and not blocks[0].children:
        blocks[0].format = replace(blocks[0].format, keep_next=True)
    return blocks


def _number(text: str | None, otherwise: int) -> int:
    """A number that Word can begin a list with, 0 to 32,767; for what is none, `otherwise`."""
    return min(int(text or 0) if is_number(text) else otherwise, 32_767)
