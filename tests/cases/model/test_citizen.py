"""What a citizen's case says of itself."""

from datetime import date
from typing import Any

import pytest
from builders import citizen_case, citizen_yaml

from kvisdocs.cases.load import check_source
from kvisdocs.cases.yaml.source import parse_source
from kvisdocs.problems import KvisdocsError


def test_a_case_is_closed_from_the_day_of_its_outcome():
    case = citizen_case(outcome={"date": "2013-01-07", "kind": "to_job"})
    assert not case.is_closed_on(date(2013, 1, 6))
    assert case.is_closed_on(date(2013, 1, 7))


def test_a_case_without_an_outcome_is_open():
    assert not citizen_case().is_closed_on(date(2099, 1, 1))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"citizen": {"last_name": "Øst\nergård"}}, "citizen.last_name: the name holds a line break or a tab"),
        ({"citizen": {"last_name": "a" * 121}}, 'citizen.last_name: "aaa'),
        ({"citizen": {"address": {"street": "\u0301rvej"}}}, "citizen.address.street: the name begins with U+0301"),
        ({"citizen": {"address": {"postcode": "0000"}}}, 'citizen.address.postcode: there is no postcode "0000"'),
        ({"employment": {"norm_hours": "37,0000000001"}}, "employment.norm_hours has too many decimals"),
        ({"employment": {"norm_hours": "80"}}, "employment.norm_hours is too large"),
        ({"sickness": {"first_day": "1012-09-10"}}, 'sickness.first_day: "1012-09-10" has the year 1012; check it'),
        ({"employment": {"job": "kok \ue123"}}, "employment.job: the name holds U+E123, which means something in one"),
    ],
)
def test_a_value_that_cannot_be_is_told_at_its_place(changes: dict[str, Any], complaint: str) -> None:
    text = citizen_yaml(**changes)
    with pytest.raises(KvisdocsError) as caught:
        check_source(parse_source(text, "case.yaml"))
    (problem,) = caught.value.problems
    key = complaint.split(":")[0].split()[0].rpartition(".")[2]
    assert text.split("\n")[problem.position.line - 1].lstrip().startswith(f"{key}:")
    assert problem.what.startswith(complaint.partition(";")[0])
