"""A program over whole numbers, handed to HiGHS. It is loaded when the first one is solved."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec

from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem

INFINITY = float("inf")
_MOST_NODES = 5000
"""A bound on nodes and none on time, so that the same counts are always hidden in the same way."""

Terms = Sequence[tuple[int, float]]


def check_solver() -> None:
    """Raises KvisdocsError where HiGHS is not installed."""
    if find_spec("highspy") is None:
        what = message(
            "statistics.solver.missing", "small counts are hidden by the solver HiGHS, which is not installed"
        )
        raise KvisdocsError(Problem(Position(""), what, N_('run: pip install "kvisdocs[stats]"')))


@dataclass
class Program:
    """Whole numbers with their bounds and costs, and rows that tie them together; the cost is to be the least."""

    costs: list[float] = field(default_factory=list)
    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    row_lows: list[float] = field(default_factory=list)
    row_highs: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)

    def add_number(self, low: float, high: float, cost: float = 0.0) -> int:
        """A number between bounds; its column."""
        self.costs.append(cost)
        self.lows.append(low)
        self.highs.append(high)
        return len(self.costs) - 1

    def add_choice(self, cost: float = 0.0) -> int:
        """A number that is 0 or 1; its column."""
        return self.add_number(0, 1, cost)

    def add_row(self, terms: Terms, low: float, high: float = INFINITY) -> None:
        """The sum of factor × number lies between bounds."""
        self.starts.append(len(self.columns))
        self.columns += [column for column, _ in terms]
        self.factors += [factor for _, factor in terms]
        self.row_lows.append(low)
        self.row_highs.append(high)

    def solve(self) -> list[int] | None:
        """The numbers of the least cost, or the best found; None where there are none."""
        import highspy
        from highspy._core import _Highs

        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.costs), len(self.row_lows)
        model.col_cost_, model.col_lower_, model.col_upper_ = self.costs, self.lows, self.highs
        model.row_lower_, model.row_upper_ = self.row_lows, self.row_highs
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = [*self.starts, len(self.columns)]
        model.a_matrix_.index_, model.a_matrix_.value_ = self.columns, self.factors
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(self.costs)
        for limit in (_MOST_NODES, None):
            solver = _Highs()  # its subclass Highs prints a line to stdout as it is made
            solver.setOptionValue("output_flag", False)
            solver.setOptionValue("threads", 1)
            if limit is not None:
                solver.setOptionValue("mip_max_nodes", limit)
            solver.passModel(model)
            solver.run()
            if solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
                return [round(value) for value in solver.getSolution().col_value]
            if solver.getModelStatus() != highspy.HighsModelStatus.kSolutionLimit:
                break
        return None
