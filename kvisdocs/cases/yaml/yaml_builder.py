"""YAML's events → plain data, with all that a case file may not hold: repeated keys, tags, anchors beyond reason.

Built from events, since yaml's composer recurses in C: deep nesting would take the whole process down.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import yaml

from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Position, Problem

Step = str | int
Path = tuple[Step, ...]
Data: TypeAlias = "dict[str, Data] | list[Data] | str | None"

MAX_NODES = 100_000
"""Counted with every use of an anchor, so that a few lines of anchors cannot unfold into gigabytes."""

MAX_DEPTH = 40

UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no YAML file may hold (YAML 1.1, section 5.1), nor, but for U+007F to U+009F, any XML file (XML 1.0, 2.2)."""

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PREFIX = "tag:yaml.org,2002:"
_NULL_TAG = f"{_PREFIX}null"
_CORE = ("str", "int", "float", "bool", "null", "timestamp", "value", "map", "seq")
_ALLOWED_TAGS = {None, "!", *(f"{_PREFIX}{name}" for name in _CORE)}
_NOTHING = {"", "~", "null", "Null", "NULL"}
_LEVELS = N_("use at most {most} levels", most=MAX_DEPTH)
_ANCHORS = N_("write the values out where they are used")


class Stopped(Exception):  # noqa: N818  (what stops is no error of the program's, but the file's)
    """Raised where reading cannot go on; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass
class PositionTable:
    """Where keys and values stand. Paths are tuples of keys and list numbers; `()` is the whole file."""

    values: dict[Path, Position] = field(default_factory=dict)
    keys: dict[Path, Position] = field(default_factory=dict)
    written: dict[Path, str] = field(default_factory=dict)
    """Each text as the file writes it, with its quotes or its block's indents."""
    _order: list[tuple[dict[Path, Position], Path]] = field(default_factory=list)

    def put(self, places: dict[Path, Position], path: Path, position: Position) -> None:
        """Keep one place, in `values` or in `keys`."""
        places[path] = position
        self._order.append((places, path))

    def count(self) -> int:
        """How many were kept so far."""
        return len(self._order)

    def copy_branch(self, there: Path, span: slice, here: Path) -> None:
        """What is used again by an anchor stands where it was written: `span` are the places kept while it was read."""
        for places, path in self._order[span]:
            copy = (*here, *path[len(there) :])
            self.put(places, copy, places[path])
            if places is self.values and path in self.written:
                self.written[copy] = self.written[path]


class _Anchor(NamedTuple):
    data: Data
    path: Path
    nodes: int
    depth: int
    position: Position
    span: slice = slice(0)


class Tree:
    """One reading of a text. `data` is what it holds, `problems` what is wrong, `spoilt` the paths they concern.

    `places` are kept only if asked for: a case without problems does without them, and is read twice as fast. Raises
    yaml.YAMLError where the text is no YAML, and Stopped.
    """

    def __init__(self, text: str, file: str, places: PositionTable | None = None) -> None:
        self.text = text
        self.file = file
        self.places = places
        self.problems: list[Problem] = []
        self.spoilt: set[Path] = set()
        self._next = Loader(text).get_event
        self._anchors: dict[str, _Anchor | None] = {}
        self._nodes = 0
        self._deepest = 0
        self.data = self._read_file()

    def _read_file(self) -> Data:
        self._next()
        data: Data = None
        if isinstance(self._next(), yaml.DocumentStartEvent):
            data = self._read(self._next(), ())
            self._next()
            if isinstance(event := self._next(), yaml.DocumentStartEvent):
                todo = N_("write one case in a file, without --- between")
                self._add((), event, message("yaml.file.second_case", "a second case begins here"), todo)
                self.spoilt.add(())  # what the first lacks may well stand in the second
        return data

    def _read(self, event: Any, path: Path) -> Data:
        self._count(event)
        if type(event) is yaml.AliasEvent:
            return self._use(event, path)
        if self.places is not None:
            self.places.put(self.places.values, path, self._position(event))
        if event.tag not in _ALLOWED_TAGS:
            shown = event.tag.replace(_PREFIX, "!!")
            what = message("yaml.tag.not_allowed", '"{tag}" is not allowed in a case', tag=shown)
            self._add(path, event, what, N_("delete it, or put the value in quotes"))
        before, above, kept = self._nodes, self._deepest, self.places.count() - 1 if self.places else 0
        self._deepest = len(path)
        if event.anchor is not None:
            self._begin_anchor(event, path)
        data = self._content(event, path)
        if event.anchor is not None:
            size, depth = self._nodes - before + 1, self._deepest - len(path)
            span = slice(kept, self.places.count() if self.places else 0)
            self._anchors[event.anchor] = _Anchor(data, path, size, depth, self._position(event), span)
        self._deepest = max(above, self._deepest)
        return data

    def _read_plain(self, event: Any, path: Path, key: str) -> Data:
        """As `_read` for what most values are: a text without a tag, an anchor or a place to keep."""
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._count(event)
        if len(path) >= self._deepest:
            self._deepest = len(path) + 1
        text: str = event.value
        if event.implicit[0] and text in _NOTHING:
            return None
        return text if text.isprintable() else self._text(event, (*path, key))

    def _content(self, event: Any, path: Path) -> Data:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if event.tag == _NULL_TAG or (event.implicit[0] and event.tag is None and event.value in _NOTHING):
                return None
            if self.places is not None:
                self.places.written[path] = self.text[event.start_mark.index : event.end_mark.index]
            return self._text(event, path)
        if len(path) >= MAX_DEPTH:
            self._stop(event, message("yaml.file.too_deep", "the file is nested too deeply"), _LEVELS)
        if kind is yaml.MappingStartEvent:
            return self._read_mapping(path)
        return [self._read(item, (*path, number)) for number, item in enumerate(self._items())]

    def _items(self) -> Iterator[Any]:
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            yield event

    def _read_mapping(self, path: Path) -> dict[str, Data]:
        found: dict[str, Data] = {}
        keys: dict[str, Any] = {}
        repeated: dict[str, list[Any]] = {}
        read, places = self._next, self.places
        while type(event := read()) is not yaml.MappingEndEvent:
            key = self._key(event, path)
            if key is None:
                self._skip(read())
            elif key in found:
                repeated.setdefault(key, []).append(event)
                self._skip(read())
            else:
                keys[key] = event
                if places is not None:
                    places.put(places.keys, (*path, key), self._position(event))
                value = read()
                if places is None and type(value) is yaml.ScalarEvent and value.tag is value.anchor is None:
                    found[key] = self._read_plain(value, path, key)
                else:
                    found[key] = self._read(value, (*path, key))
        for key, events in repeated.items():
            self._add_repeated((*path, key), keys[key], events)
        return found

    def _add_repeated(self, path: Path, first: Any, others: list[Any]) -> None:
        """A key that stands more than once, told once."""
        line = first.start_mark.line + 1
        if len(others) == 1:
            times, todo = N_("twice"), N_("delete one; the first is in line {line}", line=line)
        else:
            times = N_("{number:,} times", number=len(others) + 1)
            todo = N_("delete the others; the first is in line {line}", line=line)
        what = message("yaml.key.repeated", 'the key "{key}" stands {times}', key=path[-1], times=times)
        self._add(path, others[0], what, todo)

    def _key(self, event: Any, path: Path) -> str | None:
        """The text of a key, or None for what cannot be one; then its value is passed over."""
        if type(event) is yaml.ScalarEvent and event.anchor is None and event.value.isidentifier():
            return str(event.value)  # as all keys of the models are
        if type(event) is not yaml.ScalarEvent:
            anchored = self._anchors.get(event.anchor or "") if type(event) is yaml.AliasEvent else None
            if anchored is not None and isinstance(anchored.data, str):
                return anchored.data
            mark: Any = event.start_mark
            if type(event) is yaml.MappingStartEvent and self.text.startswith("{{", max(mark.index - 1, 0)):
                what = message("yaml.key.template", "{{{{ and }}}} make keys of this, and a case is no template")
                todo = N_("write the words themselves")
            else:
                what = message("yaml.key.group", "a key is one word before a colon, no list and no group")
                todo = N_("write the key as plain text")
            self._add(path, event, what, todo)
            self._skip(event)
            return None
        if event.value == "<<":
            self._add(path, event, message("yaml.key.merge", 'the key "<<" is not allowed'), _ANCHORS)
            return None
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchor(event.value, path, 1, 0, self._position(event))
        return self._text(event, path)

    def _skip(self, event: Any) -> None:
        """Pass over a value that is not wanted. An anchor in it is not known afterwards, which is said where used."""
        depth = 0
        while True:
            self._count(event)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if getattr(event, "anchor", None) and type(event) is not yaml.AliasEvent:
                self._anchors[event.anchor] = _Anchor(None, (), 1, 0, self._position(event))
            if not depth:
                return
            event = self._next()

    def _text(self, event: Any, path: Path) -> str:
        """The text of a scalar. An escape such as "\\0" may stand for what no PDF or Word file can hold."""
        text: str = event.value
        if not text.isprintable() and (found := UNPRINTABLE.search(text)):
            what = message(
                "yaml.escape.unprintable",
                "the escape for the character U+{sign:04X} stands for nothing that can be shown",
                sign=ord(found[0]),
            )
            self._add(path, event, what, N_("delete it"))
        return text

    def _begin_anchor(self, event: Any, path: Path) -> None:
        first = self._anchors.get(event.anchor)
        if first is not None:
            what = message("yaml.anchor.repeated", 'the anchor "&{name}" stands twice', name=event.anchor)
            self._add(path, event, what, N_("rename one; the first is in line {line}", line=first.position.line))
        self._anchors[event.anchor] = None

    def _use(self, event: Any, path: Path) -> Data:
        anchor = self._anchors.get(event.anchor)
        if anchor is None:
            if event.anchor in self._anchors:
                what = message(
                    "yaml.anchor.in_itself", '"*{name}" stands for something that it is a part of', name=event.anchor
                )
                self._stop(event, what, _ANCHORS)
            what = message(
                "yaml.anchor.unknown",
                '"*{name}" repeats what is called "&{name}" above, and nothing is',
                name=event.anchor,
            )
            self._add(path, event, what, N_("put quotes around a value that begins with *"))
            return None
        self._nodes += anchor.nodes
        self._deepest = max(self._deepest, len(path) + anchor.depth)
        if self._nodes > MAX_NODES:
            what = message("yaml.anchor.too_many", "the anchors unfold beyond reason")
            self._stop(event, what, N_("a case has at most {most:,} values", most=MAX_NODES))
        if self._deepest > MAX_DEPTH:
            self._stop(event, message("yaml.anchor.too_deep", "the anchors nest too deeply"), _LEVELS)
        if self.places is not None:
            self.places.copy_branch(anchor.path, anchor.span, path)
            self.places.put(self.places.values, path, anchor.position)
        return anchor.data

    def _count(self, event: Any) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            what = message("yaml.file.too_many_values", "the file holds too many values")
            self._stop(event, what, N_("a case has at most {most:,}", most=MAX_NODES))

    def _position(self, event: Any) -> Position:
        return Position(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _add(self, path: Path, event: Any, what: Message, todo: Message) -> None:
        self.problems.append(Problem(self._position(event), what, todo))
        if path:
            self.spoilt.add(path)

    def _stop(self, event: Any, what: Message, todo: Message) -> None:
        raise Stopped(Problem(self._position(event), what, todo))
