"""Whether a case keeps to the category that it was visited to. A breach is no error: categories rest on expectations.

The conditions are data (`categories` in a rule file). `N weeks` are counted with the first day of sickness as the first
day: a citizen who is back at full time on day 8 × 7 + 1 has been away for 8 weeks, and not longer.

Whether the programme's goal for the citizen's own rating can be reached at all from where the citizen began.
"""

from collections.abc import Iterator
from datetime import date

from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.yaml.source import Step
from kvisdocs.messages import N_, Message, counted, listed, message
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
        known = listed([str(each.number) for each in programme.categories], N_("or"))
        what = message(
            "course.category.not_taken",
            "{programme} takes no one in category {number}",
            programme=programme.name,
            number=number,
        )
        yield Finding(_PATH, what, N_("write {known}, or name the programme that fits", known=known))
    elif (category := find_category(case, programme)) is not None:
        yield from _check_days(case, category)
        yield from _check_plan(case, programme, category)


def _last_day(case: CitizenCase, weeks: int) -> date:
    """The last day of that many weeks of sickness."""
    return add_days(case.sickness.first_day, weeks * 7 - 1)


def _check_days(case: CitizenCase, category: Category) -> Iterator[Finding]:
    sickness, weeks = case.sickness, category.visited_within_weeks
    if weeks and sickness.visitation is not None and sickness.visitation > (last := _last_day(case, weeks)):
        what = message(
            "course.visitation.late_for_category",
            "the visitation, {visitation}, is later than {weeks} weeks of sickness (to {last})",
            visitation=sickness.visitation,
            weeks=weeks,
            last=last,
        )
        yield Finding(("sickness", "visitation"), what, N_("check both dates, or note in the case why"))
    if sickness.recovered is not None:
        to = add_days(sickness.recovered, -1)
        lasted = N_("the sickness lasted to {to}", to=to)
        yield from _check_length(case, category, to, ("sickness", "recovered"), lasted)


def _check_length(
    case: CitizenCase, category: Category, to: date, path: tuple[Step, ...], lasted: Message
) -> Iterator[Finding]:
    """Whether sickness up to a day, which `lasted` says, is longer than the category allows."""
    weeks = category.recovery_within_weeks
    if weeks and to > (last := _last_day(case, weeks)):
        what = message(
            "course.sickness.long_for_category",
            "{lasted}, and category {category} is for recovery within {weeks} weeks (to {last})",
            lasted=lasted,
            category=category.number,
            weeks=weeks,
            last=last,
        )
        yield Finding(path, what, N_("visit the case again to the category that fits"))


def _check_plan(case: CitizenCase, programme: Programme, category: Category) -> Iterator[Finding]:
    plan, graded = case.plan, case.return_plan
    end = find_plan_end(graded, case.employment.norm_hours) if graded is not None else None
    if end is not None:
        to = add_days(end.day_after, -1)
        yield from _check_length(case, category, to, end.path, N_("the graded plan runs to {to}", to=to))
        yield from _check_too_soon(case, category, to, end.path)
    if plan is None:
        return
    labels = {step.id: step.label for step in programme.steps}
    for step in category.needs_steps:
        if step not in case.steps:
            what = message(
                "course.category.step_missing",
                'there is a plan, but no "{step}" ({label}), which category {category} needs',
                step=step,
                label=labels[step],
                category=category.number,
            )
            todo = N_('add "{step}" under steps with its date, or visit the case again', step=step)
            yield Finding(_PATH, what, todo)
    tracks = sum(track is not None for track in (plan.employment, plan.health, plan.social))
    if category.min_tracks and tracks < category.min_tracks:
        what = message(
            "course.category.few_tracks",
            "{tracks}, and category {category} needs {least}: an effort of several professions",
            tracks=counted(tracks, "the plan has {number} track", "the plan has {number} tracks"),
            category=category.number,
            least=category.min_tracks,
        )
        yield Finding(("plan",), what, N_("add a track (health or social), or visit the case again"))


def _check_too_soon(case: CitizenCase, category: Category, to: date, path: tuple[Step, ...]) -> Iterator[Finding]:
    """Whether a graded plan up to a day is too short for the category: one of them is wrong."""
    weeks = category.recovery_after_weeks
    if weeks and to <= (last := _last_day(case, weeks)):
        what = message(
            "course.graded_plan.short_for_category",
            "the graded plan runs to {to}, and category {category} is for more than {weeks} weeks (to {last})",
            to=to,
            category=category.number,
            weeks=weeks,
            last=last,
        )
        yield Finding(path, what, N_("check the dates, or visit the case again"))


HIGHEST = 10
"""The top of the scale."""


def check_self_ratings(case: CitizenCase, programme: Programme) -> Iterator[Finding]:
    """A first rating from which the goal lies above the scale: the plan then names no goal."""
    steps = programme.self_rating_target
    if steps is None or not case.self_ratings:
        return
    first = case.self_ratings[0].value
    if first + steps > HIGHEST:
        what = message(
            "course.self_rating.goal_above_scale",
            "the first self-rating is {first}, and the goal of {steps} steps up is above {highest}",
            first=first,
            steps=steps,
            highest=HIGHEST,
        )
        todo = N_("nothing, if it is right: the plan then names no goal for it")
        yield Finding(("self_ratings", 0, "value"), what, todo)
