"""YAML text → plain data and the position of every part.

Scalars stay text: YAML's own guesses turn the CPR number 0101701234 into 17269404 and the time 12:30 into 750. What a
value means is decided by the model alone. Only an empty value (or `null`, `~`) is told apart, as None.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from kvisdocs.cases.places import find_place
from kvisdocs.problems import KvisdocsError, Position, Problem

Step = str | int
Data: TypeAlias = "dict[str, Data] | list[Data] | str | None"

MAX_BYTES = 10_000_000
"""A case is some kilobytes; beyond this the file is something else."""

MAX_NODES = 100_000
"""Counted with every use of an anchor, so that a few lines of anchors cannot unfold into gigabytes."""

MAX_DEPTH = 40

_BREAK = re.compile(r"\r\n?|\n")
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no YAML file may hold (YAML 1.1, section 5.1), nor, but for U+007F to U+009F, any XML file (XML 1.0, 2.2)."""

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SCALAR_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "value")}
_CORE_TAGS = _SCALAR_TAGS | {"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}


@dataclass(frozen=True, slots=True)
class Source:
    """A file's plain data. Paths are tuples of keys and list numbers; `()` is the whole file."""

    file: str
    data: Data
    values: Mapping[tuple[Step, ...], Position]
    keys: Mapping[tuple[Step, ...], Position] = field(default_factory=dict)
    written: Mapping[tuple[Step, ...], str] = field(default_factory=dict)
    """Each text as the file writes it, with its quotes or its block's indents."""

    def locate(self, path: tuple[Step, ...]) -> Position:
        """Where the value at `path` begins; for a path that is not there, its nearest parent that is."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Position(self.file, 1, 1))

    def locate_key(self, path: tuple[Step, ...]) -> Position:
        """Where the key at the end of `path` stands; for a list's item, the item itself."""
        return self.keys.get(path) or self.locate(path)

    def text_at(self, path: tuple[Step, ...]) -> str:
        """The text at `path`, as it stands, white space at its ends and all; empty where there is none."""
        data: Data = self.data
        for step in path:
            if isinstance(data, dict) and isinstance(step, str):
                data = data.get(step)
            else:
                data = data[step] if isinstance(data, list) and isinstance(step, int) and step < len(data) else None
        return data if isinstance(data, str) else ""

    def locate_in(self, path: tuple[Step, ...], offset: int) -> Position:
        """Where the sign at `offset` of the text at `path` stands in the file, however the text was written."""
        start, written = self.locate(path), self.written.get(path)
        if written is None:
            return start
        line, column = _line_and_column(written, find_place(written, self.text_at(path), offset))
        return Position(start.file, start.line + line - 1, column + (start.column - 1 if line == 1 else 0))


def read_source(path: Path, shown_as: str | None = None) -> Source:
    """Read one YAML file.

    Raises KvisdocsError with all that is wrong with its form: unreadable, not UTF-8, no YAML (the first fault only,
    since the parser cannot go on), repeated keys, tags, anchors beyond reason.
    """
    file = shown_as or str(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise KvisdocsError(
                Problem(Position(file), f"the file has {size:,} bytes", f"a case has at most {MAX_BYTES:,}")
            )
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise KvisdocsError(
            Problem(Position(file), f"cannot be read: {reason}", "check the path and its rights")
        ) from None
    return parse_source(_decode(raw, file), file)


def parse_source(text: str, file: str) -> Source:
    """Read YAML text; errors as `read_source`."""
    if found := _UNPRINTABLE.search(text):
        line, column = _line_and_column(text, found.start())
        what = f"the character U+{ord(found[0]):04X} cannot stand in YAML"
        raise KvisdocsError(Problem(Position(file, line, column), what, "delete it"))
    try:
        _refuse_depth(text, file)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise KvisdocsError(_syntax_problem(error, file)) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the pure loader's chr() of "\\UFFFFFFFF"
        what = f"not valid YAML: {error}".splitlines()[0]
        raise KvisdocsError(Problem(Position(file), what, "check signs such as \\U in quotes")) from None
    walker = _Walker(file, text)
    data = walker.read(root, ()) if root is not None else None
    if walker.problems:
        raise KvisdocsError(walker.problems)
    return Source(file, data, walker.values, walker.keys, walker.written)


def _refuse_depth(text: str, file: str) -> None:
    """Stop before `yaml.compose` on deep nesting: libyaml's composer recurses in C and takes the whole process down."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            position = _mark_position(event.start_mark, file)
            raise KvisdocsError(Problem(position, "nested too deeply", f"use at most {MAX_DEPTH} levels"))


class _Walker:
    """Turns yaml's nodes into plain data; keeps what it saw of positions and problems."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self._text = text
        self.values: dict[tuple[Step, ...], Position] = {}
        self.keys: dict[tuple[Step, ...], Position] = {}
        self.written: dict[tuple[Step, ...], str] = {}
        self.problems: list[Problem] = []
        self._nodes = 0

    def read(self, node: yaml.Node, path: tuple[Step, ...]) -> Data:
        self._nodes += 1
        position = self._position(node)
        self.values[path] = position
        if self._nodes > MAX_NODES:
            self._stop(position, "anchors or lists unfold beyond reason", f"a case has at most {MAX_NODES:,} values")
        if len(path) > MAX_DEPTH:
            self._stop(position, "an anchor holds itself, or nests too deeply", f"use at most {MAX_DEPTH} levels")
        if node.tag not in _CORE_TAGS and not (isinstance(node, yaml.ScalarNode) and node.value == "<<"):
            self._add(position, f'the tag "{node.tag}" is not allowed in a case', "delete it; values are plain text")
            return None
        if isinstance(node, yaml.MappingNode):
            return self._read_mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(child, (*path, number)) for number, child in enumerate(node.value)]
        if node.tag == "tag:yaml.org,2002:null":
            return None
        self.written[path] = self._text[node.start_mark.index : node.end_mark.index]
        return self._read_text(node)

    def _read_text(self, node: yaml.Node) -> str:
        """The text of a scalar. An escape such as "\\0" may stand for what no PDF or Word file can hold."""
        text = str(node.value)
        if found := _UNPRINTABLE.search(text):
            what = f"the escape for the character U+{ord(found[0]):04X} stands for nothing that can be shown"
            self._add(self._position(node), what, "delete it")
        return text

    def _read_mapping(self, node: yaml.MappingNode, path: tuple[Step, ...]) -> dict[str, Data]:
        found: dict[str, Data] = {}
        for key_node, value_node in node.value:
            position = self._position(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self._add(position, "a key is a list or a mapping", "write the key as plain text")
                continue
            key = self._read_text(key_node)
            if key == "<<":
                self._add(position, 'the merge key "<<" is not allowed', "write the values out")
                continue
            if key in found:
                first = self.keys[(*path, key)]
                self._add(position, f'the key "{key}" stands twice', f"delete one; the first is in line {first.line}")
                continue
            self.keys[(*path, key)] = position
            found[key] = self.read(value_node, (*path, key))
        return found

    def _position(self, node: yaml.Node) -> Position:
        return Position(self.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def _add(self, position: Position, what: str, todo: str) -> None:
        self.problems.append(Problem(position, what, todo))

    def _stop(self, position: Position, what: str, todo: str) -> None:
        raise KvisdocsError([*self.problems, Problem(position, what, todo)])


def _decode(raw: bytes, file: str) -> str:
    """The text, without a byte-order mark. UTF-16 and Latin-1 are refused with the place of the first wrong byte."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # error.object is `raw` without its byte-order mark, and error.start counts from there
        before = error.object[: error.start].decode("utf-8")
        line, column = _line_and_column(before, len(before))
        what = f"the byte 0x{error.object[error.start]:02X} is not UTF-8"
        raise KvisdocsError(
            Problem(Position(file, line, column), what, "save the file as UTF-8 in your editor")
        ) from None


def _line_and_column(text: str, index: int) -> tuple[int, int]:
    breaks = list(_BREAK.finditer(text, 0, index))
    return len(breaks) + 1, index - (breaks[-1].end() if breaks else 0) + 1


def _mark_position(mark: Any, file: str) -> Position:
    return Position(file, mark.line + 1, mark.column + 1) if mark else Position(file)


def _syntax_problem(error: yaml.MarkedYAMLError, file: str) -> Problem:
    position = _mark_position(error.problem_mark or error.context_mark, file)
    found = error.problem or "not valid YAML"
    todo = {
        "found a tab character that violates indentation": "indent with spaces, not tabs",
        "found character that cannot start any token": "indent with spaces, not tabs; quote values that begin so",
        "mapping values are not allowed in this context": 'put quotes around a text that holds ": "',
        "could not find expected ':'": "write every line as key: value",
        "did not find expected key": "check the indent of this line and the quotes of the lines above",
        "found undefined alias": "quote a text that begins with *",
        "but found another document": "write one case in a file, without --- between",
        "second occurrence": "an anchor (&) has the same name twice; rename one, or quote a text that begins with &",
    }.get(found, "check the indent and the quotes here and in the line above")
    return Problem(position, f"not valid YAML: {found}", todo)
