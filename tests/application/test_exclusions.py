"""What a run would leave out, summed up: one by one where it is little, as counts where it is much."""

from collections import Counter

import pytest

from kvisdocs.application.exclusions import FEW, ExclusionSummary
from kvisdocs.application.outcome import Exclusion
from kvisdocs.problems import Position, Problem


@pytest.mark.parametrize(("more", "is_listed"), [(0, True), (1, False)])
def test_twenty_are_listed_and_of_more_only_the_counts(more: int, is_listed: bool) -> None:
    note = Problem(Position("a.yaml"), "no gp-letter: the case names no GP")
    counts = {"gp-letter": Counter({Exclusion.NO_GP: FEW - 1 + more})}

    summary = ExclusionSummary.join(
        [ExclusionSummary(FEW - 1 + more, counts, (note,)), ExclusionSummary(1, {"return-plan": Counter()}, (note,))]
    )

    assert (summary.number, summary.notes) == (FEW + more, (note, note) if is_listed else ())
    assert summary.counts["gp-letter"][Exclusion.NO_GP] == FEW - 1 + more
