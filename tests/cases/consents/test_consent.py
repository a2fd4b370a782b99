"""When a consent is in force, which one counts, and whether it says what it covers."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from kvisdocs.cases.consents.consent import Consent, DataType, consents_in_force, find_consent, find_general_line
from kvisdocs.cases.consents.disclosure import find_refusal

ON = date(2012, 11, 14)


def consent(given: str, **changes: Any) -> Consent:
    values = {"kind": "disclose", "party": "gp", "covers": ["planen"], "data": ["participation"], "given": given}
    return Consent.model_validate({**values, **changes})


@pytest.mark.parametrize(
    "line",
    [
        "alt",
        "Alt relevant",
        "alle relevante oplysninger",
        "Alle nødvendige oplysninger i sagen",
        "alle oplysninger, der er relevante for sagen",
        "hvad der er af betydning",
        "oplysninger om mig og mine forhold",
        "…",
    ],
)
def test_line_that_names_no_kind_of_data_is_general(line: str) -> None:
    assert find_general_line(consent("2012-10-01", covers=["datoer", line])) == 1


@pytest.mark.parametrize(
    "line",
    [
        "alle datoer i optrapningsplanen",
        "deltagelse i KVIS",
        "alle oplysninger om arbejdstiden",
        "planen",
        "målet for tilbagevenden til arbejdet",
    ],
)
def test_line_is_specific_as_soon_as_one_word_says_which(line: str) -> None:
    assert find_general_line(consent("2012-10-01", covers=[line])) is None


def test_newest_consent_in_force_counts_and_they_are_not_added_together() -> None:
    broad = consent("2012-10-01", data=["participation", "category", "return_plan"])
    narrow = consent("2012-10-20")
    assert find_consent((narrow, broad), "gp", ON) is narrow
    assert find_consent((broad, narrow), "gp", date(2012, 10, 19)) is broad


def test_of_two_consents_of_one_day_the_last_counts() -> None:
    first, second = consent("2012-10-01"), consent("2012-10-01", data=["category"])
    assert find_consent((first, second), "gp", ON) is second


def test_withdrawn_consent_does_nothing_to_one_given_later() -> None:
    old, new = consent("2012-10-01", withdrawn="2012-10-30"), consent("2012-10-20")
    assert find_consent((old, new), "gp", ON) is new


def test_older_consent_does_not_come_back_when_the_newer_is_withdrawn() -> None:
    old = consent("2012-10-01")
    new = consent("2012-10-10", data=["participation", "category"], withdrawn="2012-10-20")
    assert find_consent((old, new), "gp", date(2012, 10, 19)) is new
    assert find_consent((old, new), "gp", ON) is None
    refusal = find_refusal((old, new), "gp", DataType.PARTICIPATION, ON)
    assert refusal
    assert refusal.path == ("consents", 1)
    assert refusal.what == "the consent to disclose to the GP was withdrawn 2012-10-20"


def test_older_consent_stands_when_a_newer_runs_out_or_is_about_other_data_or_for_another_party() -> None:
    old = consent("2012-10-01")
    for newer in (
        consent("2012-10-10", expires="2012-10-20"),
        consent("2012-10-10", data=["social"], withdrawn="2012-10-20"),
        consent("2012-10-10", party="employer", withdrawn="2012-10-20"),
    ):
        assert find_consent((old, newer), "gp", ON) is old


def test_consents_to_obtain_are_in_force_beside_each_other() -> None:
    one = consent("2012-10-01", kind="obtain", data=[])
    other = consent("2012-10-10", kind="obtain", data=[], withdrawn="2012-10-12")
    assert consents_in_force((one, other), ON) == (one,)
    assert find_consent((one, other), "gp", ON) is None


@pytest.mark.parametrize(
    ("changes", "path", "wanted"),
    [
        ({"data": []}, ("consents", 0), 'the consent to disclose to the GP has no "data"'),
        (
            {"data": ["category"]},
            ("consents", 0, "data"),
            'the consent to disclose to the GP does not cover "participation", which the letter tells',
        ),
        (
            {"covers": ["planen", "alt relevant"]},
            ("consents", 0, "covers", 1),
            'the consent to disclose to the GP is not specific: "alt relevant" names no kind of data',
        ),
        (
            {"given": "2012-11-15"},
            ("consents", 0),
            "the consent to disclose to the GP is given 2012-11-15, after the letter's date 2012-11-14",
        ),
        ({"party": "hospital"}, ("consents",), "the case holds no consent to disclose to the GP"),
    ],
)
def test_why_nothing_may_be_told_and_where_it_stands(changes: Any, path: tuple[Any, ...], wanted: str) -> None:
    refusal = find_refusal((consent(**{"given": "2012-10-01", **changes}),), "gp", DataType.PARTICIPATION, ON)
    assert refusal
    assert (refusal.path, refusal.what) == (path, wanted)


def test_specific_consent_allows_the_letter() -> None:
    assert find_refusal((consent("2012-10-01"),), "gp", DataType.PARTICIPATION, ON) is None


def test_consent_to_obtain_lists_no_data_that_a_letter_may_tell() -> None:
    with pytest.raises(ValidationError, match='a consent to obtain has no "data"'):
        consent("2012-10-01", kind="obtain")


def test_a_consent_holds_on_the_day_that_it_expires_and_not_after() -> None:
    given = consent("2012-10-01", expires="2012-11-14")

    assert [given.valid_on(date(2012, 11, day)) for day in (13, 14, 15)] == [True, True, False]


def test_a_refusal_of_the_same_day_takes_nothing_back() -> None:
    """Only a newer one does: of one day nobody knows which came first, and both stand in the case."""
    first, same_day = consent("2012-10-01"), consent("2012-10-01", withdrawn="2012-10-20")
    newer = consent("2012-10-02", withdrawn="2012-10-20")

    assert consents_in_force((first, same_day), ON) == (first,)
    assert consents_in_force((first, newer), ON) == ()
