"""HTML lists → Word's multi-level lists: one definition for a list and all that is nested in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from kvisdocs.writers.word.css.computed import Computed
from kvisdocs.writers.word.css.counters import CounterStyle, Mark, find_mark
from kvisdocs.writers.word.model.blocks import Level, ListDefinition, ListPlace
from kvisdocs.writers.word.styles.computed_formats import run_format, twips

MAX_LEVELS = 9
"""Word has nine levels to a list (ECMA-376, 17.9.1)."""

NO_STYLES: Mapping[str, CounterStyle] = MappingProxyType({})


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


def read_level(
    item: Computed, left: float, room: float, start: int, depth: int, styles: Mapping[str, CounterStyle] = NO_STYLES
) -> Level:
    """One level with the looks of `item`, its mark's values. `left` is where the items' text begins, `room` what lies
    before it for the mark, both in points.

    `styles` are the stylesheet's `@counter-style` rules.
    """
    marker = item.word("list-style-type")
    size = item.font_size
    looks = replace(run_format(item), language=None)
    if marker == "none" or marker.startswith('"'):
        mark = Mark("bullet", "" if marker == "none" else marker[1:-1].rstrip())
    else:
        mark = find_mark(marker, styles)
    number_format, text = mark.number_format, mark.text
    hanging = min(room, size * _mark_width_em(mark))
    if number_format != "bullet":
        text = text.replace("%", f"%{depth + 1}")
    if item.word("list-style-position") == "inside" or not text:
        return Level(number_format, text, start, twips(left), 0, "space" if text else "nothing", looks)
    return Level(number_format, text, start, twips(left), twips(hanging), "tab", looks)


def _mark_width_em(mark: Mark) -> float:
    """About how wide the mark and its gap are, in em: a number with words before it (`At 1)`) needs more than `1.`."""
    if mark.number_format == "bullet":
        return 0.75
    return 1.35 if len(mark.text) <= 3 else 0.5 * len(mark.text)
