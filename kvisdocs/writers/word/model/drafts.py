"""Blocks on their way: formats are still whole, and margins can still meet. The style book makes them final."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Literal, TypeAlias

from kvisdocs.writers.word.model.blocks import Frame, ListPlace
from kvisdocs.writers.word.model.inlines import (
    PLAIN,
    Borders,
    Inline,
    LineBreak,
    Margins,
    ParagraphFormat,
    Picture,
    RunFormat,
)
from kvisdocs.writers.word.read.context import Box, Mark, Region


@dataclass(slots=True)
class DraftParagraph:
    """A paragraph with all its values; runs carry whole formats. `own` is its format wherever it stands."""

    children: tuple[Inline, ...]
    style: str
    own: ParagraphFormat
    format: ParagraphFormat
    base: RunFormat
    place: ListPlace | None = None
    frame: Frame | None = None
    box: Box | None = None
    break_after: bool = False
    region: Region | None = None
    mark: Mark | None = None


@dataclass(slots=True)
class DraftCell:
    """A cell whose blocks are drafts."""

    blocks: list["Draft"]
    width: int
    span: int
    merge: Literal["restart", "continue"] | None
    borders: Borders
    margins: Margins
    shade: str | None
    align: Literal["top", "center", "bottom"]


@dataclass(slots=True)
class DraftRow:
    """A row of drafts. `alike` as `Row` has it."""

    cells: list[DraftCell]
    header: bool
    keep_together: bool
    height: int = 0
    alike: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)


@dataclass(slots=True)
class DraftTable:
    """A table whose cells are drafts. `before` and `after` are its margins, in twips. `layout`: it only lays out."""

    rows: list[DraftRow]
    grid: tuple[int, ...]
    indent: int
    title: str | None
    first_column: bool
    before: int
    after: int
    break_after: bool = False
    region: Region | None = None
    mark: Mark | None = None
    rtl: bool = False
    layout: bool = False


Draft: TypeAlias = DraftParagraph | DraftTable


def thin_paragraph(before: int = 0, after: int = 0) -> DraftParagraph:
    """A paragraph that shows nothing and is one point high: what Word wants where nothing should stand."""
    format = ParagraphFormat(before=before, after=after, line=20, line_exact=True)
    return DraftParagraph((), "Normal", format, format, PLAIN)


def join(flow: list[Draft], more: list[Draft]) -> None:
    """Add blocks below a flow, and let them meet their neighbours. What stands in a frame is nobody's neighbour."""
    for block in more:
        last = next((each for each in reversed(flow) if not is_framed(each)), None)
        if last is not None and not is_framed(block) and not _turns_page(last, block):
            _meet(flow, last, block)
        flow.append(block)


def _turns_page(last: Draft, block: Draft) -> bool:
    """Whether another kind of page begins between the two."""
    return last.region is not None and block.region is not None and last.region.page != block.region.page


def _meet(flow: list[Draft], last: Draft, block: Draft) -> None:
    """Word has no space around tables: the paragraphs beside a table take its margins over.

    It makes one table of two that touch, and one box of two alike: a thin paragraph keeps them apart.
    """
    if last.break_after:
        break_page(block)
    match last, block:
        case DraftTable(), DraftTable():
            flow.append(thin_paragraph(before=max(last.after, block.before)))
        case DraftTable(), DraftParagraph():
            block.format = replace(block.format, before=max(block.format.before or 0, last.after))
        case DraftParagraph(), DraftTable():
            last.format = replace(last.format, after=max(last.format.after or 0, block.before))
        case DraftParagraph(), DraftParagraph() if _would_merge(last, block):
            flow.append(thin_paragraph())


def _would_merge(last: DraftParagraph, block: DraftParagraph) -> bool:
    one, other = last.format, block.format
    looks = (one.borders, one.shade, one.indent_left, one.indent_right)
    return last.box is not block.box and looks[:2] != (None, None) and looks == (
        other.borders, other.shade, other.indent_left, other.indent_right,
    )  # fmt: skip


def is_framed(block: Draft) -> bool:
    """Whether the block stands in a frame, outside the flow."""
    return isinstance(block, DraftParagraph) and block.frame is not None


def break_page(block: Draft, on: bool = True) -> None:
    """Let a block begin a page, or no longer. A table does so by its first paragraph."""
    for paragraph in islice(paragraphs([block]), 1):
        paragraph.format = replace(paragraph.format, page_break_before=on)


def keep_with_next(blocks: list[Draft]) -> None:
    """Let all paragraphs stand on one page with what follows them."""
    for paragraph in paragraphs(blocks):
        paragraph.format = replace(paragraph.format, keep_next=True)


def keep_end_with_next(flow: list[Draft]) -> None:
    """Let the end of a flow stand on one page with what follows: its last paragraph, or its last table's last row."""
    last = next((block for block in reversed(flow) if not is_framed(block)), None)
    if isinstance(last, DraftTable):
        keep_with_next([replace(last, rows=last.rows[-1:])])
    elif last is not None:
        keep_with_next([last])


def widen(flow: list[Draft], before: int, after: int) -> None:
    """Let a container's margins meet those of its first and last block: the larger one holds (CSS 2, 8.3.1)."""
    inside = [block for block in flow if not is_framed(block)]
    if not inside:
        return
    first, last = inside[0], inside[-1]
    if isinstance(first, DraftTable):
        first.before = max(first.before, before)
    else:
        first.format = replace(first.format, before=max(first.format.before or 0, before))
    if isinstance(last, DraftTable):
        last.after = max(last.after, after)
    else:
        last.format = replace(last.format, after=max(last.format.after or 0, after))


def measure_height(flow: list[Draft]) -> int:
    """How high blocks stand, in twips, where no text wraps: enough for a page's head."""
    height = 0
    for block in flow:
        if isinstance(block, DraftTable):
            for row in block.rows:
                cells = (measure_height(cell.blocks) + cell.margins.top + cell.margins.bottom for cell in row.cells)
                height += max(cells, default=0) * (1 + len(row.alike))
            continue
        lines = 1 + sum(isinstance(child, LineBreak) for child in block.children)
        line = block.format.line or round((block.base.half_points or 20) * 12.2)
        pictures = [child.height_emu // 635 for child in block.children if isinstance(child, Picture)]
        height += (block.format.before or 0) + max([lines * line, *pictures]) + (block.format.after or 0)
    return height


def paragraphs(flow: list[Draft]) -> Iterator[DraftParagraph]:
    """The paragraphs of a flow, also in tables, one by one: who wants the first asks no more of a long table."""
    for block in flow:
        if isinstance(block, DraftParagraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.blocks)
