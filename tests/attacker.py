"""A reader who wants to know what is hidden: from nothing but what an edition prints, by bounds over whole numbers.

It shares no code with what hides. It reads the published data (`as_record`), where a hidden count is null, and asks for
the least and the greatest that a count can be.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import highspy
from highspy._core import _Highs

MANY = 100_000
OLD = "before:"

Sum = tuple[tuple[str, int], ...]


@dataclass
class Attacker:
    """Bounds of each count, by its name, and rows that tie them: sum of factor × count ≤ total, and whether it is =."""

    bounds: dict[str, tuple[int, int]]
    rows: list[tuple[Sum, bool, float]]
    worlds: list[dict[str, int]] = field(default_factory=list)
    """Counts that all that is printed fits, found on the way."""

    def knows(self, terms: Sum) -> int | None:
        """The only value that a sum can have; None where it can have two."""
        if len({add_up(terms, world) for world in self.worlds}) > 1:
            return None
        low, high = self._least(terms, 1), self._least(terms, -1)
        return low if low == high else None

    def refutes(self, counts: Mapping[str, int]) -> bool:
        """Whether counts do not fit what is printed: of the true ones, never."""
        if not all(low <= counts[name] <= high for name, (low, high) in self.bounds.items()):
            return True
        sums = [(add_up(terms, counts), is_equal, total) for terms, is_equal, total in self.rows]
        return any(number > total or (is_equal and number != total) for number, is_equal, total in sums)

    def _least(self, terms: Sum, sign: int) -> int:
        """The least that a sum can be, or the greatest where the sign is -1."""
        columns = {name: number for number, name in enumerate(self.bounds)}
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(columns), len(self.rows)
        costs = [0.0] * len(columns)
        for name, factor in terms:
            costs[columns[name]] += sign * factor
        model.col_cost_ = costs
        model.col_lower_ = [float(low) for low, _ in self.bounds.values()]
        model.col_upper_ = [float(high) for _, high in self.bounds.values()]
        model.row_lower_ = [total if is_equal else -highspy.kHighsInf for _, is_equal, total in self.rows]
        model.row_upper_ = [total for _, _, total in self.rows]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        starts, index, value = [0], [], []
        for row, _, _ in self.rows:
            index += [columns[name] for name, _ in row]
            value += [float(factor) for _, factor in row]
            starts.append(len(index))
        model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = starts, index, value
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(columns)
        solver = _Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.passModel(model)
        solver.run()
        assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal, solver.getModelStatus()
        values = solver.getSolution().col_value
        self.worlds.append({name: round(values[column]) for name, column in columns.items()})
        return add_up(terms, self.worlds[-1])


def add_up(terms: Sum, counts: Mapping[str, int]) -> int:
    """A sum of counts."""
    return sum(factor * counts[name] for name, factor in terms)


def read(record: Mapping[str, Any], prefix: str = "") -> Attacker:
    """What a published file says."""
    figures = record["figures"]
    bounds = {prefix + name: _bounds(each, record["threshold"]) for name, each in figures.items()}
    rows: list[tuple[Sum, bool, float]] = []
    for relation in record["relations"]:
        terms = tuple((prefix + name, factor) for name, factor in relation["terms"].items())
        rows.append((terms, relation["sense"] == "=", 0.0))
    for name, each in figures.items():
        base = each["base"]
        if base in figures and each["is_sensitive"]:
            rows.append((((prefix + name, 1), (prefix + base, -1)), False, 0.0))
            rows += _share(prefix + name, prefix + base, each["percent"])
    for each in record["measures"].values():
        if each["text"] == "–":
            bounds[prefix + each["over"]] = (0, 0)
    return Attacker(bounds, rows)


def _bounds(figure: Mapping[str, Any], threshold: int) -> tuple[int, int]:
    text = figure["text"]
    if text.startswith("<"):
        return 1, threshold - 1
    if text == "·":
        return 0, MANY
    return (int(text.replace(".", "")),) * 2


def _share(name: str, base: str, percent: int | None) -> Iterator[tuple[Sum, bool, float]]:
    """A share in whole per cent is right to half a per cent; 1 and 99 stand for all that is near none and all."""
    if percent is None:
        return
    near_the_ends = {0: (0, 0), 1: (0, 3), 99: (197, 200), 100: (200, 200)}
    least, most = near_the_ends.get(percent, (2 * percent - 1, 2 * percent + 1))
    yield ((name, 200), (base, -most)), False, 0.0
    yield ((name, -200), (base, least)), False, 0.0


def read_both(
    record: Mapping[str, Any], last: Mapping[str, Any], growing: Iterable[str], lasting: Iterable[str] = ()
) -> Attacker:
    """What a file says beside the last one; `growing` are counts that can only grow, `lasting` such as stay."""
    new, old = read(record), read(last, OLD)
    rows = [*new.rows, *old.rows]
    rows += [(((OLD + name, 1), (name, -1)), False, 0.0) for name in growing if _fits(record, last, name)]
    rows += [(((OLD + name, 1), (name, -1)), True, 0.0) for name in lasting if name in last["figures"]]
    return Attacker({**new.bounds, **old.bounds}, rows)


def _fits(record: Mapping[str, Any], last: Mapping[str, Any], name: str) -> bool:
    """Whether a count is told by both and seen not to have grown less, or may not have."""
    if name not in record["figures"] or name not in last["figures"]:
        return False
    now, before = record["figures"][name]["count"], last["figures"][name]["count"]
    return now is None or before is None or before <= now


def knows_nothing(record: Mapping[str, Any]) -> Attacker:
    """What a reader knows where no count of anybody is printed."""
    return read(without_counts(record))


def without_counts(record: Mapping[str, Any]) -> dict[str, Any]:
    """A published file that tells of nobody."""
    untold = {"text": "·", "percent": None, "count": None}
    figures = record["figures"].items()
    blank = {name: {**each, **untold} if each["is_sensitive"] else each for name, each in figures}
    return {**record, "figures": blank, "measures": {}}
