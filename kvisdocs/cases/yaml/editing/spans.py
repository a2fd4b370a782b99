"""Where the parts of a YAML text begin and end, so that one of them can be written anew and the rest stay as it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from kvisdocs.cases.yaml.yaml_builder import Loader, Path

ALIAS = "*"
BLOCK, FLOW = "block", "flow"
_PROPERTIES = re.compile(r"(?:[&!]\S*\s*)*")
_BETWEEN = re.compile(r"(?:\s+|(?<!\S)#[^\r\n]*)*")
_BREAK = re.compile(r"\r\n?|\n")


@dataclass(frozen=True)
class Entry:
    """A key with its value, or an item of a list. `start` is where its key, its hyphen or (in brackets) it begins.

    `after` is the place behind the colon or the hyphen.
    """

    start: int
    after: int
    key: str | None
    value: "Node"


@dataclass(frozen=True)
class Node:
    """A value, from its first sign behind anchor and tag to its last; remarks behind it are not of it.

    `style` is `''`, `'`, `"`, `|` or `>` of a scalar, `block` or `flow` of a group or list, `*` of what repeats
    another value. `column` is that of a group's keys or a list's hyphens.
    """

    start: int
    end: int
    style: str
    column: int = 0
    is_list: bool = False
    entries: tuple[Entry, ...] = ()

    @property
    def is_scalar(self) -> bool:
        """Whether it is a text, or nothing."""
        return self.style not in {BLOCK, FLOW, ALIAS}

    def entry(self, step: str | int) -> Entry | None:
        """The entry by its key or number; None where there is none."""
        if self.is_list:
            return self.entries[step] if isinstance(step, int) and step < len(self.entries) else None
        return next((each for each in self.entries if each.key == step), None)


def read_nodes(text: str) -> Node | None:
    """The whole text as nodes; None of one that holds nothing but remarks."""
    events: Iterator[Any] = iter(yaml.parse(text, Loader=Loader))
    next(events)
    if not isinstance(next(events), yaml.DocumentStartEvent):
        return None
    return _Reader(text, events).read(next(events))


class _Reader:
    def __init__(self, text: str, events: Iterator[Any]) -> None:
        self.text, self.events = text, events

    def read(self, event: Any) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.AliasEvent):
            return Node(start, end, ALIAS)
        if self.text[start : start + 1] in {"&", "!"} and start < end:
            start = _end(_PROPERTIES, self.text, start)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, start, end)
        column = event.start_mark.column
        style = FLOW if event.flow_style else BLOCK
        is_list = isinstance(event, yaml.SequenceStartEvent)
        if style == BLOCK:
            start = find_next(self.text, start)
            column = start - line_start(self.text, start)
        entries, last = self._entries(is_list, style, start)
        if style == FLOW:
            return Node(start, last, style, column, is_list, entries)
        return Node(start, entries[-1].value.end if entries else start, style, column, is_list, entries)

    def _entries(self, is_list: bool, style: str, start: int) -> tuple[tuple[Entry, ...], int]:
        """All up to the end of a group or list, and where that stands."""
        found: list[Entry] = []
        at = start
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent | yaml.MappingEndEvent):
            if not is_list:
                key = self.read(event)
                name = event.value if isinstance(event, yaml.ScalarEvent) else None
                value = self.read(next(self.events))
                colon = find_next(self.text, key.end)
                after = colon + 1 if self.text[colon : colon + 1] == ":" else value.start
                found.append(Entry(event.start_mark.index, after, name, value))
            elif style == BLOCK:
                hyphen = find_next(self.text, at)
                found.append(Entry(hyphen, hyphen + 1, None, self.read(event)))
            else:
                found.append(Entry(event.start_mark.index, event.start_mark.index, None, self.read(event)))
            at = found[-1].value.end
        mark: Any = event.end_mark
        return tuple(found), mark.index

    def _scalar(self, event: Any, start: int, end: int) -> Node:
        if event.style in {"|", ">"}:
            kept = "+" in self.text[start : line_end(self.text, start)].split("#")[0]
            body = self.text[start:end]
            end = start + len(body) if kept else line_end(self.text, start + len(body.rstrip()))
            if kept and body.endswith("\n"):
                end -= 2 if body.endswith("\r\n") else 1
            return Node(start, end, event.style)
        if start >= end:
            start = end = len(self.text[:start].rstrip())
        return Node(start, end, event.style or "")


def find(root: Node | None, path: Path) -> tuple[Node | None, int]:
    """The node at a path, or the last one on the way to it, and how many steps led there."""
    node = root
    for number, step in enumerate(path):
        entry = node.entry(step) if node is not None else None
        if entry is None:
            return node, number
        node = entry.value
    return node, len(path)


def find_next(text: str, at: int) -> int:
    """The next sign that is neither white space nor part of a remark."""
    return _end(_BETWEEN, text, at)


def line_start(text: str, at: int) -> int:
    """Where the line begins in which a sign stands."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """Where the line ends in which a sign stands, before its line break."""
    found = _BREAK.search(text, at)
    return found.start() if found else len(text)


def next_line(text: str, at: int) -> int:
    """Where the next line begins; the end of the text where there is none."""
    found = _BREAK.search(text, at)
    return found.end() if found else len(text)


def after_entry(text: str, end: int, column: int) -> int:
    """Where the lines of an entry end, with the remarks below it that stand further in than its key or hyphen."""
    kept = at = next_line(text, end)
    while at < len(text):
        line = text[at : line_end(text, at)]
        at = next_line(text, at)
        words = line.lstrip(" ")
        if words.startswith("#") and len(line) - len(words) > column:
            kept = at
        elif words.strip():
            break
    return kept


def line_break(text: str) -> str:
    """The line break that the text uses."""
    found = _BREAK.search(text)
    return found[0] if found else "\n"


def _end(pattern: "re.Pattern[str]", text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
