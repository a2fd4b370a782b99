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

TRACKS = ("employment", "health", "social")
CORRECT = "correct that date, or give the letter a later --date"


@dataclass(frozen=True)
class Fact:
    """A day on which something was done, and how to say so. `{0}`, `{1}` … in `said` are the steps of its path.

    `tells` is the part of the view that tells of it, where more does than the day itself. `holds` says of the case and
    the group that the day stands in whether it is a fact there. Where it `decides`, the rest of the case is later
    too, and need not be said.
    """

    path: str
    said: str
    todo: str = CORRECT
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


FACTS: Mapping[str, tuple[Fact, ...]] = {
    "citizen": (
        Fact("sickness.first_day", "the first day of sickness is", tells="citizen", decides=True),
        Fact("sickness.visitation", "the visitation is dated"),
        Fact("plan.agreed", "the plan was agreed on", tells="plan"),
        Fact("return_plan.agreed", "the graded return plan was agreed on", tells="return_plan"),
        Fact("steps", 'the step "{1}" is dated', f"delete it until it is done, {CORRECT}"),
        Fact(
            "contacts.date",
            "the contact is dated",
            f"write a talk to come as plan.next_follow_up, {CORRECT}",
        ),
        Fact("self_ratings.date", "the self-rating is dated"),
        Fact("web_registrations.date", "the web registration is dated"),
        Fact("plan.joint_statuses.date", "the joint status is dated"),
        *(Fact(f"plan.{track}.activities.status_on", "the status is dated") for track in TRACKS),
    ),
    "committee": (
        Fact("meeting.date", "the meeting, of which the item tells what came, is on", holds=_has_met, decides=True),
        Fact("decisions.date", "the decision is dated"),
        Fact("course.date", "the committee's treatment is dated", holds=_has_text),
        Fact("attachments.date", "the attachment is dated"),
    ),
}
"""The days that lie behind a letter, the weightiest first."""

AHEAD: Mapping[str, str] = {
    "sickness.recovered": "a recovery is announced ahead",
    "employment.notice_ends": "a last day of work is known ahead",
    "company_course.start": "a course on a workplace is agreed ahead",
    "company_course.end": "as its start",
    "consents.given": "decides whether the consent is in force (consent.py)",
    "consents.expires": "as the day it was given",
    "consents.withdrawn": "as the day it was given",
    "plan.next_follow_up": "a plan; a letter's reader is told where it has passed",
    **{f"plan.{track}.activities.due": "a deadline" for track in TRACKS},
    "return_plan.steps.start": "a plan",
    "return_plan.steps.end": "a plan; see find_outdated",
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
                what = f"{fact.said.format(*path)} {day}, after the letter's date {on}"
                late.append((fact, Refusal(path, what, fact.todo)))
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
        what = f"the next follow-up was to be on {next_day}, before the letter's date {on}"
        todo = "write the day of the next one, or give the letter an earlier --date"
        return Refusal(("plan", "next_follow_up"), what, todo)
    steps = case.return_plan.steps if case.return_plan else ()
    if steps and (last := steps[-1].end) is not None and last < on:
        what = f"the graded return plan ended on {last}, before the letter's date {on}"
        return Refusal(("return_plan", "steps", len(steps) - 1, "end"), what, "add its next steps, or the recovery")
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
