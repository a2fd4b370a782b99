"""What the walk hands down and remembers: places of blocks and texts, list definitions, bookmarks."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from kvisdocs.writers.word.css.computed import Computed
from kvisdocs.writers.word.css.counters import CounterStyle, ListMark, find_mark
from kvisdocs.writers.word.model.blocks import Frame, Level, ListDefinition, ListPlace
from kvisdocs.writers.word.model.inlines import Bookmark, Border, Borders
from kvisdocs.writers.word.styles.computed_formats import run_format, twips


@dataclass(frozen=True, eq=False, slots=True)
class Box:
    """A container with a background or borders: all paragraphs in it wear them, and Word draws them as one box.

    Two boxes of the same look are two boxes: they are equal only to themselves.
    """

    borders: Borders | None
    shade: str | None


@dataclass(frozen=True, eq=False, slots=True)
class Columns:
    """Columns that blocks run through, lengths in points. `left` and `right`: how far in they stand.

    `before` and `after` are the space above and below all of them. Two neighbours of the same look are two: each is
    balanced by itself.
    """

    count: int
    gap: float
    left: float
    right: float
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Region:
    """What a Word section is made for: a kind of page by its name, and columns on it."""

    page: str
    columns: Columns | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Mark:
    """A field around blocks, by its name and its title. Two fields of one name are two."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class BlockContext:
    """Where a block stands: the width it has, its indents (points), and the list, frame, box and region around it.

    Inside a table or a frame there is no region: a section cannot begin there.
    """

    width: float
    left: float = 0.0
    right: float = 0.0
    items: ListPlace | None = None
    frame: Frame | None = None
    box: Box | None = None
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class InlineContext:
    """What the inline elements around a text give it that CSS does not inherit; `width` is the room for a picture."""

    width: float
    style: str | None = None
    shade: str | None = None
    raised: Literal["superscript", "subscript"] | None = None
    border: Border | None = None


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
        mark = ListMark("bullet", "" if marker == "none" else marker[1:-1].rstrip())
    else:
        mark = find_mark(marker, styles)
    number_format, text = mark.number_format, mark.text
    hanging = min(room, size * _mark_width_em(mark))
    if number_format != "bullet":
        text = text.replace("%", f"%{depth + 1}")
    if item.word("list-style-position") == "inside" or not text:
        return Level(number_format, text, start, twips(left), 0, "space" if text else "nothing", looks)
    return Level(number_format, text, start, twips(left), twips(hanging), "tab", looks)


def _mark_width_em(mark: ListMark) -> float:
    """About how wide the mark and its gap are, in em: a number with words before it (`At 1)`) needs more than `1.`."""
    if mark.number_format == "bullet":
        return 0.75
    return 1.35 if len(mark.text) <= 3 else 0.5 * len(mark.text)


MAX_NAME = 40
"""Word's limit for a bookmark's name."""


class Anchors:
    """The ids that links go to. A bookmark waits from its element's start until the first paragraph takes it."""

    def __init__(self, root: Element) -> None:
        ids = {each.get("id", "") for each in root.iter() if isinstance(each.tag, str)}
        wanted = {target_of(each.get("href")) for each in root.iter("a")}
        self._names: dict[str, str] = {}
        taken: set[str] = set()
        for each in sorted(target for target in wanted if target is not None and target in ids - {""}):
            self._names[each] = _unique(each, taken)
        self._placed: set[str] = set()
        self._waiting: list[Bookmark] = []

    def name_of(self, target: str) -> str | None:
        """The bookmark's name for an id, or None where no element has it."""
        return self._names.get(target)

    def bookmark(self, element: Element) -> Bookmark | None:
        """The bookmark of an element that a link goes to; of two elements with one id, the first has it."""
        target = element.get("id", "")
        if target not in self._names or target in self._placed:
            return None
        self._placed.add(target)
        return Bookmark(self._names[target])

    def wait(self, element: Element) -> None:
        """Keep a block's bookmark for the first paragraph in it, or after it where it is empty."""
        bookmark = self.bookmark(element)
        if bookmark is not None:
            self._waiting.append(bookmark)

    def take(self) -> tuple[Bookmark, ...]:
        """The bookmarks that wait for a paragraph."""
        found = tuple(self._waiting)
        self._waiting.clear()
        return found

    def keep(self, bookmarks: tuple[Bookmark, ...]) -> None:
        """Let bookmarks that were taken wait again."""
        self._waiting[:0] = bookmarks


def target_of(href: str | None) -> str | None:
    """The id that an address inside the document names, or None for any other address."""
    return unquote(href[1:]) if href and href.startswith("#") else None


def _unique(target: str, taken: set[str]) -> str:
    plain = ("a_" + "".join(c if c.isalnum() else "_" for c in target))[:MAX_NAME]
    number, name = 1, plain
    while name.lower() in taken:
        number += 1
        name = f"{plain[: MAX_NAME - 5]}_{number}"
    taken.add(name.lower())
    return name
