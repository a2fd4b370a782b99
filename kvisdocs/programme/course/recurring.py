"""What must happen again and again in a course: contacts, follow-ups and registrations, with the gaps found."""

from datetime import date
from itertools import pairwise

from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.programme.course.course import find_done, find_end, find_start, is_rule_for, is_step_for
from kvisdocs.programme.course.states import State, StepState, format_day, format_list
from kvisdocs.programme.rules.rules import Programme, Recurring
from kvisdocs.programme.rules.working_days import add_days, move_deadline


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
    held = _find_held(case, programme, rule, start, end)
    deadline = None if recovered else _next_day(held[-1] if held else start, programme, rule)
    days = [start, *held, end]
    gaps = [(a, b) for a, b in pairwise(days) if b > _last_day(a, programme, rule)]
    over = max(((b - _last_day(a, programme, rule)).days for a, b in gaps), default=0)
    count, unit = (rule.every_weeks, "uge") if rule.every_weeks else (rule.every_days, "dag")
    plural = "uger" if rule.every_weeks else "dage"
    if not gaps:
        state, words = State.IN_TIME, f"hver {count}. {unit} holdt"
        span = f"Fra {rule.start_name} {format_day(start)} til {format_day(end)}"
        reason = f"{span} gik der aldrig over {count} {plural} uden kontakt."
    else:
        state = State.OVERDUE if not recovered and on > _last_day(days[-2], programme, rule) else State.LATE
        words = f"{len(gaps)} {'periode' if len(gaps) == 1 else 'perioder'} over {count} {plural}"
        spans = format_list([f"fra {format_day(a)} til {format_day(b)} ({(b - a).days} dage)" for a, b in gaps])
        reason = f"Der var ingen kontakt {spans}."
    return StepState(rule.id, rule.label, deadline, held[-1] if held else None, state, over, words, reason)


def _find_held(case: CitizenCase, programme: Programme, rule: Recurring, start: date, end: date) -> list[date]:
    """The days on which there was a contact that counts, each once, sorted."""
    talks = [
        day
        for step in programme.steps
        if step.is_contact and is_step_for(case, programme, step) and (day := find_done(case, programme, step.id, end))
    ]
    contacts = [contact.date for contact in case.contacts if contact.kind in rule.kinds]
    return sorted({day for day in (*talks, *contacts) if start <= day <= end})


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
