"""What a case says of company-directed courses, offers and the end that does not add up."""

from collections.abc import Iterator

from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.model.course import OutcomeKind
from kvisdocs.messages import N_, message
from kvisdocs.programme.course.return_plan import Finding
from kvisdocs.programme.rules.rules import Programme


def check_activities(case: CitizenCase) -> Iterator[Finding]:
    """Courses and offers that end before they begin, or that were attended more often than was planned."""
    for number, course in enumerate(case.company_courses):
        if course.end is not None and course.end < course.start:
            what = message(
                "course.company_course.ends_before_begun",
                "the company-directed course ends on {end}, before it begins on {start}",
                end=course.end,
                start=course.start,
            )
            yield Finding(("company_courses", number, "end"), what, N_("check both dates"))
        path = ("company_courses", number, "days_attended")
        yield from _check_attendance(path, course.days_attended, course.days_planned)
    for number, offer in enumerate(case.offers):
        if offer.end is not None and offer.end < offer.start:
            what = message(
                "course.offer.ends_before_begun",
                "offer {number} ends on {end}, before it begins on {start}",
                number=number + 1,
                end=offer.end,
                start=offer.start,
            )
            yield Finding(("offers", number, "end"), what, N_("check both dates"))
        yield from _check_attendance(
            ("offers", number, "sessions_attended"), offer.sessions_attended, offer.sessions_planned
        )


def _check_attendance(path: tuple[str | int, ...], attended: int | None, planned: int | None) -> Iterator[Finding]:
    if attended is not None and planned is not None and attended > planned:
        what = message(
            "course.attendance.more_than_planned",
            "attended {attended} times of {planned} planned",
            attended=attended,
            planned=planned,
        )
        yield Finding(path, what, N_("check both numbers"))


def check_end(case: CitizenCase, programme: Programme) -> Iterator[Finding]:
    """An end without recovery whose reason is missing, and a reason or a recovery that the kind of end contradicts."""
    outcome, recovered = case.outcome, case.sickness.recovered
    if outcome is None:
        return
    if outcome.kind is OutcomeKind.NOT_RECOVERED:
        if outcome.reason is None and programme.end_reasons:
            what = message("course.outcome.no_reason", "the course ended without recovery, and no reason is given")
            yield Finding(("outcome", "kind"), what, N_('add "reason: …" below it'))
        if recovered is not None:
            what = message(
                "course.outcome.recovered_and_not",
                "recovered on {day}, and the course is said to have ended without recovery",
                day=recovered,
            )
            yield Finding(("outcome", "kind"), what, N_("correct one of the two"))
    elif outcome.reason is not None and outcome.kind is not OutcomeKind.OTHER:
        what = message("course.outcome.reason_not_wanted", "a reason is for a course that ended without recovery")
        yield Finding(("outcome", "reason"), what, N_("delete it, or write kind: not_recovered"))
