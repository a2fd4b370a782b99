"""Rows of a table that are alike but for their words, told by their elements alone: most rows of a long table are.

What a cell looks like in Word hangs on its element's name and attributes, on what it stands in, and on whether it
holds a text at all. So a row of the same elements as one before needs no reading: its texts are put into the other's
place. A cell that holds elements is always read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

_SPACE = " \t\r\n\f"


@dataclass(frozen=True, slots=True)
class Shape:
    """Rows with the same `key` differ in their `texts` alone, which are those of the row's elements in order."""

    key: object
    texts: tuple[str, ...]


def read_shapes(rows: Iterable[Element]) -> list[Shape | None]:
    """Each row's shape, or None for one with a cell that holds more than text."""
    return [_read_shape(row) for row in rows]


def _read_shape(row: Element) -> Shape | None:
    texts: list[str] = []
    cells: list[object] = []
    for cell in row:
        if len(cell):
            return None
        text = cell.text or ""
        cells.append((cell.tag, bool(text.strip(_SPACE)), *cell.items()))
        texts.append(text)
    return Shape((tuple(row.items()), tuple(cells)), tuple(texts))
