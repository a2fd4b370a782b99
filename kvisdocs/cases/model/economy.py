"""Amounts over years, as a committee item prints them in a table."""

from collections.abc import Iterator

from pydantic import Field, model_validator

from kvisdocs.cases.model.base import Choice, FieldError
from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.numbers import Amount
from kvisdocs.cases.model.values import Flag, Text
from kvisdocs.messages import N_, message


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


class EconomyGroup(Value):
    """Rows under a name of their own: Drift, Anlæg, Finansiering."""

    name: Text = Field(description="Gruppens navn", examples=["Drift"])
    rows: tuple[EconomyRow, ...] = Field(min_length=1, max_length=500, description="Gruppens rækker")


class EconomyTable(Value):
    """Amounts over years. Sums are written in the case, never computed: the paper says what it says."""

    title: Text | None = Field(None, description="Tabellens titel", examples=["Udgifter og finansiering"])
    unit: Unit = Field(Unit.KRONER, description="Enhed, som tabellen viser", examples=["thousand"])
    years: tuple[Text, ...] = Field(min_length=1, description="Årene", examples=[["2026", "2027"]])
    rows: tuple[EconomyRow, ...] = Field((), max_length=500, description="Rækker")
    groups: tuple[EconomyGroup, ...] = Field(
        (), max_length=100, description="Grupper af rækker, hver med sit navn; rækkerne ovenfor står før dem"
    )
    note: Text | None = Field(
        None, description="Note under tabellen", examples=["2026-priser. Et minus er en indtægt."]
    )

    @model_validator(mode="after")
    def _rows_have_every_year(self) -> "EconomyTable":
        if not self.rows and not self.groups:
            what = message("item.economy.empty", "the table has no rows")
            raise FieldError(what, N_("add rows, or groups with rows"))
        for _, row in self.placed_rows():
            if len(row.amounts) != len(self.years):
                what = message(
                    "item.economy.amounts",
                    'the row "{row}" has {amounts} amounts for {years} years',
                    row=row.name,
                    amounts=len(row.amounts),
                    years=len(self.years),
                )
                raise FieldError(what, N_("write one for each year, and ~ where there is none"))
        return self

    def placed_rows(self) -> Iterator[tuple[tuple[str | int, ...], EconomyRow]]:
        """The rows outside groups, then those of each group, each with its path in the table."""
        yield from ((("rows", line), row) for line, row in enumerate(self.rows))
        for number, group in enumerate(self.groups):
            yield from ((("groups", number, "rows", line), row) for line, row in enumerate(group.rows))
