"""The age that a CPR number tells, beside the first day of sickness: errors and warnings at the number."""

import pytest
from builders import citizen_yaml, loaded_case

from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.programme.course.dates import check_birth


def said(cpr: str, first_day: str = "2026-09-10") -> list[str]:
    loaded = loaded_case(citizen_yaml(citizen={"cpr": cpr}, sickness={"first_day": first_day, "visitation": None}))
    assert isinstance(loaded.case, CitizenCase)
    line = loaded.source.locate(("citizen", "cpr")).line
    return [str(each).removeprefix(f"case.yaml:{line}:8: ") for each in check_birth(loaded.case, loaded.source)]


TODO = "; check the number digit by digit, and the first day of sickness"


@pytest.mark.parametrize(
    ("cpr", "what"),
    [
        ("610127-4001", "the CPR number says born 2027-01-01, after the first day of sickness, 2026-09-10"),
        ("110926-4001", "the CPR number says born 2026-09-11, after the first day of sickness, 2026-09-10"),
        (
            "110911-4001",
            "warning: the CPR number says born 2011-09-11, "
            "which is 14 years old on the first day of sickness, 2026-09-10",
        ),
        (
            "010180-6012",
            "warning: the CPR number says born 1880-01-01 (the seventh digit, 6, tells the century), "
            "which is 146 years before the first day of sickness",
        ),
        (
            "090925-0001",
            "warning: the CPR number says born 1925-09-09 (the seventh digit, 0, tells the century), "
            "which is 101 years before the first day of sickness",
        ),
        (
            "090950-1001",
            "warning: the CPR number says born 1950-09-09 (the seventh digit, 1, tells the century), "
            "which is 76 years before the first day of sickness",
        ),
    ],
)
def test_an_age_that_can_hardly_be(cpr: str, what: str) -> None:
    assert said(cpr) == [what + TODO]


@pytest.mark.parametrize("cpr", ["100911-4001", "100951-1001", "740468-1238", "010170-0000", "700170-1999"])
def test_an_age_that_can_be(cpr: str) -> None:
    """Fifteen on the day, seventy-five, a test number, one that fails modulus 11."""
    assert said(cpr) == []


def test_the_day_is_that_of_the_sickness() -> None:
    assert said("010112-4001", "2012-09-10") != []
    assert said("010112-4001", "2030-09-10") == []
