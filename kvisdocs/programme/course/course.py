"""What a case says of its course on a day: which rules it falls under, what was done, and where it ends.

Two choices that the paper (Herning, item 87 of 14 November 2012) leaves open, and that hold for every programme:

- *With employer* means in job or under notice at visitation, as the paper counts them; *without* means unemployed. The
  self-employed are neither: there is no employer to call, and the job consultant's agreement is there to find the
  unemployed a placement, while the self-employed have their own business to return to.
- A course ends when the citizen recovers. A step whose deadline had not passed by then lapses and is left out; an
  overdue one counts its days to the recovery and no further.

Which day decides whether the programme was in force when the course began is the programme's to say: a law goes by the
first day of sickness, a project by the visitation to it. The letter's date does not decide: a course goes on under the
rules that it began with. So the check needs no date.

Whether a case keeps to the category that it was visited to is no error: categories rest on expectations. `N weeks` are
counted with the first day of sickness as the first day: a citizen who is back at full time on day 8 × 7 + 1 has been
away for 8 weeks, and not longer.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from kvisdocs.cases.model.citizen import CitizenCase, EmploymentStatus
from kvisdocs.cases.model.course import Contact
from kvisdocs.cases.yaml.source import Step
from kvisdocs.messages import N_, Message, counted, listed, message
from kvisdocs.programme.course.return_plan import Finding, find_plan_end
from kvisdocs.programme.rules.rules import Category, Minimum, Programme, ProgrammeStep, Recurring
from kvisdocs.programme.rules.working_days import add_days


def is_step_for(case: CitizenCase, programme: Programme, step: ProgrammeStep) -> bool:
    """Whether the case falls under the step."""
    status = case.employment.status
    whom = {
        "always": True,
        "with_employer": status in (EmploymentStatus.IN_JOB, EmploymentStatus.UNDER_NOTICE),
        "without_employer": status is EmploymentStatus.UNEMPLOYED,
        "with_return_plan": case.return_plan is not None,
    }[step.applies]
    return whom and is_rule_for(case, programme, step)


def is_rule_for(case: CitizenCase, programme: Programme, rule: ProgrammeStep | Recurring | Minimum) -> bool:
    """Whether the rule was in force when the course began, and meant for its category. One not known may be any."""
    category = find_category(case, programme)
    return is_in_force(case, rule) and (category is None or not rule.categories or category.number in rule.categories)


def find_category(case: CitizenCase, programme: Programme) -> Category | None:
    """The case's category, if the programme knows it and it meant this when the course began."""
    category = programme.find_category(case.sickness.category)
    return category if category is not None and is_in_force(case, category) else None


def is_in_force(case: CitizenCase, rule: ProgrammeStep | Recurring | Minimum | Category) -> bool:
    """Whether the rule was in force when the course began."""
    return rule.in_force_from is None or rule.in_force_from <= case.sickness.first_day


def find_done(case: CitizenCase, programme: Programme, step: str, on: date) -> date | None:
    """The day a step was done, by `on`: the day that the case gives it, or that of the contact which does it.

    A follow-up plan in the case is one that is made, on the day it was agreed; so is a graded plan that says its day.
    """
    done = case.steps.get(step)
    if done is None:
        plan = {"follow_up_plan": case.plan, "return_plan": case.return_plan}.get(step)
        done = plan.agreed if plan is not None else None
    if done is None:
        done = _find_by_contact(case, programme).get(step)
    return done if done is not None and done <= on else None


def _find_by_contact(case: CitizenCase, programme: Programme) -> dict[str, date]:
    """The steps that a contact does, by the programme's `fulfilled_by`, each with the day of the earliest that fits.

    One talk is one of the steps that are talks: those whose contact says what it is about choose first, and a day that
    the case gives to another talk is taken. Nothing counts before the sickness, or before the day that the step's
    deadline runs from.
    """
    found: dict[str, date] = {}
    open_steps = [step for step in programme.steps if step.fulfilled_by and step.id not in case.steps]
    if not open_steps or not case.contacts:
        return found
    taken = {case.steps[step.id] for step in programme.steps if step.is_contact and step.id in case.steps}
    contacts = sorted(case.contacts, key=lambda contact: contact.date)
    for step in sorted(open_steps, key=lambda step: not (step.fulfilled_by and step.fulfilled_by.about)):
        from_visitation = step.deadline is not None and step.deadline.counted_from == "visitation"
        start = (case.sickness.visitation if from_visitation else None) or case.sickness.first_day
        days = (each.date for each in contacts if each.date >= start and _does(each, step))
        day = next((day for day in days if not step.is_contact or day not in taken), None)
        if day is not None:
            found[step.id] = day
            taken |= {day} if step.is_contact else set()
    return found


def _does(contact: Contact, step: ProgrammeStep) -> bool:
    rule = step.fulfilled_by
    if rule is None or contact.kind not in rule.kinds:
        return False
    said = (contact.about or "").casefold()
    return not rule.about or any(re.search(rf"\b{re.escape(each.casefold())}", said) for each in rule.about)


def find_start(case: CitizenCase, programme: Programme, counted_from: str, on: date) -> date | None:
    """The day that a rule counts from, if the case has it by `on`: first_day, visitation or a step that is done."""
    if counted_from == "first_day":
        return case.sickness.first_day
    return case.sickness.visitation if counted_from == "visitation" else find_done(case, programme, counted_from, on)


def find_end(case: CitizenCase, on: date) -> tuple[date, bool]:
    """The last day to look at, and whether the citizen had recovered by `on`."""
    recovered = case.sickness.recovered
    return (on, False) if recovered is None or recovered > on else (recovered, True)


def check_validity(
    case: CitizenCase, programme: Programme, known: Callable[[], Sequence[Programme]]
) -> Iterator[Finding]:
    """A warning where the course began outside the programme's days, with the programmes of `known()` that fit."""
    validity = programme.validity
    day = _beginning(case, programme)
    if validity.covers(day):
        return
    holds = N_("{programme} holds from {day} on", programme=programme.name, day=validity.valid_from)
    if validity.valid_to:
        holds = N_(
            "{programme} holds from {day} to {last}",
            programme=programme.name,
            day=validity.valid_from,
            last=validity.valid_to,
        )
    begins = N_("the first day of sickness is {day}", day=day)
    if validity.decided_by == "visitation" and day == case.sickness.visitation:
        begins = N_("the visitation is {day}", day=day)
    fitting = [each.name for each in known() if each.validity.covers(_beginning(case, each))]
    todo = N_("no other fits; see: kvisdocs docs programmes")
    if fitting:
        todo = N_("write {programmes}, if its rules fit", programmes=listed(fitting, N_("or")))
    what = message("programme.validity.outside", "{holds}, and {begins}", holds=holds, begins=begins)
    yield Finding(("programme",), what, todo)


def _beginning(case: CitizenCase, programme: Programme) -> date:
    """The day that must lie within. Before the visitation it is the earliest day on which that can still be."""
    if programme.validity.decided_by == "first_day":
        return case.sickness.first_day
    return case.sickness.visitation or max(case.sickness.first_day, programme.validity.valid_from)


_PATH: tuple[Step, ...] = ("sickness", "category")


def check_category(case: CitizenCase, programme: Programme) -> Iterator[Finding]:
    """What the case holds against its category; nothing for a case that has none yet."""
    number = case.sickness.category
    if number is None:
        return
    if not programme.categories:
        what = message("course.category.none_in_programme", "{programme} has no categories", programme=programme.name)
        yield Finding(_PATH, what, N_("delete the line, or name the programme that fits"))
    elif programme.find_category(number) is None:
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
