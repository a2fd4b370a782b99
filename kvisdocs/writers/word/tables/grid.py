"""An HTML table's cells → the grid of columns that Word wants: positions, spans, merges and widths. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Generic, Literal, TypeVar

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Spanning(Generic[C]):
    """A cell as HTML says it."""

    cell: C
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Placed(Generic[C]):
    """A cell on the grid. `merge` is `continue` where a cell from above reaches down; `cell` is then that cell."""

    cell: C
    column: int
    span: int
    merge: Literal["restart", "continue"] | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Columns of a row in which no cell stands."""

    column: int
    span: int


def place_cells(rows: Sequence[Sequence[Spanning[C]]]) -> list[list[Placed[C]]]:
    """Every row's cells from left to right, with a continuing cell wherever one from above reaches down.

    HTML Standard, 4.9.12: a cell goes into the first free column; a span that leaves the table ends with it.
    """
    placed: list[list[Placed[C]]] = []
    reaching: dict[int, tuple[Placed[C], int]] = {}
    for number, row in enumerate(rows):
        line: list[Placed[C]] = []
        held = reaching
        reaching = {}
        column = 0
        waiting = list(row)
        while waiting or any(start >= column for start in held):
            if column in held:
                above, left = held[column]
                line.append(Placed(above.cell, column, above.span, "continue"))
                if left > 1:
                    reaching[column] = (above, left - 1)
                column += above.span
                continue
            if not waiting:
                column = min(start for start in held if start >= column)
                continue
            spanning = waiting.pop(0)
            room = min((start for start in held if start > column), default=column + spanning.columns) - column
            down = min(spanning.rows, len(rows) - number)
            cell = Placed(spanning.cell, column, min(spanning.columns, room), "restart" if down > 1 else None)
            line.append(cell)
            if down > 1:
                reaching[column] = (cell, down - 1)
            column += cell.span
        placed.append(line)
    return placed


def fill_gaps(placed: Sequence[Sequence[Placed[C]]], count: int) -> list[list[Placed[C] | Gap]]:
    """The rows with a gap wherever no cell stands: in Word the next cell would move there, and no row is empty."""
    filled: list[list[Placed[C] | Gap]] = []
    for row in placed:
        line: list[Placed[C] | Gap] = []
        column = 0
        for cell in row:
            if cell.column > column:
                line.append(Gap(column, cell.column - column))
            line.append(cell)
            column = cell.column + cell.span
        if column < count:
            line.append(Gap(column, count - column))
        filled.append(line)
    return filled


def count_columns(placed: Sequence[Sequence[Placed[C]]]) -> int:
    """How many columns the grid has."""
    return max((cell.column + cell.span for row in placed for cell in row), default=0)


def merge_columns(
    placed: Sequence[Sequence[Placed[C]]], widths: Sequence[float]
) -> tuple[list[list[Placed[C]]], tuple[float, ...]]:
    """The grid without the lines at which no cell begins or ends: `colspan="100"` makes no hundred columns."""
    used = {edge for row in placed for cell in row for edge in (cell.column, cell.column + cell.span)}
    edges = sorted({0, len(widths), *used})
    place = {edge: number for number, edge in enumerate(edges)}
    merged = [
        [
            replace(cell, column=place[cell.column], span=place[cell.column + cell.span] - place[cell.column])
            for cell in row
        ]
        for row in placed
    ]
    return merged, tuple(sum(widths[start:end]) for start, end in pairwise(edges))


def share_widths(said: Sequence[float | None], total: float) -> tuple[float, ...]:
    """Widths that fill `total`: those said keep their share, the others divide the rest evenly (CSS 2, 17.5.2.1).

    Where nothing is left for the others, they get a quarter of an even share, so that their text can be read.
    """
    known = sum(width for width in said if width is not None)
    unsaid = sum(width is None for width in said)
    if unsaid and known < total:
        rest = (total - known) / unsaid
        return tuple(rest if width is None else width for width in said)
    widths = [total / len(said) / 4 if width is None else width for width in said]
    factor = total / sum(widths) if sum(widths) else 0.0
    return tuple(width * factor for width in widths) if factor else tuple(total / len(said) for _ in said)


def round_widths(widths: Sequence[float]) -> tuple[int, ...]:
    """Whole numbers with the same sum: what rounding takes from one column, the next gets."""
    edges = accumulate(widths, initial=0.0)
    return tuple(round(right) - round(left) for left, right in pairwise(edges))
