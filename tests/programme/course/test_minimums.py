"""So many times within a period: what counts, when the period ends, and what is said of it on each day."""

from datetime import date, timedelta

import pytest
from builders import citizen_case
from hypothesis import given
from hypothesis import strategies as st

from kvisdocs.programme.course.course import check_category
from kvisdocs.programme.course.deadlines import State, find_step_states
from kvisdocs.programme.course.minimums import find_minimum_state
from kvisdocs.programme.rules.rule_registry import load_programme
from kvisdocs.programme.rules.working_days import add_months

LAW = load_programme("forenkling-2025")
(RULE,) = LAW.minimums
FIRST = date(2026, 9, 14)
LAST = date(2027, 3, 13)
"""A Saturday; the deadline that is shown is the Friday before."""

days = st.dates(date(2026, 8, 1), date(2027, 6, 1))


def state_of(on: date, contacts: list[date], kind: str = "talk", **changes):
    case = citizen_case(
        programme="forenkling-2025",
        sickness={"first_day": FIRST, "visitation": None, **changes},
        contacts=[{"date": day, "kind": kind} for day in contacts],
    )
    return find_minimum_state(case, LAW, RULE, on)


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        ("2026-09-14", 6, "2027-03-13"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-09-01", 6, "2027-02-28"),
        ("2023-08-30", 6, "2024-02-29"),
        ("2023-08-29", 6, "2024-02-28"),
        ("2026-10-31", 1, "2026-11-30"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-07-01", 6, "2026-12-31"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-01-01", 120, "2035-12-31"),
        ("9999-12-31", 6, "9999-12-31"),
    ],
)
def test_the_months_end_on_the_day_before_the_same_day(first: str, months: int, last: str) -> None:
    assert add_months(date.fromisoformat(first), months) == date.fromisoformat(last)


@given(first=st.dates(date(1990, 1, 1), date(2090, 1, 1)), months=st.integers(1, 120))
def test_months_follow_each_other_without_a_gap(first: date, months: int) -> None:
    last = add_months(first, months)
    assert 28 * months - 1 <= (last - first).days <= 31 * months - 1
    assert add_months(first + timedelta(days=1), months) >= last
    if first.day <= 28:
        assert add_months(last + timedelta(days=1), 1) == add_months(first, months + 1)


@given(on=st.dates(FIRST, date(2027, 6, 1)), contacts=st.lists(days, max_size=8))
def test_the_count_is_that_of_the_days_and_the_state_follows_from_it(on: date, contacts: list[date]) -> None:
    held = sorted({day for day in contacts if FIRST <= day <= on})
    state = state_of(on, contacts)
    assert state is not None
    assert (state.count, state.deadline) == (f"{len(held)} af 4", date(2027, 3, 12))
    if len(held) >= 4:
        assert (state.done, state.state) == (held[3], State.IN_TIME if held[3] <= LAST else State.LATE)
    else:
        assert (state.done, state.state) == (None, State.DUE if on < LAST else State.OVERDUE)
        assert state.days == abs((on - date(2027, 3, 12)).days)
    assert state.words.startswith(f"{state.count}, ")


@pytest.mark.parametrize(
    ("kind", "count"),
    [("talk", 1), ("joint_talk", 1), ("phone", 1), ("video", 1), ("digital", 1), ("letter", 0)],
)
def test_what_counts_is_the_rules_to_say(kind: str, count: int) -> None:
    state = state_of(date(2026, 11, 23), [date(2026, 11, 2)], kind)
    assert state is not None
    assert state.count == f"{count} af 4"


def test_nothing_is_counted_before_the_first_day_nor_after_recovery() -> None:
    assert state_of(date(2026, 9, 13), []) is None
    assert state_of(date(2027, 4, 1), [], recovered=date(2027, 3, 12)) is None
    late = state_of(date(2027, 4, 1), [], recovered=date(2027, 3, 14))
    assert late is not None
    assert (late.state, late.words) == (State.OVERDUE, "0 af 4, 2 dage over fristen")


def test_a_period_of_one_week_and_one_that_counts_from_a_step() -> None:
    rule = RULE.model_copy(update={"within_months": None, "within_weeks": 1, "counted_from": "first_talk", "times": 1})
    case = citizen_case(
        programme="forenkling-2025", sickness={"first_day": FIRST}, steps={"first_talk": date(2026, 10, 26)}
    )
    state = find_minimum_state(case, LAW, rule, date(2026, 10, 27))
    assert state is not None
    assert (state.deadline, state.count) == (date(2026, 10, 30), "1 af 1")
    assert state.reason == (
        "Mindst 1 inden for 1 uge, fra første sygedag mandag den 26. oktober 2026 til søndag den 1. november 2026. "
        "Den sidste dag er en søndag, så fristen er fredag den 30. oktober 2026. "
        "Kommunen har lukket, og dens egen frist bliver ikke længere af det."
    )
    assert find_minimum_state(case, LAW, rule, date(2026, 10, 25)) is None


def test_the_row_stands_after_the_steps() -> None:
    case = citizen_case(programme="forenkling-2025", sickness={"first_day": FIRST, "visitation": None})
    rows = [state.id for state in find_step_states(case, LAW, date(2026, 11, 23))]
    assert rows[-2:] == ["reassessment", "follow_ups"]


def test_a_law_without_categories_takes_no_category() -> None:
    rules = LAW.model_copy(update={"categories": (), "minimums": (RULE.model_copy(update={"categories": ()}),)})
    case = citizen_case(programme="forenkling-2025", sickness={"first_day": FIRST, "category": 2})

    (found,) = check_category(case, rules)
    assert (found.path, found.what) == (("sickness", "category"), "forenkling-2025 has no categories")
    assert [state.id for state in find_step_states(case, rules, date(2026, 11, 23))][-1] == "follow_ups"
