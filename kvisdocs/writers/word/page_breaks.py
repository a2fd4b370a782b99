"""Where pages begin by a stylesheet's word (CSS Fragmentation 3, 3.1): before and after blocks, items and rows."""

from collections.abc import Sequence

from kvisdocs.writers.word.computed import Computed
from kvisdocs.writers.word.drafts import AlikeDraftRow, Draft, DraftRow, break_page, keep_end_with_next
from kvisdocs.writers.word.formats import PAGE_BREAKS

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


def break_rows(rows: Sequence[DraftRow | AlikeDraftRow], breaks: Sequence[RowBreaks]) -> None:
    """Let rows begin a page. In Word a row does so by the first paragraph of its first cell."""
    ended = False
    for row, (beginning, ending) in zip(rows, breaks, strict=True):
        if ended or any(each.word("break-before") in PAGE_BREAKS for each in beginning):
            break_page(row.cells[0].blocks[0])
        ended = any(each.word("break-after") in PAGE_BREAKS for each in ending)
