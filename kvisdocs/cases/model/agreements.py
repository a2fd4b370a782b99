"""A municipality's register of agreements with firms, a file of its own: a programme's goal is counted from it.

No document is made from it, and it names no citizen.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.numbers import Count
from kvisdocs.cases.model.values import Day, FirmName, Text


class Agreement(Value):
    """An agreement with one firm."""

    company: FirmName = Field(description="Virksomhedens navn", examples=["Midtjysk Kontorservice A/S"])
    trade: Text | None = Field(None, description="Branche", examples=["Kontor"])
    places: Annotated[Count, Field(ge=0)] | None = Field(None, description="Antal praktikpladser", examples=["12"])
    start: Day = Field(description="Fra og med", examples=["2012-01-15"])
    end: Day | None = Field(None, description="Til og med; åben, hvis aftalen fortsætter", examples=["2013-03-31"])

    def is_in_force(self, on: date) -> bool:
        """Whether it holds on that day."""
        return self.start <= on and (self.end is None or on <= self.end)


class AgreementRegister(Value):
    """All agreements of a municipality, those that have ended among them."""

    kind: Literal["agreements"] = Field(description="Filens art: agreements", examples=["agreements"])
    municipality: Text = Field(
        description="Kommunens profil: filens navn i templates/profiles/ uden .yaml", examples=["herning"]
    )
    programme: Text | None = Field(
        None, description="Regelsættet, hvis aftalerne kun gælder for det ene", examples=["kvis-2011"]
    )
    agreements: tuple[Agreement, ...] = Field(description="Aftaler")

    def find_in_force(self, on: date) -> Iterator[Agreement]:
        """The agreements that hold on that day."""
        return (each for each in self.agreements if each.is_in_force(on))
