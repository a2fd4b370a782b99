"""What goes with a meeting: the files of its items, and of their attachments; and all that is wrong with the whole."""

import json
from dataclasses import replace
from functools import lru_cache
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
    citizens: dict[str, object] = {}
    for number, entry in enumerate(meeting.items):
        if entry.file not in files:
            continue
        where = file.parent / entry.file
        item, found, is_item = _judge_item(files[entry.file], where, assets)
        if not is_item:  # a meeting may name itself
            problems.append(tell_other_kind(entry.file, loaded.source.locate(("items", number, "file"))))
            continue
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


@lru_cache(maxsize=256)
def _judge_item(data: bytes, where: Path, assets: Assets) -> tuple[LoadedCase | None, tuple[Problem, ...], bool]:
    """An item alone, what is to be said of it, and whether it is none of the other cases.

    It is kept: after each step with a meeting the whole is judged anew, and most of its items are as they were.
    """
    read = inspect_bytes(data, where).case
    if read is not None and not isinstance(read.case, CommitteeItem):
        return None, (), False
    item, found = find_case_reader(assets, supplies=False).read_bytes(data, where)
    return item, tuple(found), True


def _add_citizens(citizens: dict[str, object], found: dict[str, object], item: str) -> None:
    """Those of one more item: its folder may have a file that is called as another folder's."""
    for case_id, marks in found.items():
        is_other = citizens.setdefault(case_id, marks) != marks
        if is_other:
            citizens[f"{case_id} ({item})"] = marks
