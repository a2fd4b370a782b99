"""What a programme's rules are made of: steps, deadlines, categories and limits, each with its reference.

Plain frozen values, read from YAML. Every rule says where it is from (`reference`) and how sure that is (`sure`), since
the law behind them changes and since nobody can tell a rule that was read from one that was remembered.
docs/programmes.md explains each key to the one who writes a rule file.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from kvisdocs.cases.model.base import FieldError
from kvisdocs.cases.model.course import ContactKind
from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.numbers import Count
from kvisdocs.cases.model.values import Day, Flag, Text
from kvisdocs.messages import N_, message
from kvisdocs.programme.rules.evaluation import FigureWords, Goal, Merge, OfferType, Option, Question
from kvisdocs.programme.rules.limits import Appeal, Registrations, ReturnPlanRules, SelfRating
from kvisdocs.programme.rules.rule import Days, Months, OnClosedDay, Positive, Rule, Weeks


class Validity(Rule):
    """The days on which a course must begin for the programme to fit. Both ends belong to it."""

    valid_from: Day = Field(description="The first day")
    valid_to: Day | None = Field(None, description="The last day; without it the rules still hold")
    decided_by: Literal["first_day", "visitation"] = Field(description="Which of the case's days must lie within")

    def covers(self, day: date) -> bool:
        """Whether the day lies within."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class ClosedDays(Rule):
    """Which days are closed, and what becomes of a deadline that falls on one. Saturdays and Sundays always are."""

    on_closed_day: OnClosedDay = Field(description="stay where it is, or move to the next or the previous open day")
    reason: Text = Field(description="Why, as a Danish sentence")
    public_holidays: Flag = Field(True, description="Whether the Danish public holidays of that year are closed")
    also: dict[str, Text] = Field(
        default_factory=dict, description="Other days, month and day with their Danish name: 06-05: grundlovsdag"
    )

    @model_validator(mode="after")
    def _days_exist(self) -> "ClosedDays":
        for day in self.also:
            try:
                date.fromisoformat(f"2000-{day}")
            except ValueError:
                what = message("programme.closed_day.unknown", '"{day}" is no month and day', day=day)
                raise FieldError(what, N_("write 12-24 for 24 December")) from None
        return self


class Deadline(Value):
    """When a step must be done, counted from another day. Exactly one of `weeks` and `days` is given."""

    counted_from: Text = Field(description="first_day, visitation or the id of an earlier step")
    weeks: Weeks | None = Field(None, description="Weeks of seven calendar days")
    days: Days | None = Field(None, description="Calendar days")
    last_day: Flag = Field(False, description="ja: the period's last day, the day it runs from counted along")
    on_closed_day: OnClosedDay | None = Field(None, description="Where other than the programme's closed_days says")
    reading: Text = Field(description="How the rule is understood: a Danish sentence without its full stop")

    @property
    def length_days(self) -> int:
        """Calendar days from the day counted from to the deadline: 8 weeks with `last_day` are 55."""
        return (self.weeks or 0) * 7 + (self.days or 0) - (1 if self.last_day else 0)

    @model_validator(mode="after")
    def _one_unit(self) -> "Deadline":
        if (self.weeks is None) == (self.days is None):
            what = message("programme.deadline.weeks_and_days", "a deadline has either weeks or days")
            raise FieldError(what, N_("keep one of the two"))
        return self


class Fulfilment(Value):
    """Which contact of a case does a step, where the case gives the step no day of its own: the earliest that fits."""

    kinds: tuple[ContactKind, ...] = Field(min_length=1, description="The kinds of contact that do it")
    about: tuple[Text, ...] = Field((), description="Beginnings of words, one of which the contact's `about` must hold")


class ProgrammeStep(Rule):
    """One compulsory step of a course."""

    id: Text = Field(description="The key under `steps` in a case")
    after: Text | None = Field(None, description="With `base`: the step that this one comes after; without it, last")
    label: Text = Field(description="Danish name, as it stands in the plan")
    applies: Literal["always", "with_employer", "without_employer", "with_return_plan"] = Field(
        "always", description="For whom"
    )
    categories: tuple[Count, ...] = Field((), description="Only in these; without it, and before visitation, in all")
    in_force_from: Day | None = Field(None, description="Only for courses whose first day is that day or later")
    optional: Flag = Field(False, description="ja: nobody must do it; it is shown once it is done")
    is_contact: Flag = Field(False, description="ja: a talk with the citizen, which counts as a contact")
    fulfilled_by: Fulfilment | None = Field(None, description="Which of the case's contacts does the step")
    letter_to_gp: Text | None = Field(
        None, description="The document, a letter to the GP, that does the step; without a consent nobody owes it"
    )
    deadline: Deadline | None = Field(None, description="When it must be done; without it, at some time in the course")
    sooner: Deadline | None = Field(None, description="A second deadline, which goes first where it ends sooner")


class Recurring(Rule):
    """What must happen again and again until the citizen recovers. Exactly one of every_weeks and every_days."""

    id: Text = Field(description="The row's id in `steps` of a template")
    label: Text = Field(description="Danish name, as it stands in the plan")
    every_weeks: Weeks | None = Field(None, description="Weeks of seven calendar days")
    every_days: Days | None = Field(None, description="Calendar days")
    counted_from: Text = Field(description="first_day, visitation or the id of a step: the first period begins there")
    start_name: Text = Field(description="That day in a Danish sentence: visitationen")
    kinds: tuple[ContactKind, ...] = Field(min_length=1, description="The kinds of contact that count")
    categories: tuple[Count, ...] = Field((), description="Only in these; without it, and before visitation, in all")
    in_force_from: Day | None = Field(None, description="Only for courses whose first day is that day or later")
    on_closed_day: OnClosedDay | None = Field(None, description="Where other than the programme's closed_days says")

    @property
    def length_days(self) -> int:
        """Calendar days that one period may last."""
        return (self.every_weeks or 0) * 7 + (self.every_days or 0)

    @model_validator(mode="after")
    def _one_unit(self) -> "Recurring":
        if (self.every_weeks is None) == (self.every_days is None):
            what = message(
                "programme.recurring.weeks_and_days", "a recurring rule has either every_weeks or every_days"
            )
            raise FieldError(what, N_("keep one of the two"))
        return self


class Minimum(Rule):
    """What must happen at least so many times within a period. Exactly one of within_months and within_weeks."""

    id: Text = Field(description="The row's id in `steps` of a template")
    label: Text = Field(description="Danish name, as it stands in the plan")
    times: Positive = Field(description="How many contacts at least")
    within_months: Months | None = Field(None, description="The period, whose first day is the day counted from")
    within_weeks: Weeks | None = Field(None, description="The period, whose first day is the day counted from")
    counted_from: Text = Field(description="first_day, visitation or the id of a step: the period begins there")
    start_name: Text = Field(description="That day in a Danish sentence: første sygedag")
    kinds: tuple[ContactKind, ...] = Field(min_length=1, description="The kinds of contact that count")
    categories: tuple[Count, ...] = Field((), description="Only in these; without it, and before visitation, in all")
    in_force_from: Day | None = Field(None, description="Only for courses whose first day is that day or later")
    on_closed_day: OnClosedDay | None = Field(None, description="Where other than the programme's closed_days says")

    @model_validator(mode="after")
    def _one_unit(self) -> "Minimum":
        if (self.within_months is None) == (self.within_weeks is None):
            what = message("programme.minimum.months_and_weeks", "a minimum has either within_months or within_weeks")
            raise FieldError(what, N_("keep one of the two"))
        return self


class Confirmed(Value):
    """A jurist's word that the rules hold."""

    by: Text = Field(description="Who has compared the rules with the law")
    on: Day = Field(description="When")


class Category(Rule):
    """One category of visitation, and what a case in it keeps to. What is left out is not checked."""

    number: Count = Field(description="The number in `sickness.category` of a case")
    label: Text = Field(description="Danish name in a few words")
    meaning: Text = Field(description="What it means, as a Danish sentence that a citizen may read")
    for_doctor: Text | None = Field(None, description="What it means, as a Danish sentence for the doctor")
    in_force_from: Day | None = Field(None, description="Only for courses whose first day is that day or later")
    visited_within_weeks: Weeks | None = Field(None, description="Visitation by the end of that week of sickness")
    recovery_within_weeks: Weeks | None = Field(None, description="Full recovery by the end of that week")
    recovery_after_weeks: Weeks | None = Field(None, description="Full recovery after the end of that week")
    needs_steps: tuple[Text, ...] = Field((), description="Steps that are done once there is a follow-up plan")
    min_tracks: Annotated[Count, Field(ge=1, le=3)] | None = Field(None, description="Tracks in the follow-up plan")


class TakingPart(Value):
    """What a patient takes part in, in words for the doctor. Each goes on from "Din patient …"."""

    now: Text = Field(description="While the course runs, up to the full stop: er med i …")
    ended: Text = Field(description="When it has ended: har været med i …")
    joined: Text = Field(description="The day of visitation, a sentence up to its date: Din patient kom med")


class Programme(Value):
    """One dated set of rules. What a programme has no rule for is left out of its file."""

    name: Text = Field(description="The file's name without .yaml, as `programme` in a case says it")
    base: Text | None = Field(None, description="The programme whose rules hold where this file says nothing else")
    drop: tuple[Text, ...] = Field(
        (), description="With `base`: what is not taken over, by id, by a category's number or by key"
    )
    label: Text = Field(description="Danish name, as letters say it: the citizen takes part in …")
    about: Text | None = Field(None, description="What that is, in a few Danish words after the name and a comma")
    joined: Text | None = Field(
        None, description="What happened on the day of visitation, to the citizen, after the date"
    )
    for_doctor: TakingPart | None = Field(None, description="What the patient takes part in, as the doctor reads it")
    legal_notice: Text | None = Field(
        None, description="For rules that stand for a law: a Danish sentence that they are not legal advice"
    )
    not_found: Text | None = Field(
        None, description="What of the law was not found: Danish words that end the note `check` gives"
    )
    confirmed: Confirmed | None = Field(
        None, description="Who has compared the rules with the law, and when; `check` then gives no note"
    )
    validity: Validity = Field(description="When the rules hold")
    sources: tuple[Text, ...] = Field(min_length=1, description="What the rules were taken from")
    closed_days: ClosedDays = Field(description="Which days are closed, and what becomes of a deadline on one")
    categories: tuple[Category, ...] = Field(
        (), description="The categories that a case may be in; without it no case has one"
    )
    steps: tuple[ProgrammeStep, ...] = Field(description="The compulsory steps, in the order of the plan")
    recurring: tuple[Recurring, ...] = Field((), description="What must happen again and again")
    minimums: tuple[Minimum, ...] = Field((), description="What must happen so many times within a period")
    registrations: Registrations | None = Field(None, description="Registrations for the evaluation")
    questionnaire: tuple[Question, ...] = Field(
        (), description="The questions of the registrations; without it any question and answer passes, uncounted"
    )
    offers: tuple[OfferType, ...] = Field((), description="What a citizen may be offered beside the talks")
    end_reasons: tuple[Option, ...] = Field((), description="Why a course may end without recovery")
    places: Positive | None = Field(None, description="How many citizens the programme has room for in all")
    goals: tuple[Goal, ...] = Field((), description="What the programme aims at, in the order of the table")
    figures: FigureWords = Field(default_factory=FigureWords, description="Words and tables of a statement of figures")
    merges: tuple[Merge, ...] = Field((), description="Rows that are counted as one where numbers are small")
    self_rating: SelfRating | None = Field(None, description="The goal for the citizen's own rating")
    appeal: Appeal | None = Field(None, description="The citizen's time to complain about a decision")
    return_plan: ReturnPlanRules = Field(description="What a graded return plan keeps to")

    @property
    def step_ids(self) -> tuple[str, ...]:
        """The ids of the steps in their order: the keys that `steps` in a case may have."""
        return tuple(step.id for step in self.steps)

    @property
    def self_rating_target(self) -> int | None:
        """Steps up on the scale from 1 to 10 that the programme aims at."""
        return self.self_rating.target_steps if self.self_rating else None

    @property
    def web_registrations(self) -> int:
        """Registrations of a course; 0 where the programme asks for none."""
        return self.registrations.count if self.registrations else 0

    def find_question(self, words: str) -> Question | None:
        """The question that goes by that id or that reads so."""
        return next((each for each in self.questionnaire if each.is_called(words)), None)

    def find_category(self, number: int | None) -> Category | None:
        """The category of that number, if the programme knows it."""
        return next((category for category in self.categories if category.number == number), None)
