"""Where a course stands on a day: each step with its deadline, what recurs, and the state of each in Danish words.

Pure functions of a case, a programme and a date. What becomes of a deadline on a closed day is the programme's to say
(`closed_days`): moved to the next open day it is longer; moved to the previous one it is shown sooner, and what is done
up to the day where it was is still in time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kvisdocs.cases.consents.consent import DataType, Party
from kvisdocs.cases.consents.disclosure import find_refusal
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.programme.course.course import find_done, find_end, find_start, is_rule_for, is_step_for
from kvisdocs.programme.course.minimums import find_held, find_minimum_state
from kvisdocs.programme.course.states import State, StepState, format_day, format_list, format_state
from kvisdocs.programme.rules.rules import Deadline, Programme, ProgrammeStep, Recurring
from kvisdocs.programme.rules.working_days import add_days, find_closed, move_deadline


def find_recurring_state(case: CitizenCase, programme: Programme, rule: Recurring, on: date) -> StepState | None:
    """Whether it happened often enough, from the day the rule counts from to the end of the course or `on`.

    `done` is the latest contact; `deadline` the day the next is due, none once the citizen has recovered. Talks among
    the steps count. `days` is how far the longest period went over. None where the rule does not apply or has no first
    day on or before `on`.
    """
    start = find_start(case, programme, rule.counted_from, on)
    end, recovered = find_end(case, on)
    if start is None or start > end or not is_rule_for(case, programme, rule):
        return None
    held = find_held(case, programme, rule, start, end)
    deadline = None if recovered else _next_day(held[-1] if held else start, programme, rule)
    gaps = [(a, b) for a, b in pairwise([start, *held, end]) if b > _last_day(a, programme, rule)]
    over = max(((b - _last_day(a, programme, rule)).days for a, b in gaps), default=0)
    count, unit = (rule.every_weeks, "uge") if rule.every_weeks else (rule.every_days, "dag")
    plural = "uger" if rule.every_weeks else "dage"
    if not gaps:
        state, words = State.IN_TIME, f"hver {count}. {unit} holdt"
        span = f"Fra {rule.start_name} {format_day(start)} til {format_day(end)}"
        reason = f"{span} gik der aldrig over {count} {plural} uden kontakt."
    else:
        latest = held[-1] if held else start
        state = State.OVERDUE if not recovered and on > _last_day(latest, programme, rule) else State.LATE
        words = f"{len(gaps)} {'periode' if len(gaps) == 1 else 'perioder'} over {count} {plural}"
        spans = format_list([f"fra {format_day(a)} til {format_day(b)} ({(b - a).days} dage)" for a, b in gaps])
        reason = f"Der var ingen kontakt {spans}."
    return StepState(rule.id, rule.label, deadline, held[-1] if held else None, state, over, words, reason)


def find_periods(case: CitizenCase, programme: Programme, rule: Recurring, on: date) -> tuple[bool, ...]:
    """Of each period between two contacts whether it was kept, to the end of the course or `on`.

    One that is still running, and not over, is no period yet; nor is a contact on the day that the rule counts from.
    """
    start = find_start(case, programme, rule.counted_from, on)
    end, recovered = find_end(case, on)
    if start is None or start > end or not is_rule_for(case, programme, rule):
        return ()
    held = find_held(case, programme, rule, start, end)
    periods = [(a, b <= _last_day(a, programme, rule)) for a, b in pairwise([start, *held, end]) if a < b]
    is_open = not recovered and bool(periods) and periods[-1][0] == (held[-1] if held else start)
    return tuple(kept for _, kept in (periods[:-1] if is_open and periods[-1][1] else periods))


def _next_day(latest: date, programme: Programme, rule: Recurring) -> date:
    """The day on which the next is due, moved off a closed day as the rules say."""
    return move_deadline(add_days(latest, rule.length_days), programme.closed_days, rule.on_closed_day)


def _last_day(latest: date, programme: Programme, rule: Recurring) -> date:
    """The last day in time: one that was moved forward still has the days up to where it was."""
    return max(add_days(latest, rule.length_days), _next_day(latest, programme, rule))


def find_registrations_state(case: CitizenCase, programme: Programme, on: date) -> StepState | None:
    """How many of the web registrations are there; None where the programme asks for none.

    They have no deadline; `done` is the day of the last.
    """
    if programme.registrations is None:
        return None
    wanted = range(1, programme.registrations.count + 1)
    made = {one.number: one.date for one in case.web_registrations if one.date <= on and one.number in wanted}
    left = [str(number) for number in wanted if number not in made]
    reason = f"Der skal være {len(wanted)} webregistreringer i et forløb"
    reason += f"; nr. {format_list(left)} mangler." if left else "."
    state = State.MISSING if left else State.DONE
    done = None if left else max(made.values())
    words = f"{len(made)} af {len(wanted)}"
    return StepState("web_registrations", "Webregistreringer", None, done, state, 0, words, reason)


__all__ = ["State", "StepState", "find_letters_along", "find_periods", "find_step_states"]

_START_NAMES = {"first_day": "Første sygedag", "visitation": "Visitationen"}


def find_step_states(
    case: CitizenCase, programme: Programme, on: date, along: Collection[str] = ()
) -> tuple[StepState, ...]:
    """The steps that apply to the case, in the programme's order, then what is counted and the web registrations.

    `along` are the documents that are made of the case in the same run. What is dated after `on` has not happened yet.
    What is counted, within a period or again and again, is left out before the day that it counts from.
    """
    steps = (step for step in programme.steps if is_step_for(case, programme, step))
    rows = [_step_state(case, programme, step, on, along) for step in steps]
    rows += [find_minimum_state(case, programme, rule, on) for rule in programme.minimums]
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
