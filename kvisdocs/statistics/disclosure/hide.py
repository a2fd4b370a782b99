"""A statement → what an edition may show of it."""

from collections.abc import Container, Iterable, Iterator, Mapping
from math import log2
from typing import Literal

from kvisdocs.statistics.disclosure.knowledge import Cell, Kind, make_knowledge
from kvisdocs.statistics.disclosure.search import Pattern, find_pattern
from kvisdocs.statistics.disclosure.solver import check_solver
from kvisdocs.statistics.disclosure.targets import Target, find_targets
from kvisdocs.statistics.model import Figure, Published, Relation, Shown, Statement
from kvisdocs.statistics.shown import LEAST_BASE

DEFAULT_THRESHOLD = 5
LEAST_THRESHOLD = 3

SMALL_REASON = "under {threshold}"
SECONDARY_REASON = "ellers kunne et andet tal, der er skjult, regnes ud"
MERGED_REASON = "slået sammen med andre i rækken ”{label}”"


def hide_small_counts(
    statement: Statement,
    threshold: int = DEFAULT_THRESHOLD,
    edition: Literal["public", "whole"] = "public",
    last: Published | None = None,
) -> Published:
    """What an edition shows: in the public one no small count, and none from which one could be worked out.

    `last` is what was published before, which readers have at hand. Raises KvisdocsError where the solver is missing
    or the last file contradicts itself, ValueError for a threshold below 3.
    """
    if threshold < LEAST_THRESHOLD:
        raise ValueError(f"the threshold is at least {LEAST_THRESHOLD}, not {threshold}")
    if edition == "whole":
        return Published(statement, edition, threshold)
    targets = find_targets(statement, threshold, last)
    pattern = _find_pattern(statement, threshold, last, targets)
    if _is_of_few(statement):
        pattern.demoted |= pattern.hidden
    hidden = {name: _state(figure, threshold, pattern) for name, figure in statement.figures.items()}
    hidden = {name: state for name, state in hidden.items() if state is not Shown.EXACT}
    reasons = {name: _reason(statement.figures, name, state, threshold) for name, state in hidden.items()}
    return Published(statement, edition, threshold, hidden, reasons, _find_shares_untold(statement, threshold, hidden))


def _is_of_few(statement: Statement) -> bool:
    """Whether so few were visited that "one at least, and fewer than 5" tells much: then · stands for every number."""
    visited = statement.figures.get("visited")
    return visited is not None and visited.count < LEAST_BASE


def _find_pattern(statement: Statement, threshold: int, last: Published | None, targets: list[Target]) -> Pattern:
    merged = {name for name, figure in statement.figures.items() if figure.merged_into}
    always = merged | {target.names[0] for target in targets if len(target.terms) == 1}
    if not targets and not always and last is None:
        return Pattern(set())
    check_solver()
    losses = find_losses(statement, last.hidden if last else ())
    cells = {
        name: _cell(figure, threshold, 0.0 if name in always else losses[name])
        for name, figure in statement.figures.items()
        if figure.is_sensitive or figure.merged_into
    }
    counts = {name: figure.count for name, figure in statement.figures.items()}
    return find_pattern(make_knowledge(statement, cells, threshold, last), targets, counts, always)


def _cell(figure: Figure, threshold: int, loss: float) -> Cell:
    if figure.merged_into:
        kind = Kind.FREE
    elif figure.count >= threshold:
        kind = Kind.LARGE
    else:
        kind = Kind.SMALL if figure.count else Kind.NONE
    return Cell(figure.name, kind, figure.count, loss)


_TOTAL = 4.0
_IN_NO_TABLE = 0.3
_HIDDEN_BEFORE = 0.5


def find_losses(statement: Statement, hidden_before: Container[str] = ()) -> Mapping[str, float]:
    """What a reader loses with each figure: more with a high count and with a total, little with what no table has.

    Less with what was not told the last time: then two statements hide the same where they can.
    """
    totals = {figure.base for figure in statement.figures.values()} | set(_find_totals(statement.relations))
    printed = {cell for table in statement.tables for row in table.rows for cell in row.cells}
    printed |= {name for goal in statement.goals for name in (goal.result, goal.base)}
    losses = {}
    for name, figure in statement.figures.items():
        loss = 4.0 + log2(1 + figure.count)
        loss *= _TOTAL if name in totals else 1.0
        loss *= 1.0 if name in printed else _IN_NO_TABLE
        losses[name] = loss * _HIDDEN_BEFORE if name in hidden_before else loss
    return losses


def _find_totals(relations: Iterable[Relation]) -> Iterator[str]:
    """What two or more others add up to."""
    for relation in relations:
        if relation.sense == "=" and len(relation.terms) > 2:
            for sign in (1, -1):
                side = [name for name, factor in relation.terms.items() if factor * sign > 0]
                if len(side) == 1:
                    yield side[0]


def _state(figure: Figure, threshold: int, pattern: Pattern) -> Shown:
    if figure.name not in pattern.hidden:
        return Shown.EXACT
    is_said = figure.is_sensitive and 0 < figure.count < threshold
    is_said = is_said and not figure.merged_into and figure.name not in pattern.demoted
    return Shown.SMALL if is_said else Shown.HIDDEN


def _reason(figures: Mapping[str, Figure], name: str, state: Shown, threshold: int) -> str:
    """Why, as the log has it. It is published too, so it says no more of a count than what is printed of it."""
    into = figures[name].merged_into
    if into:
        return MERGED_REASON.format(label=figures[into].label)
    return SMALL_REASON.format(threshold=threshold) if state is Shown.SMALL else SECONDARY_REASON


def _find_shares_untold(statement: Statement, threshold: int, hidden: Mapping[str, Shown]) -> frozenset[str]:
    untold = {name for name, figure in statement.figures.items() if name in hidden or figure.base in hidden}
    for name, measure in statement.measures.items():
        if measure.over in hidden or 0 < statement.figures[measure.over].count < threshold:
            untold.add(name)
    return frozenset(untold)
