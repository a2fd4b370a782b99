"""Block C: the compulsory steps, the contacts again and again, and the registrations, by the states of the course."""

from collections.abc import Iterator
from datetime import date

from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.programme.course.deadlines import State, find_periods, find_step_states
from kvisdocs.programme.rules.rules import Minimum, Programme, ProgrammeStep, Recurring
from kvisdocs.statistics.blocks.block import NUMBER, Block, Ground, alike_figure, rows_of
from kvisdocs.statistics.model import Relation, Row, Table
from kvisdocs.statistics.relations import adds_up, at_most, nothing, occasions
from kvisdocs.statistics.words import phrase

STATES = ("in_time", "late", "overdue", "missing")
"""The last parts of names, in the order of the columns."""

RELEVANT, NOT_RELEVANT = "relevant", "not_relevant"

_NAMES = {
    State.IN_TIME: "in_time",
    State.DONE: "in_time",
    State.LATE: "late",
    State.OVERDUE: "overdue",
    State.DUE: "missing",
    State.MISSING: "missing",
}
"""Of the others (no consent, no GP) the step is not relevant."""

Step = ProgrammeStep | Minimum | Recurring


def count_steps(seen: CitizenCase, programme: Programme, on: date) -> Iterator[tuple[str, int]]:
    """The figures that a visited case counts in, as it was on the day, each with how often.

    Nothing is owed once the course has ended, recovered or not.
    """
    sickness = seen.sickness.model_copy(update={"recovered": seen.ended})
    seen = seen.model_copy(update={"sickness": sickness})
    states = {each.id: _NAMES.get(each.state) for each in find_step_states(seen, programme, on)}
    for step in find_steps(programme):
        state = states.get(step.id)
        yield (f"step.{step.id}.{RELEVANT if state else NOT_RELEVANT}", 1)
        if state:
            yield f"step.{step.id}.{state}", 1
    for rule in programme.recurring:
        periods = find_periods(seen, programme, rule, on)
        for name, kept in (("kept", True), ("broken", False)):
            if number := sum(each is kept for each in periods):
                yield f"step.{rule.id}.{name}", number
    yield from ((name, 1) for name in _count_registrations(seen, programme))


def _count_registrations(seen: CitizenCase, programme: Programme) -> Iterator[str]:
    wanted = range(1, programme.web_registrations + 1)
    held = {each.number for each in seen.web_registrations if each.number in wanted}
    if wanted:
        yield f"registrations.{len(held)}"
        yield from (f"registrations.held.{number}" for number in held)


def find_steps(programme: Programme) -> tuple[Step, ...]:
    """What has a row: the steps, then what must happen so many times or again and again."""
    return (*programme.steps, *programme.minimums, *programme.recurring)


def lay_out_steps(ground: Ground) -> Block:
    """The tables of block C."""
    block, programme = Block(), ground.programme
    steps = find_steps(programme)
    for step in steps:
        _add_step(ground, block, step)
    if steps:
        parts = (RELEVANT, *STATES, NOT_RELEVANT)
        columns = tuple(phrase(f"step.{part}") for part in parts)
        rows = tuple(Row(step.label, tuple(f"step.{step.id}.{each}" for each in parts)) for step in steps)
        notes = phrase("step.note.done"), phrase("step.note.not_relevant")
        block.tables.append(Table("step", "C", phrase("step.title"), columns, rows, "visited", notes))
    for rule in programme.recurring:
        _add_periods(ground, block, rule)
    if programme.web_registrations:
        _add_registrations(ground, block, programme.web_registrations)
    return block


def _add_step(ground: Ground, block: Block, step: Step) -> None:
    name = f"step.{step.id}"
    relevant, others = f"{name}.{RELEVANT}", f"{name}.{NOT_RELEVANT}"
    kind = "recurring" if isinstance(step, Recurring) else "step"
    words = {"label": step.label, "small": step.label.lower()}
    block.add(alike_figure(ground, relevant, f"{kind}.{RELEVANT}", "visited", **words))
    for state in STATES:
        block.add(alike_figure(ground, f"{name}.{state}", f"{kind}.{state}", relevant, **words))
    block.add(alike_figure(ground, others, f"{kind}.{NOT_RELEVANT}", "visited", **words))
    block.relations.append(adds_up(relevant, [f"{name}.{state}" for state in STATES]))
    block.relations.append(adds_up("visited", [relevant, others]))
    block.relations += _know(step, name, relevant)


def _know(step: Step, name: str, relevant: str) -> Iterator[Relation]:
    """What the rules, which everybody can read, say of a step's states."""
    if not isinstance(step, ProgrammeStep):
        yield from _know_for_whom(step, "visited", relevant, is_owed=True)
        if isinstance(step, Recurring):
            yield nothing(f"{name}.missing")  # from the day that it counts from, it is kept or not
            yield at_most(f"{name}.overdue", ["outcome.running"])
        else:
            yield at_most(f"{name}.missing", ["outcome.running"])
        return
    whole = _WHOM.get(step.applies)
    if whole is not None:
        yield from _know_for_whom(step, whole, relevant, is_owed=step.letter_to_gp is None and not step.optional)
    if step.deadline is None:
        yield nothing(f"{name}.late")
        yield nothing(f"{name}.overdue")
    elif step.deadline.counted_from in ("first_day", "visitation"):
        yield at_most(f"{name}.missing", ["outcome.running"])
    elif step.sooner is None:
        before = f"step.{step.deadline.counted_from}"
        yield at_most(f"{name}.late", [f"{before}.in_time", f"{before}.late"], [f"{name}.overdue"])


_WHOM = {"always": "visited", "with_employer": "status.with_employer", "without_employer": "status.unemployed"}


def _know_for_whom(step: Step, whole: str, relevant: str, is_owed: bool) -> Iterator[Relation]:
    """The step is for these: all of them, where nothing takes it away; with a deadline, whose course was not over."""
    is_for_all = is_owed and not step.categories and step.in_force_from is None
    if is_for_all and isinstance(step, ProgrammeStep) and step.deadline is None:
        yield adds_up(whole, [relevant])
        return
    yield at_most(relevant, [whole])
    if is_for_all:
        yield at_most(whole, [relevant, "outcome.closed"])


def _add_periods(ground: Ground, block: Block, rule: Recurring) -> None:
    name = f"step.{rule.id}"
    whole = f"{name}.periods"
    counts = ground.tally.counts
    counts[whole] = counts[f"{name}.kept"] + counts[f"{name}.broken"]
    block.add(alike_figure(ground, whole, "periods.all"))
    block.add(alike_figure(ground, f"{name}.kept", "periods.kept", whole))
    block.add(alike_figure(ground, f"{name}.broken", "periods.broken", whole))
    block.relations.append(adds_up(whole, [f"{name}.kept", f"{name}.broken"]))
    # each citizen who is late or overdue has had such a period, and nobody else
    missed = [f"{name}.late", f"{name}.overdue"]
    block.relations.append(Relation({**dict.fromkeys(missed, 1), f"{name}.broken": -1}, "<="))
    rows = rows_of(block.figures, [f"{name}.kept", f"{name}.broken"])
    title = phrase("periods.title", label=rule.label)
    block.tables.append(Table(f"periods.{rule.id}", "C", title, (NUMBER,), rows, whole))


def _add_registrations(ground: Ground, block: Block, number: int) -> None:
    exactly = [f"registrations.{had}" for had in range(number + 1)]
    held = [f"registrations.held.{which}" for which in range(1, number + 1)]
    for had, name in enumerate(exactly):
        block.add(alike_figure(ground, name, "registrations.exactly", "visited", had=had, number=number))
    for which, name in enumerate(held, 1):
        block.add(alike_figure(ground, name, "registrations.held", "visited", which=which))
    block.relations.append(adds_up("visited", exactly))
    block.relations += occasions(exactly, held)
    rows = rows_of(block.figures, exactly)
    block.tables.append(Table("registrations", "C", phrase("registrations.title"), (NUMBER,), rows, "visited"))
