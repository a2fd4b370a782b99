import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvisdocs.cases.model.identifiers import (
    mask_cpr,
    parse_cpr,
    parse_cvr,
    parse_email,
    parse_gln,
    parse_phone,
    parse_postcode,
    parse_provider_number,
    parse_sor,
)

Parse = Callable[[str], str]


@pytest.mark.parametrize(
    ("parse", "text", "value"),
    [
        pytest.param(parse_cpr, "6101701234", "610170-1234", id="a test number: 60 on the day"),
        pytest.param(parse_cpr, "610170-1234", "610170-1234", id="modulus 11 is no rule"),
        pytest.param(parse_cpr, "610170\u20131234", "610170-1234", id="the dash that Word makes of a hyphen"),
        pytest.param(parse_cpr, "010170 - 1234", "010170-1234", id="leading zero, and spaces around"),
        pytest.param(parse_cpr, "311299-4000", "311299-4000", id="the seventh digit 4 and year 99: 1999"),
        pytest.param(parse_cpr, "311258-5000", "311258-5000", id="the seventh digit 5 and year 58: 1858"),
        pytest.param(parse_cpr, " 740468 1238 ", "740468-1238", id="a space between"),
        pytest.param(parse_cpr, "890200-4000", "890200-4000", id="29 February 2000"),
        pytest.param(parse_cpr, "890236-5000", "890236-5000", id="29 February 2036"),
        (parse_provider_number, "001234", "001234"),
        (parse_postcode, "0800", "0800"),
        (parse_postcode, "0555", "0555"),
        (parse_postcode, "9990", "9990"),
        (parse_gln, "5799999999994", "5799999999994"),
        (parse_cvr, "DK 99 99 99 93", "99999993"),
        (parse_sor, "8041000016000", "8041000016000"),
        (parse_sor, "554771 000016 008", "554771000016008"),
        (parse_gln, "57 99999 99999 4", "5799999999994"),
        (parse_phone, "(+45) 96 28 00 00", "96 28 00 00"),
        (parse_phone, "96280000", "96 28 00 00"),
        (parse_phone, "+45 9628 0000", "96 28 00 00"),
        (parse_phone, "0045 96.28.00.00", "96 28 00 00"),
        (parse_phone, "+46 8 123 456", "+46 8 123 456"),
        (parse_email, " bodil@herning.dk ", "bodil@herning.dk"),
    ],
)
def test_a_text_and_its_form(parse: Parse, text: str, value: str) -> None:
    assert parse(text) == value
    assert parse(value) == value


CPR_DATE = "has no valid date; check the first six digits (ddmmyy)"


@pytest.mark.parametrize(
    ("parse", "text", "message"),
    [
        (
            parse_cpr,
            "10170-1234",
            '"10170-1234" has nine digits; write the one that is missing: if it is the zero in front, 010170-1234',
        ),
        (parse_cpr, "290299-1234", f'"290299-1234" {CPR_DATE}'),
        (parse_cpr, "010170-123", '"010170-123" is not a CPR number; write ten digits as 010170-1234'),
        (parse_cpr, "٠١٠١٧٠-١٢٣٤", '"٠١٠١٧٠-١٢٣٤" is not a CPR number; write ten digits as 010170-1234'),
        (parse_cpr, "890200-1234", f'"890200-1234" {CPR_DATE}'),
        (parse_cpr, "600170-1234", f'"600170-1234" {CPR_DATE}'),
        (parse_cpr, "920170-1234", f'"920170-1234" {CPR_DATE}'),
        (parse_cpr, "611370-1234", f'"611370-1234" {CPR_DATE}'),
        (
            parse_provider_number,
            "1234",
            '"1234" is not a provider number (ydernummer); write six digits, zeros first: 001234',
        ),
        (parse_postcode, "0000", 'there is no postcode "0000": they run from 0555 to 9990; check it'),
        (parse_postcode, "9991", 'there is no postcode "9991": they run from 0555 to 9990; check it'),
        (
            parse_provider_number,
            "45678",
            '"45678" has five digits; write the one that is missing: if it is the zero in front, 045678',
        ),
        (parse_postcode, "DK-7400", '"DK-7400" is not a postcode; write four digits, and the town under city: 7400'),
        (
            parse_postcode,
            "800",
            '"800" has three digits; write the one that is missing: if it is the zero in front, 0800',
        ),
        (parse_cvr, "9999999", '"9999999" is not a CVR number; write eight digits: 99999993'),
        (
            parse_cvr,
            "99999994",
            '"99999994" has a wrong check digit; compare it with the receiver, digit by digit',
        ),
        (
            parse_sor,
            "5799999999017",
            '"5799999999017" is not a number in SOR (SOR-kode); write it as the register shows it, '
            "11 to 18 digits: 999999991000016005",
        ),
        (
            parse_sor,
            "554771000016007",
            '"554771000016007" has a wrong check digit; compare it with the register, digit by digit',
        ),
        (
            parse_gln,
            "579999999999",
            '"579999999999" is not a GLN (EAN, lokationsnummer); write 13 digits: 5799999999994',
        ),
        (
            parse_gln,
            "5799999999995",
            '"5799999999995" has a wrong check digit; compare it with the receiver, digit by digit',
        ),
        (parse_phone, "9628 000", '"9628 000" has 7 digits, and a phone number eight; check it: 96 28 00 00'),
        (parse_phone, "+45 9628 00", '"+45 9628 00" has 6 digits, and a phone number eight; check it: 96 28 00 00'),
        (parse_email, "bodil@herning", '"bodil@herning" is not an e-mail address; write it as navn@kommune.dk'),
    ],
)
def test_a_text_that_is_refused(parse: Parse, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse(text)


def test_a_masked_number_keeps_the_date_only() -> None:
    assert mask_cpr("740468-1238") == "740468-xxxx"


@st.composite
def cpr_numbers(draw: st.DrawFn) -> str:
    """A test number of a person born on any day from 1900 to 2036, with a seventh digit that fits the century."""
    born = draw(st.dates(date(1900, 1, 1), date(2036, 12, 31)))
    seventh = draw(st.sampled_from("0123") if born.year < 2000 else st.sampled_from("456789"))
    return f"{born.day + 60}{born:%m%y}-{seventh}{draw(st.integers(0, 999)):03}"


@settings(deadline=None)
@given(cpr_numbers())
def test_a_cpr_number_comes_back_from_every_form(cpr: str) -> None:
    forms = [cpr, cpr.replace("-", ""), cpr.replace("-", " "), f" {cpr}\n"]
    assert [parse_cpr(form) for form in forms] == [cpr] * 4
    assert mask_cpr(cpr) == f"{cpr[:6]}-xxxx"


@settings(deadline=None)
@given(st.text())
def test_any_text_is_taken_or_refused_with_a_sentence(text: str) -> None:
    sentences = []
    for parse in (parse_cpr, parse_provider_number, parse_gln, parse_postcode, parse_phone, parse_email):
        try:
            assert parse(parse(text)) == parse(text)
        except ValueError as error:
            sentences.append(str(error))
    assert [sentence for sentence in sentences if not sentence.startswith(f'"{text}" ')] == []
