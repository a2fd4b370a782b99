"""Whether a meeting and its items agree: its numbers, its day and place, its notice, and what it waits for."""

import posixpath
from collections.abc import Iterator, Sequence
from datetime import date

from kvisdocs.application.meeting.notice import count_weekdays
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.committee import Access
from kvisdocs.cases.model.figures import Edition
from kvisdocs.cases.model.meeting import CommitteeMeeting
from kvisdocs.cases.spellings.normalisation import fold
from kvisdocs.messages import N_, message
from kvisdocs.problems import Problem, Severity, suggest
from kvisdocs.templating.meetings.form import Meetings
from kvisdocs.templating.meetings.items import Placed
from kvisdocs.templating.meetings.paper import find_undecided


def check_meeting(loaded: LoadedCase, placed: Sequence[Placed], meetings: Meetings) -> list[Problem]:
    """All that the meeting and its items do not agree in, and what its municipality's rules ask of it."""
    meeting = loaded.case
    assert isinstance(meeting, CommitteeMeeting)
    found = [
        *_check_fixed(loaded, meeting, meetings),
        *_check_entries(loaded, meeting, placed),
        *_check_numbers(placed),
        *_check_facts(loaded, meeting, placed),
        *_check_notice(loaded, meeting, meetings),
        *_check_closed(placed),
        *_check_figures(placed),
        *_check_follow_ups(loaded, meeting),
    ]
    if meeting.end is not None:
        found += [
            Problem(each.position, each.what, each.todo, Severity.WARNING)
            for each in find_undecided(loaded, list(placed))
        ]
    return found


def _check_figures(placed: Sequence[Placed]) -> Iterator[Problem]:
    """A warning on public figures of other days or cases than those before: each hides its own small counts alone."""
    first: dict[str | None, tuple[str, tuple[str, date]]] = {}
    for each in placed:
        if each.item is None or each.source is None or each.entry is None or each.item.figures is None:
            continue
        figures = each.item.figures
        if figures.edition is Edition.WHOLE or figures.after is not None:
            continue
        folder = posixpath.normpath(posixpath.join(posixpath.dirname(each.entry.file), figures.cases))
        number, counted = first.setdefault(figures.programme, (each.number, (folder, figures.on)))
        if counted != (folder, figures.on):
            what = message(
                "meeting.figures.differ",
                "these figures are of another day or other cases than those of item {number}, and the difference "
                "may give a person away",
                number=number,
            )
            todo = N_("take the same, or name the figures published first below figures (after: …)")
            yield Problem(each.source.locate(("figures",)), what, todo, Severity.WARNING)


def _check_fixed(loaded: LoadedCase, meeting: CommitteeMeeting, meetings: Meetings) -> Iterator[Problem]:
    known = [each.id for each in (*meetings.first, *meetings.last)]
    seen: set[str] = set()
    for number, each in enumerate(meeting.fixed):
        position = loaded.source.locate(("fixed", number, "id"))
        if each.id not in known:
            what = message("meeting.fixed.unknown", 'no meeting here has the item "{id}"', id=each.id)
            yield Problem(position, what, suggest(each.id, known))
        elif each.id in seen:
            what = message("meeting.fixed.twice", '"{id}" stands here twice', id=each.id)
            yield Problem(position, what, N_("put both in one"))
        seen.add(each.id)


def _check_entries(loaded: LoadedCase, meeting: CommitteeMeeting, placed: Sequence[Placed]) -> Iterator[Problem]:
    """Files named twice, and revisions of an item that is not there."""
    numbers = [each.number for each in placed if each.entry is not None]
    seen: set[str] = set()
    for number, entry in enumerate(meeting.items):
        file = posixpath.normpath(entry.file)
        if file in seen:
            what = message("meeting.item.twice", '"{name}" stands here twice', name=entry.file)
            yield Problem(loaded.source.locate(("items", number, "file")), what, N_("delete one"))
        seen.add(file)
        if entry.revises is not None and entry.revises not in numbers:
            what = message("meeting.item.revises_none", "there is no item {number} to revise", number=entry.revises)
            yield Problem(loaded.source.locate(("items", number, "revises")), what, suggest(entry.revises, numbers))


def _check_numbers(placed: Sequence[Placed]) -> Iterator[Problem]:
    """An error for each item whose own number is not that of its place: else the agenda would have a gap."""
    for each in placed:
        if each.item is None or each.source is None or each.item.number.strip().rstrip(".") == each.number:
            continue
        what = message(
            "meeting.item.number",
            "the item has number {own}, and is number {number} of its meeting",
            own=each.item.number,
            number=each.number,
        )
        yield Problem(
            each.source.locate(("number",)), what, N_("correct it, or the order or first_number of the meeting")
        )


def _check_facts(loaded: LoadedCase, meeting: CommitteeMeeting, placed: Sequence[Placed]) -> Iterator[Problem]:
    """Where an item says another committee, day, place or hour than its meeting does."""
    for each in placed:
        if each.item is None or each.source is None:
            continue
        own = each.item.meeting
        facts = (
            ("committee", own.committee, meeting.committee),
            ("date", own.date, meeting.date),
            ("place", own.place, meeting.place),
            ("time", own.time, meeting.start),
        )
        for key, said, true in facts:
            if said is None or true is None or fold(str(said)) == fold(str(true)):
                continue
            what = message(
                "meeting.item.other_meeting",
                'the item says "{said}", and its meeting "{true}"',
                said=f"{said:%H:%M}" if key == "time" else said,
                true=f"{true:%H:%M}" if key == "time" else true,
            )
            severity = Severity.ERROR if key in ("committee", "date") else Severity.WARNING
            yield Problem(each.source.locate(("meeting", key)), what, N_("correct one of them"), severity)
        if each.item.municipality != meeting.municipality:
            what = message(
                "meeting.item.other_municipality",
                'the item is from "{own}", and its meeting from "{true}"',
                own=each.item.municipality,
                true=meeting.municipality,
            )
            yield Problem(each.source.locate(("municipality",)), what, N_("correct one of them"))


def _check_notice(loaded: LoadedCase, meeting: CommitteeMeeting, meetings: Meetings) -> Iterator[Problem]:
    """A warning where agenda, material or supplement came too late. An extraordinary meeting may be called late.

    Where the meeting says no day of the material, it went out with the agenda.
    """
    notice = meetings.notice
    with_agenda = notice.material_weekdays if meeting.material_sent_out is None else 0
    sent = (
        ("sent_out", meeting.sent_out, max(notice.weekdays, with_agenda)),
        ("material_sent_out", meeting.material_sent_out, notice.material_weekdays),
        ("supplement_sent_out", meeting.supplement_sent_out, notice.supplement_weekdays),
    )
    for key, day, least in sent:
        if day is None:
            continue
        between = count_weekdays(day, meeting.date)
        if day > meeting.date:
            what = message("meeting.notice.after", "it was sent out {day}, after the meeting", day=day)
            yield Problem(loaded.source.locate((key,)), what, N_("check both days"), Severity.WARNING)
        elif meeting.type == "ordinary" and between < least:
            what = message(
                "meeting.notice.short",
                "it was sent out {between} weekdays before the meeting, and {source} asks for {least}",
                between=between,
                source=notice.source,
                least=least,
            )
            yield Problem(loaded.source.locate((key,)), what, N_("check both days"), Severity.WARNING)


def _check_closed(placed: Sequence[Placed]) -> Iterator[Problem]:
    """A note on each closed item whose decision is not released, and that does not say why it is closed."""
    for each in placed:
        if each.item is None or each.source is None or each.item.access is Access.OPEN or each.item.closed_reason:
            continue
        if each.item.decisions and not any(decision.released for decision in each.item.decisions):
            what = message(
                "meeting.item.no_reason", "the decision is not released, and the item does not say why it is closed"
            )
            todo = N_('add "closed_reason", or "released: ja" to the decision')
            yield Problem(each.source.locate_key(("access",)), what, todo, Severity.NOTE)


def _check_follow_ups(loaded: LoadedCase, meeting: CommitteeMeeting) -> Iterator[Problem]:
    """A note on each matter that is due by the meeting's day and that nobody has marked as done."""
    for number, each in enumerate(meeting.follow_ups):
        if each.done is None and each.due <= meeting.date:
            what = message("meeting.follow_up.due", 'due by {day}: "{text}"', day=each.due, text=each.text)
            todo = N_('put it on the agenda, and write "done" when it is told')
            yield Problem(loaded.source.locate(("follow_ups", number, "due")), what, todo, Severity.NOTE)
