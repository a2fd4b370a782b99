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
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from kvisdocs.cases.model.citizen import CitizenCase, EmploymentStatus
from kvisdocs.cases.model.course import Contact
from kvisdocs.messages import N_, listed, message
from kvisdocs.programme.course.return_plan import Finding
from kvisdocs.programme.rules.rules import Category, Programme, ProgrammeStep, Recurring


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


def is_rule_for(case: CitizenCase, programme: Programme, rule: ProgrammeStep | Recurring) -> bool:
    """Whether the rule was in force when the course began, and meant for its category. One not known may be any."""
    category = find_category(case, programme)
    return is_in_force(case, rule) and (category is None or not rule.categories or category.number in rule.categories)


def find_category(case: CitizenCase, programme: Programme) -> Category | None:
    """The case's category, if the programme knows it and it meant this when the course began."""
    category = programme.find_category(case.sickness.category)
    return category if category is not None and is_in_force(case, category) else None


def is_in_force(case: CitizenCase, rule: ProgrammeStep | Recurring | Category) -> bool:
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
    todo = N_("see docs/programmes.md: no other fits")
    if fitting:
        todo = N_("write {programmes}, if its rules fit", programmes=listed(fitting, N_("or")))
    what = message("programme.validity.outside", "{holds}, and {begins}", holds=holds, begins=begins)
    yield Finding(("programme",), what, todo)


def _beginning(case: CitizenCase, programme: Programme) -> date:
    """The day that must lie within. Before the visitation it is the earliest day on which that can still be."""
    if programme.validity.decided_by == "first_day":
        return case.sickness.first_day
    return case.sickness.visitation or max(case.sickness.first_day, programme.validity.valid_from)
