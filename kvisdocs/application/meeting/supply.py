"""What goes with a meeting: the files of its items, and of their attachments; and all that is wrong with the whole."""

import json
from dataclasses import replace
from pathlib import Path

from kvisdocs.application.item_figures import supply_figures
from kvisdocs.application.meeting.attachments import read_attachments
from kvisdocs.application.meeting.attendance import check_attendance
from kvisdocs.application.meeting.checks import check_meeting
from kvisdocs.application.meeting.draft import tell_other_kind
from kvisdocs.application.reading import find_case_reader
from kvisdocs.application.recipient_check.citizens import check_texts
from kvisdocs.application.recipient_check.recipient_check import read_all_words
from kvisdocs.application.related import CITIZENS, FIGURES, Reference, Related, read_files
from kvisdocs.cases.load import LoadedCase, inspect_bytes
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.model.meeting import CommitteeMeeting
from kvisdocs.problems import Problem, Severity, limit
from kvisdocs.templating.html import Assets
from kvisdocs.templating.meetings.items import name_figures, place_items
from kvisdocs.templating.profiles import load_profile


def supply_meeting(loaded: LoadedCase, file: Path, assets: Assets) -> tuple[Related, list[Problem]]:
    """The files that go with a meeting, and what goes with its items: their figures, and who is behind them."""
    meeting = loaded.case
    assert isinstance(meeting, CommitteeMeeting)
    references = [Reference(("items", number, "file"), entry.file) for number, entry in enumerate(meeting.items)]
    files, problems = read_files(references, loaded, file)
    related = dict(files)
    reader = find_case_reader(assets, supplies=False)
    citizens: dict[str, object] = {}
    for number, entry in enumerate(meeting.items):
        if entry.file not in files:
            continue
        where = file.parent / entry.file
        read = inspect_bytes(files[entry.file], where).case
        if read is not None and not isinstance(read.case, CommitteeItem):  # a meeting may name itself
            problems.append(tell_other_kind(entry.file, loaded.source.locate(("items", number, "file"))))
            continue
        item, found = reader.read_bytes(files[entry.file], where)
        supplied, wrong = supply_figures(item, where, assets) if item is not None else ({}, [])
        problems += [*found, *wrong]
        if FIGURES in supplied:
            related[name_figures(entry)] = supplied[FIGURES]
            _add_citizens(citizens, json.loads(supplied[CITIZENS]), entry.file)
    if citizens:
        related[CITIZENS] = json.dumps(citizens, ensure_ascii=False, sort_keys=True).encode()
    if any(each.severity is Severity.ERROR for each in problems):
        return related, limit(problems)
    attachments, missing = read_attachments(replace(loaded, related=related), file)
    related |= attachments
    whole = replace(loaded, related=related)
    profile = load_profile(meeting.municipality, assets, loaded.source.locate(("municipality",)))
    if citizens:
        problems += check_texts(whole, related[CITIZENS], profile, read_all_words(assets))
    placed = place_items(whole, profile.meetings)
    problems += [*missing, *check_meeting(whole, placed, profile.meetings), *check_attendance(whole, placed)]
    return related, limit(problems)


def _add_citizens(citizens: dict[str, object], found: dict[str, object], item: str) -> None:
    """Those of one more item: its folder may have a file that is called as another folder's."""
    for case_id, marks in found.items():
        is_other = citizens.setdefault(case_id, marks) != marks
        if is_other:
            citizens[f"{case_id} ({item})"] = marks
