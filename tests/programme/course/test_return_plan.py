from decimal import Decimal
from typing import Any

import pytest
from builders import citizen_case

from kvisdocs.cases.model.plan import ReturnStep
from kvisdocs.programme.course.return_plan import Finding, absence_hours, check_return_plan
from kvisdocs.programme.rules.rule_registry import load_programme

KVIS = load_programme("kvis-2011")


def findings(
    *steps: tuple[str, str] | tuple[str, str, str], kind: str = "partial_return", **employment: Any
) -> tuple[Finding, ...]:
    """The findings of a plan of (start, hours) or (start, hours, end)."""
    names = ("start", "hours", "end")
    plan = {"kind": kind, "steps": [{**dict(zip(names, step, strict=False)), "tasks": "Bilag"} for step in steps]}
    return check_return_plan(citizen_case(return_plan=plan, employment=employment), KVIS)


def hours(number: int) -> tuple[str | int, ...]:
    return ("return_plan", "steps", number, "hours")


def test_a_case_without_a_plan_has_no_findings() -> None:
    assert check_return_plan(citizen_case(), KVIS) == ()


def test_a_plan_that_keeps_to_the_limits() -> None:
    assert findings(("2012-12-03", "12"), ("2012-12-17", "12"), ("2013-01-07", "33"), ("2013-02-04", "37")) == ()


def test_hours_that_fall() -> None:
    assert findings(("2012-12-03", "20"), ("2012-12-17", "15"), ("2013-01-07", "37")) == (
        Finding(hours(1), "the hours fall from 20 to 15", "write 20 or more, or make a new plan from 2012-12-17"),
    )


@pytest.mark.parametrize("worked", ["33.5", "35", "36.75"])
def test_a_step_with_less_than_four_hours_of_absence(worked: str) -> None:
    left = Decimal(37) - Decimal(worked)
    assert findings(("2012-12-03", worked), ("2012-12-17", "37")) == (
        Finding(
            hours(0),
            f"{worked} of 37 hours leave {left} hours of absence a week, and sickness benefit needs 4",
            "write 33 at most, or 37 for full time",
        ),
    )


def test_a_step_above_the_normal_hours() -> None:
    assert findings(("2012-12-03", "20"), ("2012-12-17", "40")) == (
        Finding(hours(1), "40 hours a week are more than the normal 37", "write 37 at most, or put norm_hours right"),
    )


def test_twenty_two_weeks_to_full_time_are_not_too_long() -> None:
    assert findings(("2012-10-01", "20"), ("2013-03-04", "37")) == ()


def test_a_day_more_than_twenty_two_weeks_to_full_time() -> None:
    assert findings(("2012-10-01", "20"), ("2013-03-05", "37")) == (
        Finding(
            ("return_plan", "steps", 1, "start"),
            "the partial return lasts 22 weeks and 1 day, and 22 weeks are the main rule",
            "shorten it, or note in the case why it must last longer",
        ),
    )


def test_without_full_time_the_last_end_counts() -> None:
    assert findings(("2012-10-01", "20", "2013-03-03")) == ()
    assert findings(("2012-10-01", "20", "2013-03-10")) == (
        Finding(
            ("return_plan", "steps", 0, "end"),
            "the partial return lasts 23 weeks, and 22 weeks are the main rule",
            "shorten it, or note in the case why it must last longer",
        ),
    )


def test_an_open_last_step_below_full_time_has_no_end() -> None:
    assert findings(("2012-12-03", "12"), ("2012-12-17", "20")) == (
        Finding(
            ("return_plan", "steps", 1),
            "the partial return has no end: the last step is open, and below full time",
            "add its end, or a step with 37 hours",
        ),
    )


def test_the_self_employed_work_a_quarter_a_half_or_all() -> None:
    steps = (("2012-12-03", "9,25"), ("2012-12-17", "18,5"), ("2013-01-07", "37"))
    assert findings(*steps, status="self_employed") == ()
    assert findings(("2012-12-03", "12"), ("2013-01-07", "37"), status="self_employed") == (
        Finding(
            hours(0),
            "12 of 37 hours is not a share that the self-employed may work (25 or 50 per cent)",
            "write 9.25, 18.5 or 37",
        ),
    )


def test_without_normal_hours_only_falls_and_length_are_checked() -> None:
    assert findings(("2012-10-01", "36"), ("2012-10-08", "20", "2013-03-10"), norm_hours=None) == (
        Finding(hours(1), "the hours fall from 36 to 20", "write 36 or more, or make a new plan from 2012-10-08"),
        Finding(
            ("employment", "norm_hours"),
            "the graded plan cannot be checked without normal hours",
            "add norm_hours, the normal hours a week",
        ),
        Finding(
            ("return_plan", "steps", 1, "end"),
            "the partial return lasts 23 weeks, and 22 weeks are the main rule",
            "shorten it, or note in the case why it must last longer",
        ),
    )


def test_a_work_placement_is_only_checked_for_falling_hours() -> None:
    steps = (("2012-01-02", "36"), ("2012-12-17", "20"))
    assert findings(*steps, kind="work_placement", status="unemployed", norm_hours=None) == (
        Finding(hours(1), "the hours fall from 36 to 20", "write 36 or more, or make a new plan from 2012-12-17"),
    )


@pytest.mark.parametrize(("worked", "absent"), [("0", "37"), ("33", "4"), ("18,5", "18.5"), ("37", "0"), ("40", "0")])
def test_absence_is_what_is_left_of_the_normal_hours(worked: str, absent: str) -> None:
    step = ReturnStep.model_validate({"start": "2012-12-03", "hours": worked, "tasks": "Bilag"})
    assert absence_hours(step, Decimal(37)) == Decimal(absent)
