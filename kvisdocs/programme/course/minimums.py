"""What must happen so many times within a period: how often it did, and when the period ends."""

from datetime import date

from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.programme.course.course import find_done, find_end, find_start, is_rule_for, is_step_for
from kvisdocs.programme.course.states import State, StepState, format_day, format_state
from kvisdocs.programme.rules.rules import Minimum, Programme, Recurring
from kvisdocs.programme.rules.working_days import add_days, add_months, find_closed, move_deadline


def find_held(case: CitizenCase, programme: Programme, rule: Recurring | Minimum, start: date, end: date) -> list[date]:
    """The days on which there was a contact that counts, each once, sorted."""
    talks = [
        day
        for step in programme.steps
        if step.is_contact and is_step_for(case, programme, step) and (day := find_done(case, programme, step.id, end))
    ]
    contacts = [contact.date for contact in case.contacts if contact.kind in rule.kinds]
    return sorted({day for day in (*talks, *contacts) if start <= day <= end})


def find_minimum_state(case: CitizenCase, programme: Programme, rule: Minimum, on: date) -> StepState | None:
    """How often it happened from the day the rule counts from, by `on`. Talks among the steps count.

    `done` is the day of the last one that was needed, `count` says so many of so many. None where the rule does not
    apply, where there is no first day on or before `on`, and where the citizen recovered before the period was over.
    """
    start = find_start(case, programme, rule.counted_from, on)
    end, recovered = find_end(case, on)
    if start is None or start > end or not is_rule_for(case, programme, rule):
        return None
    counted = _last_day(start, rule)
    deadline = move_deadline(counted, programme.closed_days, rule.on_closed_day)
    held = find_held(case, programme, rule, start, end)
    done = held[rule.times - 1] if len(held) >= rule.times else None
    if recovered and done is None and deadline >= end:
        return None
    state, days = _judge(done, deadline, max(deadline, counted), end)
    count = f"{len(held)} af {rule.times}"
    words = f"{count}, {format_state(state, days)}"
    reason = _explain(programme, rule, start, counted, deadline)
    return StepState(rule.id, rule.label, deadline, done, state, days, words, reason, count)


def _last_day(start: date, rule: Minimum) -> date:
    """The period's last day; the day it runs from is its first."""
    return (
        add_days(start, rule.within_weeks * 7 - 1) if rule.within_weeks else add_months(start, rule.within_months or 0)
    )


def _judge(done: date | None, deadline: date, last_day: date, end: date) -> tuple[State, int]:
    """The state, and its days: what is done on closed days up to the period's own last day is in time."""
    if done is not None:
        over = (done - last_day).days
        return (State.LATE, over) if over > 0 else (State.IN_TIME, 0)
    over = (end - deadline).days
    return (State.OVERDUE, over) if over > 0 else (State.DUE, -over)


def _explain(programme: Programme, rule: Minimum, start: date, counted: date, deadline: date) -> str:
    number, one, many = (
        (rule.within_weeks, "uge", "uger") if rule.within_weeks else (rule.within_months, "måned", "måneder")
    )
    span = f"fra {rule.start_name} {format_day(start)} til {format_day(counted)}"
    reason = f"Mindst {rule.times} inden for {number} {one if number == 1 else many}, {span}."
    if deadline != counted:
        what = find_closed(counted, programme.closed_days)
        reason += f" Den sidste dag er {what}, så fristen er {format_day(deadline)}. {programme.closed_days.reason}."
    return reason
