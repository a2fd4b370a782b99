"""Where a course stands on a day: each compulsory step with its deadline, the day it was done and its state in words.

Pure functions of a case, a programme and a date. What becomes of a deadline on a closed day is the programme's to say
(`closed_days`): moved to the next open day it is longer; moved to the previous one it is shown sooner, and what is done
up to the day where it was is still in time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kvisdocs.cases.consents.consent import DataType, Party
from kvisdocs.cases.consents.disclosure import find_refusal
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.programme.course.course import find_done, find_end, find_start, is_step_for
from kvisdocs.programme.course.recurring import find_recurring_state, find_registrations_state
from kvisdocs.programme.course.states import State, StepState, format_day, format_state
from kvisdocs.programme.rules.rules import Deadline, Programme, ProgrammeStep
from kvisdocs.programme.rules.working_days import add_days, find_closed, move_deadline

__all__ = ["State", "StepState", "find_letters_along", "find_step_states"]

_START_NAMES = {"first_day": "Første sygedag", "visitation": "Visitationen"}


def find_step_states(
    case: CitizenCase, programme: Programme, on: date, along: Collection[str] = ()
) -> tuple[StepState, ...]:
    """The steps that apply to the case, in the programme's order, then what recurs and the web registrations.

    `along` are the documents that are made of the case in the same run. What is dated after `on` has not
    happened yet. What recurs is left out before the day that it counts from.
    """
    steps = (step for step in programme.steps if is_step_for(case, programme, step))
    rows = [_step_state(case, programme, step, on, along) for step in steps]
    rows += [find_recurring_state(case, programme, rule, on) for rule in programme.recurring]
    rows.append(find_registrations_state(case, programme, on))
    return tuple(row for row in rows if row is not None)


@dataclass(frozen=True, slots=True)
class _Due:
    """The deadline as it is shown, the last day on which a thing done is in time, and why."""

    day: date | None
    last_day: date | None
    reason: str


def _step_state(
    case: CitizenCase, programme: Programme, step: ProgrammeStep, on: date, along: Collection[str]
) -> StepState | None:
    done = find_done(case, programme, step.id, on)
    if step.optional and done is None:
        return None
    if step.letter_to_gp and done is None and (found := _letter_state(case, step.letter_to_gp, on, along)):
        state, reason = found
        return StepState(step.id, step.label, None, None, state, 0, format_state(state, 0), reason)
    due = _find_due(case, programme, step, on)
    end, recovered = find_end(case, on)
    if recovered and done is None and due.day is not None and due.day >= end:
        return None
    state, days = _judge(due, done, end)
    return StepState(step.id, step.label, due.day, done, state, days, format_state(state, days), due.reason)


def _letter_state(case: CitizenCase, letter: str, on: date, along: Collection[str]) -> tuple[State, str] | None:
    """How a letter stands that has not been sent, and why; None where it is owed, and not among what is made."""
    if letter in along:
        return State.ALONG, "Brevet bliver lavet i samme kørsel som dette dokument."
    if case.gp is None:
        return State.NO_GP, "Sagen nævner ingen læge."
    if find_refusal(case.consents, Party.GP, DataType.PARTICIPATION, on) is not None:
        return State.NO_CONSENT, "Borgeren har ikke et samtykke, der gælder og dækker brevet. Samtykket er frivilligt."
    return None


def find_letters_along(case: CitizenCase, programme: Programme, on: date, along: Collection[str]) -> set[str]:
    """Of the documents `along` those that the steps tell of: the plan says of the doctor's letter that it comes too."""
    told = {state.id for state in find_step_states(case, programme, on, along) if state.state is State.ALONG}
    return {step.letter_to_gp for step in programme.steps if step.letter_to_gp and step.id in told}


def _find_due(case: CitizenCase, programme: Programme, step: ProgrammeStep, on: date) -> _Due:
    """The step's deadline; of two, the one that ends sooner."""
    if step.deadline is None:
        return _Due(None, None, "Der er ingen fast frist.")
    due = _count(case, programme, step.deadline, on)
    if step.sooner is not None:
        other = _count(case, programme, step.sooner, on)
        if other.day is not None and (due.day is None or other.day < due.day):
            return other
    return due


def _count(case: CitizenCase, programme: Programme, rule: Deadline, on: date) -> _Due:
    """A deadline counted out, and why; no day where the case does not have the day to count from."""
    start = find_start(case, programme, rule.counted_from, on)
    labels = {step.id: f"”{step.label}”" for step in programme.steps}
    name = _START_NAMES.get(rule.counted_from) or labels[rule.counted_from]
    if start is None and rule.counted_from == "visitation":
        return _Due(None, None, f"{rule.reading}. Fristen kan ikke regnes ud, da sagen ingen visitationsdag har.")
    if start is None:
        return _Due(None, None, f"{rule.reading}. Der er ingen frist endnu, da {name} ikke er gjort.")
    counted = add_days(start, rule.length_days)
    day = move_deadline(counted, programme.closed_days, rule.on_closed_day)
    reason = f"{rule.reading}. {name} var {format_day(start)}, så fristen er {format_day(counted)}."
    if day != counted:
        what = find_closed(counted, programme.closed_days)
        reason += f" Det er {what}, så den flyttes til {format_day(day)}. {programme.closed_days.reason}."
    return _Due(day, max(day, counted), reason)


def _judge(due: _Due, done: date | None, end: date) -> tuple[State, int]:
    """The state of a step, and its days."""
    if due.day is None or due.last_day is None:
        return (State.MISSING if done is None else State.DONE), 0
    if done is not None:
        over = (done - due.last_day).days
        return (State.LATE, over) if over > 0 else (State.IN_TIME, 0)
    over = (end - due.day).days
    return (State.OVERDUE, over) if over > 0 else (State.DUE, -over)
