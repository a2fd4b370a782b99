"""Block E: quarter by quarter who came and who left, and how many there were at the ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.model.values import MONTHS
from kvisdocs.statistics.blocks.block import Block, Ground, alike_figure
from kvisdocs.statistics.blocks.citizens import find_outcome
from kvisdocs.statistics.model import Row, Table
from kvisdocs.statistics.relations import adds_up, nothing
from kvisdocs.statistics.words import phrase

LEFT = {"left_job": "job", "left_other_reasons": "other_reasons", "left_ended": "ended"}
"""The last parts of names, and the outcome of those who are counted there."""

PARTS = ("start", "came", "left", *LEFT, "end")
"""The last parts of all names, in the order of the rows."""


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A quarter of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter that a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def after(self) -> "Quarter":
        """The next one."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        after = self.after
        return date(after.year, 3 * after.number - 2, 1) - timedelta(1)

    @property
    def name(self) -> str:
        """The first part of its figures' names: `quarter.2012-4`."""
        return f"quarter.{self.year}-{self.number}"

    def label(self, on: date) -> str:
        """`4. kv. 2012`; where it was not over on the day, up to when it goes."""
        when = {"number": self.number, "year": self.year}
        if on >= self.last_day:
            return phrase("quarter.label", **when)
        return phrase("quarter.unfinished", **when, day=on.day, month=MONTHS[on.month - 1])


def count_quarters(seen: CitizenCase) -> Iterator[str]:
    """When a visited case came, and when and how it left, as it was on the day."""
    came = seen.sickness.visitation
    if came is None:
        return
    yield f"{Quarter.of(came).name}.came"
    if seen.ended is None:
        return
    left = Quarter.of(max(seen.ended, came))
    outcome = find_outcome(seen)
    yield f"{left.name}.left"
    yield from (f"{left.name}.{name}" for name, kind in LEFT.items() if kind in outcome)


def find_quarters(ground: Ground) -> list[Quarter]:
    """From that in which the first came to that of the day; none where nobody has come."""
    parts = [name.split(".") for name in ground.tally.counts if name.startswith("quarter.")]
    came = [quarter for _, quarter, what in parts if what == "came"]
    if not came:
        return []
    year, number = min(came).split("-")
    quarters = [Quarter(int(year), int(number))]
    while quarters[-1] < Quarter.of(ground.on):
        quarters.append(quarters[-1].after)
    return quarters


def lay_out_quarters(ground: Ground) -> Block:
    """The table of block E. Raises ValueError where start + came − left is not the end, as it must be."""
    block = Block()
    quarters = find_quarters(ground)
    if not quarters:
        return block
    _count_ends(ground, quarters)
    for quarter in quarters:
        _add(ground, block, quarter)
    _know(block, quarters)
    rows = tuple(
        Row(phrase(f"quarter.{part}"), tuple(f"{each.name}.{part}" for each in quarters), int(part in LEFT))
        for part in PARTS
    )
    columns = tuple(each.label(ground.on) for each in quarters)
    notes = (phrase("quarter.note"),)
    block.tables.append(Table("quarter", "E", phrase("quarter.title"), columns, rows, notes=notes))
    return block


def _count_ends(ground: Ground, quarters: Sequence[Quarter]) -> None:
    counts, running = ground.tally.counts, 0
    for quarter in quarters:
        counts[f"{quarter.name}.start"] = running
        running += counts[f"{quarter.name}.came"] - counts[f"{quarter.name}.left"]
        counts[f"{quarter.name}.end"] = running
    if running != counts["outcome.running"]:
        raise ValueError(f"{running} are left of the quarters, and {counts['outcome.running']} are running")


def _add(ground: Ground, block: Block, quarter: Quarter) -> None:
    name, label = quarter.name, quarter.label(ground.on)
    for part in PARTS:
        base = f"{name}.left" if part in LEFT else None
        block.add(alike_figure(ground, f"{name}.{part}", f"quarter.{part}", base, quarter=label))


def _know(block: Block, quarters: Sequence[Quarter]) -> None:
    names = [each.name for each in quarters]
    block.relations.append(nothing(f"{names[0]}.start"))
    for name in names:
        block.relations.append(adds_up(f"{name}.end", [f"{name}.start", f"{name}.came"], [f"{name}.left"]))
        block.relations.append(adds_up(f"{name}.left", [f"{name}.{part}" for part in LEFT]))
    block.relations += [adds_up(f"{a}.end", [f"{b}.start"]) for a, b in pairwise(names)]
    block.relations.append(adds_up("outcome.running", [f"{names[-1]}.end"]))
    block.relations.append(adds_up("visited", [f"{name}.came" for name in names]))
    block.relations.append(adds_up("outcome.closed", [f"{name}.left" for name in names]))
    for part, outcome in LEFT.items():
        block.relations.append(adds_up(f"outcome.{outcome}", [f"{name}.{part}" for name in names]))
