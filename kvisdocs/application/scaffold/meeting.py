"""A new meeting, laid out of the items that are to be on it."""

import json
import os
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from kvisdocs.application.reading import find_files
from kvisdocs.application.scaffold.cases import FILL_IN
from kvisdocs.cases.load import inspect_case
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.yaml.source import Source
from kvisdocs.messages import N_, message
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


def lay_out_meeting(items: Sequence[FoundItem], file: Path, assets: Assets) -> str:
    """The meeting's file, with its items in order and the fixed items of its municipality to be decided."""
    _, first, source = items[0]
    meetings = load_profile(first.municipality, assets, source.locate(("municipality",))).meetings
    meeting = first.meeting
    lines = [
        "kind: meeting",
        f"municipality: {first.municipality}",
        f"committee: {_quote(meeting.committee)}",
        "# type: extraordinary # Ekstraordinært møde",
        f"date: {meeting.date}",
        f'start: "{meeting.time:%H:%M}"' if meeting.time else '# start: "16:00"',
        '# end: "17:30" # Mødet hævet: skriv det efter mødet, så kan referatet laves',
        f"place: {_quote(meeting.place)}" if meeting.place else "# place: ",
        f"# sent_out: {meeting.date - timedelta(days=7)} # Dagsordenen sendt ud",
        f"# material_sent_out: {meeting.date - timedelta(days=6)} # Materialet, hvor det ikke fulgte med dagsordenen",
        "members:",
        f"  - name: # {FILL_IN}: Navn",
        "    party: A",
        "    role: formand",
        f"  - name: # {FILL_IN}: Navn",
        "    party: V",
        "    # attendance: apologies # Afbud",
        "    # substitute: {name: , party: V}",
        '    # arrived: "2" # Kom til punkt 2',
        "# officials:",
        "#   - {name: , title: }",
        "items:",
    ]
    for path, item, _ in items:
        shown = Path(os.path.relpath(path.resolve(), file.resolve().parent)).as_posix()
        lines += [f"  - file: {_quote(shown)} # {item.number}. {' '.join(item.title.split())}"]
        lines += ["    # supplement: ja # på tillægsdagsordenen"]
    lines.append("# fixed: # de faste punkter, efter mødet")
    for each in (*meetings.first, *meetings.last):
        lines += [
            f"#   - id: {each.id} # {each.title}",
            "#     decision: Godkendt." if each.decided else "#     text: ",
        ]
    return "\n".join([*lines, f"# approved: {meeting.date + timedelta(days=28)} # Godkendt den", ""])


def _quote(text: str) -> str:
    """The text as YAML: as it is where it is plain."""
    plain = re.fullmatch(r"[A-Za-zÆØÅæøå][\w ,.\-/]*[\w.]", text)
    return text if plain else json.dumps(text, ensure_ascii=False)
