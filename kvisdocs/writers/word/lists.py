"""HTML lists → Word's multi-level lists: one definition for a list with all that is nested in it: it begins anew."""

from dataclasses import dataclass, field, replace

from kvisdocs.writers.word.blocks import Level, ListDefinition, ListPlace
from kvisdocs.writers.word.computed import Computed
from kvisdocs.writers.word.formats import run_format, twips

MAX_LEVELS = 9
"""Word has nine levels to a list (ECMA-376, 17.9.1)."""

_BULLETS = {"disc": "•", "circle": "◦", "square": "▪"}
_NUMBERS = {
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}


@dataclass(slots=True)
class ListBook:
    """The lists of one document. A new list, or a nested one with marks unlike its neighbour's, has its own number."""

    lists: list[list[Level]] = field(default_factory=list)
    _opened: dict[int, ListPlace] = field(default_factory=dict)

    def open(self, level: Level, parent: ListPlace | None) -> ListPlace:
        """The place of a list's items: in a list of their own, or one level below `parent`.

        Word counts anew on a level when an item above it has come between. `parent` is the item itself and not only its
        place, so that a second list in the same item is known, and gets a number of its own.
        """
        if parent is None:
            self.lists.append([level])
            return ListPlace(len(self.lists), 0)
        depth = min(parent.level + 1, MAX_LEVELS - 1)
        levels = self.lists[parent.list_id - 1]
        if depth == len(levels):
            levels.append(level)
        if levels[depth] == level and id(parent) not in self._opened:
            self._opened[id(parent)] = parent
            return ListPlace(parent.list_id, depth)
        self.lists.append([*levels[:depth], level])
        return ListPlace(len(self.lists), depth)

    def definitions(self) -> tuple[ListDefinition, ...]:
        """All lists, ready to be written."""
        return tuple(ListDefinition(number, tuple(levels)) for number, levels in enumerate(self.lists, 1))


def read_level(item: Computed, left: float, room: float, start: int, depth: int) -> Level:
    """One level. `left` is where the items' text begins, `room` what lies before it for the mark, both in points."""
    marker = item.word("list-style-type")
    size = item.font_size
    looks = replace(run_format(item), language=None)
    if marker in _NUMBERS:
        number_format, text, hanging = _NUMBERS[marker], f"%{depth + 1}.", min(room, size * 1.35)
    else:
        number_format, hanging = "bullet", min(room, size * 0.75)
        text = marker[1:-1].rstrip() if marker.startswith('"') else _BULLETS.get(marker, "")
    if item.word("list-style-position") == "inside" or not text:
        return Level(number_format, text, start, twips(left), 0, "space" if text else "nothing", looks)
    return Level(number_format, text, start, twips(left), twips(hanging), "tab", looks)
