"""What a citizen's case says of itself."""

import re
from datetime import date
from typing import Any

import pytest
from builders import citizen_case
from pydantic import ValidationError


def test_a_case_is_closed_from_the_day_of_its_outcome():
    case = citizen_case(outcome={"date": "2013-01-07", "kind": "to_job"})
    assert not case.is_closed_on(date(2013, 1, 6))
    assert case.is_closed_on(date(2013, 1, 7))


def test_a_case_without_an_outcome_is_open():
    assert not citizen_case().is_closed_on(date(2099, 1, 1))


GIVEN = {"kind": "disclose", "party": "gp", "covers": ["timerne"], "given": "2012-10-31"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            {"web_registrations": [{"number": "2", "date": "2012-10-22"}] * 2},
            "registration 2 is there twice; number them 1 to 4",
            id="the same web registration twice",
        ),
        pytest.param(
            {"consents": [{**GIVEN, "expires": "2012-04-30"}]},
            "2012-04-30 is before the consent was given, 2012-10-31; correct one of the dates",
            id="a consent that expires before it is given",
        ),
        pytest.param(
            {"consents": [{**GIVEN, "withdrawn": "2012-10-30"}]},
            "2012-10-30 is before the consent was given, 2012-10-31; correct one of the dates",
            id="a consent withdrawn before it is given",
        ),
    ],
)
def test_a_case_that_contradicts_itself_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(message)):
        citizen_case(**changes)
