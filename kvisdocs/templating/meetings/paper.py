"""What one paper of a meeting prints: its items, and who was there. A template is given this, never the files.

The edition for the public is made here: of a closed item it has what `make_public` leaves. An agenda has no decisions,
whatever the items' files hold by now.
"""

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from kvisdocs.cases.load import Case, LoadedCase
from kvisdocs.cases.model.committee import Access, CommitteeItem, make_public
from kvisdocs.cases.model.decisions import Member
from kvisdocs.cases.model.meeting import Attendance, Attendant, CommitteeMeeting, MeetingMember
from kvisdocs.cases.views import Audience
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Problem
from kvisdocs.templating.documents import Document
from kvisdocs.templating.html import PdfAttachment
from kvisdocs.templating.meetings.items import (
    Placed,
    find_originals,
    is_chair,
    list_attachments,
    list_attendants,
    name_attachment,
    place_items,
)
from kvisdocs.templating.profiles import Profile


class _Printed(BaseModel):
    model_config = ConfigDict(frozen=True)


class PrintedAttachment(_Printed):
    """An attachment with its number and the id of the page that announces it; without `has_file`, there is none."""

    label: str
    title: str
    anchor: str
    has_file: bool


class PrintedItem(_Printed):
    """An item as the paper has it. `item` is None for one that every meeting has, and `text` and `decision` for others.
    `closed` items stand apart in the table of contents. Under one `to_decide` there is a field to write in.
    """

    number: str
    title: str
    anchor: str
    closed: bool
    revised: bool
    withdrawn: str | None
    item: CommitteeItem | None
    text: str | None
    decision: str | None
    to_decide: bool
    attachments: tuple[PrintedAttachment, ...]
    movements: tuple[str, ...]
    officials: tuple[str, ...]


class PrintedOfficial(_Printed):
    """Somebody who took part, and under which items."""

    name: str
    title: str | None
    items: tuple[str, ...]


class MeetingPaper(_Printed):
    """A paper of a meeting."""

    items: tuple[PrintedItem, ...]
    present: tuple[Attendant, ...]
    apologies: tuple[MeetingMember, ...]
    absent: tuple[MeetingMember, ...]
    members: tuple[MeetingMember, ...]


@dataclass(frozen=True, slots=True)
class PaperKind:
    """What a document is, by what it requires and whom it is for."""

    is_public: bool
    is_held: bool
    is_supplement: bool
    is_extract: bool

    @property
    def is_members_agenda(self) -> bool:
        """Whether the committee's members bring it to the meeting."""
        return not self.is_public and not self.is_held

    @classmethod
    def of(cls, document: Document) -> "PaperKind":
        """The kind of a document."""
        return cls(
            document.audience is Audience.PUBLIC,
            "held" in document.requires,
            "supplement" in document.requires,
            "extract" in document.requires,
        )


def make_paper(loaded: LoadedCase, document: Document, profile: Profile) -> tuple[MeetingPaper, list[PdfAttachment]]:
    """What the document prints, and the files that belong behind its pages.

    Raises KvisdocsError for minutes of a meeting in which an item waits for its decision.
    """
    meeting = loaded.case
    assert isinstance(meeting, CommitteeMeeting)
    kind = PaperKind.of(document)
    placed = place_items(loaded, profile.meetings)
    if kind.is_held and (missing := find_undecided(loaded, placed)):
        raise KvisdocsError(missing)
    chosen = _choose(loaded, placed, kind)
    files: list[PdfAttachment] = []
    printed = tuple(_print(each, loaded, kind, profile, files) for each in chosen)
    members = tuple(sorted(meeting.members, key=lambda each: not is_chair(each.role)))
    paper = MeetingPaper(
        items=printed,
        present=tuple(list_attendants(meeting)),
        apologies=tuple(each for each in members if each.attendance is Attendance.APOLOGIES),
        absent=tuple(each for each in members if each.attendance is Attendance.ABSENT),
        members=members,
    )
    return paper, files


def find_undecided(loaded: LoadedCase, placed: list[Placed]) -> list[Problem]:
    """An error for each item that has no decision yet, where it is named."""
    found = []
    for each in placed:
        if each.is_decided:
            continue
        if each.entry is not None:
            position = loaded.source.locate(("items", each.index, "file"))
            todo = N_('write it under "decisions" in {file}, or add "withdrawn"', file=each.entry.file)
            title = each.item.title if each.item else ""
        else:
            assert each.fixed is not None
            position = loaded.source.locate_key(("fixed",))
            todo = N_('add "- id: {id}" with "decision" under "fixed"', id=each.fixed.id)
            title = each.fixed.title
        what = message(
            "meeting.item.undecided", 'item {number}, "{title}", has no decision', number=each.number, title=title
        )
        found.append(Problem(position, what, todo))
    return found


def _choose(loaded: LoadedCase, placed: list[Placed], kind: PaperKind) -> list[Placed]:
    if kind.is_supplement:
        return [each for each in placed if each.is_supplement]
    if kind.is_extract:
        return [each for each in placed if each.entry is not None and each.entry.extract]
    return placed if kind.is_held else find_originals(loaded, placed)


def _print(
    placed: Placed, loaded: LoadedCase, kind: PaperKind, profile: Profile, files: list[PdfAttachment]
) -> PrintedItem:
    item = placed.item
    attachments: tuple[PrintedAttachment, ...] = ()
    if item is not None:
        shown = make_public(item, profile.brief.closed_facts, profile.brief.closed_reason) if kind.is_public else item
        item = shown.model_copy(update=_tell_meeting(shown, loaded.case, kind))
        if not kind.is_public or item.access is Access.OPEN:
            attachments = _print_attachments(placed, item, loaded, kind, files)
    meeting = loaded.case
    assert isinstance(meeting, CommitteeMeeting)
    is_hidden = kind.is_public and item is not None and item.access is Access.CLOSED
    if item is not None and is_hidden:
        item = item.model_copy(update={"title": f"Lukket: {item.title}"})
    fixed = placed.fixed
    withdrawn = placed.entry.withdrawn if placed.entry else None
    return PrintedItem(
        number=placed.number,
        title=item.title if item else fixed.title if fixed else "",
        anchor=f"punkt-{placed.number}",
        closed=item is not None and item.access is Access.CLOSED,
        revised=kind.is_supplement and placed.entry is not None and placed.entry.revises is not None,
        withdrawn="" if withdrawn and is_hidden else withdrawn,
        item=item,
        text=_join_texts(placed),
        decision=placed.said.decision if placed.said and kind.is_held else None,
        to_decide=profile.meetings.decision_field and kind.is_members_agenda and withdrawn is None and _asks(placed),
        attachments=attachments,
        movements=tuple(_tell_movements(meeting, placed.number)) if kind.is_held else (),
        officials=tuple(each.name for each in meeting.officials if placed.number in each.items) if kind.is_held else (),
    )


def _asks(placed: Placed) -> bool:
    """Whether it is an item that a meeting decides on."""
    return placed.fixed is None or placed.fixed.decided


def _tell_meeting(item: CommitteeItem, meeting: Case, kind: PaperKind) -> dict[str, object]:
    """What the meeting tells of an item: the day of a decision that names none, and who was not there."""
    assert isinstance(meeting, CommitteeMeeting)
    if not kind.is_held:
        return {"decisions": ()}
    decisions = tuple(
        each if each.date is not None else each.model_copy(update={"date": meeting.date}) for each in item.decisions
    )
    absent = item.meeting.absent or tuple(
        _tell_absent(each) for each in meeting.members if each.attendance != "present"
    )
    return {"decisions": decisions, "meeting": item.meeting.model_copy(update={"absent": absent})}


def _tell_absent(member: MeetingMember) -> Member:
    note = "afbud" if member.attendance is Attendance.APOLOGIES else "uden afbud"
    if member.substitute is not None:
        note = f"{note}, stedfortræder {member.substitute.name}"
    return Member(name=member.name, party=member.party, note=note)


def _join_texts(placed: Placed) -> str | None:
    """What stands under a fixed item: the municipality's text, and the meeting's."""
    texts = (placed.fixed.text if placed.fixed else None, placed.said.text if placed.said else None)
    return "\n\n".join(filter(None, texts)) or None


def _print_attachments(
    placed: Placed, item: CommitteeItem, loaded: LoadedCase, kind: PaperKind, files: list[PdfAttachment]
) -> tuple[PrintedAttachment, ...]:
    """The attachments with their numbers. Those of the public are fewer, but their numbers are the same."""
    assert placed.entry is not None
    assert placed.item is not None
    assert placed.source is not None
    printed = []
    pairs = zip(list_attachments(item), list_attachments(placed.item), strict=True)
    for number, ((path, shown), (_, whole)) in enumerate(pairs, 1):
        label, anchor = f"Bilag {placed.number}.{number}", f"bilag-{placed.number}-{number}"
        has_file = whole.file is not None and not (kind.is_public and whole.access is Access.CLOSED)
        if has_file and whole.file is not None:
            data = loaded.related[name_attachment(placed.entry, whole.file)]
            position = placed.source.locate((*path, "file"))
            files.append(PdfAttachment(anchor, label, f"{label} – {shown.title}", data, position))
        printed.append(PrintedAttachment(label=label, title=shown.title, anchor=anchor, has_file=has_file))
    return tuple(printed)


def _tell_movements(meeting: CommitteeMeeting, number: str) -> list[str]:
    """Who came to the item, and who left after it, in the words of minutes."""
    there = list(list_attendants(meeting))
    come = [f"{each.name} kom til stede ved behandlingen af punktet." for each in there if each.arrived == number]
    return come + [f"{each.name} forlod mødet efter punktet." for each in there if each.left == number]
