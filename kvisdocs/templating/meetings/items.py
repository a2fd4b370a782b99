"""The items of a meeting: read from what goes with it, and put in order among those that every meeting has."""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kvisdocs.cases.load import FIGURES, LoadedCase, check_source
from kvisdocs.cases.model.committee import Attachment, CommitteeItem
from kvisdocs.cases.model.meeting import Attendance, Attendant, CommitteeMeeting, FixedEntry, MeetingEntry
from kvisdocs.cases.yaml.source import Source, scan_bytes
from kvisdocs.templating.figures import fill_texts
from kvisdocs.templating.meetings.form import FixedItem, Meetings


@dataclass(frozen=True, slots=True)
class Placed:
    """An item at its place in the meeting: one with a file of its own, or one that every meeting has."""

    number: str
    """The number that its place gives it; of a revised item, that of the item before."""
    entry: MeetingEntry | None = None
    index: int = -1
    """Where its entry stands in the meeting's list."""
    item: CommitteeItem | None = None
    source: Source | None = None
    fixed: FixedItem | None = None
    said: FixedEntry | None = None
    """What the meeting says under a fixed item."""

    @property
    def is_supplement(self) -> bool:
        """Whether it came with the supplementary agenda."""
        return self.entry is not None and (self.entry.supplement or self.entry.revises is not None)

    @property
    def is_decided(self) -> bool:
        """Whether there is nothing left to be decided."""
        if self.fixed is not None:
            return not self.fixed.decided or (self.said is not None and self.said.decision is not None)
        assert self.item is not None
        assert self.entry is not None
        return bool(self.item.decisions) or self.entry.withdrawn is not None


@lru_cache(maxsize=256)
def read_item(file: str, data: bytes) -> tuple[CommitteeItem, Source]:
    """The item in a file's bytes. Raises KvisdocsError for what is none, though it was one when it was planned."""
    source = scan_bytes(data, file)
    item = check_source(source)
    if not isinstance(item, CommitteeItem):
        raise TypeError(f"{file} is no committee item")
    return item, source


def read_items(loaded: LoadedCase) -> tuple[CommitteeItem, ...]:
    """The items of a meeting, as they are listed; none of another case."""
    if not isinstance(loaded.case, CommitteeMeeting):
        return ()
    return tuple(_read(loaded, entry)[0] for entry in loaded.case.items)


def place_items(loaded: LoadedCase, meetings: Meetings) -> list[Placed]:
    """All items in the order of their numbers, the revised ones in place of those that they revise.

    A supplement's numbers go on where the agenda's ended.
    """
    meeting = loaded.case
    assert isinstance(meeting, CommitteeMeeting)
    rows = [_read(loaded, entry) for entry in meeting.items]
    said = {each.id: each for each in meeting.fixed}
    plain = [item for (item, _), entry in zip(rows, meeting.items, strict=True) if not entry.revises]
    first = find_first_number(meeting.first_number, meetings, plain[0].number if plain else "")
    found = []
    for slot in number_entries(meeting.items, meetings, first):
        if slot.fixed is not None:
            found.append(Placed(slot.number, fixed=slot.fixed, said=said.get(slot.fixed.id)))
        else:
            found.append(Placed(slot.number, meeting.items[slot.shown], slot.shown, *rows[slot.shown]))
    return found


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a meeting with its number: an item that every meeting has, or one of the meeting's own list."""

    number: str
    fixed: FixedItem | None = None
    index: int = -1
    """Where the item stands in the list that came to this place first."""
    shown: int = -1
    """Where the one stands that is shown: the revision, where there is one."""


def number_entries(entries: Sequence[MeetingEntry], meetings: Meetings, first: int) -> list[Slot]:
    """The places of a meeting in the order of their numbers, whether or not the items' files can be read."""
    revised = {entry.revises: index for index, entry in enumerate(entries) if entry.revises is not None}
    found: list[Slot] = []

    def add_fixed(fixed: FixedItem) -> None:
        found.append(Slot(str(first + len(found)), fixed))

    def add(supplement: bool) -> None:
        for index, entry in enumerate(entries):
            if entry.revises is None and entry.supplement is supplement:
                number = str(first + len(found))
                found.append(Slot(number, index=index, shown=revised.get(number, index)))

    for each in meetings.first:
        add_fixed(each)
    add(supplement=False)
    for each in meetings.last:
        add_fixed(each)
    add(supplement=True)
    return found


def find_originals(loaded: LoadedCase, placed: list[Placed]) -> list[Placed]:
    """The items as the agenda had them: none that came later, and those that were revised as they were before."""
    meeting = loaded.case
    assert isinstance(meeting, CommitteeMeeting)
    plain = [index for index, entry in enumerate(meeting.items) if not entry.supplement and entry.revises is None]
    found = []
    for each in placed:
        if each.entry is None:
            found.append(each)
        elif not each.entry.supplement or each.entry.revises is not None:
            index = plain.pop(0)
            entry = meeting.items[index]
            found.append(Placed(each.number, entry, index, *_read(loaded, entry)))
    return found


def show_entry(loaded: LoadedCase, entry: MeetingEntry) -> str:
    """The item's file as messages name it: the meeting's own folder, and the path seen from it."""
    return posixpath.join(posixpath.dirname(loaded.source.file), entry.file)


def name_figures(entry: MeetingEntry) -> str:
    """The name under which the figures of an item go with its meeting."""
    return f"{FIGURES}: {entry.file}"


def _read(loaded: LoadedCase, entry: MeetingEntry) -> tuple[CommitteeItem, Source]:
    item, source = read_item(show_entry(loaded, entry), loaded.related[entry.file])
    figures = loaded.related.get(name_figures(entry))
    if figures is not None:
        item = fill_texts(item, LoadedCase(entry.file, item, source, {FIGURES: figures}))
    return item, source


def find_first_number(said: int | None, meetings: Meetings, item: str) -> int:
    """The first number: as the meeting says; where numbers go on and it does not say, as its first item says."""
    if said is not None:
        return said
    number = item.strip()
    if meetings.numbering == "continue" and number.isdigit():
        return max(1, int(number) - len(meetings.first))
    return 1


def list_attachments(item: CommitteeItem) -> list[tuple[tuple[str | int, ...], Attachment]]:
    """All attachments of an item with their paths, those of its sub-items last: the order of their numbers."""
    found: list[tuple[tuple[str | int, ...], Attachment]] = [
        (("attachments", number), each) for number, each in enumerate(item.attachments)
    ]
    for number, sub_item in enumerate(item.sub_items):
        found += [
            (("sub_items", number, "attachments", place), each) for place, each in enumerate(sub_item.attachments)
        ]
    return found


def name_attachment(entry: MeetingEntry, file: str) -> str:
    """The name of an item's attachment as the meeting would write it: seen from the meeting's folder."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(entry.file), file))


def find_attending(meeting: CommitteeMeeting, numbers: list[str], number: str) -> Iterator[Attendant]:
    """Who sits at the table at the item of that number, substitutes in their members' places."""
    here = numbers.index(number)
    for each in list_attendants(meeting):
        come = numbers.index(each.arrived) if each.arrived in numbers else 0
        gone = numbers.index(each.left) if each.left in numbers else len(numbers)
        if come <= here <= gone:
            yield each


def list_attendants(meeting: CommitteeMeeting) -> Iterator[Attendant]:
    """Who was at the meeting at all, the chairman first."""
    members = sorted(meeting.members, key=lambda each: not is_chair(each.role))
    for each in members:
        if each.attendance is Attendance.PRESENT:
            yield Attendant(name=each.name, party=each.party, arrived=each.arrived, left=each.left)
        elif each.substitute is not None:
            yield each.substitute


def is_chair(role: str | None) -> bool:
    """Whether a role is that of the one who presides: `formand`, `udvalgsformand`, and no `næstformand`."""
    word = (role or "").casefold()
    return "formand" in word and not word.startswith(("næst", "vice"))
