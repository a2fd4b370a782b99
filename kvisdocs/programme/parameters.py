"""The rules of a programme: steps, deadlines and limits with their references, read from the YAML files in data/.

The law behind these rules changes, so a rule is dated data: a new law is a new file, never a new number in the code.
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, Field, model_validator

from kvisdocs.problems import suggest

_DATA = Path(__file__).parent / "data"
_CASE_DAYS = ("first_day", "visitation")


class UnknownProgramme(KeyError):  # noqa: N818  (it is a KeyError, and reads as one)
    """No programme goes by that name. `name` is the one asked for, `known` the names there are."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.known = known

    def __str__(self) -> str:
        return f'there is no programme "{self.name}"; {suggest(self.name, self.known)}'

    def __reduce__(self) -> tuple[type["UnknownProgramme"], tuple[str, tuple[str, ...]]]:
        return UnknownProgramme, (self.name, self.known)


class _Rule(BaseModel, frozen=True, extra="forbid", populate_by_name=True):
    """The ground of the models here: frozen, and an unknown key is an error."""


class Deadline(_Rule):
    """When a step must be done, counted from another day. Exactly one of `weeks` and `days` is given."""

    start: str = Field(alias="from", description="first_day, visitation or the id of an earlier step")
    weeks: int | None = Field(None, gt=0)
    days: int | None = Field(None, gt=0)
    last_day: bool = Field(False, description="The last day of the period, the day it runs from counted along")
    reading: str = Field(description="How the rule is understood: a Danish sentence without its full stop")

    @property
    def length_days(self) -> int:
        """Calendar days from the day counted from to the deadline: 8 weeks with `last_day` are 55."""
        return (self.weeks or 0) * 7 + (self.days or 0) - (1 if self.last_day else 0)

    @model_validator(mode="after")
    def _one_unit(self) -> "Deadline":
        if (self.weeks is None) == (self.days is None):
            raise ValueError("a deadline has either weeks or days")
        return self


class ProgrammeStep(_Rule):
    """One compulsory step of a course."""

    id: str
    label: str = Field(description="Danish name, as it stands in the plan")
    applies: Literal["always", "with_employer", "without_employer", "with_return_plan"]
    is_contact: bool = Field(False, description="A talk with the citizen, which counts as a contact")
    reference: str
    deadline: Deadline | None = None


class ReturnPlanLimits(_Rule):
    """What a graded return plan keeps to."""

    min_absence_hours: int = Field(gt=0, description="Hours of absence a week below which no benefit is paid")
    max_weeks: int = Field(gt=0, description="Weeks of partial return, as a main rule")
    self_employed_shares: tuple[int, ...] = Field(
        description="Per cent of the normal hours that the self-employed may work"
    )


class Programme(_Rule):
    """One dated set of rules. `references` says where each number below the steps comes from."""

    name: str
    label: str
    valid_from: date
    valid_until: date | None = None
    sources: tuple[str, ...] = Field(min_length=1)
    steps: tuple[ProgrammeStep, ...]
    contact_every_days: int = Field(gt=0)
    web_registrations: int = Field(gt=0)
    self_rating_target: int = Field(gt=0, description="Steps up on the scale from 1 to 10")
    return_plan: ReturnPlanLimits
    references: dict[str, str]

    @property
    def step_ids(self) -> tuple[str, ...]:
        """The ids of the steps in their order: the keys that `steps` in a case may have."""
        return tuple(step.id for step in self.steps)

    @model_validator(mode="after")
    def _holds_together(self) -> "Programme":
        seen: list[str] = []
        for step in self.steps:
            if step.id in seen:
                raise ValueError(f'the step "{step.id}" stands twice')
            if step.deadline and step.deadline.start not in (*_CASE_DAYS, *seen):
                raise ValueError(
                    f'the deadline of "{step.id}" runs from "{step.deadline.start}", which is no earlier step'
                )
            seen.append(step.id)
        numbers = {"contact_every_days", "web_registrations", "self_rating_target", *ReturnPlanLimits.model_fields}
        if missing := numbers.symmetric_difference(self.references):
            raise ValueError(f"references and numbers do not match: {', '.join(sorted(missing))}")
        return self


def programme_names() -> tuple[str, ...]:
    """The names that `programme:` in a case may have, sorted."""
    return tuple(sorted(file.stem for file in _DATA.glob("*.yaml")))


@cache
def load_programme(name: str) -> Programme:
    """The programme of that name; read once. Raises UnknownProgramme, which lists the names."""
    known = programme_names()
    if name not in known:
        raise UnknownProgramme(name, known)
    return Programme.model_validate(yaml.safe_load((_DATA / f"{name}.yaml").read_text(encoding="utf-8")))
