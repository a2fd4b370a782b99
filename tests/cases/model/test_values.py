import re
from collections.abc import Callable
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvisdocs.cases.model.values import MONTHS, WEEKDAYS, parse_date, parse_flag, parse_time

Parse = Callable[[object], object]
PAPER = date(2012, 11, 14)


@pytest.mark.parametrize(
    ("parse", "written", "read"),
    [
        (parse_date, "2012-11-14", PAPER),
        (parse_date, " 2012-1-4 ", date(2012, 1, 4)),
        (parse_date, "14-11-2012", PAPER),
        (parse_date, "14.11.2012", PAPER),
        (parse_date, "14\N{EN DASH}11\N{NON-BREAKING HYPHEN}2012", PAPER),
        (parse_date, "14. 11. 2012", PAPER),
        (parse_date, "14/11/2012", PAPER),
        (parse_date, "14/11 2012", PAPER),
        (parse_date, "14/11-2012", PAPER),
        (parse_date, "14. november 2012", PAPER),
        (parse_date, "14.november 2012", PAPER),
        (parse_date, "14.  nov.\u00a02012", PAPER),
        (parse_date, "14. nov 2012", PAPER),
        (parse_date, "1. sept. 2012", date(2012, 9, 1)),
        (parse_date, "1 Maj 2012", date(2012, 5, 1)),
        (parse_date, "onsdag den 14. november 2012", PAPER),
        (parse_date, "Onsdag d. 14. november 2012", PAPER),
        (parse_date, "ons. 14/11 2012", PAPER),
        (parse_date, "on 14-11-2012", PAPER),
        (parse_date, "den 14. november 2012", PAPER),
        (parse_date, "d. 14.11.2012", PAPER),
        (parse_date, "29-02-2012", date(2012, 2, 29)),
        (parse_time, "13:00", time(13)),
        (parse_time, "13.00", time(13)),
        (parse_time, "kl. 9.05", time(9, 5)),
        (parse_time, "Kl. 13", time(13)),
        (parse_flag, "Ja", True),
        (parse_flag, "no", False),
    ],
)
def test_what_is_written_and_what_is_read(parse: Parse, written: str, read: object) -> None:
    assert parse(written) == read


NO_DATE = "is not a date; write it as 2012-11-14 or 14. november 2012"


@pytest.mark.parametrize(
    ("parse", "written", "message"),
    [
        (parse_date, "14.11.12", '"14.11.12" has a year of two digits; write all four'),
        (parse_date, "14/11-12", '"14/11-12" has a year of two digits; write all four'),
        (parse_date, "14. nov. 12", '"14. nov. 12" has a year of two digits; write all four'),
        (parse_date, "14. november", f'"14. november" {NO_DATE}'),
        (parse_date, "1. mai 2012", '"1. mai 2012" has no month that is known; did you mean "maj"?'),
        (parse_date, "1. blå 2012", f'"1. blå 2012" {NO_DATE}'),
        (parse_date, "i morgen", f'"i morgen" {NO_DATE}'),
        (parse_date, "uge 46", f'"uge 46" {NO_DATE}'),
        (parse_date, "2013-02-29", 'there is no date "2013-02-29"; check day and month'),
        (parse_date, "11/14/2012", 'there is no date "11/14/2012"; did you mean 14/11 2012?'),
        (parse_date, "0000-01-01", 'there is no date "0000-01-01"; check day and month'),
        (parse_date, "tir 14-11-2012", '"tir 14-11-2012": that date is onsdag; correct the weekday or the date'),
        (parse_time, "24:00", 'there is no time "24:00"; write it as 13:00'),
        (parse_time, "13", '"13" is not a time; write it as 13:00'),
        (parse_time, "1300", '"1300" is not a time; write it as 13:00'),
        (parse_flag, "on", '"on" is not ja or nej; write it as ja or nej'),
    ],
)
def test_what_is_written_and_what_is_said_of_it(parse: Parse, written: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse(written)


@pytest.mark.parametrize("parse", [parse_date, parse_time, parse_flag])
@pytest.mark.parametrize("value", [None, 7, ["a"], {"a": "b"}])
def test_what_is_no_text_passes_on_to_the_model(parse: Parse, value: object) -> None:
    assert parse(value) is value


@settings(deadline=None)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_a_date_comes_back_from_every_form(day: date) -> None:
    month, weekday = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    forms = [
        f"{day:%Y-%m-%d}",
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y}",
        f"{day.day}/{day.month} {day.year}",
        f"{day.day}. {month} {day.year}",
        f"{day.day} {month[:3].upper()} {day.year}",
        f"{weekday} den {day.day}. {month} {day.year}",
    ]
    assert [parse_date(form) for form in forms] == [day] * len(forms)


@settings(deadline=None)
@given(st.text())
def test_any_text_has_a_value_or_a_sentence(text: str) -> None:
    sentences = []
    for parse in (parse_date, parse_time, parse_flag):
        try:
            parse(text)
        except ValueError as error:
            sentences.append(str(error))
    assert [sentence for sentence in sentences if "; " not in sentence] == []
