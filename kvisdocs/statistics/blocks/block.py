"""What a block is laid out as, and what its figures are made from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kvisdocs.cases.model.agreements import Agreement
from kvisdocs.programme.rules.evaluation import Option
from kvisdocs.programme.rules.rules import Programme
from kvisdocs.statistics.model import Figure, Goal, Measure, Relation, Row, Table
from kvisdocs.statistics.relations import adds_up, at_most, overlap
from kvisdocs.statistics.tally import Tally
from kvisdocs.statistics.words import load_words, phrase

NUMBER = phrase("number")
"""The head of the column of a table that has one."""


@dataclass(frozen=True)
class Ground:
    """What a statement is laid out from."""

    tally: Tally
    programme: Programme
    on: date
    threshold: int | None
    """Below it rows are merged before anything is hidden; None merges none."""
    agreements: Sequence[Agreement] | None = None
    """Those of the registers; None where there is no register."""

    def is_small(self, name: str) -> bool:
        """Whether a count is more than none and too small to be told."""
        return self.threshold is not None and 0 < self.tally.counts[name] < self.threshold


@dataclass
class Block:
    """A part of a statement."""

    figures: dict[str, Figure] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)

    def add(self, figure: Figure) -> None:
        """A figure by its name."""
        self.figures[figure.name] = figure

    def join(self, other: "Block") -> None:
        """All of another block behind this one's."""
        self.figures.update(other.figures)
        self.measures.update(other.measures)
        self.relations += other.relations
        self.tables += other.tables
        self.goals += other.goals


def count_figure(ground: Ground, name: str, label: str, definition: str, base: str | None = None) -> Figure:
    """A figure of the tally with words of its own."""
    return Figure(name, ground.tally.counts[name], ground.programme.figures.labels.get(name, label), definition, base)


def alike_figure(ground: Ground, name: str, pattern: str, base: str | None = None, /, **values: object) -> Figure:
    """A figure of the tally of which there are many alike, with the words of their pattern."""
    words = load_words().patterns[pattern]
    return count_figure(ground, name, words.label.format(**values), words.definition.format(**values), base)


def worded_figure(ground: Ground, name: str, count: int | None = None) -> Figure:
    """A figure of the tally, or of another count, with the words of figures.yaml or the programme's own label."""
    words = load_words().figures[name]
    number = ground.tally.counts[name] if count is None else count
    label = ground.programme.figures.labels.get(name, words.label)
    return Figure(name, number, label, words.definition, words.base, not words.open)


@dataclass(frozen=True)
class Merged:
    """Rows that are one where numbers are small: the figure that holds them, and theirs."""

    name: str
    of: tuple[str, ...]
    label: str


def count_merged(names: Iterable[str], merges: Sequence[Merged]) -> Iterator[str]:
    """The figures of merged rows that one case counts in, by those that it counts in: once each."""
    own = set(names)
    yield from (merged.name for merged in merges if own & set(merged.of))


def find_parents(prefix: str, options: Sequence[Option]) -> tuple[Merged, ...]:
    """The rows that options with the same parent are merged into: `prefix.a_or_b`."""
    by_parent: dict[str, list[str]] = {}
    for option in options:
        if option.parent is not None:
            by_parent.setdefault(option.parent, []).append(option.id)
    return tuple(
        Merged(f"{prefix}.{'_or_'.join(ids)}", tuple(f"{prefix}.{each}" for each in ids), parent)
        for parent, ids in by_parent.items()
        if len(ids) > 1
    )


def merge_rows(
    ground: Ground, block: Block, names: Sequence[str], merges: Sequence[Merged], overlapping: Iterable[str] = ()
) -> list[str]:
    """The rows of a table once those of merges that hold a small one are one; each row is in one merge at most.

    What was merged stays among the figures, since what is known of it tells of others, and is never shown. Of the
    `overlapping` one citizen may be in several.
    """
    rows = list(names)
    for merged in merges:
        inside = [name for name in rows if name in merged.of]
        if len(inside) < 2 or not any(ground.is_small(name) for name in inside):
            continue
        first = block.figures[inside[0]]
        definition = f"{merged.label}: {'; '.join(block.figures[name].label for name in inside)}."
        block.add(count_figure(ground, merged.name, merged.label, definition, first.base))
        for name in inside:
            block.add(_merged_away(block.figures[name], merged.name))
        shared = [name for name in inside if name in set(overlapping)]
        block.relations += list(_know_merged(merged.name, inside, shared))
        rows = [merged.name if name == inside[0] else name for name in rows if name not in inside[1:]]
    return rows


def _merged_away(figure: Figure, into: str) -> Figure:
    return Figure(
        figure.name, figure.count, figure.label, figure.definition, figure.base, figure.is_sensitive, merged_into=into
    )


def _know_merged(name: str, inside: Sequence[str], shared: Sequence[str]) -> Iterator[Relation]:
    if len(shared) < 2:
        yield adds_up(name, inside)
    elif len(shared) == len(inside):
        yield from overlap(inside, name)
    else:
        yield from (at_most(each, [name]) for each in inside)
        yield at_most(name, inside)


def rows_of(
    figures: Mapping[str, Figure], names: Iterable[str], levels: Mapping[str, int] | None = None
) -> tuple[Row, ...]:
    """A row with one column for each figure."""
    return tuple(Row(figures[name].label, (name,), (levels or {}).get(name, 0)) for name in names)
