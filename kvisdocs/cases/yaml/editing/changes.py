"""Texts in which one thing is written otherwise. Several are handed out where there are several ways, the best first.

None of them is read again here: whether a text says what it should is for the caller to find out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from kvisdocs.cases.yaml.editing.groups import (
    Habits,
    find_habits,
    write_flow,
    write_item,
    write_pair,
    write_rows,
    write_value,
)
from kvisdocs.cases.yaml.editing.scalars import Place, Written, write_key, write_scalar
from kvisdocs.cases.yaml.editing.spans import (
    BLOCK,
    FLOW,
    Entry,
    Node,
    after_entry,
    line_break,
    line_end,
    line_start,
    read_nodes,
)
from kvisdocs.cases.yaml.editing.splice import splice
from kvisdocs.cases.yaml.yaml_builder import Data

_BLANK_LINES = re.compile(r"\A(?:[ \t]*(?:\r\n?|\n))+")
_HEADER = re.compile(r"[|>][-+0-9]*")


@dataclass(frozen=True)
class Document:
    """A text with the places of its parts."""

    text: str

    @cached_property
    def root(self) -> Node | None:
        """The whole, as nodes."""
        return read_nodes(self.text)

    @cached_property
    def habits(self) -> Habits:
        """How it indents."""
        return find_habits(self.root)

    @cached_property
    def break_(self) -> str:
        """Its line break."""
        return line_break(self.text)


def begin(document: Document, value: Data) -> Iterator[str]:
    """The first value of a text that holds none."""
    rows = write_rows(value, 0, document.habits) if isinstance(value, dict | list) and value else [write_flow(value)]
    yield _insert_rows(document, len(document.text), rows)


def replace_value(document: Document, parent: Node, entry: Entry, before: Data, value: Data) -> Iterator[str]:
    """Another value behind a key or a hyphen."""
    text, node = document.text, entry.value
    if isinstance(before, str) and isinstance(value, str) and node.style != "|":
        spliced = splice(text[node.start : node.end], node.style, before, value)
        if spliced is not None:
            yield text[: node.start] + spliced + text[node.end :]
    if parent.style == FLOW:
        if isinstance(value, dict | list):
            ways = iter([Written(write_flow(value))])
        else:
            ways = write_scalar(value, Place(True), node.style)
        for written in ways:
            gap = " " if text[node.start - 1 : node.start] == ":" else ""
            yield text[: node.start] + gap + written.inline + text[node.end :]
        return
    for written in _ways(document, parent, node, value):
        yield _put(document, parent, entry, written)


def insert(document: Document, parent: Node, number: int, key: str | None, value: Data) -> Iterator[str]:
    """One more key of a group or item of a list, at that place among the others."""
    text, column = document.text, parent.column
    if parent.style == FLOW:
        said = write_flow(value) if key is None else f"{write_key(key, True)}: {write_flow(value)}"
        at = parent.entries[number - 1].value.end if number else parent.start + 1
        comma = ", " if parent.entries else ""
        yield text[:at] + (f"{comma}{said}" if number else f"{said}{comma}") + text[at:]
        return
    for habits in (document.habits, replace(document.habits, quoted=True)):
        rows = write_item(value, column, habits) if key is None else write_pair(key, value, column, habits)
        if number:
            at = after_entry(text, parent.entries[number - 1].value.end, column)
            yield _insert_rows(document, at, rows)
        else:
            at = parent.entries[0].start
            said = document.break_.join([*rows, ""]).lstrip(" ")
            yield text[:at] + said + " " * column + text[at:]


def remove(document: Document, parent: Node, number: int, owner: Entry | None) -> Iterator[str]:
    """The text without an entry. `owner` is what has the group or list as its value, None of the whole file's."""
    text, entry = document.text, parent.entries[number]
    last = len(parent.entries) - 1
    if parent.style == FLOW:
        if number < last:
            yield text[: entry.start] + text[parent.entries[number + 1].start :]
        elif number:
            yield text[: parent.entries[number - 1].value.end] + text[entry.value.end :]
        else:
            yield text[: parent.start + 1] + text[parent.end - 1 :]
        return
    end = after_entry(text, entry.value.end, parent.column)
    start = line_start(text, entry.start)
    empty = "[]" if parent.is_list else "{}"
    if not text[start : entry.start].strip(" "):
        if not last and owner is not None:
            yield f"{text[: owner.after]} {empty}{text[owner.after : start]}{text[end:]}"
        else:
            yield text[:start] + text[end:]
            yield text[:start] + _BLANK_LINES.sub("", text[end:], count=1)  # which a |+ above would take for its own
    elif last:
        indent = len(text[end:]) - len(text[end:].lstrip(" "))
        yield text[: entry.start] + text[end + indent :]
    else:
        stop = line_end(text, entry.value.end)
        yield text[: entry.start] + empty + text[max(entry.value.end, min(stop, end)) :]


def move(document: Document, parent: Node, number: int, to: int) -> Iterator[str]:
    """The text with a list's item at another place, with its remarks; what stands between items stays there."""
    text = document.text
    order = list(range(len(parent.entries)))
    order.insert(to, order.pop(number))
    if parent.style == FLOW:
        yield _reorder(text, [(each.start, each.value.end) for each in parent.entries], order)
        return
    spans = []
    for each in parent.entries:
        end = after_entry(text, each.value.end, parent.column)
        end = len(text[:end].removesuffix("\n").removesuffix("\r")) if end > each.value.end else end
        spans.append((_with_remarks(text, each.start, parent.column), end))
    yield _reorder(text, spans, order)
    yield _reorder(text, [(each.start, line_end(text, each.value.end)) for each in parent.entries], order)


def strip_end(text: str) -> str:
    """The text with `|-` for a `|` whose last line ends the file without a line break, so that one may be added."""
    node = None if text.endswith(("\n", "\r")) else Document(text).root
    while node is not None and node.entries:
        node = node.entries[-1].value
    header = _HEADER.match(text, node.start) if node is not None and node.style in {"|", ">"} else None
    if header is None or "-" in header[0]:
        return text
    return f"{text[: header.start()]}{header[0].replace('+', '')}-{text[header.end() :]}"


def _ways(document: Document, parent: Node, node: Node, value: Data) -> Iterator[Written]:
    """How a value may be written behind a key or hyphen in lines."""
    column, habits = parent.column, document.habits
    if isinstance(value, dict | list):
        if value and parent.is_list:
            rows = write_item(value, column, habits)
            yield Written(rows[0][column + 2 :], tuple(rows[1:]))
        else:
            yield write_value(value, Place(False, column), habits)
        return
    body = column + (2 if parent.is_list else habits.step)
    written = document.text[node.start : node.end].splitlines()
    width = max((len(line) for line in written[1:]), default=100)
    if node.style in {"|", ">"} and not re.match(r"[|>][-+]?\d", written[0]):
        body = next((len(line) - len(line.lstrip(" ")) for line in written[1:] if line.strip()), body)
    yield from write_scalar(value, Place(False, max(column, 0), body, max(width, 40)), node.style)


def _put(document: Document, parent: Node, entry: Entry, written: Written) -> str:
    """The text with a value in an entry's place; a remark on the entry's line stays."""
    text, node, break_ = document.text, entry.value, document.break_
    head, tail_at = node.start, node.end
    rest = text[line_end(text, node.end) :]
    if node.style in {"|", ">"}:
        header = _HEADER.match(text, node.start)
        tail_at = header.end() if header else node.end
        rest = text[node.end :]
    elif node.style == BLOCK:
        below = after_entry(text, node.end, parent.column)
        rest = break_ + text[below:] if text[:below].endswith(("\n", "\r")) else text[below:]
        if line_start(text, node.start) != line_start(text, entry.after):
            head = tail_at = entry.after
    tail = text[tail_at : line_end(text, tail_at)]
    base = text[:head]
    if not written.inline:
        base = base.rstrip(" ")
    elif base and not base[-1].isspace():
        base += " "
    if written.body and not rest:
        rest = break_
    return base + written.inline + tail + "".join(break_ + row for row in written.body) + rest


def _insert_rows(document: Document, at: int, rows: list[str]) -> str:
    text, break_ = document.text, document.break_
    if at == len(text) and text and text[-1] not in "\r\n":
        return text + break_ + break_.join(rows)
    return text[:at] + break_.join(rows) + break_ + text[at:]


def _with_remarks(text: str, start: int, column: int) -> int:
    """Where the remarks right above an item begin, or the item's own line."""
    begin = line_start(text, start)
    while begin:
        above = line_start(text, begin - (2 if text[:begin].endswith("\r\n") else 1))
        if not text.startswith(f"{' ' * column}#", above):
            break
        begin = above
    return begin


def _reorder(text: str, spans: list[tuple[int, int]], order: list[int]) -> str:
    gaps = [text[one[1] : two[0]] for one, two in pairwise(spans)]
    pieces = [text[spans[number][0] : spans[number][1]] for number in order]
    inner = "".join(piece + gap for piece, gap in zip(pieces, [*gaps, ""], strict=True))
    return text[: spans[0][0]] + inner + text[spans[-1][1] :]
