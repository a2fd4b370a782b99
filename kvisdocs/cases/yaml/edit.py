"""Edits of a case's YAML in place: what is not edited keeps its bytes, with remarks, order, quotes and line ends.

Each edit is made in the text where the value stands, and the text is read again: it must hold the old data with the
edit in it, and nothing else. Where it does not, nothing is changed and a KvisdocsError says so.
"""

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from kvisdocs.cases.yaml.editing.changes import strip_end
from kvisdocs.cases.yaml.editing.data import copy
from kvisdocs.cases.yaml.editing.editor import Editor, Order
from kvisdocs.cases.yaml.source import Source, parse_bytes
from kvisdocs.cases.yaml.yaml_builder import UNPRINTABLE, Data
from kvisdocs.cases.yaml.yaml_builder import Path as Path  # what others name a place by
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError

Value: TypeAlias = Data
"""A text as the reader gives it, nothing, a group or a list."""


@dataclass(frozen=True)
class Put:
    """Another value in a value's place; a new key, or a new item where the number is the list's length.

    Groups and lists on the way that are not there are made. Of a group or list in the place of another, only what
    differs is written.
    """

    path: Path
    value: Value


@dataclass(frozen=True)
class Remove:
    """A key or an item away, with the remark on its line and those below that stand further in.

    A key whose group or list gets empty by it, and is still so after the last edit, goes too; an item stays, as {}.
    """

    path: Path


@dataclass(frozen=True)
class Move:
    """A list's item to another place (its number afterwards), with the remarks on its lines and right above."""

    path: Path
    to: int


Edit = Put | Remove | Move


def edit_bytes(data: bytes, file: str, edits: Sequence[Edit], order: Order | None = None) -> bytes:
    """The file's bytes with the edits in them, made one after the other. Raises KvisdocsError; then none is made.

    A new key stands after the last of its group, or where `order` puts it. What is no sound YAML is not edited.
    """
    source = parse_bytes(data, file)
    try:
        return _edit(source, data, edits, order)
    except KvisdocsError:
        stripped = strip_end(source.text)
        if stripped == source.text:
            raise
        return _edit(replace(source, text=stripped), data, edits, order)


def _edit(source: Source, data: bytes, edits: Sequence[Edit], order: Order | None) -> bytes:
    editor = Editor(source, order)
    for edit in edits:
        _make(editor, edit)
    editor.remove_emptied()
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    edited = mark + editor.document.text.encode()
    if parse_bytes(edited, source.file).data != editor.data:
        raise editor.not_sound(())
    return edited


def _make(editor: Editor, edit: Edit) -> None:
    if isinstance(edit, Put):
        for fault in _find_faults([*map(str, edit.path), edit.value]):
            raise editor.failure(edit.path, *fault)
        editor.put(edit.path, copy(edit.value))
    elif isinstance(edit, Remove):
        editor.remove(edit.path)
    else:
        editor.move(edit.path, edit.to)


def _find_faults(value: Value) -> Iterator[tuple[Message, Message]]:
    """What no YAML file can hold."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _find_faults(key)
            yield from _find_faults(each)
    elif isinstance(value, list):
        for each in value:
            yield from _find_faults(each)
    elif value is not None and (found := UNPRINTABLE.search(value)):
        what = message("yaml.edit.control", "the character U+{sign:04X} cannot stand in a case", sign=ord(found[0]))
        yield what, N_("delete it")
