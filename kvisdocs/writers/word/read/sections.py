"""Where a Word section begins and ends: other kinds of pages (`page: wide`) and columns. Part of the walk.

A section ends with a paragraph, in which Word says what it is; where the last block is a table, a thin one follows it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import Literal

from kvisdocs.messages import N_, message
from kvisdocs.problems import Severity
from kvisdocs.writers.word.css.boxes import inside_of, read_page
from kvisdocs.writers.word.css.computed import Computed
from kvisdocs.writers.word.css.values import Units
from kvisdocs.writers.word.model.drafts import (
    Draft,
    DraftParagraph,
    DraftTable,
    break_page,
    is_framed,
    thin_paragraph,
    widen,
)
from kvisdocs.writers.word.read.context import BlockContext, Columns, Region
from kvisdocs.writers.word.read.tree import HtmlElement
from kvisdocs.writers.word.read.walk import Walk
from kvisdocs.writers.word.styles.computed_formats import spaces


@dataclass(slots=True)
class Part:
    """Blocks that share a section. `start` says how it begins."""

    region: Region
    start: Literal["nextPage", "continuous"]
    blocks: list[Draft]


def enter_page(
    walk: Walk, element: HtmlElement, computed: Computed, parent: Computed, place: BlockContext
) -> BlockContext:
    """The place of a block, on pages of its own where it names another kind than the blocks around it."""
    name = computed.word("page")
    if name in {"auto", parent.word("page")}:
        return place
    if place.region is None or place.items is not None or place.region.columns is not None:
        what = message(
            "word.page.not_here",
            '"page: {name}" inside a table, list, frame or columns has no place in the Word file',
            name=name,
        )
        walk.note(element, what, N_("set page on a block that stands in the document itself"))
        return place
    if place.region.page == "auto":
        what = message(
            "word.page.no_way_back",
            '"page: {name}" inside pages without a name: the PDF does not go back to them',
            name=name,
        )
        walk.note(element, what, N_("name the other pages too: page: … on body"), Severity.WARNING)
    page = read_page(walk.cascade.pages, name, False, Units(computed.font_size, computed.font_size))
    width = walk.widths.get(name, page.content_width)
    return replace(place, width=width - place.left - place.right, region=Region(name))


def enter_box(walk: Walk, element: HtmlElement, computed: Computed, place: BlockContext) -> BlockContext:
    """The place inside a block (`inside_of`), in its columns where it has any: one column wide, and not indented."""
    inside = inside_of(computed, place)
    said = computed.word("column-count")
    if said in {"auto", "1"}:
        return inside
    if place.region is None or place.items is not None or place.region.columns is not None:
        what = message(
            "word.columns.not_here",
            "columns inside a table, list, frame or other columns have no place in the Word file",
        )
        walk.note(element, what, N_("put them on a block that stands in the document itself"))
        return inside
    if inside.box is not None:
        what = message(
            "word.columns.box", "the border or background of columns is drawn in each of them in the Word file"
        )
        walk.note(element, what, N_("take it away, or put it on the blocks inside"))
    count = int(said)
    gap = computed.font_size if computed.is_auto("column-gap") else computed.points("column-gap", inside.width)
    columns = Columns(count, gap, inside.left, inside.right, *spaces(computed, place.width))
    width = max(1.0, (inside.width - gap * (count - 1)) / count)
    return replace(inside, width=width, left=0.0, right=0.0, region=replace(place.region, columns=columns))


def space_around(blocks: list[Draft], computed: Computed, place: BlockContext, inside: BlockContext) -> None:
    """Fold a container's margins into its blocks; above and below columns they wait for `split`."""
    if inside.region == place.region:
        widen(blocks, *spaces(computed, place.width))


def split(flow: list[Draft], first: Region) -> list[Part]:
    """The blocks by section, in order. What stands in a frame is on the page of its neighbours."""
    region = next((block.region for block in flow if block.region is not None), first)
    parts = [Part(region, "nextPage", [])]
    for block in flow:
        last = parts[-1]
        region = block.region or last.region
        if region != last.region:
            parts.append(Part(region, "continuous" if region.page == last.region.page else "nextPage", []))
        parts[-1].blocks.append(block)
    parts = list(_balanced(parts))
    for above, below in pairwise(parts):
        if below.start == "nextPage":
            break_page(below.blocks[0], on=False)
        _space_between(above, below)
        end = above.blocks[-1]
        if isinstance(end, DraftTable) or is_framed(end) or end.mark is not None:
            above.blocks.append(thin_paragraph())
    return parts


def _balanced(parts: list[Part]) -> Iterator[Part]:
    """Word fills columns alike only where a section goes on behind them on the same page: a thin one, if need be."""
    for part, below in zip_longest(parts, parts[1:]):
        yield part
        if part.region.columns is not None and (below is None or below.start == "nextPage"):
            yield Part(replace(part.region, columns=None), "continuous", [thin_paragraph()])


def _space_between(above: Part, below: Part) -> None:
    """The space around columns belongs to the blocks outside: inside, it would push one column down."""
    if below.region.columns is not None and above.region.columns is None:
        _space(above.blocks[-1], after=below.region.columns.before)
    if above.region.columns is not None:
        _space(below.blocks[0], before=above.region.columns.after)


def _space(block: Draft, before: int = 0, after: int = 0) -> None:
    if isinstance(block, DraftParagraph):
        own = block.format
        block.format = replace(own, before=max(own.before or 0, before), after=max(own.after or 0, after))
