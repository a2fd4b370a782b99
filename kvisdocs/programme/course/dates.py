"""Days of a citizen's course that cannot come in the order they are in. What comes before the sickness is in `checks`.

Which step rests on which is not said here but in the programme: a step whose deadline runs from another, or from the
visitation, cannot have been done before it.

What a CPR number says of its citizen's age, beside the first day of sickness: a wrong digit is another person.

A number is never judged by modulus 11, which valid numbers may fail. Its first six digits and the seventh tell the day
of birth (CPR-kontoret, "Personnummeret i CPR"): with 5 to 8 as the seventh, the years 58 to 99 are of the 1800s.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from kvisdocs.cases.consents.consent import Party
from kvisdocs.cases.model.citizen import CitizenCase, EmploymentStatus
from kvisdocs.cases.model.identifiers import find_birth_date
from kvisdocs.cases.model.plan import Activity, Plan, Progress
from kvisdocs.cases.yaml.source import Source
from kvisdocs.problems import Problem, Severity
from kvisdocs.programme.course.return_plan import Finding
from kvisdocs.programme.rules.rule_registry import Programme

_BOTH = "check both dates"
_OPEN = {Progress.PLANNED, Progress.AGREED, Progress.UNDER_WAY}


def check_course_dates(case: CitizenCase, programme: Programme) -> tuple[Finding, ...]:
    """Every pair of days that are the wrong way round, in the order of the case's parts."""
    return (
        *_sickness(case),
        *_steps(case, programme),
        *_lists(case),
        *_consents(case),
        *_nameless(case),
        *_plan(case),
        *_return_plan(case),
        *_company_course(case),
        *_agreed_too_late(case),
    )


def _sickness(case: CitizenCase) -> Iterator[Finding]:
    visitation, recovered, closed = case.sickness.visitation, case.sickness.recovered, case.outcome
    if visitation and recovered and recovered < visitation:
        what = f"recovered on {recovered}, before the visitation on {visitation}"
        yield Finding(("sickness", "recovered"), what, _BOTH)
    leaves = case.employment.notice_ends
    if case.employment.status is EmploymentStatus.UNDER_NOTICE and leaves and visitation and leaves < visitation:
        what = f"the last day of work, {leaves}, is before the visitation on {visitation}"
        yield Finding(("employment", "notice_ends"), what, "check both dates, or write status: unemployed")
    if closed is None:
        return
    for name, day in (("the first day of sickness", case.sickness.first_day), ("the visitation", visitation)):
        if day and closed.date < day:
            yield Finding(("outcome", "date"), f"the course ended on {closed.date}, before {name} on {day}", _BOTH)
            return


def _steps(case: CitizenCase, programme: Programme) -> Iterator[Finding]:
    for step in programme.steps:
        day = case.steps.get(step.id)
        if day is None or step.deadline is None or step.deadline.counted_from == "first_day":
            continue
        if step.deadline.counted_from == "visitation":
            name, start = "the visitation", case.sickness.visitation
        else:
            name, start = f'the step "{step.deadline.counted_from}"', case.steps.get(step.deadline.counted_from)
        if start is not None and case.sickness.first_day <= day < start:
            what = f'the step "{step.id}" is dated {day}, before {name} on {start}, from which its deadline runs'
            yield Finding(("steps", step.id), what, _BOTH)


def _lists(case: CitizenCase) -> Iterator[Finding]:
    """Self-ratings by day; web registrations by number and day, each number once."""
    for number, (one, other) in enumerate(pairwise(case.self_ratings), 1):
        if other.date <= one.date:
            order = "on the same day as" if other.date == one.date else "before"
            what = f"self-rating {number + 1} is dated {other.date}, {order} self-rating {number}, {one.date}"
            yield Finding(("self_ratings", number, "date"), what, "sort them by day, one a day")
    seen: dict[int, date] = {}
    for number, registration in enumerate(case.web_registrations):
        name = f"web registration {registration.number}"
        if registration.number in seen:
            yield Finding(("web_registrations", number, "number"), f"{name} stands twice", "number them 1 to 4")
            continue
        for earlier, day in seen.items():
            if (registration.number - earlier) * (registration.date - day).days < 0:
                what = f"{name} is dated {registration.date}, and number {earlier} {day}: they are not in order"
                yield Finding(("web_registrations", number, "date"), what, "check the dates and the numbers")
                break
        seen[registration.number] = registration.date


def _consents(case: CitizenCase) -> Iterator[Finding]:
    for number, consent in enumerate(case.consents):
        for name, day in (("expires", consent.expires), ("withdrawn", consent.withdrawn)):
            if day is not None and day < consent.given:
                verb = "expires" if name == "expires" else "was withdrawn"
                what = f"consent {number + 1} {verb} on {day}, before it was given on {consent.given}"
                yield Finding(("consents", number, name), what, _BOTH)


def _nameless(case: CitizenCase) -> Iterator[Finding]:
    """A consent to somebody whom nobody names: it allows nothing, and the citizen's plan cannot say whom."""
    for number, consent in enumerate(case.consents):
        if consent.party is Party.OTHER and consent.party_name is None:
            what = f'consent {number + 1} is for party "{consent.party}", and does not say who that is'
            yield Finding(("consents", number, "party"), what, "add party_name, as it stands in the consent")


def _plan(case: CitizenCase) -> Iterator[Finding]:
    plan = case.plan
    if plan is None:
        return
    for name, start in (("first day of sickness", case.sickness.first_day), ("visitation", case.sickness.visitation)):
        if start and plan.agreed < start:
            yield Finding(
                ("plan", "agreed"), f"the plan was agreed on {plan.agreed}, before the {name}, {start}", _BOTH
            )
            break
    if plan.next_follow_up and plan.next_follow_up <= plan.agreed:
        what = f"the next follow-up, {plan.next_follow_up}, is not after the day the plan was agreed, {plan.agreed}"
        yield Finding(("plan", "next_follow_up"), what, _BOTH)
    for track, number, activity in _activities(plan):
        if activity.due and activity.due < plan.agreed and activity.progress in _OPEN:
            what = f'"{activity.goal}" was due on {activity.due}, before the plan was agreed on {plan.agreed}'
            todo = f"check both dates, or write that it is {Progress.REACHED} or {Progress.DROPPED}"
            yield Finding(("plan", track, "activities", number, "due"), what, todo)


def _activities(plan: Plan) -> Iterator[tuple[str, int, Activity]]:
    for name in ("employment", "health", "social"):
        track = getattr(plan, name)
        for number, activity in enumerate(track.activities if track else ()):
            yield name, number, activity


def _return_plan(case: CitizenCase) -> Iterator[Finding]:
    """Days without a step between two. Steps that overlap are no plan at all, and are refused when the case is read."""
    plan = case.return_plan
    if plan is None:
        return
    if plan.steps[0].start < case.sickness.first_day:
        what = (
            f"the graded plan begins on {plan.steps[0].start}, before the first day of sickness, "
            f"{case.sickness.first_day}"
        )
        yield Finding(("return_plan", "steps", 0, "start"), what, _BOTH)
    for number, (one, other) in enumerate(pairwise(plan.steps), 1):
        if one.end is not None and other.start - one.end > timedelta(days=1):
            what = f"no step covers the days between {one.end} and {other.start}"
            todo = "let the step before end on the day before this one starts"
            yield Finding(("return_plan", "steps", number, "start"), what, todo)


def _company_course(case: CitizenCase) -> Iterator[Finding]:
    course = case.company_course
    if course is not None and course.end is not None and course.end < course.start:
        what = f"the company-directed course ends on {course.end}, before it begins on {course.start}"
        yield Finding(("company_course", "end"), what, _BOTH)


def _agreed_too_late(case: CitizenCase) -> Iterator[Finding]:
    """What was agreed after it began, or after the course was over."""
    graded, ended = case.return_plan, case.ended
    agreed = graded.agreed if graded else None
    if graded is not None and agreed is not None and agreed > graded.steps[0].start:
        what = f"the graded plan was agreed on {agreed}, after it began on {graded.steps[0].start}"
        yield Finding(("return_plan", "agreed"), what, _BOTH)
    if ended is None:
        return
    if case.plan is not None and case.plan.agreed > ended:
        what = f"the plan was agreed on {case.plan.agreed}, after the course ended on {ended}"
        yield Finding(("plan", "agreed"), what, _BOTH)
    if agreed is not None and agreed > ended:
        what = f"the graded plan was agreed on {agreed}, after the course ended on {ended}"
        yield Finding(("return_plan", "agreed"), what, _BOTH)
    for number, status in enumerate(case.plan.joint_statuses if case.plan else ()):
        if status.date > ended:
            what = f"joint status {number + 1} is dated {status.date}, after the course ended on {ended}"
            yield Finding(("plan", "joint_statuses", number, "date"), what, _BOTH)


YOUNGEST, OLDEST = 15, 100
"""Between these, in years, nothing is said: sickness benefit takes work, and people work beyond any limit."""


def check_birth(case: CitizenCase, source: Source) -> Iterator[Problem]:
    """An error where the citizen was born after the first day of sickness, a warning where the age is hardly right."""
    born, first = find_birth_date(case.citizen.cpr), case.sickness.first_day
    age = _age(born, first)
    told = f"the CPR number says born {born}"
    todo = "check the number digit by digit, and the first day of sickness"
    if born > first:
        what, severity = f"{told}, after the first day of sickness, {first}", Severity.ERROR
    elif age < YOUNGEST:
        what, severity = f"{told}, which is {age} years old on the first day of sickness, {first}", Severity.WARNING
    elif age > OLDEST:
        seventh = case.citizen.cpr[7]
        century = f"{told} (the seventh digit, {seventh}, tells the century)"
        what, severity = f"{century}, which is {age} years before the first day of sickness", Severity.WARNING
    else:
        return
    yield Problem(source.locate(("citizen", "cpr")), what, todo, severity)


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
