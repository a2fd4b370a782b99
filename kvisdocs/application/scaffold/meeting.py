"""A new meeting, laid out of the items that are to be on it, or of what is said of it."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path

from kvisdocs.application.meeting.draft import read_soundly
from kvisdocs.application.reading import find_files
from kvisdocs.application.scaffold.answers import parse_given
from kvisdocs.application.scaffold.cases import FILL_IN, head_of
from kvisdocs.application.scaffold.places import find_schema
from kvisdocs.cases.load import inspect_case
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.model.meeting import MeetingMember
from kvisdocs.cases.schema import case_schema
from kvisdocs.cases.yaml.source import Source
from kvisdocs.messages import N_, listed, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import load_profile

FoundItem = tuple[Path, CommitteeItem, Source]


def find_items(folder: Path) -> tuple[list[FoundItem], list[Problem]]:
    """The items of the meeting that has most in a folder, by their numbers, and a note on each of another meeting.

    Raises KvisdocsError where there is none, and for items with errors.
    """
    files, problems = find_files([folder])
    found: list[FoundItem] = []
    for file in files:
        read = inspect_case(file)
        if read.case is not None and isinstance(read.case.case, CommitteeItem):
            found.append((file, read.case.case, read.case.source))
        elif read.source is not None and _is_item(read.source):
            problems += read.problems
    if problems:
        raise KvisdocsError(problems)
    if not found:
        what = message("new.meeting.no_items", "the folder holds no committee item")
        raise KvisdocsError(Problem(Position(str(folder)), what, N_("lay one out: kvisdocs new item FILE")))
    found.sort(key=lambda each: (_order(each[1].number), each[0]))
    count = Counter(_meeting_of(item) for _, item, _ in found)
    chosen = max(count, key=lambda each: (count[each], each[2]))  # of two as large, the later
    others = [each for each in found if _meeting_of(each[1]) != chosen]
    return [each for each in found if _meeting_of(each[1]) == chosen], [_say_other(each) for each in others]


def _is_item(source: Source) -> bool:
    return isinstance(source.data, dict) and source.data.get("kind") == "committee"


def _order(number: str) -> tuple[int, str]:
    digits = re.match(r"\d+", number)
    return int(digits[0]) if digits else 10**9, number


def order_items(items: Sequence[tuple[Path, CommitteeItem]]) -> list[tuple[Path, CommitteeItem]]:
    """Items by the numbers that they say they have."""
    return sorted(items, key=lambda each: (_order(each[1].number), each[0]))


def _meeting_of(item: CommitteeItem) -> tuple[str, str, date]:
    return item.municipality, item.meeting.committee, item.meeting.date


def _say_other(found: FoundItem) -> Problem:
    file, item, source = found
    what = message(
        "new.meeting.other_meeting",
        "is of another meeting ({committee}, {day}), and is left out",
        committee=item.meeting.committee,
        day=item.meeting.date,
    )
    todo = N_("put it into a folder of its own, or correct its meeting")
    return Problem(Position(str(file), source.locate(("meeting",)).line), what, todo, Severity.NOTE)


@dataclass(frozen=True)
class NewMeeting:
    """What is known of a meeting that is to be laid out."""

    municipality: str
    committee: str
    day: date
    start: time | None = None
    place: str | None = None
    members: tuple[MeetingMember, ...] = ()
    """Those of the meeting before, say; without any there is one to fill in."""


def meeting_of_items(items: Sequence[FoundItem]) -> NewMeeting:
    """The meeting that the first of the items names."""
    item = items[0][1]
    meeting = item.meeting
    return NewMeeting(item.municipality, meeting.committee, meeting.date, meeting.time, meeting.place)


def parse_new_meeting(given: tuple[str, ...]) -> NewMeeting:
    """The meeting of what somebody gives: `committee=Børneudvalget`. Raises KvisdocsError for what is missing too."""
    known = parse_given(given, "meeting", {})
    if missing := [key for key in ("municipality", "committee", "date") if (key,) not in known]:
        what = message("new.meeting.missing", "a meeting needs {names}", names=listed(missing))
        raise KvisdocsError(Problem(Position("--set"), what, N_("give a value: {key}=…", key=missing[0])))
    data = {key: value for (key, *rest), value in known.items() if not rest}
    read, _ = read_soundly(data)
    return NewMeeting(read.municipality, read.committee, read.date, read.start, read.place)


def make_meeting_files(
    meeting: NewMeeting, items: Sequence[tuple[Path, CommitteeItem]], file: Path, assets: Assets
) -> Mapping[Path, bytes]:
    """The meeting, and its schema where there is none near. Raises KvisdocsError for an unknown municipality."""
    body = lay_out_meeting(meeting, items, file, assets)
    schema = find_schema(file, "meeting")
    files = {} if schema.exists() else {schema: json.dumps(case_schema("meeting"), ensure_ascii=False).encode()}
    return {**files, file: (head_of(file, schema) + body).encode()}


def lay_out_meeting(
    meeting: NewMeeting, items: Sequence[tuple[Path, CommitteeItem]], file: Path, assets: Assets
) -> str:
    """The meeting's file, with its items in order and the fixed items of its municipality to be decided."""
    form = load_profile(meeting.municipality, assets, Position(str(file))).meetings
    lines = [
        "kind: meeting",
        f"municipality: {meeting.municipality}",
        f"committee: {_quote(meeting.committee)}",
        "# type: extraordinary # Ekstraordinært møde",
        f"date: {meeting.day}",
        f'start: "{meeting.start:%H:%M}"' if meeting.start else '# start: "16:00"',
        '# end: "17:30" # Mødet hævet: skriv det efter mødet, så kan referatet laves',
        f"place: {_quote(meeting.place)}" if meeting.place else "# place: ",
        f"# sent_out: {meeting.day - timedelta(days=7)} # Dagsordenen sendt ud",
        f"# material_sent_out: {meeting.day - timedelta(days=6)} # Materialet, hvor det ikke fulgte med dagsordenen",
        "members:",
        *_lay_out_members(meeting.members),
        "# officials:",
        "#   - {name: , title: }",
        "items:" if items else "items: []",
    ]
    for path, item in items:
        shown = Path(os.path.relpath(path.resolve(), file.resolve().parent)).as_posix()
        lines += [f"  - file: {_quote(shown)} # {' '.join(item.title.split())}"]
        lines += ["    # supplement: ja # på tillægsdagsordenen"]
    lines.append("# fixed: # de faste punkter, efter mødet")
    for each in (*form.first, *form.last):
        lines += [
            f"#   - id: {each.id} # {each.title}",
            "#     decision: Godkendt." if each.decided else "#     text: ",
        ]
    return "\n".join([*lines, f"# approved: {meeting.day + timedelta(days=28)} # Godkendt den", ""])


def _lay_out_members(members: Sequence[MeetingMember]) -> Iterator[str]:
    for each in members:
        yield f"  - name: {_quote(each.name)}"
        yield from (f"    {key}: {_quote(said)}" for key, said in (("party", each.party), ("role", each.role)) if said)
    if not members:
        yield from (f"  - name: # {FILL_IN}: Navn", "    party: A", "    role: formand")
        yield from (f"  - name: # {FILL_IN}: Navn", "    party: V")
    yield "    # attendance: apologies # Afbud"
    yield "    # substitute: {name: , party: V}"
    yield '    # arrived: "2" # Kom til punkt 2'


def _quote(text: str) -> str:
    """The text as YAML: as it is where it is plain."""
    plain = re.fullmatch(r"[A-Za-zÆØÅæøå]([\w ,.\-/]*[\w.])?", text)
    return text if plain else json.dumps(text, ensure_ascii=False)
