"""The letter's date against the days of a case: what a letter tells as done must have been done by then.

One table for each kind of case says which of its days are facts. Every other day is a plan, may be settled ahead, or is
judged elsewhere (`AHEAD` says which); a test finds a day of the models that stands in neither. A day stops only the
documents whose reader is told of it: the GP's letter does not mind a talk with the citizen.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from kvisdocs.cases.consents.consent import DataType
from kvisdocs.cases.consents.disclosure import Refusal
from kvisdocs.cases.load import Case
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.views import Audience, find_open_paths
from kvisdocs.cases.yaml.source import Step
from kvisdocs.messages import N_, Message, message

TRACKS = ("employment", "health", "social")
CORRECT = N_("correct that date, or give the letter a later --date")


@dataclass(frozen=True)
class Fact:
    """A day on which something was done, and how to say that it is after the letter's date.

    `said` is given the day, the letter's date and the steps of the day's path.

    `tells` is the part of the view that tells of it, where more does than the day itself. `holds` says of the case and
    the group that the day stands in whether it is a fact there. Where it `decides`, the rest of the case is later
    too, and need not be said.
    """

    path: str
    said: Callable[[date, date, tuple[Step, ...]], Message]
    todo: Message = CORRECT
    tells: str = ""
    holds: Callable[[Any, Any], bool] = lambda case, group: True
    decides: bool = False

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """The path's steps."""
        return tuple(self.path.split("."))

    @property
    def told(self) -> list[str]:
        """The path of the part that tells of it."""
        return (self.tells or self.path).split(".")


def _has_met(item: CommitteeItem, group: object) -> bool:
    """Whether the item tells what came of the meeting: who was there, or a decision without a day of its own."""
    return bool(item.meeting.present) or any(decision.date is None for decision in item.decisions)


def _has_text(case: object, stage: Any) -> bool:
    """Whether a stage of an item's way tells what the committee there did."""
    return stage.text is not None


def _decided_later(day: date, on: date, path: tuple[Step, ...]) -> Message:
    return message(
        "item.decision.after_letter",
        "the decision is dated {day}, after the letter's date {on}",
        day=day,
        on=on,
    )


def _attached_later(day: date, on: date, path: tuple[Step, ...]) -> Message:
    return message(
        "item.attachment.after_letter",
        "the attachment is dated {day}, after the letter's date {on}",
        day=day,
        on=on,
    )


FACTS: Mapping[str, tuple[Fact, ...]] = {
    "citizen": (
        Fact(
            "sickness.first_day",
            lambda day, on, path: message(
                "case.sickness.after_letter",
                "the first day of sickness is {day}, after the letter's date {on}",
                day=day,
                on=on,
            ),
            tells="citizen",
            decides=True,
        ),
        Fact(
            "sickness.visitation",
            lambda day, on, path: message(
                "case.visitation.after_letter",
                "the visitation is dated {day}, after the letter's date {on}",
                day=day,
                on=on,
            ),
        ),
        Fact(
            "plan.agreed",
            lambda day, on, path: message(
                "case.plan.after_letter", "the plan was agreed on {day}, after the letter's date {on}", day=day, on=on
            ),
            tells="plan",
        ),
        Fact(
            "return_plan.agreed",
            lambda day, on, path: message(
                "case.return_plan.after_letter",
                "the graded return plan was agreed on {day}, after the letter's date {on}",
                day=day,
                on=on,
            ),
            tells="return_plan",
        ),
        Fact(
            "steps",
            lambda day, on, path: message(
                "case.step.after_letter",
                'the step "{step}" is dated {day}, after the letter\'s date {on}',
                day=day,
                on=on,
                step=path[1],
            ),
            N_("delete it until it is done, correct that date, or give the letter a later --date"),
        ),
        Fact(
            "contacts.date",
            lambda day, on, path: message(
                "case.contact.after_letter", "the contact is dated {day}, after the letter's date {on}", day=day, on=on
            ),
            N_("write a talk to come as plan.next_follow_up, correct that date, or give the letter a later --date"),
        ),
        Fact(
            "self_ratings.date",
            lambda day, on, path: message(
                "case.self_rating.after_letter",
                "the self-rating is dated {day}, after the letter's date {on}",
                day=day,
                on=on,
            ),
        ),
        Fact(
            "web_registrations.date",
            lambda day, on, path: message(
                "case.web_registration.after_letter",
                "the web registration is dated {day}, after the letter's date {on}",
                day=day,
                on=on,
            ),
        ),
        Fact(
            "plan.joint_statuses.date",
            lambda day, on, path: message(
                "case.joint_status.after_letter",
                "the joint status is dated {day}, after the letter's date {on}",
                day=day,
                on=on,
            ),
        ),
        *(
            Fact(
                f"plan.{track}.activities.status_on",
                lambda day, on, path: message(
                    "case.activity.after_letter",
                    "the status is dated {day}, after the letter's date {on}",
                    day=day,
                    on=on,
                ),
            )
            for track in TRACKS
        ),
    ),
    "committee": (
        Fact(
            "meeting.date",
            lambda day, on, path: message(
                "item.meeting.after_letter",
                "the meeting, of which the item tells what came, is on {day}, after the letter's date {on}",
                day=day,
                on=on,
            ),
            holds=_has_met,
            decides=True,
        ),
        Fact("decisions.date", _decided_later),
        Fact("course.decision.date", _decided_later),
        Fact(
            "course.date",
            lambda day, on, path: message(
                "item.course.after_letter",
                "the committee's treatment is dated {day}, after the letter's date {on}",
                day=day,
                on=on,
            ),
            holds=_has_text,
        ),
        Fact("attachments.date", _attached_later),
        Fact("sub_items.attachments.date", _attached_later),
        Fact(
            "figures.on",
            lambda day, on, path: message(
                "item.figures.after_letter",
                "the figures are those of {day}, after the letter's date {on}",
                day=day,
                on=on,
            ),
            tells="fields",
        ),
    ),
    "meeting": (),
    "statistics": (
        Fact(
            "figures.on",
            lambda day, on, path: message(
                "annex.figures.after_letter",
                "the figures are those of {day}, after the letter's date {on}",
                day=day,
                on=on,
            ),
        ),
    ),
    "agreements": (),
}
"""The days that lie behind a letter, the weightiest first."""

AHEAD: Mapping[str, str] = {
    "sickness.recovered": "a recovery is announced ahead",
    "employment.notice_ends": "a last day of work is known ahead",
    "company_courses.start": "a course on a workplace is agreed ahead",
    "company_courses.end": "as its start",
    "offers.start": "an offer is agreed ahead",
    "offers.end": "as its start",
    "consents.given": "decides whether the consent is in force (consent.py)",
    "consents.expires": "as the day it was given",
    "consents.withdrawn": "as the day it was given",
    "plan.next_follow_up": "a plan; a letter's reader is told where it has passed",
    **{f"plan.{track}.activities.due": "a deadline" for track in TRACKS},
    "return_plan.steps.start": "a plan",
    "return_plan.steps.end": "a plan; see find_outdated",
    "date": "a meeting's agenda is made before it; its minutes ask for one that was held",
    "sent_out": "no paper tells of it",
    "material_sent_out": "no paper tells of it",
    "supplement_sent_out": "no paper tells of it",
    "follow_ups.due": "no paper tells of it",
    "follow_ups.done": "no paper tells of it",
    "approved": "stands on the signature page alone, which may be made ahead",
    "agreements.start": "no letter tells of it",
    "agreements.end": "as its start",
    "outcome.date": "a case may be closed from a day to come",
}
"""The days that need not lie behind a letter, and why."""


Late = tuple[Fact, Refusal]
"""A fact that is dated after the letter, and what is to be said of it."""


def find_late(case: Case, on: date) -> list[Late]:
    """All that is dated after a letter of that day though it tells of it as done, the weightiest first.

    Who is told of it is another matter: `find_later`. So a case is gone through once for all its documents.
    """
    late = []
    for fact in FACTS[case.kind]:
        for path, group, day in _days(case, fact.steps):
            if day > on and fact.holds(case, group):
                late.append((fact, Refusal(path, fact.said(day, on, path), fact.todo)))
    return late


def find_later(late: Iterable[Late], audience: Audience, covered: Collection[DataType]) -> Iterator[Refusal]:
    """Of what is late (`find_late`) that which a letter to the audience would tell as done.

    A course that begins after the letter, or a meeting held after it, is one remark.
    """
    for fact, refusal in late:
        if is_told(fact.told, audience, covered):
            yield refusal
            if fact.decides:
                return


def find_outdated(case: Case, on: date) -> Refusal | None:
    """What a citizen's plan has ahead, and lies behind a letter of that day; None once the course has ended.

    At most one for a case: a plan that nobody has looked at since is behind in all its parts.
    """
    if not isinstance(case, CitizenCase) or case.has_ended_on(on):
        return None
    next_day = case.plan.next_follow_up if case.plan else None
    if next_day is not None and next_day < on:
        what = message(
            "case.follow_up.before_letter",
            "the next follow-up was to be on {day}, before the letter's date {on}",
            day=next_day,
            on=on,
        )
        todo = N_("write the day of the next one, or give the letter an earlier --date")
        return Refusal(("plan", "next_follow_up"), what, todo)
    steps = case.return_plan.steps if case.return_plan else ()
    if steps and (last := steps[-1].end) is not None and last < on:
        what = message(
            "case.return_plan.ended",
            "the graded return plan ended on {last}, before the letter's date {on}",
            last=last,
            on=on,
        )
        todo = N_("add its next steps, or the recovery")
        return Refusal(("return_plan", "steps", len(steps) - 1, "end"), what, todo)
    return None


def is_told(path: Collection[Step], audience: Audience, covered: Collection[DataType]) -> bool:
    """Whether the audience sees the part of a case at a path, or some of what stands below it."""
    names = "".join(f"{step}." for step in path if isinstance(step, str))
    seen = (f"{each}." for each in find_open_paths(audience, covered))
    return any(each.startswith(names) or names.startswith(each) for each in seen)


def _days(value: object, names: tuple[str, ...]) -> Sequence[tuple[tuple[Step, ...], object, date]]:
    """The days at a path through the models: the steps in the file, the group that the day stands in, the day."""
    if not value:  # most of what a case may have it has not
        return ()
    if not names:
        return [((key,), value, day) for key, day in value.items()] if isinstance(value, dict) else ()
    if isinstance(value, tuple) and len(names) == 1:
        days = ((number, item, getattr(item, names[0])) for number, item in enumerate(value))
        return [((number, names[0]), item, day) for number, item, day in days if isinstance(day, date)]
    if isinstance(value, tuple):
        inside = [(number, _days(item, names)) for number, item in enumerate(value)]
        return [((number, *path), group, day) for number, days in inside for path, group, day in days]
    inner = getattr(value, names[0])
    if isinstance(inner, date):
        return [((names[0],), value, inner)]
    return [((names[0], *path), group, day) for path, group, day in _days(inner, names[1:])]
