"""What every reader knows of counts: parts that make a whole, parts of one, groups of which several fit a person."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from kvisdocs.statistics.model import Relation

MOST_SUBSETS = 6
"""Of so many groups each set of them is compared; of more, each pair and all together, for sets double with each."""


def adds_up(whole: str, parts: Iterable[str], less: Iterable[str] = ()) -> Relation:
    """The parts, without those `less`, make the whole."""
    return Relation(_terms(plus=[whole, *less], minus=parts))


def nothing(name: str) -> Relation:
    """The count is 0, as everybody knows."""
    return Relation({name: 1})


def at_most(part: str, whole: Iterable[str], less: Iterable[str] = ()) -> Relation:
    """The part is no more than what makes the whole, without what is `less`."""
    return Relation(_terms(plus=[part, *less], minus=whole), "<=")


def overlap(
    groups: Sequence[str], whole: str, outside: Sequence[str] = (), several: str | None = None, is_exact: bool = False
) -> Iterator[Relation]:
    """Groups of which one citizen may be in more than one, within those of `whole` who are in at least one.

    `outside` are those of `whole` in none; `several` counts those in two or more: where `is_exact` in two or more of
    these groups, else those who may have been in one of them twice.
    """
    for group in groups:
        yield at_most(group, [whole], outside)
    if groups:
        yield Relation(_terms(plus=[whole], minus=[*groups, *outside]), "<=")
    if several is None:
        return
    yield at_most(several, [whole], outside)
    for chosen in _sets(groups):
        # whoever is in k of the chosen groups is counted k times, and at most so many times too often as they are − 1
        counts = Counter([*chosen, *outside])
        counts.subtract([whole])
        counts.subtract({several: len(chosen) - 1})
        yield Relation(_without_zeros(counts), "<=")
    if is_exact:
        yield Relation(_terms(plus=[several, whole], minus=[*groups, *outside]), "<=")


def _sets(groups: Sequence[str]) -> Iterator[tuple[str, ...]]:
    sizes = range(2, len(groups) + 1) if len(groups) <= MOST_SUBSETS else {2, len(groups)}
    for size in sizes:
        yield from combinations(groups, size)


def occasions(exactly: Sequence[str], held: Sequence[str]) -> Iterator[Relation]:
    """How many had 0, 1, 2 … of the occasions, and how many were at each: what either tells of the other.

    Of any k occasions, a citizen who had n of them was at no more than the lesser of n and k, and at no fewer than
    those that are left when n is more than the others.
    """
    number = len(held)
    sizes = range(1, number + 1) if number <= MOST_SUBSETS else {1, number}
    for size in sizes:
        most = {name: min(had, size) for had, name in enumerate(exactly)}
        least = {name: max(0, had - (number - size)) for had, name in enumerate(exactly)}
        for chosen in combinations(held, size):
            counts = dict.fromkeys(chosen, 1)
            if size == number:
                yield Relation(_without_zeros({**counts, **{name: -had for name, had in most.items()}}))
                continue
            yield Relation(_without_zeros({**counts, **{name: -had for name, had in most.items()}}), "<=")
            yield Relation(_without_zeros({**dict.fromkeys(chosen, -1), **least}), "<=")


def _terms(plus: Iterable[str], minus: Iterable[str]) -> dict[str, int]:
    counts = Counter(plus)
    counts.subtract(Counter(minus))
    return _without_zeros(counts)


def _without_zeros(counts: dict[str, int]) -> dict[str, int]:
    return {name: number for name, number in counts.items() if number}
