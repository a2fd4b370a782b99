"""Another world that would have been printed alike, in which a count that must not be known is another number.

It is looked for with the least further loss: to move a count that is shown, it must be hidden first. Readers who know
how this works take · for none or for the threshold and more; a world that does not hold for them costs a little, so
that it is chosen only where the other is dear.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from kvisdocs.statistics.disclosure.knowledge import Cell, Kind, Knowledge
from kvisdocs.statistics.disclosure.solver import Program
from kvisdocs.statistics.disclosure.targets import Target

_WIDTH = 4
"""A count is moved by no more than so many times the threshold, which keeps the program small."""

_MOST = 10**6
"""No count of a last file is taken to be higher."""

DEMOTION = 6.0
"""What is lost where a count under 5 is printed as · and not as <5."""

_SEEN_THROUGH = 25.0
"""The cost of a world that a reader who knows the method can rule out, for each count in it."""

_NONE_SEEN_THROUGH = 2.0
"""The same where it is hidden that nobody is left: of fewer than the threshold, such a reader sees that always."""


@dataclass(frozen=True)
class Alternative:
    """Numbers for all cells of a part of what is known."""

    counts: Mapping[str, int]
    moved: frozenset[str]
    """The counts that are others than the true ones, and so must be hidden."""
    demoted: frozenset[str]
    """The small ones that are others than <5, and so must be ·."""
    fixed: Mapping[str, int]
    """The true counts."""

    def protects(self, target: Target) -> bool:
        """Whether the target has another value in it. What is no cell is shown, and stays."""
        return any(name in self.counts for name in target.names) and bool(self._change(target))

    def _change(self, target: Target) -> int:
        return sum(
            factor * (self.counts[name] - self.fixed[name]) for name, factor in target.terms if name in self.counts
        )


def find_old_counts(part: Knowledge) -> Mapping[str, int] | None:
    """All counts of a part, the new ones as they are; None where no old ones fit them."""
    program = Program()
    columns = {
        name: _add_old(program, cell, part) if cell.is_old else program.add_number(cell.count, cell.count)
        for name, cell in part.cells.items()
    }
    return _solve(program, part, columns)


def _solve(program: Program, part: Knowledge, columns: Mapping[str, int]) -> Mapping[str, int] | None:
    for row in part.rows:
        terms = [(columns[name], float(factor)) for name, factor in row.terms]
        program.add_row(terms, row.total if row.is_equal else -float("inf"), row.total)
    solution = program.solve()
    if solution is None:
        return None
    counts = {name: solution[column] for name, column in columns.items()}
    _check(part, counts)
    return counts


def find_alternative(
    part: Knowledge, target: Target, hidden: Set[str], demoted: Set[str], fixed: Mapping[str, int]
) -> Alternative | None:
    """The world of the least further loss in which the target has another value; None where there is none.

    `fixed` are the counts that the target's value was taken from.
    """
    program = Program()
    cost = _NONE_SEEN_THROUGH if target.is_none else _SEEN_THROUGH
    columns = {
        name: _add_cell(program, cell, part, name in hidden, name in demoted, cost) for name, cell in part.cells.items()
    }
    terms = [(columns[name], float(factor)) for name, factor in target.terms if name in columns]
    _move(program, terms, sum(factor * fixed[name] for name, factor in target.terms if name in columns))
    counts = _solve(program, part, columns)
    if counts is None:
        return None
    moved = {name for name, cell in part.cells.items() if not cell.is_old and counts[name] != cell.count}
    beyond = {name for name in moved if part.cells[name].kind is Kind.SMALL and not 0 < counts[name] < part.threshold}
    return Alternative(counts, frozenset(moved), frozenset(beyond), fixed)


def _move(program: Program, terms: list[tuple[int, float]], value: int) -> None:
    """The sum is one more at least, or one less at least."""
    span = sum(abs(factor) * (program.highs[column] - program.lows[column]) for column, factor in terms) + 1
    more = program.add_choice()
    program.add_row([*terms, (more, -span)], value + 1 - span)
    program.add_row([*terms, (more, -span)], -float("inf"), value - 1)


def _add_cell(program: Program, cell: Cell, part: Knowledge, is_hidden: bool, is_demoted: bool, cost: float) -> int:
    """The column of a cell's count, and what ties it to what is printed."""
    if cell.is_old:
        return _add_old(program, cell, part)
    least = part.threshold
    width = _WIDTH * least
    low, high = max(0, cell.count - width), cell.count + width
    column = program.add_number(low, high)
    if not is_hidden:
        hide = program.add_choice(cell.loss)
        program.add_row([(column, 1), (hide, cell.count - high)], -float("inf"), cell.count)
        program.add_row([(column, 1), (hide, cell.count - low)], cell.count)
    if cell.kind is Kind.SMALL and not is_demoted:
        demote = program.add_choice(DEMOTION)
        program.add_row([(column, 1), (demote, 1)], 1)
        program.add_row([(column, 1), (demote, least - 1 - high)], -float("inf"), least - 1)
    elif cell.kind is Kind.LARGE and low < least:
        seen_through = program.add_choice(cost)
        program.add_row([(column, 1), (seen_through, least)], least)
    elif cell.kind is Kind.NONE:
        seen_through, moved = program.add_choice(cost), program.add_choice()
        program.add_row([(column, 1), (moved, -high)], -float("inf"), 0)
        program.add_row([(column, 1), (moved, -least), (seen_through, least)], 0)
    return column


def _add_old(program: Program, cell: Cell, part: Knowledge) -> int:
    """The column of a count that the last file does not tell."""
    if cell.kind is Kind.OLD_SMALL:
        return program.add_number(1, part.last_threshold - 1)
    return program.add_number(0, _MOST)


def _check(part: Knowledge, counts: Mapping[str, int]) -> None:
    """Raises ArithmeticError where the solver's whole numbers, once rounded, do not hold."""
    for row in part.rows:
        total = sum(factor * counts[name] for name, factor in row.terms)
        if total > row.total or (row.is_equal and total != row.total):
            raise ArithmeticError(f"{row} does not hold for {counts}")
