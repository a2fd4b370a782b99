from datetime import date
from pathlib import Path

import pytest
from builders import citizen_yaml, loaded_case

from kvisdocs.problems import Severity
from kvisdocs.programme.checks import check_case
from kvisdocs.programme.rules.rule_registry import describe_standing, find_programme_file, load_programme
from kvisdocs.programme.rules.rules import Confirmed


def warnings(programme: str, first_day: str, visitation: str | None) -> list[str]:
    text = citizen_yaml(programme=programme, sickness={"first_day": first_day, "visitation": visitation})
    return [str(problem) for problem in check_case(loaded_case(text)) if problem.severity is Severity.WARNING]


@pytest.mark.parametrize(
    ("programme", "first_day", "visitation"),
    [
        pytest.param("kvis-2011", "2011-08-15", "2011-10-03", id="sick before the project, visited in it"),
        pytest.param("kvis-2011", "2011-09-26", None, id="sick before the project, not visited yet"),
        pytest.param("kvis-2011", "2013-02-04", "2013-03-31", id="visited on the project's last day"),
        pytest.param("reform-2014", "2014-07-01", None, id="sick on the first day of the law"),
        pytest.param("reform-2014", "2019-12-31", "2020-02-03", id="sick on its last day, visited after it"),
    ],
)
def test_a_course_that_began_within_its_programme(programme: str, first_day: str, visitation: str | None) -> None:
    assert warnings(programme, first_day, visitation) == []


@pytest.mark.parametrize(
    ("programme", "first_day", "visitation", "said"),
    [
        (
            "kvis-2011",
            "2016-02-01",
            "2016-03-14",
            "kvis-2011 holds from 2011-10-01 to 2013-03-31, and the visitation is 2016-03-14; "
            "write reform-2014, if its rules fit",
        ),
        (
            "kvis-2011",
            "2013-04-01",
            None,
            "kvis-2011 holds from 2011-10-01 to 2013-03-31, and the first day of sickness is 2013-04-01; "
            "no other fits; see: kvisdocs docs programmes",
        ),
        (
            "reform-2014",
            "2012-09-10",
            "2012-10-22",
            "reform-2014 holds from 2014-07-01 to 2019-12-31, and the first day of sickness is 2012-09-10; "
            "write kvis-2011, if its rules fit",
        ),
        (
            "reform-2014",
            "2020-01-01",
            None,
            "reform-2014 holds from 2014-07-01 to 2019-12-31, and the first day of sickness is 2020-01-01; "
            "write forenkling-2020, if its rules fit",
        ),
    ],
)
def test_a_course_that_began_outside_is_told_which_fits(
    programme: str, first_day: str, visitation: str | None, said: str
) -> None:
    assert warnings(programme, first_day, visitation) == [f"case.yaml:3:12: warning: {said}"]


def test_rules_without_an_end_hold_on() -> None:
    validity = load_programme("reform-2014").validity.model_copy(update={"valid_to": None})
    assert validity.covers(date(2026, 1, 1))
    assert not validity.covers(date(2014, 6, 30))


def test_rules_that_stand_for_a_law_are_noted_at_their_file() -> None:
    text = citizen_yaml(programme="reform-2014", sickness={"first_day": "2016-02-01", "visitation": "2016-03-14"})
    (note,) = check_case(loaded_case(text))
    assert (note.severity, Path(note.position.file).name) == (Severity.NOTE, "reform-2014.yaml")
    line = find_programme_file("reform-2014").read_text(encoding="utf-8").splitlines()[note.position.line - 1]
    assert line.startswith("legal_notice: Reglerne er ikke juridisk rådgivning.")
    assert (note.what, note.todo) == (
        "these rules are not legal advice: they were gathered from public pages",
        'let a jurist confirm them, and write "confirmed: …" in templates/programmes (see: kvisdocs docs programmes)',
    )


def test_confirmed_rules_and_those_of_a_project_bear_no_note() -> None:
    reform = load_programme("reform-2014")
    assert describe_standing(reform) is not None
    confirmed = Confirmed(by="Jurist N.N.", on=date(2015, 1, 2))
    assert describe_standing(reform.model_copy(update={"confirmed": confirmed})) is None
    assert describe_standing(load_programme("kvis-2011")) is None
