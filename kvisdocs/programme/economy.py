"""Amounts over years (`economy` of a committee item): totals that are not their sums, and amounts in the wrong unit.

As with tables in texts, a total may be that of the rows since the last total, of all rows, or of the totals before it
and the rows since. Amounts written with `mio.` are rounded and may differ by half of their last digit each.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kvisdocs.cases.economy import EconomyTable, Unit
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.numbers import parse_amount
from kvisdocs.cases.source import Step
from kvisdocs.problems import Problem, Severity
from kvisdocs.programme.quantities import format_danish
from kvisdocs.programme.sums import sum_words

SMALLEST = {Unit.KRONER: 0, Unit.THOUSAND: 10_000, Unit.MILLION: 100_000}
"""Where every amount of a table is below this, they are most likely written in the table's unit, not in kroner."""

_UNIT = re.compile(r"(?:mi[oal]|t\.? ?kr|tusind).*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Amount:
    value: Decimal
    step: Decimal


def check_economy(loaded: LoadedCase) -> list[Problem]:
    """Warnings on the economy tables of a committee item, each at its amount."""
    tables = getattr(loaded.case, "economy", ())
    return [
        Problem(loaded.source.locate(path), what, todo, Severity.WARNING)
        for number, table in enumerate(tables)
        for path, what, todo in (*_totals(loaded, table, number), *_units(table, number))
    ]


def _totals(loaded: LoadedCase, table: EconomyTable, number: int) -> Iterator[tuple[tuple[Step, ...], str, str]]:
    for column, year in enumerate(table.years):
        parts: list[_Amount] = []
        since: list[_Amount] = []
        totals: list[_Amount] = []
        for line, row in enumerate(table.rows):
            path = ("economy", number, "rows", line, "amounts", column)
            value = row.amounts[column]
            if value is None:
                continue
            amount = _Amount(value, amount_step(loaded.source.text_at(path)))
            if not row.total:
                parts.append(amount)
                since.append(amount)
                continue
            ways = [way for way in (since, parts, [*totals, *since]) if len(way) > 1]
            if ways and not any(_column_adds_up(way, amount) for way in ways):
                what, todo = sum_words([part.value for part in ways[0]], value)
                yield path, f'the total "{row.name}" of {year}: {what}', todo
            totals, since = [*totals, amount], []


def _column_adds_up(parts: list[_Amount], total: _Amount) -> bool:
    steps = [each.step for each in (*parts, total)]
    slack = sum(steps, Decimal(0)) / 2 if max(steps) > 1 else Decimal(0)
    return abs(sum((part.value for part in parts), Decimal(0)) - total.value) <= slack


def amount_step(written: str) -> Decimal:
    """What the last digit of an amount is worth, in kroner: 1 for `3.286.600`, 100.000 for `4,5 mio. kr.`."""
    found = _UNIT.search(written.strip())
    unit = Decimal(str(parse_amount(f"1 {found[0]}" if found else "1")))
    decimals = re.search(r",(\d+)", written)
    return unit.scaleb(-len(decimals[1])) if decimals else unit


def _units(table: EconomyTable, number: int) -> Iterator[tuple[tuple[Step, ...], str, str]]:
    amounts = [value for row in table.rows for value in row.amounts if value]
    if amounts and max(abs(value) for value in amounts) < SMALLEST[table.unit]:
        largest = format_danish(max(amounts, key=abs))
        what = f"the largest amount is {largest} kr., and the table shows {table.unit.danish.lower()}"
        yield ("economy", number, "unit"), what, "write the amounts in kroner; unit says only how they are shown"
