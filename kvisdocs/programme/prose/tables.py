"""Tables whose total row or total column is not the sum of what stands above or beside it.

Checked where every figure can be read. Left alone: columns of averages, ages and rates; shares that do not end in 100;
and a column with a hidden count (`<5`, `·`). Rounded figures (mio. kr., 1.000 kr., decimals) may differ by half of
their last digit each.

Amounts over years (`economy` of a committee item): totals that are not their sums, and amounts in the wrong unit.

As with tables in texts, a total may be that of the rows since the last total, of all rows, or of the totals before it
and the rows since. Amounts written with `mio.` are rounded and may differ by half of their last digit each.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.economy import EconomyTable, Unit
from kvisdocs.cases.model.numbers import parse_amount
from kvisdocs.cases.yaml.source import Step
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Problem, Severity
from kvisdocs.programme.prose.counts import may_count_twice
from kvisdocs.programme.prose.prose import Glance, Passage, Remark, Section, Table
from kvisdocs.programme.prose.quantities import format_danish, parse_danish
from kvisdocs.programme.prose.sums import sum_words

_FIGURE = re.compile(
    r"(?:kr\.?\s?)?(?P<minus>[-–−]\s?)?(?P<n>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)(?:,-)?"
    r"\s?(?P<unit>mio\.?\s?kr\.?|mia\.?\s?kr\.?|t\.?kr\.?|kr\.?|pct\.?|%)?",
    re.IGNORECASE,
)
_EMPTY = {"", "-", "–", "—"}
_TOTAL = re.compile(r"(?:i alt|ialt|sum|total|samlet|alle)(?:\s(?:i alt|kr\.?))?[:.]?$|.*\bi alt:?$", re.IGNORECASE)
_NO_SUM = re.compile(
    r"\b(?:gennemsnit\w*|gns|snit|median|alder|andel\w*|pct|procent|pr|takst\w*|sats\w*|pris|indeks|rate|ændring\w*|"
    r"udvikling|^år$|nr|nummer|uge|mål|måltal|varighed\w*|spredning)\b|%|/",
    re.IGNORECASE,
)
_ROUNDED = re.compile(r"\b(?:mio|mia|1\.000|1000|t\.?\s?kr|tkr|tusind)", re.IGNORECASE)
_MILLIONS = re.compile(r"\b(?:mio|mia)\.?", re.IGNORECASE)
_RESULT = re.compile(
    r"resultat|\b(?:netto|balance|saldo|primo|ultimo|overskud|underskud|difference|rest|budget)\b", re.IGNORECASE
)
_PART_OF_ROW_ABOVE = re.compile(r"[-–\s]*(?:heraf|deraf|hvoraf|herunder)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Figure:
    value: Decimal
    step: Decimal
    is_share: bool = False


class _Column:
    """The figures of a column so far: all, those since the last total, and the totals."""

    def __init__(self) -> None:
        self._parts: list[_Figure] = []
        self._since: list[_Figure] = []
        self._totals: list[_Figure] = []
        self._group: list[_Figure] | None = None

    def begin_group(self) -> None:
        """Under a name of their own come rows that may have a total of their own."""
        self._group = []

    def add(self, figure: _Figure) -> None:
        """A row below the others."""
        self._parts.append(figure)
        self._since.append(figure)
        if self._group is not None:
            self._group.append(figure)

    def close(self, total: _Figure, rounded: bool = False) -> Sequence[_Figure]:
        """The parts of a total that is not their sum; nothing where it is one of the sums that it may be."""
        every = (self._group or [], self._since, self._parts, [*self._totals, *self._since])
        ways = [way for way in every if len(way) > 1]
        self._totals, self._since = [*self._totals, total], []
        return ways[0] if ways and not any(_adds_up(way, total, rounded) for way in ways) else ()


def may_hold_table(glance: Glance) -> bool:
    """Whether there may be a table."""
    return "|" in glance.text


def find_table_slips(section: Section) -> Iterator[Remark]:
    """What does not add up in the tables of a section."""
    for block in section.blocks:
        if isinstance(block, Table):
            yield from _table_slips(block, may_count_twice(section))


def _table_slips(table: Table, counted_twice: bool) -> Iterator[Remark]:
    """Where people may be counted twice, the groups of a table may be more than their total."""
    above = " ".join(cell.text for cell in table.head) + " " + (table.lead.text if table.lead else "")
    rounded = bool(_ROUNDED.search(above))
    yield from _twice_millions(table)
    for column in range(1, len(table.head)):
        if not _NO_SUM.search(table.head[column].text) or _ends_in_hundred(table, column):
            for remark, excess in _check_column(table, column, rounded):
                if not (counted_twice and excess):
                    yield remark
    last = len(table.head) - 1
    if last > 2 and _TOTAL.match(table.head[last].text):
        for row in table.rows:
            yield from _check_row(table, row, rounded)


def _twice_millions(table: Table) -> Iterator[Remark]:
    """A figure in full kroner below `mio. kr.`."""
    for row in table.rows:
        for head, cell in zip(table.head[1:], row[1:], strict=False):
            figure = _figure(cell)
            if figure and _MILLIONS.search(head.text) and figure.value >= 100_000:
                what = message(
                    "prose.table.unit_twice",
                    '"{figure}" stands below "{head}": the number is already in full kroner',
                    figure=cell.text,
                    head=head.text,
                )
                millions = format_danish(figure.value / 10**6)
                yield cell.remark(0, what, N_("write {millions}, or put the head right", millions=millions))


def _figure(cell: Passage) -> _Figure | None:
    found = _FIGURE.fullmatch(cell.text)
    if not found:
        return None
    value, step = parse_danish(found["n"])
    unit = (found["unit"] or "").casefold()
    return _Figure(-value if found["minus"] else value, step, unit.startswith(("pct", "%")))


def _column(table: Table, row: tuple[Passage, ...], column: int) -> Passage | None:
    return row[column] if column < len(row) else None


def _ends_in_hundred(table: Table, column: int) -> bool:
    """Whether the column's last row is a total of 100: shares that should fill it."""
    if not table.rows or not _is_total_row(table.rows[-1]):
        return False
    cell = _column(table, table.rows[-1], column)
    figure = _figure(cell) if cell else None
    return figure is not None and figure.value == 100


def _starts_anew(row: tuple[Passage, ...]) -> bool:
    """A heading among the rows, or a result of all above (`Driftsresultat`): what follows is another sum."""
    return bool(row and _RESULT.search(row[0].text)) or all(cell.text in _EMPTY for cell in row[1:])


def _is_total_row(row: tuple[Passage, ...]) -> bool:
    return bool(row and _TOTAL.match(row[0].text))


def _check_column(table: Table, column: int, rounded: bool) -> Iterator[tuple[Remark, bool]]:
    """A remark for each total that is not its sum, and whether the parts are more."""
    figures = _Column()
    for row in table.rows:
        if row and _PART_OF_ROW_ABOVE.match(row[0].text):
            continue
        if _starts_anew(row):
            figures = _Column()
            continue
        cell = _column(table, row, column)
        if cell is None or cell.text in _EMPTY:
            continue
        figure = _figure(cell)
        if figure is None:
            return
        if not _is_total_row(row):
            figures.add(figure)
        elif figure.is_share and figure.value != 100:
            return
        elif parts := figures.close(figure, rounded):
            excess = sum(part.value for part in parts) > figure.value
            yield _mismatch(table.head[column].text, parts, figure, cell), excess


def _check_row(table: Table, row: tuple[Passage, ...], rounded: bool) -> Iterator[Remark]:
    if len(row) != len(table.head):
        return
    cells = [cell for head, cell in zip(table.head[1:-1], row[1:-1], strict=True) if not _NO_SUM.search(head.text)]
    read = [_figure(cell) for cell in cells if cell.text not in _EMPTY]
    parts, total = [figure for figure in read if figure], _figure(row[-1])
    if total is None or len(parts) < 2 or len(parts) != len(read) or any(part.is_share for part in parts):
        return
    if not _adds_up(parts, total, rounded):
        yield _mismatch(row[0].text, parts, total, row[-1])


def _adds_up(parts: Sequence[_Figure], total: _Figure, rounded: bool) -> bool:
    figures = (*parts, total)
    rounds = rounded or total.is_share or any(figure.step != 1 for figure in figures)
    slack = sum((figure.step for figure in figures), Decimal(0)) / 2 if rounds else Decimal(0)
    return abs(sum((part.value for part in parts), Decimal(0)) - total.value) <= slack


def _mismatch(where: str, parts: Sequence[_Figure], total: _Figure, cell: Passage) -> Remark:
    what, todo = sum_words([part.value for part in parts], total.value)
    what = message(
        "prose.table.not_its_total", 'the total "{total}" of "{where}": {what}', total=cell.text, where=where, what=what
    )
    return cell.remark(0, what, todo)


SMALLEST = {Unit.KRONER: 0, Unit.THOUSAND: 10_000, Unit.MILLION: 100_000}
"""Where every amount of a table is below this, they are most likely written in the table's unit, not in kroner."""

_UNIT = re.compile(r"(?:mi[oal]|t\.? ?kr|tusind).*", re.IGNORECASE)

_Found = tuple[tuple[Step, ...], Message, Message]


def check_economy(loaded: LoadedCase) -> list[Problem]:
    """Warnings on the economy tables of a committee item, each at its amount."""
    tables = getattr(loaded.case, "economy", ())
    return [
        Problem(loaded.source.locate(path), what, todo, Severity.WARNING)
        for number, table in enumerate(tables)
        for path, what, todo in (*_totals(loaded, table, number), *_units(table, number))
    ]


def _totals(loaded: LoadedCase, table: EconomyTable, number: int) -> Iterator[_Found]:
    for column, year in enumerate(table.years):
        figures, group = _Column(), -1
        for place, row in table.placed_rows():
            if place[0] == "groups" and place[1] != group:
                figures, group = _Column() if group == -1 else figures, int(place[1])
                figures.begin_group()
            path = ("economy", number, *place, "amounts", column)
            value = row.amounts[column]
            if value is None:
                continue
            amount = _Figure(value, max(amount_step(loaded.source.text_at(path)), Decimal(1)))
            if not row.total:
                figures.add(amount)
            elif parts := figures.close(amount):
                what, todo = sum_words([part.value for part in parts], value)
                what = message(
                    "prose.economy.not_its_total",
                    'the total "{name}" of {year}: {what}',
                    name=row.name,
                    year=year,
                    what=what,
                )
                yield path, what, todo


def amount_step(written: str) -> Decimal:
    """What the last digit of an amount is worth, in kroner: 1 for `3.286.600`, 100.000 for `4,5 mio. kr.`."""
    found = _UNIT.search(written.strip())
    unit = Decimal(str(parse_amount(f"1 {found[0]}" if found else "1")))
    decimals = re.search(r",(\d+)", written)
    return unit.scaleb(-len(decimals[1])) if decimals else unit


def _units(table: EconomyTable, number: int) -> Iterator[_Found]:
    amounts = [value for _, row in table.placed_rows() for value in row.amounts if value]
    if amounts and max(abs(value) for value in amounts) < SMALLEST[table.unit]:
        largest = format_danish(max(amounts, key=abs))
        what = message(
            "prose.economy.unit_twice",
            "the largest amount is {largest} kr., and the table shows {unit}",
            largest=largest,
            unit=table.unit.danish.lower(),
        )
        yield ("economy", number, "unit"), what, N_("write the amounts in kroner; unit says only how they are shown")
