import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvisdocs.cases.values import (
    MONTHS,
    parse_amount,
    parse_count,
    parse_date,
    parse_flag,
    parse_number,
    parse_time,
)

Parse = Callable[[object], object]


@pytest.mark.parametrize(
    ("parse", "text", "value"),
    [
        (parse_date, "2012-11-14", date(2012, 11, 14)),
        (parse_date, " 2012-1-4 ", date(2012, 1, 4)),
        (parse_date, "14-11-2012", date(2012, 11, 14)),
        (parse_date, "14.11.2012", date(2012, 11, 14)),
        (parse_date, "14/11/2012", date(2012, 11, 14)),
        (parse_date, "14. november 2012", date(2012, 11, 14)),
        (parse_date, "1 Maj 2012", date(2012, 5, 1)),
        (parse_date, "1. okt. 2012", date(2012, 10, 1)),
        (parse_date, "29-02-2012", date(2012, 2, 29)),
        (parse_time, "13:00", time(13)),
        (parse_time, "kl. 9.05", time(9, 5)),
        (parse_flag, "Ja", True),
        (parse_flag, "no", False),
        (parse_number, "37", Decimal(37)),
        (parse_number, "37,5", Decimal("37.5")),
        (parse_number, "37.5", Decimal("37.5")),
        (parse_number, "1.037", Decimal(1037)),
        (parse_number, "1.037,25", Decimal("1037.25")),
        (parse_number, "-3", Decimal(-3)),
        (parse_count, "304", 304),
        (parse_count, "1.304", 1304),
        (parse_amount, "3.286.600", Decimal(3286600)),
        (parse_amount, "3.286.600 kr.", Decimal(3286600)),
        (parse_amount, "4,5 mio. kr.", Decimal(4500000)),
        (parse_amount, "2 mia.", Decimal(2000000000)),
        (parse_amount, "100 t.kr.", Decimal(100000)),
        (parse_amount, "3.050.000 mio. kr.", Decimal(3050000000000)),
    ],
)
def test_a_text_and_its_value(parse: Parse, text: str, value: object) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(
    ("parse", "text", "message"),
    [
        (parse_date, "14.11.12", '"14.11.12" is not a date; write it as 2012-11-14 or 14. november 2012'),
        (parse_date, "1. mai 2012", '"1. mai 2012" is not a date; write it as 2012-11-14 or 14. november 2012'),
        (parse_date, "i morgen", '"i morgen" is not a date; write it as 2012-11-14 or 14. november 2012'),
        (parse_date, "2013-02-29", 'there is no date "2013-02-29"; check day and month'),
        (parse_date, "0000-01-01", 'there is no date "0000-01-01"; check day and month'),
        (parse_time, "24:00", 'there is no time "24:00"; write it as 13:00'),
        (parse_time, "kl. 13", '"kl. 13" is not a time; write it as 13:00'),
        (parse_flag, "on", '"on" is not ja or nej; write it as ja or nej'),
        (parse_number, "1,2,3", '"1,2,3" is not a number; write it as 37 or 37,5'),
        (parse_number, "1e3", '"1e3" is not a number; write it as 37 or 37,5'),
        (parse_count, "3,5", '"3,5" is not a whole number; write it as 304'),
        (parse_count, "9" * 31, f'"{"9" * 31}" is not a whole number; write it as 304'),
        (parse_amount, "mange", '"mange" is not an amount; write it as 3.286.600 or 4,5 mio.'),
    ],
)
def test_a_text_that_is_refused(parse: Parse, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse(text)


@pytest.mark.parametrize("parse", [parse_date, parse_time, parse_flag, parse_number, parse_count, parse_amount])
@pytest.mark.parametrize("value", [None, 7, ["a"], {"a": "b"}])
def test_what_is_no_text_passes_on_to_the_model(parse: Parse, value: object) -> None:
    assert parse(value) is value


@settings(deadline=None)
@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_date_comes_back_from_every_form(day: date) -> None:
    forms = [
        f"{day:%Y-%m-%d}",
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y}",
        f"{day.day}. {MONTHS[day.month - 1]} {day.year}",
        f"{day.day} {MONTHS[day.month - 1][:3].upper()} {day.year}",
    ]
    assert [parse_date(form) for form in forms] == [day] * len(forms)


@settings(deadline=None)
@given(st.integers(-(10**9), 10**9))
def test_a_count_comes_back_with_and_without_points(count: int) -> None:
    pointed = f"{count:,}".replace(",", ".")
    assert [parse_count(str(count)), parse_count(pointed), parse_amount(pointed)] == [count] * 3


@settings(deadline=None)
@given(st.decimals(-(10**6), 10**6, places=2))
def test_a_number_comes_back_with_a_comma(number: Decimal) -> None:
    assert parse_number(str(number).replace(".", ",")) == number


@settings(deadline=None)
@given(st.text())
def test_any_text_has_a_value_or_a_sentence(text: str) -> None:
    sentences = []
    for parse in (parse_date, parse_time, parse_flag, parse_number, parse_count, parse_amount):
        try:
            parse(text)
        except ValueError as error:
            sentences.append(str(error))
    assert [sentence for sentence in sentences if "; " not in sentence] == []
