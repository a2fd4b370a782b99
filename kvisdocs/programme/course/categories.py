"""Whether a case keeps to the category that it was visited to. A breach is no error: categories rest on expectations.

The conditions are data (`categories` in a rule file). `N weeks` are counted with the first day of sickness as the first
day: a citizen who is back at full time on day 8 × 7 + 1 has been away for 8 weeks, and not longer.

Whether the programme's goal for the citizen's own rating can be reached at all from where the citizen began.
"""

from collections.abc import Iterator
from datetime import date

from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.yaml.source import Step
from kvisdocs.programme.course.course import find_category
from kvisdocs.programme.course.return_plan import Finding, find_plan_end
from kvisdocs.programme.rules.rules import Category, Programme
from kvisdocs.programme.rules.working_days import add_days

_PATH: tuple[Step, ...] = ("sickness", "category")


def check_category(case: CitizenCase, programme: Programme) -> Iterator[Finding]:
    """What the case holds against its category; nothing for a case that has none yet."""
    number = case.sickness.category
    if number is None:
        return
    if programme.find_category(number) is None:
        known = " or ".join(str(each.number) for each in programme.categories)
        what = f"{programme.name} takes no one in category {number}"
        yield Finding(_PATH, what, f"write {known}, or name the programme that fits")
    elif (category := find_category(case, programme)) is not None:
        yield from _check_days(case, category)
        yield from _check_plan(case, programme, category)


def _last_day(case: CitizenCase, weeks: int) -> date:
    """The last day of that many weeks of sickness."""
    return add_days(case.sickness.first_day, weeks * 7 - 1)


def _check_days(case: CitizenCase, category: Category) -> Iterator[Finding]:
    sickness, weeks = case.sickness, category.visited_within_weeks
    if weeks and sickness.visitation is not None and sickness.visitation > (last := _last_day(case, weeks)):
        what = f"the visitation, {sickness.visitation}, is later than {weeks} weeks of sickness (to {last})"
        yield Finding(("sickness", "visitation"), what, "check both dates, or note in the case why")
    if sickness.recovered is not None:
        yield from _check_length(case, category, sickness.recovered, ("sickness", "recovered"), "the sickness lasted")


def _check_length(
    case: CitizenCase, category: Category, back: date, path: tuple[Step, ...], what: str
) -> Iterator[Finding]:
    """Whether sickness up to the day before `back` is longer than the category allows."""
    weeks, to = category.recovery_within_weeks, add_days(back, -1)
    if weeks and to > (last := _last_day(case, weeks)):
        text = f"{what} to {to}, and category {category.number} is for recovery within {weeks} weeks (to {last})"
        yield Finding(path, text, "visit the case again to the category that fits")


def _check_plan(case: CitizenCase, programme: Programme, category: Category) -> Iterator[Finding]:
    plan, graded = case.plan, case.return_plan
    end = find_plan_end(graded, case.employment.norm_hours) if graded is not None else None
    if end is not None:
        yield from _check_length(case, category, end.day_after, end.path, "the graded plan runs")
        yield from _check_too_soon(case, category, end.day_after, end.path)
    if plan is None:
        return
    labels = {step.id: step.label for step in programme.steps}
    for step in category.needs_steps:
        if step not in case.steps:
            what = f'there is a plan, but no "{step}" ({labels[step]}), which category {category.number} needs'
            yield Finding(_PATH, what, f'add "{step}" under steps with its date, or visit the case again')
    tracks = sum(track is not None for track in (plan.employment, plan.health, plan.social))
    if category.min_tracks and tracks < category.min_tracks:
        what = f"the plan has {tracks} track{'s' * (tracks > 1)}, and category {category.number} needs"
        what += f" {category.min_tracks}: an effort of several professions"
        yield Finding(("plan",), what, "add a track (health or social), or visit the case again")


def _check_too_soon(case: CitizenCase, category: Category, back: date, path: tuple[Step, ...]) -> Iterator[Finding]:
    """Whether a graded plan up to the day before `back` is too short for the category: one of them is wrong."""
    weeks, to = category.recovery_after_weeks, add_days(back, -1)
    if weeks and to <= (last := _last_day(case, weeks)):
        what = (
            f"the graded plan runs to {to}, and category {category.number} is for more than {weeks} weeks (to {last})"
        )
        yield Finding(path, what, "check the dates, or visit the case again")


HIGHEST = 10
"""The top of the scale."""


def check_self_ratings(case: CitizenCase, programme: Programme) -> Iterator[Finding]:
    """A first rating from which the goal lies above the scale: the plan then names no goal."""
    steps = programme.self_rating_target
    if steps is None or not case.self_ratings:
        return
    first = case.self_ratings[0].value
    if first + steps > HIGHEST:
        what = f"the first self-rating is {first}, and the goal of {steps} steps up is above {HIGHEST}"
        yield Finding(("self_ratings", 0, "value"), what, "nothing, if it is right: the plan then names no goal for it")
