"""Company-directed courses, offers and the end: days, attendance, reasons, and what the programme does not have."""

from typing import Any

from builders import citizen_yaml, loaded_case

from kvisdocs.programme.checks import check_case


def found(**changes: Any) -> list[str]:
    return [
        f"{problem.severity}: {problem.what}; {problem.todo}"
        for problem in check_case(loaded_case(citizen_yaml(**changes)))
    ]


COURSE = {"kind": "partial_return", "start": "2012-11-19"}
OFFER = {"kind": "psychoeducation", "start": "2012-11-05"}


def test_courses_and_offers_that_add_up() -> None:
    course = {**COURSE, "end": "2012-11-19", "days_planned": "10", "days_attended": "10"}
    offer = {**OFFER, "end": "2012-12-10", "sessions_planned": "6", "sessions_attended": "0", "relatives": "ja"}
    assert found(company_courses=[course, course], offers=[offer, {**OFFER, "kind": "mentor"}]) == []


def test_what_ends_before_it_begins_or_begins_before_the_sickness() -> None:
    course, offer = {**COURSE, "end": "2012-11-18"}, {**OFFER, "end": "2012-11-04"}
    assert found(company_courses=[COURSE, course], offers=[offer, {**OFFER, "start": "2012-09-09"}]) == [
        "warning: the company-directed course ends on 2012-11-18, before it begins on 2012-11-19; check both dates",
        "warning: offer 1 ends on 2012-11-04, before it begins on 2012-11-05; check both dates",
        "warning: offer 2 is dated 2012-09-09, before the first day of sickness, 2012-09-10; check both dates",
    ]


def test_nobody_attends_more_than_is_planned() -> None:
    course = {**COURSE, "days_planned": "10", "days_attended": "11"}
    offer = {**OFFER, "sessions_planned": "6", "sessions_attended": "60"}
    assert found(company_courses=[course], offers=[offer]) == [
        "warning: attended 11 times of 10 planned; check both numbers",
        "warning: attended 60 times of 6 planned; check both numbers",
    ]


def test_an_offer_that_the_programme_does_not_have() -> None:
    said = found(offers=[{**OFFER, "kind": "psykoedukation"}, {**OFFER, "kind": "mentorr"}, {**OFFER, "kind": "yoga"}])
    assert said == [
        'error: kvis-2011 has no offer "psykoedukation"; write psychoeducation, which means "Psykoedukation"',
        'error: kvis-2011 has no offer "mentorr"; did you mean "mentor"?',
        'error: kvis-2011 has no offer "yoga"; use one of: mentor, other, psychoeducation, sleep_school, walking_group',
    ]


def test_a_programme_without_offers_takes_any() -> None:
    said = found(programme="reform-2014", offers=[{**OFFER, "kind": "yoga"}])
    assert not [line for line in said if "yoga" in line]


def test_an_end_without_recovery_has_a_reason() -> None:
    end = {"date": "2012-11-12", "kind": "not_recovered"}
    assert found(outcome={**end, "reason": "moved"}) == []
    assert found(outcome=end) == [
        'warning: the course ended without recovery, and no reason is given; add "reason: …" below it'
    ]
    assert found(outcome={**end, "reason": "flytet"}) == [
        'error: kvis-2011 has no reason to end "flytet"; use one of: moved, other, other_benefit, time_limit, withdrew'
    ]
    both = found(outcome={**end, "reason": "moved"}, sickness={"recovered": "2012-11-12"})
    assert both == [
        "warning: recovered on 2012-11-12, and the course is said to have ended without recovery; "
        "correct one of the two"
    ]


def test_a_recovery_has_none() -> None:
    for kind in ("to_job", "full_time", "part_time", "to_unemployment_fund", "other_recovery"):
        assert found(outcome={"date": "2012-11-12", "kind": kind}) == []
        assert found(outcome={"date": "2012-11-12", "kind": kind, "reason": "moved"}) == [
            "warning: a reason is for a course that ended without recovery; delete it, or write kind: not_recovered"
        ]
    assert found(outcome={"date": "2012-11-12", "kind": "other", "reason": "moved"}) == []


def test_each_is_told_where_it_stands() -> None:
    course, offer = {**COURSE, "end": "2012-11-18"}, {**OFFER, "end": "2012-11-04"}
    loaded = loaded_case(citizen_yaml(company_courses=[COURSE, course], offers=[{**OFFER, "kind": "yoga"}, offer]))
    lines = loaded.source.text.splitlines()
    assert [lines[problem.position.line - 1].strip() for problem in check_case(loaded)] == [
        "end: '2012-11-18'",
        "- kind: yoga",
        "end: '2012-11-04'",
    ]
