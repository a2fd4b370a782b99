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
from kvisdocs.messages import N_, message
from kvisdocs.problems import Problem, Severity
from kvisdocs.programme.course.activities import check_activities
from kvisdocs.programme.course.return_plan import Finding
from kvisdocs.programme.rules.rule_registry import Programme

_BOTH = N_("check both dates")
_FIRST_DAY = N_("the first day of sickness")
_VISITATION = N_("the visitation")
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
        *check_activities(case),
        *_agreed_too_late(case),
    )


def _sickness(case: CitizenCase) -> Iterator[Finding]:
    visitation, recovered, closed = case.sickness.visitation, case.sickness.recovered, case.outcome
    if visitation and recovered and recovered < visitation:
        what = message(
            "course.recovery.before_visitation",
            "recovered on {recovered}, before the visitation on {visitation}",
            recovered=recovered,
            visitation=visitation,
        )
        yield Finding(("sickness", "recovered"), what, _BOTH)
    leaves = case.employment.notice_ends
    if case.employment.status is EmploymentStatus.UNDER_NOTICE and leaves and visitation and leaves < visitation:
        what = message(
            "course.notice.ends_before_visitation",
            "the last day of work, {day}, is before the visitation on {visitation}",
            day=leaves,
            visitation=visitation,
        )
        yield Finding(("employment", "notice_ends"), what, N_("check both dates, or write status: unemployed"))
    if closed is None:
        return
    for name, day in ((_FIRST_DAY, case.sickness.first_day), (_VISITATION, visitation)):
        if day and closed.date < day:
            what = message(
                "course.outcome.before_beginning",
                "the course ended on {ended}, before {name} on {day}",
                ended=closed.date,
                name=name,
                day=day,
            )
            yield Finding(("outcome", "date"), what, _BOTH)
            return


def _steps(case: CitizenCase, programme: Programme) -> Iterator[Finding]:
    for step in programme.steps:
        day = case.steps.get(step.id)
        if day is None or step.deadline is None or step.deadline.counted_from == "first_day":
            continue
        if step.deadline.counted_from == "visitation":
            name, start = _VISITATION, case.sickness.visitation
        else:
            name = N_('the step "{step}"', step=step.deadline.counted_from)
            start = case.steps.get(step.deadline.counted_from)
        if start is not None and case.sickness.first_day <= day < start:
            what = message(
                "course.step.before_its_start",
                'the step "{step}" is dated {day}, before {name} on {start}, from which its deadline runs',
                step=step.id,
                day=day,
                name=name,
                start=start,
            )
            yield Finding(("steps", step.id), what, _BOTH)


def _lists(case: CitizenCase) -> Iterator[Finding]:
    """Self-ratings by day; web registrations by number and day, each number once."""
    for number, (one, other) in enumerate(pairwise(case.self_ratings), 1):
        if other.date <= one.date:
            what = message(
                "course.self_rating.out_of_order",
                "self-rating {number} is dated {day}, before self-rating {earlier}, {before}",
                number=number + 1,
                day=other.date,
                earlier=number,
                before=one.date,
            )
            if other.date == one.date:
                what = message(
                    "course.self_rating.same_day",
                    "self-rating {number} is dated {day}, on the same day as self-rating {earlier}, {before}",
                    number=number + 1,
                    day=other.date,
                    earlier=number,
                    before=one.date,
                )
            yield Finding(("self_ratings", number, "date"), what, N_("sort them by day, one a day"))
    seen: dict[int, date] = {}
    for number, registration in enumerate(case.web_registrations):
        if registration.number in seen:
            what = message(
                "course.registration.twice", "web registration {number} stands twice", number=registration.number
            )
            yield Finding(("web_registrations", number, "number"), what, N_("number them 1 to 4"))
            continue
        for earlier, day in seen.items():
            if (registration.number - earlier) * (registration.date - day).days < 0:
                what = message(
                    "course.registration.out_of_order",
                    "web registration {number} is dated {dated}, and number {earlier} {day}: they are not in order",
                    number=registration.number,
                    dated=registration.date,
                    earlier=earlier,
                    day=day,
                )
                yield Finding(("web_registrations", number, "date"), what, N_("check the dates and the numbers"))
                break
        seen[registration.number] = registration.date


def _consents(case: CitizenCase) -> Iterator[Finding]:
    for number, consent in enumerate(case.consents):
        day, given = consent.expires, consent.given
        if day is not None and day < given:
            what = message(
                "course.consent.expires_before_given",
                "consent {number} expires on {day}, before it was given on {given}",
                number=number + 1,
                day=day,
                given=given,
            )
            yield Finding(("consents", number, "expires"), what, _BOTH)
        day = consent.withdrawn
        if day is not None and day < given:
            what = message(
                "course.consent.withdrawn_before_given",
                "consent {number} was withdrawn on {day}, before it was given on {given}",
                number=number + 1,
                day=day,
                given=given,
            )
            yield Finding(("consents", number, "withdrawn"), what, _BOTH)


def _nameless(case: CitizenCase) -> Iterator[Finding]:
    """A consent to somebody whom nobody names: it allows nothing, and the citizen's plan cannot say whom."""
    for number, consent in enumerate(case.consents):
        if consent.party is Party.OTHER and consent.party_name is None:
            what = message(
                "course.consent.nameless",
                'consent {number} is for party "{party}", and does not say who that is',
                number=number + 1,
                party=consent.party,
            )
            yield Finding(("consents", number, "party"), what, N_("add party_name, as it stands in the consent"))


def _plan(case: CitizenCase) -> Iterator[Finding]:
    plan = case.plan
    if plan is None:
        return
    for name, start in ((_FIRST_DAY, case.sickness.first_day), (_VISITATION, case.sickness.visitation)):
        if start and plan.agreed < start:
            what = message(
                "course.plan.before_beginning",
                "the plan was agreed on {agreed}, before {name}, {start}",
                agreed=plan.agreed,
                name=name,
                start=start,
            )
            yield Finding(("plan", "agreed"), what, _BOTH)
            break
    if plan.next_follow_up and plan.next_follow_up <= plan.agreed:
        what = message(
            "course.plan.follow_up_too_early",
            "the next follow-up, {day}, is not after the day the plan was agreed, {agreed}",
            day=plan.next_follow_up,
            agreed=plan.agreed,
        )
        yield Finding(("plan", "next_follow_up"), what, _BOTH)
    for track, number, activity in _activities(plan):
        if activity.due and activity.due < plan.agreed and activity.progress in _OPEN:
            what = message(
                "course.activity.due_before_plan",
                '"{goal}" was due on {due}, before the plan was agreed on {agreed}',
                goal=activity.goal,
                due=activity.due,
                agreed=plan.agreed,
            )
            todo = N_(
                "check both dates, or write that it is {reached} or {dropped}",
                reached=Progress.REACHED,
                dropped=Progress.DROPPED,
            )
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
        what = message(
            "course.graded_plan.before_sickness",
            "the graded plan begins on {start}, before the first day of sickness, {first}",
            start=plan.steps[0].start,
            first=case.sickness.first_day,
        )
        yield Finding(("return_plan", "steps", 0, "start"), what, _BOTH)
    for number, (one, other) in enumerate(pairwise(plan.steps), 1):
        if one.end is not None and other.start - one.end > timedelta(days=1):
            what = message(
                "course.graded_plan.gap",
                "no step covers the days between {end} and {start}",
                end=one.end,
                start=other.start,
            )
            todo = N_("let the step before end on the day before this one starts")
            yield Finding(("return_plan", "steps", number, "start"), what, todo)


def _agreed_too_late(case: CitizenCase) -> Iterator[Finding]:
    """What was agreed after it began, or after the course was over."""
    graded, ended = case.return_plan, case.ended
    agreed = graded.agreed if graded else None
    if graded is not None and agreed is not None and agreed > graded.steps[0].start:
        what = message(
            "course.graded_plan.agreed_after_begun",
            "the graded plan was agreed on {agreed}, after it began on {start}",
            agreed=agreed,
            start=graded.steps[0].start,
        )
        yield Finding(("return_plan", "agreed"), what, _BOTH)
    if ended is None:
        return
    if case.plan is not None and case.plan.agreed > ended:
        what = message(
            "course.plan.agreed_after_end",
            "the plan was agreed on {agreed}, after the course ended on {ended}",
            agreed=case.plan.agreed,
            ended=ended,
        )
        yield Finding(("plan", "agreed"), what, _BOTH)
    if agreed is not None and agreed > ended:
        what = message(
            "course.graded_plan.agreed_after_end",
            "the graded plan was agreed on {agreed}, after the course ended on {ended}",
            agreed=agreed,
            ended=ended,
        )
        yield Finding(("return_plan", "agreed"), what, _BOTH)
    for number, status in enumerate(case.plan.joint_statuses if case.plan else ()):
        if status.date > ended:
            what = message(
                "course.joint_status.after_end",
                "joint status {number} is dated {day}, after the course ended on {ended}",
                number=number + 1,
                day=status.date,
                ended=ended,
            )
            yield Finding(("plan", "joint_statuses", number, "date"), what, _BOTH)


YOUNGEST, OLDEST = 15, 75
"""Between these, in years, nothing is said: sickness benefit takes work, and few work beyond. It is a warning alone."""


def check_birth(case: CitizenCase, source: Source) -> Iterator[Problem]:
    """An error where the citizen was born after the first day of sickness, a warning where the age is hardly right."""
    born, first = find_birth_date(case.citizen.cpr), case.sickness.first_day
    age = _age(born, first)
    todo = N_("check the number digit by digit, and the first day of sickness")
    severity = Severity.WARNING
    if born > first:
        what, severity = (
            message(
                "course.birth.after_sickness",
                "the CPR number says born {born}, after the first day of sickness, {first}",
                born=born,
                first=first,
            ),
            Severity.ERROR,
        )
    elif age < YOUNGEST:
        what = message(
            "course.birth.too_young",
            "the CPR number says born {born}, which is {age} years old on the first day of sickness, {first}",
            born=born,
            age=age,
            first=first,
        )
    elif age > OLDEST:
        what = message(
            "course.birth.too_old",
            "the CPR number says born {born} (the seventh digit, {seventh}, tells the century), "
            "which is {age} years before the first day of sickness",
            born=born,
            seventh=case.citizen.cpr[7],
            age=age,
        )
    else:
        return
    yield Problem(source.locate(("citizen", "cpr")), what, todo, severity)


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
