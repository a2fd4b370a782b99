"""Where a course stands on a day: each compulsory step with its deadline, the day it was done and its state in words.

Pure functions of a case, a programme and a date. Two choices that the paper (Herning, item 87 of 14 November
2012) leaves open:

- *With employer* means in job or under notice at visitation, as the paper counts them; *without* means unemployed. The
  self-employed are neither: there is no employer to call, and the job consultant's agreement is there to find the
  unemployed a placement, while the self-employed have their own business to return to.
- A course ends when the citizen recovers. A step whose deadline had not passed by then lapses and is left out; an
  overdue one counts its days to the recovery and no further.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Literal

from kvisdocs.cases.citizen import CitizenCase, EmploymentStatus
from kvisdocs.cases.values import MONTHS
from kvisdocs.programme.parameters import Deadline, Programme, ProgrammeStep

Tone = Literal["good", "warning", "bad"]

_WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


class State(StrEnum):
    """How a step stands. Without a deadline a step is done or missing; with one it is any of the others."""

    IN_TIME = "in_time"
    LATE = "late"
    DONE = "done"
    DUE = "due"
    OVERDUE = "overdue"
    MISSING = "missing"


_TONES: dict[State, Tone] = {
    State.IN_TIME: "good",
    State.DONE: "good",
    State.DUE: "warning",
    State.MISSING: "warning",
    State.LATE: "bad",
    State.OVERDUE: "bad",
}


@dataclass(frozen=True, slots=True)
class StepState:
    """One row of the course.

    `days` are calendar days: late, over the deadline or left until it; 0 in the other states. `words` says the state in
    a few Danish words, `reason` in a Danish sentence or two why the deadline is what it is.
    """

    id: str
    label: str
    deadline: date | None
    done: date | None
    state: State
    days: int
    words: str
    reason: str

    @property
    def tone(self) -> Tone:
        """How the row is to look. Never the only sign: `words` says the same."""
        return _TONES[self.state]


def find_step_states(case: CitizenCase, programme: Programme, on: date) -> tuple[StepState, ...]:
    """The steps that apply to the case, in the programme's order, then the contacts and the web registrations.

    What is dated after `on` has not happened yet. The contacts' row is left out without a visitation on or before `on`.
    """
    rows = [_step_state(case, programme, step, on) for step in programme.steps if _applies(step, case)]
    rows += [_contacts(case, programme, on), _registrations(case, programme, on)]
    return tuple(row for row in rows if row is not None)


def _applies(step: ProgrammeStep, case: CitizenCase) -> bool:
    status = case.employment.status
    return {
        "always": True,
        "with_employer": status in (EmploymentStatus.IN_JOB, EmploymentStatus.UNDER_NOTICE),
        "without_employer": status is EmploymentStatus.UNEMPLOYED,
        "with_return_plan": case.return_plan is not None,
    }[step.applies]


def _done_on(case: CitizenCase, step: str, on: date) -> date | None:
    """The day a step was done. A follow-up plan in the case is one that is made, on the day it was agreed."""
    done = case.steps.get(step)
    if done is None and step == "follow_up_plan" and case.plan is not None:
        done = case.plan.agreed
    return done if done is not None and done <= on else None


def _course_end(case: CitizenCase, on: date) -> tuple[date, bool]:
    """The last day to look at, and whether the citizen had recovered by `on`."""
    recovered = case.sickness.recovered
    return (on, False) if recovered is None or recovered > on else (recovered, True)


def _step_state(case: CitizenCase, programme: Programme, step: ProgrammeStep, on: date) -> StepState | None:
    done = _done_on(case, step.id, on)
    deadline, reason = _find_deadline(case, programme, step.deadline, on)
    end, recovered = _course_end(case, on)
    if recovered and done is None and deadline is not None and deadline >= end:
        return None
    state, days = _judge(deadline, done, end)
    return StepState(step.id, step.label, deadline, done, state, days, _words(state, days), reason)


def _find_deadline(case: CitizenCase, programme: Programme, rule: Deadline | None, on: date) -> tuple[date | None, str]:
    """The last day on which the step is in time, and why; no day where the rules or the case give none."""
    if rule is None:
        return None, "Programmet sætter ingen frist for dette trin."
    if rule.start == "first_day":
        name, start = "Første sygedag", case.sickness.first_day
    elif rule.start == "visitation":
        if case.sickness.visitation is None:
            return None, f"{rule.reading}. Fristen kan ikke regnes ud, da sagen ingen visitationsdag har."
        name, start = "Visitationen", case.sickness.visitation
    else:
        name = next(step.label for step in programme.steps if step.id == rule.start)
        day = _done_on(case, rule.start, on)
        if day is None:
            return None, f"{rule.reading}. Der er ingen frist endnu, da ”{name}” ikke er gjort."
        name, start = f"”{name}”", day
    deadline = start + timedelta(days=rule.length_days)
    return deadline, f"{rule.reading}. {name} var {_format_day(start)}, så fristen er {_format_day(deadline)}."


def _judge(deadline: date | None, done: date | None, end: date) -> tuple[State, int]:
    """The state of a step, and its days."""
    if deadline is None:
        return (State.MISSING if done is None else State.DONE), 0
    if done is not None:
        over = (done - deadline).days
        return (State.LATE, over) if over > 0 else (State.IN_TIME, 0)
    over = (end - deadline).days
    return (State.OVERDUE, over) if over > 0 else (State.DUE, -over)


def _words(state: State, days: int) -> str:
    count = f"{days} {'dag' if days == 1 else 'dage'}"
    return {
        State.IN_TIME: "til tiden",
        State.DONE: "gjort",
        State.MISSING: "mangler",
        State.LATE: f"{count} for sent",
        State.DUE: f"senest om {count}" if days else "frist i dag",
        State.OVERDUE: f"{count} over fristen",
    }[state]


def _contacts(case: CitizenCase, programme: Programme, on: date) -> StepState | None:
    """Whether the citizen was in touch often enough, from visitation to the end of the course or `on`.

    `done` is the latest contact; `deadline` the day the next is due, none once the citizen has recovered. Talks among
    the steps count. `days` is how far the longest period went over.
    """
    start, every = case.sickness.visitation, programme.contact_every_days
    end, recovered = _course_end(case, on)
    if start is None or start > end:
        return None
    talks = [day for step in programme.steps if step.is_contact and (day := _done_on(case, step.id, on))]
    held = sorted({day for day in (*talks, *(contact.date for contact in case.contacts)) if start <= day <= end})
    latest = held[-1] if held else start
    deadline = None if recovered else latest + timedelta(days=every)
    days = [start, *held, end]
    gaps = [(a, b) for a, b in pairwise(days) if (b - a).days > every]
    over = max(((b - a).days - every for a, b in gaps), default=0)
    if not gaps:
        state, words = State.IN_TIME, f"hver {every}. dag holdt"
        span = f"Fra visitationen {_format_day(start)} til {_format_day(end)}"
        reason = f"{span} gik der aldrig over {every} dage uden kontakt."
    else:
        state = State.OVERDUE if deadline is not None and deadline < on else State.LATE
        words = f"{len(gaps)} {'periode' if len(gaps) == 1 else 'perioder'} over {every} dage"
        spans = _join([f"fra {_format_day(a)} til {_format_day(b)} ({(b - a).days} dage)" for a, b in gaps])
        reason = f"Der var ingen kontakt {spans}."
    label = f"Kontakt hver {every}. dag"
    return StepState("contacts", label, deadline, held[-1] if held else None, state, over, words, reason)


def _registrations(case: CitizenCase, programme: Programme, on: date) -> StepState:
    """How many of the web registrations are there. They have no deadline; `done` is the day of the last."""
    wanted = range(1, programme.web_registrations + 1)
    made = {one.number: one.date for one in case.web_registrations if one.date <= on and one.number in wanted}
    left = [str(number) for number in wanted if number not in made]
    reason = f"Programmet kræver {len(wanted)} webregistreringer i et forløb"
    reason += f"; nr. {_join(left)} mangler." if left else "."
    state = State.MISSING if left else State.DONE
    done = None if left else max(made.values())
    words = f"{len(made)} af {len(wanted)}"
    return StepState("web_registrations", "Webregistreringer", None, done, state, 0, words, reason)


def _join(parts: list[str]) -> str:
    return " og ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _format_day(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]} den {day.day}. {MONTHS[day.month - 1]} {day.year}"
