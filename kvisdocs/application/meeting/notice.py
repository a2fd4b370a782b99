"""By which day a meeting's papers are to be sent out, and whether they were."""

from dataclasses import dataclass
from datetime import date, timedelta

from kvisdocs.cases.model.meeting import CommitteeMeeting
from kvisdocs.programme.rules.working_days import public_holidays
from kvisdocs.templating.meetings.form import Notice


@dataclass(frozen=True)
class Deadline:
    """One of the papers' last days."""

    key: str
    """The field of the meeting that says when it was sent."""
    weekdays: int
    """So many weekdays lie between, at the least."""
    latest: date
    sent: date | None

    def is_late(self, day: date) -> bool:
        """Whether it was sent too late, or can no longer be sent in time on that day."""
        return (self.sent or day) > self.latest


def list_deadlines(meeting: CommitteeMeeting, notice: Notice) -> list[Deadline]:
    """The last days of agenda, material and supplement; of what has no rule, none. An extraordinary meeting has none.

    Where the meeting says no day of the material, it went out with the agenda.
    """
    if meeting.type != "ordinary":
        return []
    with_agenda = notice.material_weekdays if meeting.material_sent_out is None else 0
    asked = [
        ("sent_out", max(notice.weekdays, with_agenda), meeting.sent_out),
        ("supplement_sent_out", notice.supplement_weekdays, meeting.supplement_sent_out),
    ]
    if meeting.material_sent_out is not None or (meeting.sent_out is None and with_agenda < notice.weekdays):
        asked.insert(1, ("material_sent_out", notice.material_weekdays, meeting.material_sent_out))
    return [
        Deadline(key, weekdays, find_latest(meeting.date, weekdays), sent) for key, weekdays, sent in asked if weekdays
    ]


def find_latest(meeting: date, weekdays: int) -> date:
    """The last day with at least so many weekdays between it and the meeting."""
    day = meeting - timedelta(days=1)
    while count_weekdays(day, meeting) < weekdays:
        day -= timedelta(days=1)
    return day


def count_weekdays(sent: date, meeting: date) -> int:
    """The weekdays from the day after it was sent to the day before the meeting, those of public holidays left out."""
    days = (sent + timedelta(days=number) for number in range(1, max(0, (meeting - sent).days)))
    return sum(day.weekday() < 5 and day not in public_holidays(day.year) for day in days)
