"""What a citizen's case says of itself."""

from datetime import date

from builders import citizen_case


def test_a_case_is_closed_from_the_day_of_its_outcome():
    case = citizen_case(outcome={"date": "2013-01-07", "kind": "to_job"})
    assert not case.is_closed_on(date(2013, 1, 6))
    assert case.is_closed_on(date(2013, 1, 7))


def test_a_case_without_an_outcome_is_open():
    assert not citizen_case().is_closed_on(date(2099, 1, 1))
