"""What is hidden: for each target another world, with the least further loss; what no world needs is shown again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.statistics.disclosure.alternative import DEMOTION, Alternative, find_alternative, find_old_counts
from kvisdocs.statistics.disclosure.knowledge import Knowledge
from kvisdocs.statistics.disclosure.targets import Target


@dataclass
class Pattern:
    """Which counts are hidden, and which of the small ones are not even said to be so."""

    hidden: set[str]
    demoted: set[str] = field(default_factory=set)

    def opens(self, world: Alternative) -> bool:
        """Whether the world would be printed alike."""
        return world.moved <= self.hidden and world.demoted <= self.demoted

    def widen(self, world: Alternative) -> None:
        """Hide what it takes."""
        self.hidden |= world.moved
        self.demoted |= world.demoted


def find_pattern(
    knowledge: Knowledge, targets: Sequence[Target], counts: Mapping[str, int], hidden: Iterable[str]
) -> Pattern:
    """A pattern in which no target can be worked out. `hidden` are the counts that are hidden in any case.

    A target for which there is none is known from the counts that tell of nobody, and those are always shown.
    """
    always = frozenset(hidden)
    pattern = Pattern(set(always))
    for part in knowledge.parts:
        own = [target for target in targets if any(name in part.cells for name in target.names)]
        search = _begin(part, own, counts, always)
        if search is not None:
            found = search.run()
            pattern.hidden |= found.hidden
            pattern.demoted |= found.demoted
    return pattern


def _begin(
    part: Knowledge, targets: Sequence[Target], counts: Mapping[str, int], always: frozenset[str]
) -> "_Search | None":
    """The search in a part; None where it holds nothing to be hidden.

    Of old counts that the last file does not tell, any world that fits takes one number each, and none of them must be
    the only one. Where no world fits because counts grew less after all, as after a correction, it is not held to
    be known that they grow. Raises KvisdocsError where the last file contradicts itself.
    """
    old = [name for name, cell in part.cells.items() if cell.is_old]
    if not old:
        return _Search(part, targets, {name: counts[name] for name in part.cells}, always) if targets else None
    for known in (part, part.without_growth()):
        fixed = find_old_counts(known)
        if fixed is not None:
            return _Search(known, [*targets, *(Target(((name, 1),), fixed[name]) for name in old)], fixed, always)
    what = message("statistics.after.contradiction", "what was published last contradicts itself")
    raise KvisdocsError(Problem(Position(""), what, N_("name the file as stats --json wrote it")))


@dataclass
class _Search:
    part: Knowledge
    targets: Sequence[Target]
    fixed: Mapping[str, int]
    """The counts that the targets' values are taken from."""
    always: frozenset[str]

    def run(self) -> Pattern:
        """The pattern of the least loss that was found."""
        worlds = list(self._cover([]))
        kept = [target for target in self.targets if any(world.protects(target) for world in worlds)]
        self.targets = kept
        worlds = self._reroute(worlds)
        pattern = self._open(worlds)
        self._show_again(pattern, worlds)
        return pattern

    def _open(self, worlds: Iterable[Alternative]) -> Pattern:
        pattern = Pattern(set(self.always & self.part.cells.keys()))
        for world in worlds:
            pattern.widen(world)
        return pattern

    def _cover(self, worlds: Iterable[Alternative]) -> Iterator[Alternative]:
        """These worlds, and one more for each target that none of all protects."""
        pool = list(worlds)
        yield from pool
        pattern = self._open(pool)
        for target in self.targets:
            if not any(world.protects(target) for world in pool):
                found = find_alternative(self.part, target, pattern.hidden, pattern.demoted, self.fixed)
                if found is not None:
                    pool.append(found)
                    pattern.widen(found)
                    yield found

    def _reroute(self, worlds: list[Alternative]) -> list[Alternative]:
        """The same after each world in turn was left out and its targets were covered anew, where that loses less."""
        for world in tuple(worlds):
            others = [each for each in worlds if each is not world]
            if self._lose(self._open(others)) == self._lose(self._open(worlds)):
                continue
            again = list(self._cover(others))
            if self._lose(self._open(again)) < self._lose(self._open(worlds)):
                worlds = again
        return worlds

    def _lose(self, pattern: Pattern) -> float:
        hidden = sum(self.part.cells[name].loss for name in sorted(pattern.hidden - self.always))
        return hidden + DEMOTION * len(pattern.demoted)

    def _show_again(self, pattern: Pattern, worlds: Sequence[Alternative]) -> None:
        """Shows what was hidden and is not needed, the dearest first."""
        for name in sorted(pattern.hidden - self.always, key=lambda each: (-self.part.cells[each].loss, each)):
            pattern.hidden.discard(name)
            if not self._is_safe(pattern, worlds):
                pattern.hidden.add(name)
        for name in sorted(pattern.demoted):
            pattern.demoted.discard(name)
            if not self._is_safe(pattern, worlds):
                pattern.demoted.add(name)

    def _is_safe(self, pattern: Pattern, worlds: Sequence[Alternative]) -> bool:
        opened = [world for world in worlds if pattern.opens(world)]
        return all(any(world.protects(target) for world in opened) for target in self.targets)
