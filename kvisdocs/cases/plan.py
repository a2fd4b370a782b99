"""The follow-up plan with its three tracks, and the graded return plan: parts of a citizen's case.

From Herning's paper of 14 November 2012 (item 87): employment, health and social matters, in this order.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from kvisdocs.cases.identifiers import Value
from kvisdocs.cases.numbers import Number
from kvisdocs.cases.values import Day, Text


class Progress(StrEnum):
    """How far a goal has come, as the three agreed it."""

    PLANNED = "planned"
    AGREED = "agreed"
    UNDER_WAY = "under_way"
    REACHED = "reached"
    DROPPED = "dropped"


class Activity(Value):
    """One activity in a track."""

    goal: Text = Field(description="Mål")
    sub_goals: tuple[Text, ...] = Field((), description="Delmål")
    how: Text | None = Field(None, description="Procesmål: sådan når vi det")
    purpose: Text | None = Field(None, description="Formål, hvis et andet end sporets")
    responsible: Text = Field(description="Hvem der gør hvad")
    due: Day | None = Field(None, description="Frist")
    progress: Progress = Field(Progress.PLANNED, description="Status")
    status_on: Day | None = Field(None, description="Dagen for seneste status")
    status_note: Text | None = Field(None, description="Hvad vi blev enige om ved seneste status")


class Track(Value):
    """One of the three tracks."""

    purpose: Text = Field(description="Formål")
    activities: tuple[Activity, ...] = Field(min_length=1, description="Aktiviteter")


class Decision(Value):
    """A decision that the plan carries. Only then does the plan bear an appeal block."""

    text: Text = Field(description="Afgørelsen og dens begrundelse (Markdown)")
    legal_basis: Text = Field(description="Lovhjemmel")


class Plan(Value):
    """The follow-up plan. The employment track is always there; the other two only where they are needed."""

    agreed: Day = Field(description="Aftalt med borgeren den")
    next_follow_up: Day | None = Field(None, description="Næste opfølgning")
    goal: Text = Field(description="Målet for tilbagevenden, i en sætning")
    short_goal: Text | None = Field(None, description="Målet i få ord, til båndet øverst: 37 timer fra 4. februar 2013")
    employment: Track = Field(description="Spor 1: beskæftigelse")
    health: Track | None = Field(None, description="Spor 2: sundhed")
    social: Track | None = Field(None, description="Spor 3: sociale forhold")
    decision: Decision | None = Field(None, description="Afgørelse, hvis planen rummer en")


class ReturnStep(Value):
    """One step of the graded return plan."""

    start: Day = Field(description="Fra og med")
    end: Day | None = Field(None, description="Til og med; åben i sidste trin")
    hours: Annotated[Number, Field(ge=0, le=60)] = Field(description="Timer om ugen")
    tasks: Text = Field(description="Opgaver")


class ReturnPlan(Value):
    """The graded return plan (optrapningsplan), for partial return or a work placement."""

    kind: Literal["partial_return", "work_placement"] = Field(description="Delvis raskmelding eller virksomhedspraktik")
    place: Text | None = Field(None, description="Praktikstedet, hvis et andet end arbejdsgiveren")
    steps: tuple[ReturnStep, ...] = Field(min_length=1, description="Trin")
    contact: Text | None = Field(None, description="Aftalt kontakt undervejs")

    @model_validator(mode="after")
    def _steps_follow_each_other(self) -> "ReturnPlan":
        for before, after in zip(self.steps, self.steps[1:], strict=False):
            if after.start <= before.start:
                raise ValueError(
                    f"the steps are not in order: {after.start} comes after {before.start}; sort them by their start"
                )
            if before.end is not None and before.end >= after.start:
                raise ValueError(
                    f"two steps overlap: one ends {before.end}, the next starts {after.start}; "
                    "end the first the day before"
                )
        for step in self.steps:
            if step.end is not None and step.end < step.start:
                raise ValueError(f"a step ends {step.end} before it starts {step.start}; swap the dates")
        return self
