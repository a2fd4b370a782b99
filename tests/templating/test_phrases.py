"""Phrases of a profile: places in braces, what is left out with its value, and forms of names and days."""

from datetime import date, time

import pytest

from kvisdocs.cases.model.base import FieldError
from kvisdocs.templating.brief.phrases import check_phrase, fill_phrase, parse_date_form
from kvisdocs.templating.engine.formatting import format_genitive

DAY = date(2012, 11, 14)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Beslutning i {committee} den {date}", "Beslutning i Udvalget (U) den 14-11-2012"),
        ("{committee:genitive} beslutning", "Udvalgets (U) beslutning"),
        ("{date:EEEE 'den' d. MMMM y}, kl. {time}", "onsdag den 14. november 2012, kl. 9.05"),
        ("Sag[ {number}]: {committee}", "Sag: Udvalget (U)"),
        ("[punkt {number}|{committee} alene]", "Udvalget (U) alene"),
        ("[{committee}[, punkt {number}]]", "Udvalget (U)"),
        ("{number}", ""),
        ("Punkt {number}", ""),
        ("[[{committee}]] {{x}} a|b", "[Udvalget (U)] {x} a|b"),
        ("Åben", "Åben"),
    ],
)
def test_a_phrase_is_filled(text: str, said: str) -> None:
    values = {"committee": "Udvalget (U)", "date": DAY, "time": time(9, 5), "number": None}
    assert fill_phrase(text, values, "dd-MM-y").replace("\N{NO-BREAK SPACE}", " ").replace("09.05", "9.05") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{comittee}", 'nothing fills "{comittee}" here; did you mean "committee"?'),
        ("{", 'has a "{" without its other half'),
        ("a]", 'has a "]" without its other half'),
        ("[a", 'has a "[" without its other half'),
        ("[ " * 3000 + "a" + "]" * 3000, "has brackets in brackets in brackets; write it with fewer"),
        ("{}", 'nothing fills "{}" here; use one of: {committee}, {date}'),
        ("{date:genitive}", '"genitive" is not a form of a date'),
        ("{date:yy/m}", '"yy/m" is not a form of a date'),
        ("{committee:stor}", '"committee" has no form "stor"'),
    ],
)
def test_a_phrase_that_cannot_be_filled_is_refused(text: str, said: str) -> None:
    with pytest.raises(FieldError) as caught:
        check_phrase(text, {"committee": "text", "date": "date"})
    assert said in str(caught.value)


@pytest.mark.parametrize("form", ["dd-MM-y", "d.M.y", "dd/MM/yyyy", "d. MMM y", "EEEE 'den' d. MMMM y", "d. MMMM"])
def test_forms_of_days(form: str) -> None:
    assert parse_date_form(form) == form


@pytest.mark.parametrize("form", ["YYYY", "y", "DD.MM.y", "d. MMMMM y", "hh:mm", "'den' y", "d den M"])
def test_what_is_no_form_of_a_day(form: str) -> None:
    with pytest.raises(FieldError):
        parse_date_form(form)


def test_an_abbreviation_in_brackets_stays_behind_the_genitive() -> None:
    assert format_genitive("Plan- og Udviklingsudvalget (PUK)") == "Plan- og Udviklingsudvalgets (PUK)"
    assert format_genitive("(PUK)") == "(PUK)s"
