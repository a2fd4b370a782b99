from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

import pytest

from kvisdocs.templating.engine.formatting import (
    FILTERS,
    FormatError,
    capitalize_first,
    find_word,
    format_amount,
    format_date,
    format_genitive,
    format_hours,
    format_list,
    format_masked_cpr,
    format_number,
    format_numeric_date,
    format_percent,
    format_phone,
    format_short_date,
    format_time,
    format_week,
    format_weekday_date,
)

DAY = date(2012, 11, 4)


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        (format_date(DAY), "4.\xa0november\xa02012"),
        (format_short_date(DAY), "4.\xa0nov.\xa02012"),
        (format_short_date(date(2013, 5, 31)), "31.\xa0maj\xa02013"),
        (format_numeric_date(DAY), "04-11-2012"),
        (format_numeric_date(DAY, "dd.MM.y"), "04.11.2012"),
        (format_weekday_date(DAY), "søndag den 4.\xa0november\xa02012"),
        (format_week(DAY), "uge\xa044"),
        (format_week(date(2012, 12, 31)), "uge\xa01"),
        (format_time(time(9, 5)), "kl.\xa009.05"),
        (format_phone("96 28 00 00"), "96\xa028\xa000\xa000"),
        (format_masked_cpr("740468-1238"), "740468-xxxx"),
        (capitalize_first("ærø By"), "Ærø By"),
        (capitalize_first(""), ""),
    ],
)
def test_dates_and_texts(shown: str, wanted: str) -> None:
    assert shown == wanted


def test_short_months_have_one_full_stop_or_none() -> None:
    shown = [format_short_date(date(2012, month, 1)).split("\xa0")[1] for month in range(1, 13)]
    assert " ".join(shown) == "jan. feb. mar. apr. maj jun. jul. aug. sep. okt. nov. dec."


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        (0, "0"),
        (37, "37"),
        (Decimal("37.50"), "37,5"),
        (Decimal("0.125"), "0,13"),
        (Decimal("0.005"), "0,01"),
        (Decimal("-0.001"), "0"),
        (-1304, "-1.304"),
        (3286600, "3.286.600"),
        (18.5, "18,5"),
    ],
)
def test_numbers(number: Decimal | float, wanted: str) -> None:
    assert format_number(number) == wanted


@pytest.mark.parametrize(
    ("kroner", "wanted"),
    [
        (0, "0\xa0kr."),
        (3286600, "3.286.600\xa0kr."),
        (Decimal("1234.5"), "1.234,50\xa0kr."),
        (Decimal("-350000"), "-350.000\xa0kr."),
        (Decimal("-0.004"), "0\xa0kr."),
        (Decimal("0.999"), "1\xa0kr."),
    ],
)
def test_amounts_have_two_digits_of_oere_or_none(kroner: Decimal, wanted: str) -> None:
    assert format_amount(kroner) == wanted


@pytest.mark.parametrize(
    ("share", "wanted"),
    [
        (0, "0"),
        (Decimal("0.8"), "80"),
        (0.125, "13"),
        (Decimal("0.125"), "13"),
        (1, "100"),
        (-0.004, "0"),
        (-0.5, "-50"),
        (Decimal("12.5"), "1.250"),
    ],
)
def test_percentages_round_half_up(share: Decimal | float, wanted: str) -> None:
    assert format_percent(share) == f"{wanted}\xa0pct."


@pytest.mark.parametrize(("hours", "wanted"), [(1, "1\xa0time"), (0, "0\xa0timer"), (Decimal("18.5"), "18,5\xa0timer")])
def test_hours(hours: Decimal, wanted: str) -> None:
    assert format_hours(hours) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [([], ""), (["a"], "a"), (["a", "b"], "a og b"), (("a", "b", "c"), "a, b og c"), ([1, 2], "1 og 2")],
)
def test_lists(words: list[str], wanted: str) -> None:
    assert format_list(words) == wanted


def test_list_with_another_last_word() -> None:
    assert format_list(["job", "a-kasse"], "eller") == "job eller a-kasse"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("Udvalget", "Udvalgets"), ("Jens", "Jens'"), ("Marx", "Marx'"), ("SAS", "SAS'"), ("Bo", "Bos")],
)
def test_genitive(name: str, wanted: str) -> None:
    assert format_genitive(name) == wanted


def test_word() -> None:
    assert find_word("stress", {"stress": "stress", "anxiety": "angst"}) == "stress"


def test_word_that_is_missing_is_named_with_the_nearest() -> None:
    with pytest.raises(FormatError, match=r'there is no word for "anxiet"; did you mean "anxiety"\?'):
        find_word("anxiet", {"stress": "stress", "anxiety": "angst"})


DATES = (format_date, format_short_date, format_numeric_date, format_weekday_date, format_week)
NUMBERS = (format_number, format_hours, format_amount, format_percent)
TEXTS = (format_genitive, format_phone, format_masked_cpr, capitalize_first)


@pytest.mark.parametrize("show", [*DATES, *NUMBERS, *TEXTS, format_time, format_list])
def test_empty_value_is_refused(show: Callable[[object], str]) -> None:
    with pytest.raises(FormatError, match=r"an empty value is not a \w+; put {% if … %} around it"):
        show(None)


@pytest.mark.parametrize(
    ("show", "value"),
    [
        *((show, "2012-11-14") for show in DATES),
        *((show, value) for show in NUMBERS for value in ("37", True, float("nan"), Decimal("inf"))),
        *((show, 7) for show in TEXTS),
        (format_time, DAY),
        (format_list, "abc"),
    ],
)
def test_value_of_another_kind_is_refused(show: Callable[[object], str], value: object) -> None:
    with pytest.raises(FormatError, match=r'" is not a \w+; '):
        show(value)


def test_every_filter_is_ours_to_call() -> None:
    assert all(callable(each) for each in FILTERS.values())
