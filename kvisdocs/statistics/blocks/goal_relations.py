"""What the figures of goals tell of each other, and of the figures of block A."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from kvisdocs.programme.rules.evaluation import Goal as Rule
from kvisdocs.programme.rules.rules import Programme
from kvisdocs.statistics.model import Relation
from kvisdocs.statistics.relations import adds_up, at_most

WHOLE = {
    "all": "visited",
    "in_job": "status.in_job",
    "with_employer": "status.with_employer",
    "without_employer": "status.unemployed",
    "rated_twice": "rated.twice",
}
"""The figure that counts the base of a goal."""

_INSIDE = {("in_job", "with_employer"), ("in_job", "all"), ("with_employer", "all"), ("without_employer", "all")}
"""Which base lies within which."""


def cross(whole: str, back: str, closed: str) -> Iterator[Relation]:
    """What a base tells of those outside it, and they of it: in a job again, closed otherwise, running."""
    yield at_most(back, [closed])
    yield at_most(closed, [whole])
    yield at_most(back, ["outcome.job"])
    yield at_most(closed, ["outcome.closed", back], ["outcome.job"])
    yield at_most(whole, ["outcome.running", closed])


def know_rated(rated: str, base: str) -> Iterator[Relation]:
    """Of a base those who have rated themselves twice."""
    if base in ("all", "rated_twice"):
        yield adds_up("rated.twice", [rated])
    else:
        yield at_most(rated, ["rated.twice"])
        yield at_most(rated, [WHOLE[base]])
        yield at_most("rated.twice", [rated, "visited"], [WHOLE[base]])


_BEGUN = {
    "in_job": ["course.status.in_job"],
    "with_employer": ["course.status.in_job", "course.status.under_notice"],
    "without_employer": ["course.status.unemployed"],
}


def know_placed(name: str, base: str) -> Iterator[Relation]:
    """Of a base those who have begun in a work placement."""
    yield at_most(name, [WHOLE[base]])
    if base == "all":
        yield adds_up("course.kind.work_placement", [name])
        return
    yield at_most(name, ["course.kind.work_placement"])
    if begun := _BEGUN.get(base):
        yield at_most(name, begun)
        yield at_most("course.kind.work_placement", [name, "course.begun"], begun)


def know_recovered(over: str, base: str) -> Iterator[Relation]:
    """Of a base those who have recovered."""
    if base == "all":
        yield adds_up("outcome.recovered", [over])
        return
    yield at_most(over, ["outcome.recovered"])
    yield at_most(over, [WHOLE[base]])
    if WHOLE[base] != "visited":
        yield at_most("outcome.recovered", [over, "visited"], [WHOLE[base]])


def know_of_each_other(programme: Programme) -> Iterator[Relation]:
    """What two goals that measure the same of a base and of one within it tell of each other."""
    for one, other in combinations(programme.goals, 2):
        yield from _back_within_recovered(one, other)
        if one.measure != other.measure or one.measure not in _COMPARED:
            continue
        inner, outer = (one, other) if (one.base, other.base) in _INSIDE else (other, one)
        names = _COMPARED[one.measure]
        if inner.base == outer.base:
            yield from (adds_up(f"{name}.{inner.id}", [f"{name}.{outer.id}"]) for name in names)
        elif (inner.base, outer.base) in _INSIDE:
            yield from _within(inner, outer, names)


def _back_within_recovered(one: Rule, other: Rule) -> Iterator[Relation]:
    """Of the same base: who is back in work has recovered, and who has recovered is through."""
    by_measure = {one.measure: one.id, other.measure: other.id}
    if one.base == other.base and by_measure.keys() == {"return_to_work", "duration"}:
        over = f"goal_over.{by_measure['duration']}"
        yield at_most(f"goal.{by_measure['return_to_work']}", [over])
        yield at_most(over, [f"goal_closed.{by_measure['return_to_work']}"])


_COMPARED: Mapping[str, tuple[str, ...]] = {
    "return_to_work": ("goal", "goal_closed"),
    "placement": ("goal",),
    "duration": ("goal_over",),
}


def _within(inner: Rule, outer: Rule, names: tuple[str, ...]) -> Iterator[Relation]:
    """Each count within is no more, and what is outside no more than there are outside."""
    for name in names:
        a, b = f"{name}.{inner.id}", f"{name}.{outer.id}"
        yield at_most(a, [b])
        yield at_most(b, [a, WHOLE[outer.base]], [WHOLE[inner.base]])
    if len(names) == 2:
        back, closed = names
        yield at_most(f"{back}.{outer.id}", [f"{back}.{inner.id}", f"{closed}.{outer.id}"], [f"{closed}.{inner.id}"])
