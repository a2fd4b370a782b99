"""`@page` rules → the page: paper, margins, and what its margin boxes declare (CSS Paged Media 3).

Where pages begin by a stylesheet's word (CSS Fragmentation 3, 3.1): before and after blocks, items and rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tinycss2.ast import Node

from kvisdocs.writers.word.css.computed import Computed
from kvisdocs.writers.word.css.shorthands import SIDES
from kvisdocs.writers.word.css.stylesheet import Declared, PageRule
from kvisdocs.writers.word.css.values import Percent, Units, parse_length, significant
from kvisdocs.writers.word.model.drafts import Draft, DraftRow, break_page, keep_end_with_next
from kvisdocs.writers.word.styles.computed_formats import PAGE_BREAKS

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
