from typing import Any

import pytest
from builders import citizen_yaml, loaded_case

from kvisdocs.problems import Severity
from kvisdocs.programme.checks import check_case

TRACK = {"purpose": "Tilbage", "activities": [{"goal": "Et mål", "responsible": "Du"}]}
PLAN = {"agreed": "2016-03-21", "goal": "Fuld tid", "employment": TRACK}


def warnings(**changes: Any) -> list[str]:
    """The warnings of a case under reform-2014, sick from Monday 1 February 2016; each with the text of its line."""
    sickness = {"first_day": "2016-02-01", "visitation": "2016-03-14", **changes.pop("sickness", {})}
    text = citizen_yaml(programme="reform-2014", sickness=sickness, **changes)
    lines = text.splitlines()
    return [
        f"{lines[problem.position.line - 1].strip()} | {problem.what}; {problem.todo}"
        for problem in check_case(loaded_case(text))
        if problem.severity is Severity.WARNING
    ]


def graded(*steps: tuple[str, str]) -> dict[str, Any]:
    return {
        "kind": "partial_return",
        "steps": [{"start": start, "hours": hours, "tasks": "Bilag"} for start, hours in steps],
    }


def test_category_one_is_for_full_recovery_within_eight_weeks() -> None:
    eight_weeks = graded(("2016-03-07", "20"), ("2016-03-28", "37"))
    a_day_more = graded(("2016-03-07", "20"), ("2016-03-29", "37"))
    assert warnings(sickness={"category": "1"}, return_plan=eight_weeks) == []
    assert warnings(sickness={"category": "1"}, return_plan=a_day_more) == [
        "- start: '2016-03-29' | the graded plan runs to 2016-03-28, and category 1 is for recovery "
        "within 8 weeks (to 2016-03-27); visit the case again to the category that fits"
    ]


def test_a_recovery_after_eight_weeks_was_no_category_one() -> None:
    assert warnings(sickness={"category": "1", "recovered": "2016-03-28"}) == []
    assert warnings(sickness={"category": "1", "recovered": "2016-03-30"}) == [
        "recovered: '2016-03-30' | the sickness lasted to 2016-03-29, and category 1 is for recovery "
        "within 8 weeks (to 2016-03-27); visit the case again to the category that fits"
    ]


@pytest.mark.parametrize("category", ["2", "3"])
def test_a_plan_that_ends_within_eight_weeks_is_no_category_two_or_three(category: str) -> None:
    assert warnings(
        sickness={"category": category}, return_plan=graded(("2016-03-07", "20"), ("2016-03-28", "37"))
    ) == [
        f"- start: '2016-03-28' | the graded plan runs to 2016-03-27, and category {category} is for "
        "more than 8 weeks (to 2016-03-27); check the dates, or visit the case again"
    ]


def test_category_three_needs_a_rehabilitation_plan_and_several_professions() -> None:
    assert warnings(sickness={"category": "3"}, plan=PLAN) == [
        "category: '3' | there is a plan, but no \"rehabilitation_plan\" (Rehabiliteringsplan), which category 3 "
        'needs; add "rehabilitation_plan" under steps with its date, or visit the case again',
        "agreed: '2016-03-21' | the plan has 1 track, and category 3 needs 2: an effort of several professions; "
        "add a track (health or social), or visit the case again",
    ]
    whole = {**PLAN, "social": TRACK}
    assert warnings(sickness={"category": "3"}, plan=whole, steps={"rehabilitation_plan": "2016-03-14"}) == []


def test_category_three_needs_nothing_before_there_is_a_plan() -> None:
    assert warnings(sickness={"category": "3"}) == []


def test_categories_of_the_reform_hold_from_january_2015() -> None:
    plan = graded(("2014-11-03", "20"), ("2015-01-12", "37"))
    early = {"category": "1", "first_day": "2014-10-06", "visitation": "2014-10-20"}
    late = {"category": "1", "first_day": "2015-01-05", "visitation": "2015-01-19"}
    assert warnings(sickness=early, return_plan=plan) == []
    assert len(warnings(sickness=late, return_plan=graded(("2015-02-02", "20"), ("2015-03-03", "37")))) == 1


@pytest.mark.parametrize("category", ["1", "3"])
def test_kvis_takes_no_one_but_category_two(category: str) -> None:
    found = check_case(loaded_case(citizen_yaml(sickness={"category": category})))
    assert [str(problem) for problem in found] == [
        f"case.yaml:18:13: warning: kvis-2011 takes no one in category {category}; "
        "write 2, or name the programme that fits"
    ]


def test_kvis_takes_no_one_who_has_been_sick_for_more_than_eight_weeks() -> None:
    def said(visitation: str) -> list[str]:
        text = citizen_yaml(sickness={"category": "2", "visitation": visitation})
        return [str(problem) for problem in check_case(loaded_case(text))]

    assert said("2012-11-04") == []
    assert said("2012-11-05") == [
        "case.yaml:17:15: warning: the visitation, 2012-11-05, is later than 8 weeks of sickness (to 2012-11-04); "
        "check both dates, or note in the case why"
    ]
