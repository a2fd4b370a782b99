"""From the sums of all cases to a statement: its blocks one after the other, and what is said of who is counted."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from kvisdocs.cases.model.agreements import Agreement
from kvisdocs.cases.yaml.source import Step
from kvisdocs.programme.rules.evaluation import FigureWords
from kvisdocs.programme.rules.rules import Programme
from kvisdocs.statistics.blocks.answers import lay_out_answers
from kvisdocs.statistics.blocks.block import Block, Ground
from kvisdocs.statistics.blocks.choices import lay_out_choices
from kvisdocs.statistics.blocks.citizens import lay_out_citizens
from kvisdocs.statistics.blocks.goals import lay_out_goals
from kvisdocs.statistics.blocks.quarters import Quarter, lay_out_quarters
from kvisdocs.statistics.blocks.steps import lay_out_steps
from kvisdocs.statistics.facts import NOT_VISITED
from kvisdocs.statistics.model import Statement, Table
from kvisdocs.statistics.tally import Tally

_BLOCKS = (lay_out_citizens, lay_out_choices, lay_out_goals, lay_out_steps, lay_out_answers, lay_out_quarters)


def lay_out_statement(
    tally: Tally,
    programme: Programme,
    municipality: str,
    on: date,
    threshold: int | None = None,
    agreements: Sequence[Agreement] | None = None,
    sources: Sequence[str] = (),
    faulty: int = 0,
) -> Statement:
    """The statement of a tally. With a threshold, rows that hold fewer are merged as the programme says."""
    counts = Tally(Counter(tally.counts), tally.samples, tally.persons)
    ground = Ground(counts, programme, on, threshold, agreements)
    whole = Block()
    for lay_out in _BLOCKS:
        whole.join(lay_out(ground))
    return Statement(
        municipality=municipality,
        programme=programme.name,
        on=on,
        figures=whole.figures,
        measures=whole.measures,
        relations=tuple(whole.relations),
        tables=_choose_tables(whole.tables, programme.figures.tables),
        goals=tuple(whole.goals),
        not_visited=tally.counts[NOT_VISITED],
        persons=len(tally.persons),
        sources=tuple(sources),
        faulty=faulty,
    )


def _choose_tables(tables: Sequence[Table], asked: Sequence[str]) -> tuple[Table, ...]:
    """All tables, or those asked for in that order: `answer` stands for those of all answers."""
    if not asked:
        return tuple(tables)
    return tuple(table for name in asked for table in tables if _is_called(table, name))


def _is_called(table: Table, name: str) -> bool:
    return table.id == name or (table.id.startswith(f"{name}.") and table.block in "CD")


def find_stray_words(statement: Statement, programme: Programme) -> Iterator[tuple[Step, ...]]:
    """Where the programme words a figure or asks for a table that no statement has."""
    known = lay_out_names(programme.model_copy(update={"figures": FigureWords()}), statement.on)
    for name in programme.figures.labels:
        if name not in known.figures and name not in statement.figures:
            yield "figures", "labels", name
    for number, name in enumerate(programme.figures.tables):
        if not any(_is_called(table, name) for table in known.tables):
            yield "figures", "tables", number


def lay_out_names(programme: Programme, on: date) -> Statement:
    """A statement of nobody, for the names of its figures: of the quarters, that of the day."""
    tally = Tally()
    tally.counts[f"{Quarter.of(on).name}.came"] = 0
    return lay_out_statement(tally, programme, "", on, agreements=())


def check_identities(statement: Statement) -> None:
    """Raises ValueError where a relation does not hold for the counts: then something was counted wrongly."""
    for relation in statement.relations:
        total = sum(factor * statement.figures[name].count for name, factor in relation.terms.items())
        if total > 0 or (total and relation.sense == "="):
            raise ValueError(f"{dict(relation.terms)} {relation.sense} 0 does not hold: {total}")
