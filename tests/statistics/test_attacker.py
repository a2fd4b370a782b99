"""No reader can work out a small count: populations drawn by chance, each attacked from what is printed of it.

KVISDOCS_POPULATIONS=3000 draws so many, and `-s` prints what was found.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from attacker import OLD, Attacker, Sum, knows_nothing, read, read_both, without_counts
from drawn_cases import draw_case
from drawn_statements import draw_shape
from statement_populations import ON, count, kvis

from kvisdocs.statistics.disclosure import hide
from kvisdocs.statistics.disclosure.hide import hide_small_counts
from kvisdocs.statistics.disclosure.search import Pattern
from kvisdocs.statistics.model import Published, Statement
from kvisdocs.statistics.record import as_record, read_record
from kvisdocs.statistics.shown import is_exact

POPULATIONS = int(os.environ.get("KVISDOCS_POPULATIONS", "40"))
SMALL_GROUP = 20
OVER = ("quarter.2012-1.", "quarter.2012-2.", "quarter.2012-3.")
GROWING = ("visited", "status.", "diagnosis.", "education.", "course.kind.", "course.begun", "outcome.job", "answer.")


@dataclass
class Findings:
    """What all attacks of a run found."""

    populations: int = 0
    numbers: Counter[str] = field(default_factory=Counter)
    narrowed: list[str] = field(default_factory=list)

    def add(self, published: Published, narrowed: Iterable[str], seed: int) -> None:
        """One more population."""
        self.populations += 1
        states = Counter(published.hidden.values())
        self.numbers["shown"] += len(published.statement.figures) - len(published.hidden)
        self.numbers.update({state.value: number for state, number in states.items()})
        self.narrowed += [f"{seed}: {each}" for each in narrowed]

    def __str__(self) -> str:
        said = ", ".join(f"{name} {number}" for name, number in sorted(self.numbers.items()))
        return f"{self.populations} populations, {said}, narrowed {len(self.narrowed)}"


def published_file(published: Published) -> Any:
    """What is written for the public, read back."""
    return json.loads(json.dumps(as_record(published)))


def secrets(published: Published) -> Iterator[tuple[Sum, int]]:
    """Sums of counts that nobody must know, with the true values: what is hidden, and the rest of a base."""
    figures, threshold = published.statement.figures, published.threshold
    for name, figure in figures.items():
        if not is_exact(published, name) and (not figure.merged_into or 0 < figure.count < threshold):
            yield ((name, 1),), figure.count
        if figure.is_sensitive and figure.base in figures and figure.count:
            base = figures[figure.base].count
            rest = base - figure.count
            if 0 < rest < threshold or (rest == 0 and 0 < base < SMALL_GROUP):
                yield ((figure.base, 1), (name, -1)), rest


def changes(published: Published, last: Published) -> Iterator[tuple[Sum, int]]:
    """Small changes since the last file, and what it kept hidden itself."""
    figures, before, threshold = published.statement.figures, last.statement.figures, published.threshold
    for name, figure in figures.items():
        if name not in before or not figure.is_sensitive:
            continue
        change = figure.count - before[name].count
        if 0 < abs(change) < threshold and is_exact(last, name):
            yield ((name, 1), (OLD + name, -1)), change
    for name, figure in before.items():
        if not is_exact(last, name) and not figure.merged_into:
            yield ((OLD + name, 1),), figure.count


def narrow(
    attacker: Attacker, ignorant: Attacker, sought: Iterable[tuple[Sum, int]], true: Mapping[str, int]
) -> list[str]:
    """The sums that the attacker knows, and that were not known before anything was printed."""
    assert not attacker.refutes(true)
    assert not ignorant.refutes(true)
    known = [(terms, value) for terms, value in sought if attacker.knows(terms) is not None]
    return [f"{terms} is {value}" for terms, value in known if ignorant.knows(terms) is None]


def true_counts(published: Published, prefix: str = "") -> dict[str, int]:
    """What nobody but the municipality knows."""
    return {prefix + name: figure.count for name, figure in published.statement.figures.items()}


def attack(published: Published) -> list[str]:
    """What can be worked out of a published statement."""
    record = published_file(published)
    return narrow(read(record), knows_nothing(record), secrets(published), true_counts(published))


def attack_both(
    published: Published, last: Published, growing: Sequence[str], lasting: Sequence[str] = ()
) -> list[str]:
    """What can be worked out of two."""
    record, before = published_file(published), published_file(last)
    both, ignorant = (read_both(each, before, growing, lasting) for each in (record, without_counts(record)))
    sought = [*secrets(published), *changes(published, last)]
    return narrow(both, ignorant, sought, true_counts(published) | true_counts(last, OLD))


def draw(seed: int) -> tuple[Statement, int]:
    """A statement and a threshold."""
    chance = Random(seed)
    shape = draw_shape(chance)
    number = chance.choice([1, 3, 8, 20, 60, 150, 400])
    return shape.count([shape.draw_person(chance) for _ in range(number)]), chance.choice([3, 5, 5, 10])


def test_no_hidden_count_of_a_drawn_statement_can_be_worked_out() -> None:
    findings = Findings()
    for seed in range(POPULATIONS):
        statement, threshold = draw(seed)
        published = hide_small_counts(statement, threshold)
        findings.add(published, attack(published), seed)
    print(f"\ndrawn statements: {findings}")
    assert not findings.narrowed
    assert findings.numbers["small"] > POPULATIONS


def test_two_statements_a_week_apart_give_nobody_away() -> None:
    findings = Findings()
    for seed in range(POPULATIONS // 2):
        chance = Random(seed)
        shape = draw_shape(chance)
        persons = [shape.draw_person(chance) for _ in range(chance.choice([5, 30, 100, 300]))]
        last = hide_small_counts(shape.count(persons))
        persons += [shape.draw_person(chance) for _ in range(chance.choice([0, 1, 2, 6, 30]))]
        known = read_record(published_file(last))
        published = hide_small_counts(shape.count(persons), last=known)
        findings.add(published, attack_both(published, last, shape.growing), seed)
    print(f"\ntwo drawn statements: {findings}")
    assert not findings.narrowed


def drawn_counts(seed: int) -> tuple[Statement, Statement]:
    """A statement of drawn cases, and that of a week before."""
    chance = Random(seed)
    programme = kvis()
    cases = [draw_case(chance, programme, ON) for _ in range(chance.choice([40, 120, 304]))]
    before = ON - timedelta(7)
    first = [each for each in cases if date.fromisoformat(each["sickness"]["visitation"]) <= before]
    return count(cases, threshold=5), count(first, before, threshold=5)


def test_no_hidden_count_of_drawn_cases_can_be_worked_out() -> None:
    findings, pairs = Findings(), Findings()
    for seed in range(max(1, POPULATIONS // 30)):
        now, before = drawn_counts(seed)
        published = hide_small_counts(now)
        findings.add(published, attack(published), seed)
        last = hide_small_counts(before)
        after = hide_small_counts(now, last=read_record(published_file(last)))
        growing = [name for name in now.figures if name.startswith(GROWING)]
        lasting = [name for name in now.figures if name.startswith(OVER)]
        pairs.add(after, attack_both(after, last, growing, lasting), seed)
    print(f"\ndrawn cases: {findings}\ntwo of drawn cases: {pairs}")
    assert not findings.narrowed
    assert not pairs.narrowed


def only_the_small(statement: Statement, *_: Any) -> Pattern:
    """What would be hidden if nothing were hidden beside the small counts."""
    return Pattern({name for name, each in statement.figures.items() if each.is_sensitive and 0 < each.count < 5})


def test_the_attacker_finds_the_small_counts_where_nothing_else_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hide, "_find_pattern", only_the_small)
    found = 0
    for seed in range(20):
        statement, _ = draw(seed)
        found += bool(attack(hide_small_counts(statement)))
    assert found >= 10
