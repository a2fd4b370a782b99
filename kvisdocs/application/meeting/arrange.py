"""A meeting put in order: items moved, added and taken off, and what follows from it in its file and in theirs.

An item's file says its number, so it is written anew where the item gets another place; so are the numbers by which the
meeting names its items.
"""

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kvisdocs.application.meeting.draft import Draft, Row, read_draft
from kvisdocs.cases.model.committee import Meeting
from kvisdocs.cases.model.meeting import CommitteeMeeting
from kvisdocs.cases.spellings.normalisation import fold
from kvisdocs.cases.yaml.edit import Edit, Move, Put, Remove, edit_bytes
from kvisdocs.cases.yaml.source import Data, Step
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Problem
from kvisdocs.templating.html import Assets


@dataclass(frozen=True)
class Change:
    """A file's bytes before and after."""

    before: bytes
    after: bytes


Changes = Mapping[Path, Change]
"""What is to be written, by file; all of it or nothing."""


def move_item(draft: Draft, index: int, place: int) -> list[Edit]:
    """An item of the list to another place in its part of the agenda; beyond its ends is at its end."""
    part = draft.find_part(index)
    return [Move(("items", index), part[max(0, min(place, len(part) - 1))])]


def add_item(draft: Draft, file: Path, supplement: bool) -> list[Edit]:
    """An item's file at the end of the list. Raises KvisdocsError for what is no item, or stands there already."""
    if any(os.path.realpath(draft.path_of(each)) == os.path.realpath(file) for each in draft.entries):
        what = message("meeting.item.there", '"{name}" is on the meeting already', name=file.name)
        raise KvisdocsError(Problem(draft.source.locate(("items",)), what, N_("choose another")))
    shown = Path(os.path.relpath(file.resolve(), draft.file.resolve().parent)).as_posix()
    draft.read_item_file(shown)
    entry: dict[str, Data] = {"file": shown, **({"supplement": "ja"} if supplement else {})}
    return [Put(("items", len(draft.entries)), entry)]


def remove_item(index: int) -> list[Edit]:
    """An item off the meeting; its file stays."""
    return [Remove(("items", index))]


def set_supplement(draft: Draft, index: int, supplement: bool) -> list[Edit]:
    """An item to the supplementary agenda, or back."""
    if supplement:
        return [Put(("items", index, "supplement"), "ja")]
    return [Remove(("items", index, "supplement"))] if draft.entries[index].supplement else []


def change(draft: Draft, edits: Sequence[Edit], assets: Assets, joins: Path | None = None) -> Changes:
    """The meeting with the edits, and all files that must follow. `joins` is an item that is to take over its facts.

    Raises KvisdocsError where the meeting's file cannot be edited; an item's file that cannot is left as it is.
    """
    after = read_draft(edit_bytes(draft.data, draft.source.file, edits), draft.file, assets, draft.files)
    if following := [*_keep_first_number(draft, after), *_rename_numbers(draft, after)]:
        after = read_draft(edit_bytes(after.data, draft.source.file, following), draft.file, assets, after.files)
    changes = {draft.file: Change(draft.data, after.data)}
    for row in after.rows:
        if row.entry is None or row.entry.file not in after.files:
            continue
        path, data = after.path_of(row.entry), after.files[row.entry.file]
        is_new = joins is not None and os.path.realpath(joins) == os.path.realpath(path)
        if own := list(_follow(row, draft, after, is_new)):
            with contextlib.suppress(KvisdocsError):
                changes[path] = Change(data, edit_bytes(data, str(path), own))
    return {path: each for path, each in changes.items() if each.before != each.after}


def _keep_first_number(before: Draft, after: Draft) -> Iterator[Edit]:
    """Where the first item's own number says the meeting's first, another item in its place must not change it."""
    was, now = (each.rows[0].number if each.rows else "" for each in (before, after))
    if before.entries and was != now and before.says("first_number") == after.says("first_number"):
        yield Put(("first_number",), was)


def _rename_numbers(before: Draft, after: Draft) -> Iterator[Edit]:
    """The numbers by which the meeting names items: what they revise, who came to them, left after them, was there."""
    first = int(before.rows[0].number) if before.rows else 1
    places = {_identify(after, row): str(first + place) for place, row in enumerate(after.rows)}
    numbers = {row.number: places.get(_identify(before, row), row.number) for row in before.rows}
    data = after.source.data
    assert isinstance(data, dict)
    for path, said in _iter_numbers(data):
        if numbers.get(said, said) != said:
            yield Put(path, numbers[said])


def _identify(draft: Draft, row: Row) -> str:
    """What stays the same of a place when its number does not."""
    return f"fixed {row.fixed.id}" if row.fixed is not None else draft.entries[row.slot.index].file


def _iter_numbers(data: Mapping[str, Data]) -> Iterator[tuple[tuple[Step, ...], str]]:
    """The numbers of items in a meeting's data, with their paths."""
    for number, entry in enumerate(_list(data.get("items"))):
        yield from _text(entry, "revises", ("items", number))
    for number, member in enumerate(_list(data.get("members"))):
        people = [(("members", number), member)]
        if isinstance(member, dict):
            people.append((("members", number, "substitute"), member.get("substitute")))  # type: ignore[arg-type]
        for path, person in people:
            yield from _text(person, "arrived", path)
            yield from _text(person, "left", path)
    for number, official in enumerate(_list(data.get("officials"))):
        said = _list(official.get("items")) if isinstance(official, dict) else []
        for place, each in enumerate(said):
            if isinstance(each, str):
                yield ("officials", number, "items", place), each


def _list(data: Data) -> list[Data]:
    return data if isinstance(data, list) else []


def _text(data: Data, key: str, path: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], str]]:
    if isinstance(data, dict) and isinstance(said := data.get(key), str):
        yield (*path, key), said


def _follow(row: Row, before: Draft, after: Draft, is_new: bool) -> Iterator[Edit]:
    """The edits by which an item agrees with its place, and with what the meeting says otherwise than before."""
    if row.item is None:
        if is_new:
            yield Put(("number",), row.number)
        return
    if row.has_other_number:
        yield Put(("number",), row.number)
    said = row.item.meeting
    for key, own, old, new in _pair_facts(said, before.meeting, after.meeting):
        of_meeting = {"time": "start"}.get(key, key)
        if of_meeting in after.unsaid or new is None or _same(own, new):
            continue
        is_asked = key in ("committee", "date") or own is not None
        if is_asked and (is_new or (of_meeting not in before.unsaid and _same(own, old))):
            yield Put(("meeting", key), f"{new:%H:%M}" if key == "time" else str(new))


def _pair_facts(said: Meeting, old: CommitteeMeeting, new: CommitteeMeeting) -> Iterator[tuple[str, Any, Any, Any]]:
    yield "committee", said.committee, old.committee, new.committee
    yield "date", said.date, old.date, new.date
    yield "time", said.time, old.start, new.start
    yield "place", said.place, old.place, new.place


def _same(one: object, other: object) -> bool:
    return fold(str(one)) == fold(str(other))
