"""Checks of the graded return plan. A breach is no error: the limits are main rules, and the municipality decides.

Which checks apply depends on the kind of plan. A *partial return* is paid by hours of absence: all checks apply. In a
*work placement* the citizen stays on full benefit, often without an employer whose normal hours could be compared with;
only "the hours never fall" is a rule there. Our sources give no limit for the length of a placement: none is checked.

Sources: the references of each limit in data/*.yaml. That hours never fall: kolding.dk, "delvis rask- eller
sygemelding" (the hours rise as the health gets better).
"""

from dataclasses import dataclass
from decimal import Decimal

from kvisdocs.cases.citizen import CitizenCase, EmploymentStatus
from kvisdocs.cases.plan import ReturnPlan, ReturnStep
from kvisdocs.programme.parameters import Programme, ReturnPlanLimits


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
    found = _find_falls(plan)
    if plan.kind == "partial_return":
        norm = case.employment.norm_hours
        limits = programme.return_plan
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


def _find_short_absences(plan: ReturnPlan, norm: Decimal, limits: ReturnPlanLimits) -> list[Finding]:
    """Steps with some absence, but less than the benefit needs; and steps above the normal hours."""
    found = []
    highest = norm - limits.min_absence_hours
    for number, step in enumerate(plan.steps):
        if step.hours > norm:
            what = f"{step.hours} hours a week are more than the normal {norm}"
            found.append(Finding(_hours_path(number), what, f"write {norm} at most, or put norm_hours right"))
        elif highest < step.hours < norm:
            what = (
                f"{step.hours} of {norm} hours leave {absence_hours(step, norm)} hours of absence a week, and sickness "
                f"benefit needs {limits.min_absence_hours}"
            )
            todo = (
                f"write {highest} at most, or {norm} for full time" if highest >= 0 else f"write {norm} for full time"
            )
            found.append(Finding(_hours_path(number), what, todo))
    return found


def _find_other_shares(plan: ReturnPlan, norm: Decimal, limits: ReturnPlanLimits) -> list[Finding]:
    """Steps of a self-employed citizen at other hours than the shares give, or full time. Compared exactly."""
    allowed = [norm * share / 100 for share in limits.self_employed_shares]
    shares = " or ".join(map(str, limits.self_employed_shares))
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


def _find_length(plan: ReturnPlan, norm: Decimal | None, limits: ReturnPlanLimits) -> list[Finding]:
    """A partial return over the limit, or without an end. It runs to the day before the first full-time step."""
    first, last = plan.steps[0], plan.steps[-1]
    at = len(plan.steps) - 1
    full = next((number for number, step in enumerate(plan.steps) if norm is not None and step.hours >= norm), None)
    if full is not None:
        days = (plan.steps[full].start - first.start).days
        path: tuple[str | int, ...] = ("return_plan", "steps", full, "start")
    elif last.end is not None:
        days = (last.end - first.start).days + 1
        path = ("return_plan", "steps", at, "end")
    elif norm is not None:
        what = "the partial return has no end: the last step is open, and below full time"
        return [Finding(("return_plan", "steps", at), what, f"add its end, or a step with {norm} hours")]
    else:
        return []
    if days <= limits.max_weeks * 7:
        return []
    weeks, over = divmod(days, 7)
    length = f"{weeks} weeks" + (f" and {over} day{'s' * (over > 1)}" if over else "")
    what = f"the partial return lasts {length}, and {limits.max_weeks} weeks are the main rule"
    return [Finding(path, what, "shorten it, or note in the case why it must last longer")]
