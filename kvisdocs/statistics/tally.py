"""What one case adds to a statement, as a small plain value, and the sums of many: memory does not grow with the cases.

A case's facts hold no name, no number and no date of it: only which figures it counts in, and a keyed digest of its
person, by which two courses of one person are known as such. They travel between processes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is counted of one case on one day."""

    municipality: str
    programme: str
    person: str
    """A keyed digest of the CPR number; empty where the case is not counted."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """By figure: 1 for most; more for what one citizen has several of."""
    samples: Mapping[str, float] = field(default_factory=dict)
    """By measure: the case's own value."""


@dataclass(slots=True)
class Tally:
    """The sums of all cases of one programme and municipality."""

    counts: Counter[str] = field(default_factory=Counter)
    samples: dict[str, Counter[float]] = field(default_factory=dict)
    """By measure: how often each value came, for medians."""
    persons: set[str] = field(default_factory=set)
    """Keyed digests; a thousand of them are 100 kB."""

    def add(self, facts: CaseFacts) -> None:
        """One more case."""
        self.counts.update(facts.counts)
        if facts.person:
            self.persons.add(facts.person)
        for name, value in facts.samples.items():
            self.samples.setdefault(name, Counter())[value] += 1

    def join(self, others: Iterable["Tally"]) -> None:
        """All cases of other tallies too."""
        for other in others:
            self.counts.update(other.counts)
            self.persons |= other.persons
            for name, values in other.samples.items():
                self.samples.setdefault(name, Counter()).update(values)

    def median(self, name: str) -> float | None:
        """The middle one of a measure's values; between the two middle ones where their number is even."""
        values = self.samples.get(name, Counter())
        number = values.total()
        if not number:
            return None
        return (_nth(values, (number - 1) // 2) + _nth(values, number // 2)) / 2


def _nth(values: Counter[float], place: int) -> float:
    """The value at a place of the sorted values, from 0."""
    for value in sorted(values):
        place -= values[value]
        if place < 0:
            return value
    raise IndexError(place)
