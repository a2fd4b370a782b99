"""What a course is measured by beside its steps: registrations, ratings, complaints, and a graded return plan."""

from typing import Literal

from pydantic import Field

from kvisdocs.cases.model.citizen import EmploymentStatus
from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.values import Day, Flag, Text
from kvisdocs.programme.rules.rule import OnClosedDay, Positive, Rule, Weeks


class Registrations(Rule):
    """Registrations of a course for the evaluation."""

    count: Positive = Field(description="How many in a course")


class SelfRating(Rule):
    """The goal for the citizen's own rating."""

    target_steps: Positive = Field(description="Steps up on the scale from 1 to 10")
    of: Text | None = Field(None, description="What the citizen rates, in a Danish sentence: din arbejdsevne")


class AppealPart(Rule):
    """Something about complaints that has come or gone with time."""

    in_force_from: Day | None = Field(None, description="For letters of that day or later")
    in_force_to: Day | None = Field(None, description="For letters up to that day")


class AppealBody(AppealPart):
    """Who decides on a complaint that the municipality does not follow."""

    name: Text = Field(description="The name in a Danish sentence: Ankestyrelsen")


class AppealChannel(AppealPart):
    """A way to complain."""

    kind: Literal["digital_post", "phone", "letter"] = Field(description="The way")


class Appeal(Rule):
    """How a citizen complains about a decision, and what then happens."""

    weeks: Weeks = Field(description="Weeks from the day the decision was received")
    on_closed_day: OnClosedDay = Field(description="What becomes of a last day that is closed")
    review_weeks: Weeks | None = Field(None, description="Weeks that the municipality has to look at the case again")
    channels: tuple[AppealChannel, ...] = Field((), description="The ways to complain, in the letter's order")
    bodies: tuple[AppealBody, ...] = Field((), description="Who decides where the municipality stands by its decision")


class RisingHours(Rule):
    """Whether the hours of a graded plan may fall."""

    may_fall: Flag = Field(description="nej: no step has fewer hours than the one before")


class MinAbsence(Rule):
    """The absence without which there is no benefit for partial sickness."""

    hours_a_week: Positive = Field(description="Hours of absence a week")


class MaxLength(Rule):
    """How long a partial return may last."""

    weeks: Weeks = Field(description="Weeks, as a main rule")


class SelfEmployedShares(Rule):
    """The only shares of their normal work that the self-employed may take up."""

    percent: tuple[Positive, ...] = Field(min_length=1, description="Per cent of the normal hours")


class PartialReturn(Rule):
    """Who can return for some of the hours."""

    statuses: tuple[EmploymentStatus, ...] = Field(min_length=1, description="The ties to the labour market")


class ReturnPlanRules(Value):
    """What a graded return plan keeps to."""

    rising_hours: RisingHours = Field(description="Whether the hours may fall")
    min_absence: MinAbsence = Field(description="The least absence that is paid")
    max_length: MaxLength = Field(description="How long it may last")
    self_employed_shares: SelfEmployedShares = Field(description="The hours of the self-employed")
    partial_return: PartialReturn = Field(description="Who can return for some of the hours")
