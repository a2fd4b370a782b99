"""What is hidden: for each target another world, with the least further loss; what no world needs is shown again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kvisdocs.statistics.disclosure.alternative import Alternative, find_alternative
from kvisdocs.statistics.disclosure.knowledge import Knowledge
from kvisdocs.statistics.disclosure.targets import Target


@dataclass
class Pattern:
    """Which counts are hidden, and which of the small ones are not even said to be so."""

    hidden: set[str]
    demoted: set[str] = field(default_factory=set)


def find_pattern(
    knowledge: Knowledge, targets: Sequence[Target], counts: Mapping[str, int], hidden: Iterable[str]
) -> Pattern:
    """A pattern in which no target can be worked out. `hidden` are the counts that are hidden in any case.

    A target for which there is none is known from the counts that tell of nobody, and those are always shown.
    """
    pattern = Pattern(set(hidden))
    for part in knowledge.parts:
        own = [target for target in targets if any(name in part.cells for name in target.names)]
        old = [name for name, cell in part.cells.items() if cell.is_old]
        if own or old:
            _protect(part, own, old, counts, pattern)
    return pattern


def _protect(
    part: Knowledge, targets: Sequence[Target], old: Sequence[str], counts: Mapping[str, int], pattern: Pattern
) -> None:
    first = set(pattern.hidden)
    fixed: Mapping[str, int] = {name: counts.get(name, 0) for name in part.cells}
    pool: list[Alternative] = []
    if old:
        # the old counts that are not told: any world that fits the new ones tells one number for each
        start = find_alternative(part, None, pattern.hidden, pattern.demoted, fixed)
        if start is None:
            old = []
        else:
            fixed = start.counts
            _open(start, pattern)
    wanted = [*targets, *(Target(((name, 1),), fixed[name]) for name in old)]
    kept: list[Target] = []
    for target in wanted:
        if _is_safe(target, pool, pattern):
            kept.append(target)
            continue
        found = find_alternative(part, target, pattern.hidden, pattern.demoted, fixed)
        if found is not None:
            pool.append(found)
            kept.append(target)
            _open(found, pattern)
    _prune(part, kept, pool, first, pattern)


def _open(found: Alternative, pattern: Pattern) -> None:
    pattern.hidden |= found.moved
    pattern.demoted |= found.demoted


def _is_safe(target: Target, pool: Iterable[Alternative], pattern: Pattern) -> bool:
    return any(each.protects(target) and each.is_open(pattern.hidden, pattern.demoted) for each in pool)


def _prune(
    part: Knowledge, targets: Sequence[Target], pool: Sequence[Alternative], first: set[str], pattern: Pattern
) -> None:
    """Shows again what was hidden and is not needed, the dearest first."""
    own = [name for name in pattern.hidden & part.cells.keys() if name not in first]
    for name in sorted(own, key=lambda each: (-part.cells[each].loss, each)):
        pattern.hidden.discard(name)
        if not all(_is_safe(target, pool, pattern) for target in targets):
            pattern.hidden.add(name)
    for name in sorted(pattern.demoted & part.cells.keys()):
        pattern.demoted.discard(name)
        if not all(_is_safe(target, pool, pattern) for target in targets):
            pattern.demoted.add(name)
