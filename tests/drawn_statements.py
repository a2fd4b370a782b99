"""Statements drawn by chance: of persons who have a status, an education, several answers, a quarter, nested rows."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from random import Random

from kvisdocs.statistics.model import Figure, Relation, Row, Statement, Table

Person = frozenset[str]
"""The figures that one counts in."""


def draw_shape(chance: Random) -> "Shape":
    """How many rows each table has, and how skewed they are."""
    return Shape(*(chance.randrange(2, 6) for _ in range(4)), skew=chance.choice([0.3, 0.6, 1.0]))


class Shape:
    """A kind (rows that add up), a group (rows of a two-way table with it), answers (several fit one), quarters."""

    def __init__(self, kinds: int, groups: int, answers: int, quarters: int, skew: float) -> None:
        self.kinds = [f"status.{number}" for number in range(kinds)]
        self.groups = [f"education.{number}" for number in range(groups)]
        self.answers = [f"answer.{number}" for number in range(answers)]
        self.quarters = [f"quarter.{2013 + number}-1.came" for number in range(quarters)]
        self.cells = [_cell(kind, group) for kind in self.kinds for group in self.groups]
        self.skew = skew

    def _one(self, chance: Random, names: Sequence[str]) -> str:
        return chance.choices(names, [self.skew**place for place in range(len(names))])[0]

    def draw_person(self, chance: Random) -> Person:
        """One more."""
        kind, group = self._one(chance, self.kinds), self._one(chance, self.groups)
        found = {"visited", kind, group, _cell(kind, group), self._one(chance, self.quarters)}
        if chance.random() < 0.7:
            found |= {"answered", *(self._one(chance, self.answers) for _ in range(chance.randrange(1, 3)))}
        else:
            found.add("unanswered")
        if kind == self.kinds[0]:
            found.add("within" if chance.random() < 0.6 else "without")
            if "within" in found and chance.random() < 0.4:
                found.add("deep")
        if chance.random() < 0.9:
            found.add("yes")
        return frozenset(found)

    @property
    def growing(self) -> list[str]:
        """Those that can only grow when others come."""
        return ["visited", *self.kinds, *self.groups, *self.answers, *self.quarters, *self.cells]

    @property
    def names(self) -> list[str]:
        """All figures."""
        rows = [*self.kinds, *self.groups, *self.answers, *self.quarters, *self.cells]
        return ["visited", *rows, "answered", "unanswered", "within", "without", "deep", "yes"]

    def count(self, persons: Sequence[Person]) -> Statement:
        """The statement of a population."""
        counts = Counter(name for person in persons for name in person)
        bases = dict.fromkeys(self.names, "visited") | dict.fromkeys(self.answers, "answered")
        bases |= {"within": self.kinds[0], "without": self.kinds[0], "deep": "within"}
        figures = {
            name: Figure(name, counts[name], name, name, None if name == "visited" else bases[name], name != "visited")
            for name in self.names
        }
        cells = tuple(Row(kind, tuple(_cell(kind, group) for group in self.groups)) for kind in self.kinds)
        tables = [
            self._table("kind", self.kinds), self._table("group", self.groups), self._table("answer", self.answers),
            self._table("quarter", self.quarters), self._table("yes", ["yes", "within", "without", "deep"]),
            Table("cells", "A", "", tuple(self.groups), cells),
        ]  # fmt: skip
        return Statement("herning", "kvis", date(2012, 11, 1), figures, {}, tuple(self._relations()), tuple(tables), ())

    def _table(self, name: str, rows: Sequence[str]) -> Table:
        return Table(name, "A", "", ("Antal",), tuple(Row(row, (row,)) for row in rows))

    def _relations(self) -> list[Relation]:
        found = [
            _sum("visited", self.kinds), _sum("visited", self.groups), _sum("visited", self.quarters),
            _sum("visited", ["answered", "unanswered"]), _sum(self.kinds[0], ["within", "without"]),
        ]  # fmt: skip
        found += [_sum(kind, [_cell(kind, group) for group in self.groups]) for kind in self.kinds]
        found += [_sum(group, [_cell(kind, group) for kind in self.kinds]) for group in self.groups]
        found.append(Relation({"answered": 1, **dict.fromkeys(self.answers, -1)}, "<="))
        return found


def _cell(kind: str, group: str) -> str:
    return f"course.kind.{kind}.{group}"


def _sum(whole: str, parts: Sequence[str]) -> Relation:
    return Relation({whole: 1, **dict.fromkeys(parts, -1)})
