"""What a statement of figures is made of: counts with their names, what a reader knows of them, and their tables.

Plain frozen values. A `Statement` is counted from cases; a `Published` says which of its counts an edition may show.
Tables, charts, sentences, CSV and alternative texts all read the latter, so that none can say more than another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """A count of courses, or of something else, by the name that prose gives it: `status.in_job`."""

    name: str
    count: int
    label: str
    """Danish words for a row: "I job"."""
    definition: str
    """What is counted, as a Danish sentence."""
    base: str | None = None
    """The name of the figure of which this is a share."""
    is_sensitive: bool = True
    """False for what tells nothing of anybody: places, agreements, how many were visited in all."""
    merged_into: str | None = None
    """The figure whose row holds this one, where numbers are small: then this one itself is never shown."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What every reader knows of counts: the sum of coefficient × count is 0, or is 0 or less."""

    terms: Mapping[str, int]
    sense: Literal["=", "<="] = "="


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that is not a count: a median of weeks or of steps."""

    name: str
    value: float | None
    """None where there was nothing to take it over."""
    label: str
    definition: str
    over: str
    """The name of the figure that counts what it was taken over."""
    unit: str
    """Danish: uger, trin."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: a name of a figure or measure for each column; None is an empty cell."""

    label: str
    cells: tuple[str | None, ...]
    level: int = 0
    """0, or how many rows it stands below: "heraf til a-kasse" is 1."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is read: its heading is worked out from its figures (`sentences`)."""

    id: str
    """`status`, `diagnosis`, …: also the first part of the figures' names."""
    block: Literal["A", "B", "C", "D", "E"]
    title: str
    columns: tuple[str, ...]
    """Danish heads of the columns of `cells`."""
    rows: tuple[Row, ...]
    base: str | None = None
    """The figure that shares are taken of."""
    notes: tuple[str, ...] = ()
    is_multiple: bool = False
    """Whether one person may be counted in several rows, so that they add up to nothing."""


@dataclass(frozen=True)
class Goal:
    """A row of block B: what was aimed at and what was reached."""

    id: str
    text: str
    target: str
    """In Danish words as the programme has them: 80 pct."""
    result: str | None
    """The name of the figure or measure that is the result; None for what is not told in numbers."""
    base: str | None
    target_percent: float | None = None
    """For the bullet bar; None where result and target are no shares."""
    remark: str | None = None


@dataclass(frozen=True)
class Statement:
    """All that was counted of the courses of one programme on one day, with nothing hidden."""

    municipality: str
    programme: str
    on: date
    figures: Mapping[str, Figure]
    measures: Mapping[str, Measure]
    relations: tuple[Relation, ...]
    tables: tuple[Table, ...]
    goals: tuple[Goal, ...]
    not_visited: int = 0
    """Cases without a day of visitation, which count nowhere."""
    persons: int = 0
    """Fewer than the courses where somebody has had two."""
    faulty: int = 0
    """Files with an error, which count nowhere."""
    sources: tuple[str, ...] = ()
    """Where the cases came from, as the annex says it."""


class Shown(StrEnum):
    """What an edition says of a count."""

    EXACT = "exact"
    SMALL = "small"
    """More than none and fewer than the threshold: <5."""
    HIDDEN = "hidden"
    """Hidden since another could be worked out from it: ·"""


@dataclass(frozen=True)
class Published:
    """What an edition says of a statement. `hidden` names each figure that is not told exactly, and why."""

    statement: Statement
    edition: Literal["public", "whole"]
    threshold: int
    hidden: Mapping[str, Shown] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    """By figure: why it is hidden, in Danish, for the log."""
    no_share: frozenset[str] = frozenset()
    """Figures and measures whose share or value is not told."""
