"""Items of one meeting that do not agree: one number twice, another room or hour, a committee spelled otherwise."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from kvisdocs.application.duplicates import MOST_TOLD, Sources, locate_again
from kvisdocs.cases.load import Case
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.spellings.normalisation import fold
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Problem, Severity, say_first

ALIKE = 0.9
"""Two names of committees are one when so much of them is the same, and all their digits."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class MeetingItem:
    """What an item says of its meeting, and what it is in it."""

    municipality: str
    committee: str
    held: date
    number: str
    title: str
    details: tuple[tuple[str, str], ...]
    """What a meeting has one of, by its key: the room, and the hours."""

    @property
    def day(self) -> tuple[str, date]:
        """The municipality and the day."""
        return self.municipality, self.held

    @property
    def meeting(self) -> tuple[str, str, date]:
        """What all items of one meeting share."""
        return self.municipality, _plain(self.committee), self.held


def find_meeting_item(case: Case) -> MeetingItem | None:
    """What is to be compared of an item; None of what is no item."""
    if not isinstance(case, CommitteeItem):
        return None
    meeting = case.meeting
    found = {
        "place": meeting.place,
        "time": meeting.time and f"{meeting.time:%H:%M}",
        "end": meeting.end and f"{meeting.end:%H:%M}",
    }
    details = tuple((key, value) for key, value in found.items() if value)
    return MeetingItem(case.municipality, meeting.committee, meeting.date, case.number, case.title, details)


Items = Mapping[Path, MeetingItem]
Slip = tuple[Path, Path, str]
"""A file, the one that it does not agree with, and in what: a key of the meeting, or `number`."""


def describe_meetings(items: Items) -> Iterator[Problem]:
    """Warnings on items that do not agree; of very many of one kind only some, and how many more there are."""
    sources: Sources = {}
    meetings: dict[tuple[str, str, date], list[Path]] = {}
    for file, item in items.items():
        meetings.setdefault(item.meeting, []).append(file)
    slips = [slip for files in meetings.values() if len(files) > 1 for slip in _find_slips(files, items)]
    slips += _find_misspelt(meetings, items)
    for kind in dict.fromkeys(kind for *_, kind in slips):
        yield from say_first([slip for slip in slips if slip[2] == kind], partial(_tell, items, sources), MOST_TOLD)


def _find_slips(files: list[Path], items: Items) -> Iterator[Slip]:
    yield from _differing_numbers(files, items)
    for key in ("place", "time", "end"):
        said = {file: dict(items[file].details)[key] for file in files if key in dict(items[file].details)}
        plain = Counter(_plain(value) for value in said.values())
        if len(plain) < 2:
            continue
        usual = plain.most_common(1)[0][0]
        first = next(file for file, value in said.items() if _plain(value) == usual)
        yield from ((file, first, key) for file, value in said.items() if not _agrees(value, said[first]))


def _differing_numbers(files: Iterable[Path], items: Items) -> Iterator[Slip]:
    first: dict[str, Path] = {}
    for file in files:
        number = _plain(items[file].number)
        if number in first:
            yield file, first[number], "number"
        first.setdefault(number, file)


def _find_misspelt(meetings: Mapping[tuple[str, str, date], list[Path]], items: Items) -> Iterator[Slip]:
    """Two committees of one day whose names are nearly the same: that of fewer items is told."""
    by_day: dict[tuple[str, date], list[list[Path]]] = {}
    for files in meetings.values():
        by_day.setdefault(items[files[0]].day, []).append(files)
    for groups in by_day.values():
        ordered = sorted(groups, key=len, reverse=True)
        for at, files in enumerate(ordered):
            name = items[files[0]].committee
            near = next((each for each in ordered[:at] if _is_nearly(name, items[each[0]].committee)), None)
            if near is not None:
                yield from ((file, near[0], "committee") for file in files)


def _is_nearly(one: str, other: str) -> bool:
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    return difflib.SequenceMatcher(None, _plain(one), _plain(other)).ratio() >= ALIKE


def _agrees(one: str, other: str) -> bool:
    """Whether two rooms or hours are the same, or one only says more than the other."""
    words, others = set(_WORD.findall(_plain(one))), set(_WORD.findall(_plain(other)))
    return words <= others or others <= words


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


def _tell(items: Items, sources: Sources, slip: Slip) -> Problem:
    file, other, key = slip
    path = ("number",) if key == "number" else ("meeting", key)
    there = locate_again(other, path, sources)
    what, todo = _say(items[file], items[other], key, str(there))
    return Problem(locate_again(file, path, sources), what, todo, Severity.WARNING)


def _say(item: MeetingItem, other: MeetingItem, key: str, there: str) -> tuple[Message, Message]:
    if key == "number":
        what = message(
            "folder.meeting.same_number",
            'item {number} of this meeting is "{title}" in {there} too',
            number=item.number,
            title=other.title,
            there=there,
        )
        if _plain(item.title) != _plain(other.title):
            what = message(
                "folder.meeting.number_of_two",
                'item {number} of this meeting is "{title}" in {there}',
                number=item.number,
                title=other.title,
                there=there,
            )
        return what, N_("give one of them another number, or delete the copy")
    if key == "committee":
        here, said = item.committee, other.committee
    else:
        here, said = dict(item.details)[key], dict(other.details)[key]
    what = message(
        "folder.meeting.differs",
        'the meeting has "{here}" as {key} here, and "{said}" in {there}',
        here=here,
        key=f'"{key}"',
        said=said,
        there=there,
    )
    return what, N_("correct one of them")
