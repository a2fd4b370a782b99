"""`@page` rules → the page: paper, margins, and what its margin boxes declare (CSS Paged Media 3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from tinycss2.ast import Node

from kvisdocs.writers.word.css_values import Percent, Units, parse_length, significant
from kvisdocs.writers.word.shorthands import SIDES
from kvisdocs.writers.word.stylesheet import Declared, PageRule

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
