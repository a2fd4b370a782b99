"""What must not be worked out: small counts, what is left of a group when nearly all of it is told, and small changes.

The complement of a figure within its base is printed nowhere, and every reader can take the one from the other: 302 of
304 in a job is the same as two who are not. So it is a hidden cell of its own, and the figure is hidden until it cannot
be worked out. A whole group of fewer than 20 told in one figure is a share of 100 per cent, which is not told of a
group so small; the complement 0 is then protected in the same way. Larger groups are told of: that all of 304 have
answered says nothing of anybody. That nobody is in a row is told, and what is left is then the base itself.

Of two statements, the difference is a count as well: those who came in between.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kvisdocs.statistics.model import Figure, Published, Statement
from kvisdocs.statistics.shown import LEAST_BASE, is_exact


@dataclass(frozen=True, slots=True)
class Target:
    """A sum of counts, coefficient by name, that must not be known to be this value."""

    terms: tuple[tuple[str, int], ...]
    value: int

    @property
    def is_none(self) -> bool:
        """Whether it is that nobody of a small group is left."""
        return self.value == 0 and len(self.terms) > 1

    @property
    def names(self) -> tuple[str, ...]:
        """Whose counts it is made from."""
        return tuple(name for name, _ in self.terms)


def find_targets(statement: Statement, threshold: int, last: Published | None = None) -> list[Target]:
    """All that a public edition must not tell."""
    found = dict.fromkeys(_find(statement.figures, threshold, last))
    return sorted(found, key=lambda target: (len(target.terms), target.value, target.names))


def _find(figures: Mapping[str, Figure], threshold: int, last: Published | None) -> Iterator[Target]:
    for name, figure in figures.items():
        if not figure.is_sensitive:
            continue
        base = figures.get(figure.base or "")
        before = _before(name, last)
        base_before = None if base is None else _before(base.name, last)
        alone = Target(((name, 1),), figure.count)
        if _is_small(figure.count, threshold) or (
            before is not None and _is_small(abs(figure.count - before), threshold)
        ):
            yield alone
        if base is None:
            continue
        rest = base.count - figure.count
        told_of = figure.count > 0 and _is_rest_telling(base.count, rest, threshold)
        if before is not None and base_before is not None:
            came = base.count - base_before
            told_of = told_of or (
                figure.count != before and _is_rest_telling(came, rest - (base_before - before), threshold)
            )
        if told_of:
            yield Target(((base.name, 1), (name, -1)), rest)


def _is_small(count: int, threshold: int) -> bool:
    return 0 < count < threshold


def _is_rest_telling(base: int, rest: int, threshold: int) -> bool:
    """Whether what is left of a base is a few, or none of a small group."""
    return _is_small(abs(rest), threshold) or (rest == 0 and 0 < base < LEAST_BASE)


def _before(name: str, last: Published | None) -> int | None:
    """What the last file says of a figure; None where it does not."""
    if last is None or name not in last.statement.figures or not is_exact(last, name):
        return None
    return last.statement.figures[name].count
