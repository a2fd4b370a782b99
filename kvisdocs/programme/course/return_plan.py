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
from kvisdocs.programme.rules.rules import Programme, ReturnPlanRules
from kvisdocs.programme.rules.working_days import add_days


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach: `path` leads into the case's data, `what` and `todo` are worded as in a `Problem`."""

    path: tuple[str | int, ...]
    what: str
    todo: str


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
            todo = "add norm_hours, the normal hours a week"
            found += [
                Finding(("employment", "norm_hours"), "the graded plan cannot be checked without normal hours", todo)
            ]
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
            f"the hours fall from {before.hours} to {step.hours}",
            f"write {before.hours} or more, or make a new plan from {step.start}",
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
            what = f"{step.hours} hours a week are more than the normal {norm}"
            found.append(Finding(_hours_path(number), what, f"write {norm} at most, or put norm_hours right"))
        elif highest < step.hours < norm:
            absent = absence_hours(step, norm)
            what = (
                f"{step.hours} of {norm} hours leave {absent} hour{'s' * (absent != 1)} of absence a week, "
                f"and sickness benefit needs {limits.min_absence.hours_a_week}"
            )
            todo = (
                f"write {highest} at most, or {norm} for full time" if highest >= 0 else f"write {norm} for full time"
            )
            found.append(Finding(_hours_path(number), what, todo))
    return found


def _find_other_shares(plan: ReturnPlan, norm: Decimal, limits: ReturnPlanRules) -> list[Finding]:
    """Steps of a self-employed citizen at other hours than the shares give, or full time. Compared exactly."""
    allowed = [norm * share / 100 for share in limits.self_employed_shares.percent]
    shares = " or ".join(map(str, limits.self_employed_shares.percent))
    hours = ", ".join(f"{value.normalize():f}" for value in allowed)
    return [
        Finding(
            _hours_path(number),
            f"{step.hours} of {norm} hours is not a share that the self-employed may work ({shares} per cent)",
            f"write {hours} or {norm}",
        )
        for number, step in enumerate(plan.steps)
        if step.hours not in (*allowed, norm)
    ]


def _find_no_job(case: CitizenCase, plan: ReturnPlan, limits: ReturnPlanRules) -> list[Finding]:
    """A partial return without a job to return to, or beyond the last day in it: the benefit is then the full one."""
    employment = case.employment
    if employment.status not in limits.partial_return.statuses:
        what = f'the status is "{employment.status}", and a partial return needs a job to return to'
        return [Finding(("return_plan", "kind"), what, "write work_placement, or put the status right")]
    ends = employment.notice_ends
    if ends is None or employment.status is not EmploymentStatus.UNDER_NOTICE:
        return []
    for number, step in enumerate(plan.steps):
        if step.start > ends or (step.end is not None and step.end > ends):
            key = "start" if step.start > ends else "end"
            what = f"the partial return goes on after the last day in the job, {ends}"
            todo = "end it that day; after it the citizen is unemployed, and a work placement is the way"
            return [Finding(("return_plan", "steps", number, key), what, todo)]
    return []


def _find_length(plan: ReturnPlan, norm: Decimal | None, limits: ReturnPlanRules) -> list[Finding]:
    """A partial return over the limit, or without an end. It runs to the day before the first full-time step."""
    end = find_plan_end(plan, norm)
    if end is None:
        if norm is None:
            return []
        what = "the partial return has no end: the last step is open, and below full time"
        at = len(plan.steps) - 1
        return [Finding(("return_plan", "steps", at), what, f"add its end, or a step with {norm} hours")]
    days = (end.day_after - plan.steps[0].start).days
    if days <= limits.max_length.weeks * 7:
        return []
    weeks, over = divmod(days, 7)
    length = f"{weeks} weeks" + (f" and {over} day{'s' * (over > 1)}" if over else "")
    what = f"the partial return lasts {length}, and {limits.max_length.weeks} weeks are the main rule"
    return [Finding(end.path, what, "shorten it, or note in the case why it must last longer")]
