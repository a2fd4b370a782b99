"""What a reader knows of counts, shown or hidden: a system of linear relations over whole numbers.

A hidden count is safe where another world, in which it is another number, would have been printed alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import cached_property

from kvisdocs.statistics.model import Published, Relation, Shown, Statement

LAST = "@last"
"""Behind the name of a count as it was when it was last published."""

_NEVER_LESS = (
    "visited", "persons", "again", "diagnosis.", "status.", "education.", "course.begun", "course.several",
    "course.kind.", "course.status.", "outcome.closed", "outcome.recovered", "outcome.job", "outcome.full_time",
    "outcome.part_time", "outcome.unemployment_fund", "outcome.other", "outcome.ended", "registrations.held.",
    "answer.", "offer.", "ended.",
)  # fmt: skip
"""Figures that grow from one statement to the next, as everybody knows."""

_NEVER_LESS_OF_A_QUARTER = (".came", ".left", ".left_job", ".left_other_reasons", ".left_ended")


class Kind(Enum):
    """What is printed for a count that is hidden."""

    SMALL = "small"
    """<5, or · where that would tell too much."""
    LARGE = "large"
    """·, and it is the threshold or more."""
    NONE = "none"
    """·, and it is none."""
    FREE = "free"
    """· or nothing at all, for any number."""
    OLD_SMALL = "old small"
    """<5 in the last file: nobody knows here which."""
    OLD_FREE = "old free"
    """· in the last file."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A count that may be unknown to a reader."""

    name: str
    kind: Kind
    count: int
    """0 for an old one, which nobody knows here."""
    loss: float
    """What is lost to a reader where it is hidden; 0 for what is hidden from the start."""

    @property
    def is_old(self) -> bool:
        """Whether it is a count of the last file."""
        return self.kind in (Kind.OLD_SMALL, Kind.OLD_FREE)


@dataclass(frozen=True, slots=True)
class Row:
    """Sum of coefficient × count is the total, or at most the total."""

    terms: tuple[tuple[str, int], ...]
    is_equal: bool
    total: int
    is_growth: bool = False
    """Whether it is only taken to be so: that a count is not less than it was."""


@dataclass(frozen=True)
class Knowledge:
    """The unknown counts by name, and what ties them together."""

    cells: Mapping[str, Cell]
    rows: Sequence[Row]
    threshold: int
    last_threshold: int

    def without_growth(self) -> "Knowledge":
        """The same for who does not hold that any count can only grow."""
        return replace(self, rows=[row for row in self.rows if not row.is_growth])

    @cached_property
    def parts(self) -> list["Knowledge"]:
        """The same in parts that tell nothing of each other."""
        group = {name: name for name in self.cells}

        def find(name: str) -> str:
            while group[name] != name:
                group[name] = group[group[name]]
                name = group[name]
            return name

        for row in self.rows:
            first = find(row.terms[0][0])
            for name, _ in row.terms[1:]:
                group[find(name)] = first
        rows: dict[str, list[Row]] = {}
        for row in self.rows:
            rows.setdefault(find(row.terms[0][0]), []).append(row)
        cells: dict[str, dict[str, Cell]] = {}
        for name, cell in self.cells.items():
            cells.setdefault(find(name), {})[name] = cell
        return [
            Knowledge(inside, rows.get(root, []), self.threshold, self.last_threshold) for root, inside in cells.items()
        ]


def make_knowledge(
    statement: Statement, cells: Mapping[str, Cell], threshold: int, last: Published | None
) -> Knowledge:
    """What can be known of the cells. Whatever is no cell is shown as it is."""
    counts = {name: figure.count for name, figure in statement.figures.items()}
    all_cells, rows = dict(cells), list(_rows(_relations(statement), counts, cells))
    if last is not None:
        old = {name: figure.count for name, figure in last.statement.figures.items()}
        old_cells = {name: _old_cell(name, state) for name, state in last.hidden.items() if state is not Shown.EXACT}
        rows += _rows(_relations(last.statement), old, old_cells, LAST)
        all_cells |= {cell.name: cell for cell in old_cells.values()}
        rows += _growth(counts, cells, old, old_cells, last.statement.on)
    return Knowledge(all_cells, [row for row in rows if row.terms], threshold, last.threshold if last else threshold)


def _relations(statement: Statement) -> Iterable[Relation]:
    """Those of the statement, and that a share is no more than its base."""
    yield from statement.relations
    for name, figure in statement.figures.items():
        if figure.is_sensitive and figure.base is not None and figure.base in statement.figures:
            yield Relation({name: 1, figure.base: -1}, "<=")


def _old_cell(name: str, state: Shown) -> Cell:
    return Cell(f"{name}{LAST}", Kind.OLD_SMALL if state is Shown.SMALL else Kind.OLD_FREE, 0, 0.0)


def _rows(
    relations: Iterable[Relation], counts: Mapping[str, int], cells: Mapping[str, Cell], suffix: str = ""
) -> Iterable[Row]:
    for relation in relations:
        known = sum(factor * counts[name] for name, factor in relation.terms.items() if name not in cells)
        terms = tuple((f"{name}{suffix}", factor) for name, factor in relation.terms.items() if name in cells)
        yield Row(terms, relation.sense == "=", -known)


def never_grows_less(name: str) -> bool:
    """Whether a count can only grow from one statement to the next."""
    if name.startswith("quarter."):
        return name.endswith(_NEVER_LESS_OF_A_QUARTER)
    return any(name.startswith(each) if each.endswith(".") else name == each for each in _NEVER_LESS)


def _growth(
    counts: Mapping[str, int],
    cells: Mapping[str, Cell],
    old: Mapping[str, int],
    old_cells: Mapping[str, Cell],
    last_day: date,
) -> Iterable[Row]:
    """That a count is no less than it was, and of a quarter that was over the same; not where it is seen not to be."""
    for name in sorted(counts.keys() & old.keys()):
        is_over = is_of_quarter_before(name, last_day)
        if not is_over and not never_grows_less(name):
            continue
        is_new, is_old = name in cells, name in old_cells
        if is_new and is_old:
            yield Row(((f"{name}{LAST}", 1), (name, -1)), is_over, 0, is_growth=True)
        elif is_new and (counts[name] == old[name] or (counts[name] > old[name] and not is_over)):
            yield Row(((name, -1),), is_over, -old[name], is_growth=True)
        elif is_old:
            yield Row(((f"{name}{LAST}", 1),), is_over, counts[name], is_growth=True)


def is_of_quarter_before(name: str, day: date) -> bool:
    """Whether a figure is of a quarter that was over on the day: then it is what it was."""
    if not name.startswith("quarter."):
        return False
    year, number = (int(part) for part in name.split(".")[1].split("-"))
    return date(year + number // 4, number % 4 * 3 + 1, 1) <= day
