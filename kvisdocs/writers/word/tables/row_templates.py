"""Rows of a table that are alike but for their words, told by their elements alone: most rows of a long table are.

What a cell looks like in Word hangs on the names and attributes of its elements, on what it stands in, and on where in
it text stands. So a row of the same elements as one before needs no reading: its texts are put into the other's place.
A cell is always read where it holds several texts, or elements that do more than give a text its look.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from kvisdocs.writers.html.directions import RIGHT_TO_LEFT

_SPACE = " \t\r\n\f"
_LOOKS_ONLY = {
    "abbr", "b", "cite", "code", "del", "div", "em", "i", "ins", "kbd", "mark", "p", "q", "s", "samp", "small", "span",
    "strong", "sub", "sup", "time", "u", "var",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """Rows with the same `key` differ in their `texts` alone: one for each element in the row, empty where none is."""

    key: object
    texts: tuple[str, ...]


def read_shapes(rows: Iterable[Element]) -> list[Shape | None]:
    """Each row's shape, or None for one with a cell that must be read."""
    return [_read_shape(row) for row in rows]


def is_text(text: str | None) -> bool:
    """Whether a text shows anything."""
    return bool(text and text.strip(_SPACE))


def _read_shape(row: Element) -> Shape | None:
    texts: list[str] = []
    cells: list[object] = []
    for cell in row:
        if len(cell):
            inner = _read_inside(cell)
            if inner is None:
                return None
            cells.append(inner.key)
            texts += inner.texts
        else:
            text = cell.text or ""
            cells.append((cell.tag, bool(text.strip(_SPACE)), *cell.items()))
            texts.append(text)
    if RIGHT_TO_LEFT.search("".join(texts)):
        return None
    return Shape((tuple(row.items()), tuple(cells)), tuple(texts))


def _read_inside(cell: Element) -> Shape | None:
    """The shape of a cell that holds elements: all of them, in order, and where the one text stands."""
    texts: list[str] = []
    found: list[object] = []
    for element in cell.iter():
        if element is not cell and element.tag not in _LOOKS_ONLY:
            return None
        around = [element.text or "", "" if element is cell else element.tail or ""]
        found.append((element.tag, len(element), *(is_text(each) for each in around), *element.items()))
        texts += filter(is_text, around)
    return Shape(tuple(found), (texts[0] if texts else "",)) if len(texts) < 2 else None
