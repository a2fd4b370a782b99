"""What stands where on the pages that WeasyPrint laid out: how full the last is, which rows are tall, what sticks out.

All lengths are CSS pixels (96 to the inch). WeasyPrint has no public name for its boxes; their names are those of
version 70, which constraints.txt holds.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from kvisdocs.templating.html import POSITION_ATTRIBUTE
from kvisdocs.writers.output import Outside, Where

SLACK = 2.0
"""So far may a text reach over an edge without anybody seeing it."""

TALL = 1 / 3
"""A row that takes more of a page than this may be cut in two."""

MIN_OVERLAP = 3.0
"""Lines that touch by less than this do not cover each other's letters."""

MAX_LETTER = 40.0
"""Letters higher than this are drawn behind a text on purpose: a draft's mark."""


def measure_last(pages: list[Any]) -> float:
    """How much of the last page's height its text takes, from 0 to 1."""
    page = pages[-1]._page_box
    top, height = page.content_box_y(), page.height
    bottoms = [
        box.position_y + box.margin_height()
        for box in _inside_flow(page)
        if isinstance(box, (boxes.LineBox, boxes.ReplacedBox, boxes.TableRowBox))
    ]
    return min(1.0, (max(bottoms, default=top) - top) / height) if height else 1.0


def find_tall_rows(pages: Iterable[Any], root: Element) -> frozenset[int]:
    """Which of all `tr` below `root`, counted from 0, are higher than `TALL` of their page and may not be cut."""
    heights: dict[Element, float] = {}
    for page in pages:
        for box in _inside_flow(page._page_box):
            if isinstance(box, boxes.TableRowBox) and box.element is not None:
                heights[box.element] = heights.get(box.element, 0) + box.height / page._page_box.height
    tall = {row for row, height in heights.items() if height > TALL}
    return frozenset(number for number, row in enumerate(root.iter("tr")) if row in tall) if tall else frozenset()


def _inside_flow(page: Any) -> Iterator[Any]:
    """The boxes of a page's text, without what is placed by itself, heads, feet and notes."""
    waiting = [child for child in page.children if not isinstance(child, (boxes.MarginBox, boxes.FootnoteAreaBox))]
    while waiting:
        box = waiting.pop()
        if not isinstance(box, AbsolutePlaceholder):
            yield box
            waiting += getattr(box, "children", ())


_NUMBER = re.compile(r"(?:[^\W\d_]{0,10}(?:[\d.,:%()§\u00a0+−–]|\Z))+")
"""What is a number, an amount or a date when it holds a digit: no word in it is longer than `september`."""


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What a text must stay in; `bottom` is None where it may grow."""

    where: Where
    left: float
    right: float
    bottom: float | None = None
    placed: Any = None
    """The box that is placed by itself, if any is around."""


class _Text(NamedTuple):
    """A text's letters on the page."""

    box: Any
    bounds: _Bounds
    left: float
    top: float
    right: float
    bottom: float

    def is_over(self, other: "_Text") -> bool:
        """Whether the letters of both cover each other."""
        return (
            min(self.bottom, other.bottom) - max(self.top, other.top) > MIN_OVERLAP
            and min(self.right, other.right) - max(self.left, other.left) > MIN_OVERLAP
        )


def find_outside(pages: Iterable[Any]) -> tuple[Outside, ...]:
    """Every text that leaves its cell, its page or its place, or lies over another; each once."""
    found: dict[Outside, None] = {}
    for page in pages:
        texts = list(_texts(page._page_box))
        for text in texts:
            if where := _leaves(text, page):
                shown = _longest_beside(text, texts) if where is Where.PLACE else text.box.text.strip()
                found[Outside(where, shown, _mark(text.box.element))] = None
        for line in _divided(texts):
            found[line] = None
        for text in _covering(texts):
            found[Outside(Where.TEXT, text.box.text.strip(), _mark(text.box.element))] = None
    return tuple(found)


def _leaves(text: _Text, page: Any) -> Where | None:
    """What a text leaves; None where it stays in all."""
    left, bounds = text.left, text.bounds
    if left < -SLACK or text.right > page.width + SLACK or text.bottom > page.height + SLACK:
        return Where.PAGE
    if left < bounds.left - SLACK or text.right > bounds.right + SLACK:
        return bounds.where
    return bounds.where if bounds.bottom is not None and text.bottom > bounds.bottom + SLACK else None


def _longest_beside(text: _Text, texts: list[_Text]) -> str:
    """Of the lines in one place, the longest: the last is the one that sticks out, and seldom the one to shorten."""
    beside = [each.box.element for each in texts if each.bounds.placed is text.bounds.placed]
    return max((" ".join("".join(each.itertext()).split()) for each in beside), key=len)


def _divided(texts: list[_Text]) -> Iterator[Outside]:
    """Amounts, dates and other numbers that begin on one line and end on the next: they are wider than their cell."""
    for above, below in itertools.pairwise(texts):
        element = above.box.element
        if (
            element is None
            or element is not below.box.element
            or above.box.position_y + above.box.height > below.box.position_y
        ):
            continue
        if any("::" in (each.box.element_tag or "") for each in (above, below)):  # the number of a footnote
            continue
        end, start = above.box.text.split(" ")[-1], below.box.text.split(" ")[0]
        if end and start and _NUMBER.fullmatch(end + start) and any(map(str.isdigit, end + start)):
            whole = next(
                (word for word in re.split("[ \n]", "\n".join(element.itertext())) if end + start in word), None
            )
            if whole:
                yield Outside(Where.LINE, whole.strip(), _mark(element))


def _covering(texts: list[_Text]) -> Iterator[_Text]:
    """The texts of boxes placed by themselves that lie over, or under, any other box's text: one a box."""
    small = [text for text in texts if text.box.style["font_size"] < MAX_LETTER]
    told = set()
    for text in small:
        own = text.bounds.placed
        if own is None or own in told:
            continue
        for other in small:
            if other.bounds.placed is not own and other.bounds.placed not in told and text.is_over(other):
                told.add(own)
                yield text
                break


def _mark(element: Element | None) -> str | None:
    return None if element is None else element.get(POSITION_ATTRIBUTE)


def _texts(page: Any) -> Iterator[_Text]:
    """Every text of a page that shows something, with what it must stay in."""
    left = page.content_box_x()
    flow = _Bounds(Where.PAGE, left, left + page.width, page.content_box_y() + page.height)
    waiting = [(child, replace(flow, bottom=None) if _is_aside(child) else flow) for child in reversed(page.children)]
    while waiting:
        box, bounds = waiting.pop()
        if isinstance(box, boxes.TextBox):
            if box.text.strip():
                left, top = box.position_x, box.position_y
                yield _Text(box, bounds, left, top, left + box.width, top + box.height)
            continue
        inner = _enter(box, bounds)
        waiting += [(child, inner) for child in reversed(getattr(box, "children", ()))]


def _is_aside(box: Any) -> bool:
    return isinstance(box, (boxes.MarginBox, boxes.FootnoteAreaBox))


def _enter(box: Any, bounds: _Bounds) -> _Bounds:
    """What the texts inside a box must stay in."""
    left, right = box.position_x, box.position_x
    if isinstance(box, AbsolutePlaceholder):
        left, right = box.border_box_x(), box.border_box_x() + box.border_width()
        bottom = box.border_box_y() + box.border_height()
        return _Bounds(Where.PLACE, left, right, bottom, box)
    if isinstance(box, boxes.TableCellBox):
        left, right = box.border_box_x(), box.border_box_x() + box.border_width()
        return replace(bounds, where=Where.CELL, left=left, right=right)
    if isinstance(box, boxes.MarginBox):
        return _Bounds(Where.PAGE, 0, box.position_x + box.margin_width())
    if isinstance(box, boxes.BlockContainerBox) and bounds.where is Where.PAGE:
        left, right = box.border_box_x(), box.border_box_x() + box.border_width()
        return replace(bounds, left=min(left, bounds.left), right=max(right, bounds.right))
    return bounds
