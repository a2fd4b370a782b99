"""A meeting as far as it can be read: while it is put together, names are missing and items have errors."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kvisdocs.application.related import Reference, read_files
from kvisdocs.cases.load import LoadedCase, inspect_bytes
from kvisdocs.cases.model.committee import Access, CommitteeItem
from kvisdocs.cases.model.meeting import CommitteeMeeting, FixedEntry, MeetingEntry
from kvisdocs.cases.yaml.source import Source, scan_bytes
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.templating.html import Assets
from kvisdocs.templating.meetings.form import FixedItem, Meetings
from kvisdocs.templating.meetings.items import Slot, find_first_number, number_entries, read_item
from kvisdocs.templating.profiles import load_profile

UNSAID: Mapping[str, Any] = {
    "kind": "meeting",
    "municipality": "-",
    "committee": "x",
    "date": "2000-01-01",
    "members": [{"name": "x"}],
    "items": [{"file": "-"}],
}
"""What stands in for a field that every meeting has and this one does not say soundly."""


@dataclass(frozen=True)
class Row:
    """A place in the meeting, with what is known of the item there."""

    slot: Slot
    title: str
    entry: MeetingEntry | None = None
    item: CommitteeItem | None = None
    """None of an item that every meeting has, and of one with errors."""
    said: FixedEntry | None = None

    @property
    def number(self) -> str:
        """As the agenda has it."""
        return self.slot.number

    @property
    def fixed(self) -> FixedItem | None:
        """The item that every meeting has."""
        return self.slot.fixed

    @property
    def is_closed(self) -> bool:
        """Whether the public reads its neutral title only."""
        return self.item is not None and self.item.access is Access.CLOSED

    @property
    def has_other_number(self) -> bool:
        """Whether the item says another number than its place gives it."""
        return self.item is not None and self.item.number.strip().rstrip(".") != self.number

    @property
    def is_supplement(self) -> bool:
        """Whether it stands on the supplementary agenda."""
        return self.entry is not None and self.entry.supplement


@dataclass(frozen=True)
class Draft:
    """A meeting's file, as far as it can be read."""

    file: Path
    data: bytes
    source: Source
    meeting: CommitteeMeeting
    unsaid: frozenset[str]
    """The fields that it does not say soundly; what `meeting` has there means nothing."""
    meetings: Meetings
    """How its municipality's committees meet."""
    files: Mapping[str, bytes]
    """Its items' files that could be read, by the names that it gives them."""
    rows: tuple[Row, ...]
    entries: tuple[MeetingEntry, ...] = field(default=())
    """The items of its list, in the file's order."""

    def says(self, key: str) -> Any:
        """The value of a field; None where the file does not say it soundly."""
        return None if key in self.unsaid else getattr(self.meeting, key)

    def find_part(self, index: int) -> list[int]:
        """The places in the list that belong to one part of the agenda, of which `index` is one, in their order."""
        wanted = self.entries[index].supplement
        return [
            number
            for number, each in enumerate(self.entries)
            if each.supplement is wanted and (each.revises is None or number == index)
        ]

    def path_of(self, entry: MeetingEntry) -> Path:
        """Where an item's file lies."""
        return self.file.parent / posixpath.normpath(entry.file)

    def read_item_file(self, name: str) -> bytes:
        """The file of an item that may be put on, by its name seen from the meeting. Raises KvisdocsError."""
        reference = Reference(("items",), name)
        found, problems = read_files([reference], LoadedCase(self.file.stem, self.meeting, self.source), self.file)
        if problems:
            raise KvisdocsError(problems)
        said = scan_bytes(found[name], name).data
        if not isinstance(said, dict) or said.get("kind") != "committee":
            raise KvisdocsError(tell_other_kind(name, self.source.locate(("items",))))
        return found[name]


def tell_other_kind(name: str, position: Position) -> Problem:
    """What is said of a file that is no item, where a meeting names it."""
    what = message("meeting.item.other_kind", '"{name}" is no committee item', name=name)
    return Problem(position, what, N_("name a file that begins with kind: committee"))


def read_draft(data: bytes, file: Path, assets: Assets, known: Mapping[str, bytes] | None = None) -> Draft:
    """The meeting in a file's bytes, with its items' files as they are, or as they are known by its names for them.

    Raises KvisdocsError for what is no YAML, or no meeting.
    """
    source = scan_bytes(data, str(file))
    if not isinstance(source.data, dict) or source.data.get("kind") != "meeting":
        what = message("meeting.file.other_kind", "the file holds no meeting")
        raise KvisdocsError(Problem(source.locate(()), what, N_("name a file that begins with kind: meeting")))
    meeting, unsaid = read_soundly(source.data)
    entries = _read_entries(source.data.get("items"))
    meetings = _load_form(meeting.municipality, assets, source)
    files = dict(known or {})
    named = [Reference(("items", number, "file"), each.file) for number, each in enumerate(entries)]
    read, _ = read_files(
        [each for each in named if each.name not in files], LoadedCase(file.stem, meeting, source), file
    )
    files |= read
    items = {each.file: _read_item(files.get(each.file), file.parent / each.file) for each in entries}
    plain = [items[each.file][1] for each in entries if each.revises is None]
    number = plain[0].number if plain and plain[0] is not None else ""
    first = find_first_number(None if "first_number" in unsaid else meeting.first_number, meetings, number)
    said = {each.id: each for each in meeting.fixed}
    rows = []
    for slot in number_entries(entries, meetings, first):
        if slot.fixed is not None:
            rows.append(Row(slot, slot.fixed.title, said=said.get(slot.fixed.id)))
        else:
            entry = entries[slot.shown]
            rows.append(Row(slot, items[entry.file][0], entry, items[entry.file][1]))
    return Draft(file, data, source, meeting, unsaid, meetings, files, tuple(rows), entries)


def read_soundly(data: Mapping[str, Any]) -> tuple[CommitteeMeeting, frozenset[str]]:
    """The meeting with what can be read of it, and the fields that had to be passed over."""
    fields = {key: value for key, value in data.items() if key in CommitteeMeeting.model_fields}
    unsaid = set(UNSAID) - set(fields)
    for _ in range(2):
        try:
            return CommitteeMeeting.model_validate({**UNSAID, **fields}), frozenset(unsaid)
        except ValidationError as error:
            wrong = {str(each["loc"][0]) for each in error.errors() if each["loc"]}
            unsaid |= wrong
            fields = {key: value for key, value in fields.items() if key not in wrong}
    return CommitteeMeeting.model_validate(UNSAID), frozenset(CommitteeMeeting.model_fields)


def _read_entries(said: object) -> tuple[MeetingEntry, ...]:
    """One for each item of the list, so that they can be told apart by their places; what is no sound one is empty."""
    return tuple(_read_entry(each) for each in said) if isinstance(said, list) else ()


def _read_entry(said: object) -> MeetingEntry:
    file = said.get("file") if isinstance(said, dict) else None
    if not isinstance(said, dict) or "\0" in str(file):  # which no system takes in a name
        return MeetingEntry(file="-")
    fields = {key: value for key, value in said.items() if key in MeetingEntry.model_fields}
    for known in (fields, {"file": file}):
        try:
            return MeetingEntry.model_validate(known)
        except ValidationError:
            continue
    return MeetingEntry(file="-")


def _read_item(data: bytes | None, file: Path) -> tuple[str, CommitteeItem | None]:
    """An item's title and the item, as far as they can be read."""
    if data is None:
        return file.name, None
    try:
        item, _ = read_item(str(file), data)
    except (KvisdocsError, TypeError):  # with errors, or another case
        source = inspect_bytes(data, file).source
        return (source.text_at(("title",)) if source is not None else "") or file.name, None
    return item.title, item


def _load_form(municipality: str, assets: Assets, source: Source) -> Meetings:
    try:
        return load_profile(municipality, assets, source.locate(("municipality",))).meetings
    except KvisdocsError:  # which is told as the meeting's problem
        return Meetings()
