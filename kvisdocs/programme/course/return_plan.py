"""Checks of the graded return plan. A breach is no error: the limits are main rules, and the municipality decides.

Which checks apply depends on the kind of plan. A *partial return* is paid by hours of absence: all checks apply. In a
*work placement* the citizen stays on full benefit, often without an employer whose normal hours could be compared with;
only "the hours never fall" is a rule there. Our sources give no limit for the length of a placement: none is checked.

Sources: the reference of each rule in data/*.yaml, under `return_plan`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kvisdocs.cases.model.citizen import CitizenCase, EmploymentStatus
from kvisdocs.cases.model.plan import ReturnPlan, ReturnStep
from kvisdocs.messages import N_, Message, counted, listed, message
from kvisdocs.programme.rules.limits import ReturnPlanRules
from kvisdocs.programme.rules.rules import Programme
from kvisdocs.programme.rules.working_days import add_days


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach: `path` leads into the case's data, `what` and `todo` are worded as in a `Problem`."""

    path: tuple[str | int, ...]
    what: Message
    todo: Message


def check_return_plan(case: CitizenCase, programme: Programme) -> tuple[Finding, ...]:
    """Every breach of the programme's limits, in the order of the steps; none for a case without a graded plan."""
    plan = case.return_plan
    if plan is None:
        return ()
    limits = programme.return_plan
    found = [] if limits.rising_hours.may_fall else _find_falls(plan)
    if plan.kind == "partial_return":
        norm = case.employment.norm_hours
        found += _find_no_job(case, plan, limits)
        if norm is None:
            what = message(
                "course.graded_plan.no_normal_hours", "the graded plan cannot be checked without normal hours"
            )
            todo = N_("add norm_hours, the normal hours a week")
            found.append(Finding(("employment", "norm_hours"), what, todo))
        elif case.employment.status is EmploymentStatus.SELF_EMPLOYED:
            found += _find_other_shares(plan, norm, limits)
        else:
            found += _find_short_absences(plan, norm, limits)
        found += _find_length(plan, norm, limits)
    return tuple(found)


def absence_hours(step: ReturnStep, norm: Decimal) -> Decimal:
    """Hours of absence a week in a step: the normal hours less the hours worked, never below 0."""
    return max(norm - step.hours, Decimal(0))


@dataclass(frozen=True, slots=True)
class PlanEnd:
    """Where a graded plan reaches full time, or stops: the first day after it, and the place in the case."""

    day_after: date
    path: tuple[str | int, ...]


def find_plan_end(plan: ReturnPlan, norm: Decimal | None) -> PlanEnd | None:
    """The start of the first step at full time, else the day after the last step; None for a plan that stays open."""
    for number, step in enumerate(plan.steps):
        if norm is not None and step.hours >= norm:
            return PlanEnd(step.start, ("return_plan", "steps", number, "start"))
    last = plan.steps[-1]
    if last.end is None:
        return None
    return PlanEnd(add_days(last.end, 1), ("return_plan", "steps", len(plan.steps) - 1, "end"))


def _hours_path(number: int) -> tuple[str | int, ...]:
    return ("return_plan", "steps", number, "hours")


def _find_falls(plan: ReturnPlan) -> list[Finding]:
    return [
        Finding(
            _hours_path(number),
            message(
                "course.graded_plan.hours_fall",
                "the hours fall from {before} to {hours}",
                before=before.hours,
                hours=step.hours,
            ),
            N_("write {hours} or more, or make a new plan from {start}", hours=before.hours, start=step.start),
        )
        for number, (before, step) in enumerate(zip(plan.steps, plan.steps[1:], strict=False), 1)
        if step.hours < before.hours
    ]


def _find_short_absences(plan: ReturnPlan, norm: Decimal, limits: ReturnPlanRules) -> list[Finding]:
    """Steps with some absence, but less than the benefit needs; and steps above the normal hours."""
    found = []
    highest = norm - limits.min_absence.hours_a_week
    for number, step in enumerate(plan.steps):
        if step.hours > norm:
            what = message(
                "course.graded_plan.over_normal_hours",
                "{hours} hours a week are more than the normal {norm}",
                hours=step.hours,
                norm=norm,
            )
            found.append(
                Finding(_hours_path(number), what, N_("write {norm} at most, or put norm_hours right", norm=norm))
            )
        elif highest < step.hours < norm:
            absent = absence_hours(step, norm)
            what = message(
                "course.graded_plan.short_absence",
                "{hours} of {norm} hours leave {absence} of absence a week, and sickness benefit needs {least}",
                hours=step.hours,
                norm=norm,
                absence=counted(1 if absent == 1 else 2, "{hours} hour", "{hours} hours", hours=absent),
                least=limits.min_absence.hours_a_week,
            )
            todo = N_("write {norm} for full time", norm=norm)
            if highest >= 0:
                todo = N_("write {highest} at most, or {norm} for full time", highest=highest, norm=norm)
            found.append(Finding(_hours_path(number), what, todo))
    return found


def _find_other_shares(plan: ReturnPlan, norm: Decimal, limits: ReturnPlanRules) -> list[Finding]:
    """Steps of a self-employed citizen at other hours than the shares give, or full time. Compared exactly."""
    allowed = [norm * share / 100 for share in limits.self_employed_shares.percent]
    shares = listed(map(str, limits.self_employed_shares.percent), N_("or"))
    hours = listed(f"{value.normalize():f}" for value in allowed)
    return [
        Finding(
            _hours_path(number),
            message(
                "course.graded_plan.other_share",
                "{hours} of {norm} hours is not a share that the self-employed may work ({shares} per cent)",
                hours=step.hours,
                norm=norm,
                shares=shares,
            ),
            N_("write {hours} or {norm}", hours=hours, norm=norm),
        )
        for number, step in enumerate(plan.steps)
        if step.hours not in (*allowed, norm)
    ]


def _find_no_job(case: CitizenCase, plan: ReturnPlan, limits: ReturnPlanRules) -> list[Finding]:
    """A partial return without a job to return to, or beyond the last day in it: the benefit is then the full one."""
    employment = case.employment
    if employment.status not in limits.partial_return.statuses:
        what = message(
            "course.graded_plan.no_job",
            'the status is "{status}", and a partial return needs a job to return to',
            status=employment.status,
        )
        return [Finding(("return_plan", "kind"), what, N_("write work_placement, or put the status right"))]
    ends = employment.notice_ends
    if ends is None or employment.status is not EmploymentStatus.UNDER_NOTICE:
        return []
    for number, step in enumerate(plan.steps):
        if step.start > ends or (step.end is not None and step.end > ends):
            key = "start" if step.start > ends else "end"
            what = message(
                "course.graded_plan.beyond_job",
                "the partial return goes on after the last day in the job, {day}",
                day=ends,
            )
            todo = N_("end it that day; after it the citizen is unemployed, and a work placement is the way")
            return [Finding(("return_plan", "steps", number, key), what, todo)]
    return []


def _find_length(plan: ReturnPlan, norm: Decimal | None, limits: ReturnPlanRules) -> list[Finding]:
    """A partial return over the limit, or without an end. It runs to the day before the first full-time step."""
    end = find_plan_end(plan, norm)
    if end is None:
        if norm is None:
            return []
        what = message(
            "course.graded_plan.no_end", "the partial return has no end: the last step is open, and below full time"
        )
        at = len(plan.steps) - 1
        return [Finding(("return_plan", "steps", at), what, N_("add its end, or a step with {norm} hours", norm=norm))]
    days = (end.day_after - plan.steps[0].start).days
    if days <= limits.max_length.weeks * 7:
        return []
    weeks, over = divmod(days, 7)
    length = N_("{weeks} weeks", weeks=weeks)
    if over:
        length = counted(over, "{weeks} weeks and {number} day", "{weeks} weeks and {number} days", weeks=weeks)
    what = message(
        "course.graded_plan.too_long",
        "the partial return lasts {length}, and {most} weeks are the main rule",
        length=length,
        most=limits.max_length.weeks,
    )
    return [Finding(end.path, what, N_("shorten it, or note in the case why it must last longer"))]
