"""What a list says of a meeting, and of an item that may be put on one."""

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from kvisdocs.application.meeting.draft import Draft, read_draft
from kvisdocs.application.meeting.notice import Deadline, list_deadlines
from kvisdocs.application.reading import find_files
from kvisdocs.cases.model.committee import Access, CommitteeItem
from kvisdocs.cases.yaml.source import read_raw, scan_bytes
from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.html import Assets


@dataclass(frozen=True)
class MeetingSummary:
    """A meeting as a list has it. What its file does not say soundly is None."""

    committee: str | None
    day: date | None
    start: time | None
    place: str | None
    items: tuple[str, ...]
    """The files of its items, seen from its own folder."""
    sent: date | None
    held: bool
    approved: date | None
    deadlines: tuple[Deadline, ...] = ()


@dataclass(frozen=True)
class ItemSummary:
    """An item as it is looked for."""

    committee: str
    day: date
    number: str
    is_closed: bool


def summarise_meeting(data: bytes, file: Path, assets: Assets) -> MeetingSummary | None:
    """The summary of a meeting's file, with errors or not; None where nothing can be read of it."""
    try:
        draft = read_draft(data, file, assets)
    except KvisdocsError:
        return None
    return MeetingSummary(
        draft.says("committee"),
        draft.says("date"),
        draft.says("start"),
        draft.says("place"),
        tuple(posixpath.normpath(each.file) for each in draft.entries),
        draft.says("sent_out"),
        draft.says("end") is not None,
        draft.says("approved"),
        find_deadlines(draft),
    )


def find_deadlines(draft: Draft) -> tuple[Deadline, ...]:
    """The last days for its papers; none where it does not say soundly when it is."""
    if draft.says("date") is None:
        return ()
    return tuple(list_deadlines(draft.meeting, draft.meetings.notice))


def summarise_item(item: CommitteeItem) -> ItemSummary:
    """The summary of an item."""
    return ItemSummary(item.meeting.committee, item.meeting.date, item.number, item.access is Access.CLOSED)


def find_loose(items: Iterable[str], meetings: Mapping[str, MeetingSummary]) -> set[str]:
    """The items that no meeting names; all by their paths from one folder, divided by `/`."""
    taken = {
        posixpath.normpath(posixpath.join(posixpath.dirname(name), item))
        for name, meeting in meetings.items()
        for item in meeting.items
    }
    return set(items) - taken


def list_loose_items(folder: Path, assets: Assets) -> list[Path]:
    """The files of a folder's items that no meeting of it names; what cannot be read is passed over."""
    items, meetings = [], {}
    for path in find_files([folder])[0]:
        name = path.relative_to(folder).as_posix()
        try:
            data, _ = read_raw(path, name)
            said = scan_bytes(data, name).data
        except KvisdocsError:
            continue
        kind = said.get("kind") if isinstance(said, dict) else None
        if kind == "committee":
            items.append(name)
        elif kind == "meeting" and (summary := summarise_meeting(data, path, assets)) is not None:
            meetings[name] = summary
    return [folder / name for name in sorted(find_loose(items, meetings))]
