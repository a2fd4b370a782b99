from datetime import date

import pytest

from kvisdocs.programme.rules.rule_registry import load_programme
from kvisdocs.programme.rules.rules import ClosedDays
from kvisdocs.programme.rules.working_days import find_closed, move_deadline, public_holidays

REFORM = load_programme("reform-2014").closed_days
RULE = {"on_closed_day": "next", "reason": "Lukket", "reference": "§ 27", "sure": "source"}


def test_next_year_has_its_holidays() -> None:
    """Easter moves and parliaments abolish holidays: without the year's data a deadline would fall on a closed day."""
    year = date.today().year + 1  # noqa: DTZ011  (the year on the wall is meant)
    known = len(public_holidays(year))
    assert known >= 10, (
        f'the library "holidays" knows {known} Danish holidays in {year}, and there are at least 10. '
        'Put it right: raise "holidays" in constraints.txt and pyproject.toml to the newest version, '
        "run .venv/bin/pip install -c constraints.txt -e . and this test again"
    )


def test_the_holidays_of_2012() -> None:
    assert {str(day): name for day, name in sorted(public_holidays(2012).items())} == {
        "2012-01-01": "nytårsdag",
        "2012-04-05": "skærtorsdag",
        "2012-04-06": "langfredag",
        "2012-04-08": "påskedag",
        "2012-04-09": "anden påskedag",
        "2012-05-04": "store bededag",
        "2012-05-17": "Kristi himmelfartsdag",
        "2012-05-27": "pinsedag",
        "2012-05-28": "anden pinsedag",
        "2012-12-25": "juledag",
        "2012-12-26": "anden juledag",
    }


def test_store_bededag_fell_away_from_2024() -> None:
    assert public_holidays(2023)[date(2023, 5, 5)] == "store bededag"
    assert "store bededag" not in public_holidays(2024).values()
    assert find_closed(date(2024, 4, 26), REFORM) is None


@pytest.mark.parametrize(
    ("day", "what"),
    [
        ("2015-04-02", "skærtorsdag"),
        ("2015-04-04", "en lørdag"),
        ("2015-04-05", "påskedag"),
        ("2015-06-05", "grundlovsdag"),
        ("2015-12-24", "juleaftensdag"),
        ("2015-12-31", "nytårsaftensdag"),
        ("2015-05-01", "store bededag"),
        ("2017-05-01", None),
        ("2015-05-15", None),
        ("2015-04-07", None),
    ],
)
def test_what_makes_a_day_a_closed_one(day: str, what: str | None) -> None:
    assert find_closed(date.fromisoformat(day), REFORM) == what


@pytest.mark.parametrize(
    ("day", "on_closed_day", "moved"),
    [
        pytest.param("2015-04-02", "next", "2015-04-07", id="from Maundy Thursday over Easter to Tuesday"),
        pytest.param("2015-04-06", "previous", "2015-04-01", id="from Easter Monday back to Wednesday"),
        pytest.param("2015-12-24", "next", "2015-12-28", id="over Christmas and its week-end"),
        pytest.param("2016-01-01", "previous", "2015-12-30", id="back over the year's end"),
        pytest.param("2015-04-05", "stay", "2015-04-05", id="stays on Easter Sunday"),
        pytest.param("2015-04-07", "next", "2015-04-07", id="open already"),
    ],
)
def test_where_a_deadline_goes(day: str, on_closed_day: str, moved: str) -> None:
    assert move_deadline(date.fromisoformat(day), REFORM, on_closed_day) == date.fromisoformat(moved)


def test_without_a_word_the_programmes_own_rule_holds() -> None:
    assert move_deadline(date(2015, 4, 5), REFORM) == date(2015, 4, 1)


def test_a_programme_may_leave_holidays_and_other_days_open() -> None:
    only_weekends = ClosedDays.model_validate({**RULE, "public_holidays": "nej"})
    assert find_closed(date(2015, 12, 24), only_weekends) is None
    assert find_closed(date(2015, 4, 6), only_weekends) is None
    assert move_deadline(date(2015, 4, 4), only_weekends) == date(2015, 4, 6)
