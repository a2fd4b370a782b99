"""Links inside the document: ids → bookmarks, with names that Word takes and no name twice."""

from urllib.parse import unquote
from xml.etree.ElementTree import Element

from kvisdocs.writers.word.model.inlines import Bookmark

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
