"""Where a committee's figures come from: which cases are counted, on which day, and how much the readers may know."""

from pydantic import Field, PrivateAttr

from kvisdocs.cases.model.base import Choice
from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.values import Day, Name, Text


class Edition(Choice):
    """Who reads the figures."""

    PUBLIC = "public", "Offentlig: små tal er skjult"
    WHOLE = "whole", "Hele udgaven, til lukkede punkter: intet er skjult"


class FiguresSource(Value):
    """The cases that an item's figures are counted from."""

    cases: Text = Field(description="Mappen med borgernes sager, set fra denne fil", examples=["citizens"])
    on: Day = Field(description="Dagen, tallene gælder", examples=["2026-09-01"])
    programme: Text | None = Field(
        None, description="Regelsættet, hvis mappen har sager efter flere", examples=["kvis-2011"]
    )
    edition: Edition = Field(Edition.PUBLIC, description="Udgave", examples=["public"])
    after: Text | None = Field(
        None,
        description="De senest offentliggjorte tal, som kvisdocs stats --json skrev dem",
        examples=["tal-juni.json"],
    )
    agreements: Text | None = Field(
        None, description="Fortegnelsen over virksomhedsaftaler", examples=["virksomhedsaftaler.yaml"]
    )
    others: tuple[Name, ...] = Field(
        (),
        description="Personer, som punktet nævner, og som hedder det samme som en borger i sagerne uden at være det",
        examples=[["Anna Sivertsen"]],
    )
    _note: tuple[str, ...] = PrivateAttr(())

    @property
    def note(self) -> tuple[str, ...]:
        """Where the figures come from, as the paper says it below them; known once they are counted."""
        return self._note

    def with_note(self, note: tuple[str, ...]) -> "FiguresSource":
        """The same with that note."""
        found = self.model_copy()
        found._note = note
        return found
