import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvisdocs.cases.model.numbers import parse_amount, parse_count, parse_number

Parse = Callable[[object], object]
GRANT = Decimal(3286600)


@pytest.mark.parametrize(
    ("parse", "written", "read"),
    [
        (parse_number, "37", Decimal(37)),
        (parse_number, "37,5", Decimal("37.5")),
        (parse_number, "37.5", Decimal("37.5")),
        (parse_number, "1.5", Decimal("1.5")),
        (parse_number, "1.037", Decimal(1037)),
        (parse_number, "1.037,25", Decimal("1037.25")),
        (parse_number, "1 037,25", Decimal("1037.25")),
        (parse_number, "-3", Decimal(-3)),
        (parse_number, "\u22123,5", Decimal("-3.5")),
        (parse_count, "304", 304),
        (parse_count, "1.304", 1304),
        (parse_count, "1 304", 1304),
        (parse_count, "-2", -2),
        (parse_amount, "3286600", GRANT),
        (parse_amount, "3.286.600", GRANT),
        (parse_amount, "3 286 600", GRANT),
        (parse_amount, "3.286.600 kr.", GRANT),
        (parse_amount, "3.286.600\u00a0kr", GRANT),
        (parse_amount, "kr. 3.286.600,-", GRANT),
        (parse_amount, "DKK 3.286.600,00", GRANT),
        (parse_amount, "1.234,5 kr.", Decimal("1234.5")),
        (parse_amount, "4,5 mio.", Decimal(4500000)),
        (parse_amount, "4,5 mio. kr.", Decimal(4500000)),
        (parse_amount, "4,5 millioner kroner", Decimal(4500000)),
        (parse_amount, "4.5 mio. kr.", Decimal(4500000)),
        (parse_amount, "1.077,7 mio.", Decimal(1077700000)),
        (parse_amount, "1,234 mio.", Decimal(1234000)),
        (parse_amount, "2 mia.", Decimal(2000000000)),
        (parse_amount, "100 t.kr.", Decimal(100000)),
        (parse_amount, "-350.000 kr.", Decimal(-350000)),
        (parse_amount, "\u2013350.000", Decimal(-350000)),
        (parse_amount, "0", Decimal(0)),
        (parse_amount, "3.050.000 mio. kr.", Decimal(3050000000000)),
    ],
)
def test_what_is_written_and_what_is_read(parse: Parse, written: str, read: object) -> None:
    assert parse(written) == read


TWO_WAYS = "can be read in two ways"


@pytest.mark.parametrize(
    ("parse", "written", "message"),
    [
        (parse_number, "0.500", f'"0.500" {TWO_WAYS}; write decimals after a comma: 0,500'),
        (parse_number, "1.2345", f'"1.2345" {TWO_WAYS}; write decimals after a comma: 1,2345'),
        (parse_number, "1,2,3", '"1,2,3" is not a number; write it as 37 or 37,5'),
        (parse_number, "1.03,5", '"1.03,5" is not a number; write it as 37 or 37,5'),
        (parse_number, "1e3", '"1e3" is not a number; write it as 37 or 37,5'),
        (parse_number, "٣٧", '"٣٧" is not a number; write it as 37 or 37,5'),
        (parse_number, "37 timer", '"37 timer" is not a number; write it as 37 or 37,5'),
        (parse_count, "3,5", '"3,5" is not a whole number; write digits alone, as 3 or 304'),
        (parse_count, "3.5", '"3.5" is not a whole number; write digits alone, as 3 or 304'),
        (parse_count, "9" * 31, f'"{"9" * 31}" is not a whole number; write digits alone, as 3 or 304'),
        (parse_amount, "mange", '"mange" is not an amount; write it as 3.286.600 or 4,5 mio.'),
        (parse_amount, "3,286,600", f'"3,286,600" {TWO_WAYS}; write a point for thousands, and at most two decimals'),
        (parse_amount, "1,234", f'"1,234" {TWO_WAYS}; write a point for thousands, and at most two decimals'),
        (parse_amount, "1.500 mio.", f'"1.500 mio." {TWO_WAYS}; write 1,5 mio. or 1500 mio.'),
        (parse_amount, "100 €", '"100 €" is not an amount; write it as 3.286.600 or 4,5 mio.'),
    ],
)
def test_what_is_written_and_what_is_said_of_it(parse: Parse, written: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse(written)


@pytest.mark.parametrize("parse", [parse_number, parse_count, parse_amount])
@pytest.mark.parametrize("value", [None, 7, ["a"], {"a": "b"}])
def test_what_is_no_text_passes_on_to_the_model(parse: Parse, value: object) -> None:
    assert parse(value) is value


@settings(deadline=None)
@given(st.integers(-(10**9), 10**9))
def test_a_count_comes_back_with_and_without_points(count: int) -> None:
    pointed = f"{count:,}".replace(",", ".")
    spaced = pointed.replace(".", "\u00a0")
    assert [parse_count(str(count)), parse_count(pointed), parse_count(spaced), parse_amount(pointed)] == [count] * 4


@settings(deadline=None)
@given(st.decimals(-(10**6), 10**6, places=2))
def test_a_number_comes_back_with_a_comma_and_with_a_point(number: Decimal) -> None:
    assert parse_number(str(number).replace(".", ",")) == parse_number(str(number)) == number
    assert parse_amount(f"{number} kr.") == number


@settings(deadline=None)
@given(st.text(st.sampled_from("0123456789.,- mioakr")))
def test_any_text_has_a_value_or_a_sentence(text: str) -> None:
    sentences = []
    for parse in (parse_number, parse_count, parse_amount):
        try:
            parse(text)
        except ValueError as error:
            sentences.append(str(error))
    assert [sentence for sentence in sentences if "; " not in sentence] == []
