"""A text and the data that it must hold, edit by edit."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import yaml

from kvisdocs.cases.yaml.editing import changes
from kvisdocs.cases.yaml.editing.data import copy, look_up, path_of, wrap
from kvisdocs.cases.yaml.editing.spans import ALIAS, BLOCK, Entry, Node
from kvisdocs.cases.yaml.source import Source
from kvisdocs.cases.yaml.yaml_builder import Data, Path, Stopped, Tree
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Problem

Order = Callable[[Path], Sequence[str]]
"""The keys of the group at a path, in the order in which they are to stand; no keys where it does not matter."""

IN_FILE = N_("change it in the file itself")


class Editor:
    """A text and the data it must hold, edit by edit."""

    def __init__(self, source: Source, order: Order | None) -> None:
        self.source, self.order = source, order
        self.document = changes.Document(source.text)
        self.data: Data = copy(source.data)
        self.emptied: list[Data] = []

    def failure(self, path: Path, what: Message, todo: Message = IN_FILE) -> KvisdocsError:
        """An error at what the file, as it was, has at a path or next to it."""
        return KvisdocsError(Problem(self.source.locate(path), what, todo))

    def not_sound(self, path: Path) -> KvisdocsError:
        """An error for what was written and does not say what it should."""
        what = message("yaml.edit.not_sound", "this cannot be changed here without changing something else too")
        return self.failure(path, what)

    def remove_emptied(self) -> None:
        """Take away the keys of groups and lists that edits left empty."""
        while self.emptied:
            emptied = self.emptied.pop()
            path = None if emptied else path_of(self.data, emptied)
            if path and isinstance(path[-1], str):
                self.remove(path)

    def put(self, path: Path, value: Data) -> None:
        """Another value at a path, or a first one."""
        there = next(end for end in range(len(path), -1, -1) if look_up(self.data, path[:end])[0])
        begins = there if look_up(self.data, path[:there])[1] is None else there + 1
        if any(isinstance(step, int) and step for step in path[begins:]):
            raise self._no_place(path)
        path, value = path[:begins], wrap(path[begins:], value)
        is_there, old = look_up(self.data, path)
        if is_there and old == value:
            return
        if isinstance(old, dict) and isinstance(value, dict) and old and value:
            self._put_group(path, old, value)
        elif isinstance(old, list) and isinstance(value, list) and old and value:
            self._put_list(path, old, value)
        else:
            self._put_one(path, value)

    def _put_group(self, path: Path, old: dict[str, Data], new: dict[str, Data]) -> None:
        for key, value in new.items():
            self.put((*path, key), value)
        for key in [key for key in old if key not in new]:
            self.remove((*path, key))

    def _put_list(self, path: Path, old: list[Data], new: list[Data]) -> None:
        """What both begin and end with stays; what is between is written anew, item by item."""
        shorter = min(len(old), len(new))
        head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
        tail = next((n for n in range(shorter - head) if old[-1 - n] != new[-1 - n]), shorter - head)
        both = shorter - head - tail
        for number in range(head, head + both):
            self.put((*path, number), new[number])
        for number in range(head + both, len(new) - tail):
            self._insert(path, number, None, new[number])
        for number in range(len(old) - tail - 1, head + both - 1, -1):
            if len(old) > len(new):
                self.remove((*path, number))

    def _put_one(self, path: Path, value: Data) -> None:
        if not path:
            if self.data is not None:
                raise self._no_place(path)
            self.data = value
            self._take(path, changes.begin(self.document, value))
            return
        group: Any = look_up(self.data, path[:-1])[1]
        if look_up(self.data, path)[0]:
            _, parent, entry = self._find(path)
            before = look_up(self.data, path)[1]
            group[path[-1]] = value
            self._take(path, changes.replace_value(self.document, parent, entry, before, value))
        elif isinstance(group, dict) and isinstance(path[-1], str):
            self._insert(path[:-1], self._place_of(path), path[-1], value)
        elif isinstance(group, list) and path[-1] == len(group):
            self._insert(path[:-1], len(group), None, value)
        else:
            raise self._no_place(path)

    def _insert(self, path: Path, number: int, key: str | None, value: Data) -> None:
        group = look_up(self.data, path)[1]
        owner, parent = self._find_group(path)
        if isinstance(group, list):
            group.insert(number, value)
        elif isinstance(group, dict) and key is not None:
            group[key] = value
        if not parent.entries and owner is not None and owner[0].style == BLOCK:  # [] or {}
            self._take(path, changes.replace_value(self.document, *owner, None, group))
        else:
            self._take(path, changes.insert(self.document, parent, number, key, value))

    def remove(self, path: Path) -> None:
        """A key or an item away."""
        if not path or not look_up(self.data, path)[0]:
            raise self._no_place(path)
        number, parent, _ = self._find(path)
        owner, _ = self._find_group(path[:-1])
        group: Any = look_up(self.data, path[:-1])[1]
        del group[path[-1]]
        if not group and len(path) == 1 and parent.style == BLOCK:
            self.data = None
        elif not group:
            self.emptied.append(group)
        self._take(path, changes.remove(self.document, parent, number, owner and owner[1]))

    def move(self, path: Path, to: int) -> None:
        """An item to another place in its list."""
        group = look_up(self.data, path[:-1])[1] if path and look_up(self.data, path)[0] else None
        if not isinstance(group, list) or not 0 <= to < len(group):
            raise self._no_place(path)
        number, parent, _ = self._find(path)
        group.insert(to, group.pop(number))
        if to != number:
            self._take(path, changes.move(self.document, parent, number, to))

    def _take(self, path: Path, texts: Iterator[str]) -> None:
        """The first of some texts that holds the data that it should."""
        for text in texts:
            try:
                tree = Tree(text, self.source.file)
            except (Stopped, yaml.YAMLError, ValueError, OverflowError):
                continue
            if not tree.problems and tree.data == self.data:
                self.document = changes.Document(text)
                return
        raise self.not_sound(path)

    def _find(self, path: Path) -> tuple[int, Node, Entry]:
        """The entry at a path, its group, and the how-many-th it is there."""
        _, parent = self._find_group(path[:-1])
        for number, entry in enumerate(parent.entries):
            if path[-1] == (number if parent.is_list else entry.key):
                return number, parent, entry
        raise self._no_place(path)

    def _find_group(self, path: Path) -> tuple[tuple[Node, Entry] | None, Node]:
        """The group or list at a path, and what it is a value in."""
        node, owner = self.document.root, None
        for step in path:
            entry = node.entry(step) if node is not None else None
            if node is None or entry is None:
                break
            owner, node = (node, entry), entry.value
        if node is not None and node.style == ALIAS:
            what = message("yaml.edit.alias", "this stands elsewhere in the file, and is only repeated here with *")
            raise self.failure(path, what)
        if node is None or node.is_scalar:
            raise self._no_place(path)
        return owner, node

    def _place_of(self, path: Path) -> int:
        """Where among the keys of its group a new one stands."""
        _, parent = self._find_group(path[:-1])
        present = [entry.key for entry in parent.entries]
        names = list(self.order(path[:-1])) if self.order else []
        if path[-1] in names:
            at = names.index(str(path[-1]))
            for name in reversed(names[:at]):
                if name in present:
                    return present.index(name) + 1
            for name in names[at + 1 :]:
                if name in present:
                    return present.index(name)
        return len(present)

    def _no_place(self, path: Path) -> KvisdocsError:
        shown = ".".join(map(str, path))
        what = message("yaml.edit.no_place", 'the file has no place for "{path}"', path=shown)
        return self.failure(path, what, N_("read the file anew, and try again"))
