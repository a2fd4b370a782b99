"""Which declaration is the stronger one: by where it comes from, and whether it is important."""

from collections.abc import Sequence

from kvisdocs.writers.word.stylesheet import Declared

RANKS = {"default": 0, "user": 1, "author": 2}
"""The origins, the weakest first."""

Groups = Sequence[tuple[int, tuple[Declared, ...]]]
"""Declarations with the rank of their origin, the weakest first."""


def by_strength(groups: Groups) -> list[Declared]:
    """All declarations, the weakest first. Importance turns the order of the origins round (CSS Cascade 4, 6.1)."""
    normal = [each for _, declared in groups for each in declared if not each.important]
    important = [(rank, each) for rank, declared in groups for each in declared if each.important]
    important.sort(key=lambda pair: -pair[0])
    return [*normal, *(each for _, each in important)]
