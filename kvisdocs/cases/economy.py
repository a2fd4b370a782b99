"""Tables of amounts over years, as committee papers have them under their economy."""

from pydantic import Field, model_validator

from kvisdocs.cases.choices import Choice
from kvisdocs.cases.identifiers import Value
from kvisdocs.cases.numbers import Amount
from kvisdocs.cases.values import Flag, Text


class Unit(Choice):
    """What the table's numbers count. In the case, amounts are always written in kroner (or with `mio.`)."""

    KRONER = "kroner", "Hele kroner"
    THOUSAND = "thousand", "Tusind kroner (1.000 kr.)"
    MILLION = "million", "Millioner kroner (mio. kr.)"


class EconomyRow(Value):
    """One row: an amount for each year."""

    name: Text = Field(description="Rækkens navn", examples=["Løn til to jobkonsulenter"])
    amounts: tuple[Amount | None, ...] = Field(
        min_length=1, description="Et beløb for hvert år; ~ hvor der intet er", examples=[["1.240.000", "1,3 mio. kr."]]
    )
    total: Flag = Field(
        False, description="Rækken er en sum og fremhæves; tallene skrives, de regnes ikke", examples=["nej"]
    )


class EconomyTable(Value):
    """Amounts over years. Sums are written in the case, never computed: the paper says what it says."""

    title: Text | None = Field(None, description="Tabellens titel", examples=["Udgifter og finansiering"])
    unit: Unit = Field(Unit.KRONER, description="Enhed, som tabellen viser", examples=["thousand"])
    years: tuple[Text, ...] = Field(min_length=1, description="Årene", examples=[["2026", "2027"]])
    rows: tuple[EconomyRow, ...] = Field(min_length=1, max_length=500, description="Rækker")
    note: Text | None = Field(
        None, description="Note under tabellen", examples=["2026-priser. Et minus er en indtægt."]
    )

    @model_validator(mode="after")
    def _rows_have_every_year(self) -> "EconomyTable":
        for row in self.rows:
            if len(row.amounts) != len(self.years):
                have = f'the row "{row.name}" has {len(row.amounts)} amounts for {len(self.years)} years'
                raise ValueError(f"{have}; write one for each year, and ~ where there is none")
        return self
