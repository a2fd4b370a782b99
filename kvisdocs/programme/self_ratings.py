"""Whether the programme's goal for the citizen's own rating can be reached at all from where the citizen began."""

from collections.abc import Iterator

from kvisdocs.cases.citizen import CitizenCase
from kvisdocs.programme.return_plan import Finding
from kvisdocs.programme.rules import Programme

HIGHEST = 10
"""The top of the scale."""


def check_self_ratings(case: CitizenCase, programme: Programme) -> Iterator[Finding]:
    """A first rating from which the goal lies above the scale: the plan then names no goal."""
    steps = programme.self_rating_target
    if steps is None or not case.self_ratings:
        return
    first = case.self_ratings[0].value
    if first + steps > HIGHEST:
        what = f"the first self-rating is {first}, and the goal of {steps} steps up is above {HIGHEST}"
        yield Finding(("self_ratings", 0, "value"), what, "nothing, if it is right: the plan then names no goal for it")
