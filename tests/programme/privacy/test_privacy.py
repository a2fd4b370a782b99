"""CPR numbers in papers that are published, and consents that carry no letter."""

from pathlib import Path

import pytest
import yaml
from builders import COMMITTEE, citizen_yaml, loaded_case

from kvisdocs.cases.consents.consent import DataType
from kvisdocs.cases.consents.reading import WORDS
from kvisdocs.cases.load import load_case
from kvisdocs.cases.views import DISCLOSED, Audience
from kvisdocs.programme.checks import check_case

ROOT = Path(__file__).parents[3]


def item(**fields: str) -> list[str]:
    text = yaml.safe_dump({**COMMITTEE, "fields": fields}, allow_unicode=True, sort_keys=False)
    return [str(problem) for problem in check_case(loaded_case(text, "item"))]


@pytest.mark.parametrize("number", ["660480-1234", "010170-1234", "660480\N{NON-BREAKING HYPHEN}1234"])
def test_cpr_number_in_an_item_is_an_error_at_its_text(number: str) -> None:
    assert item(summary=f"Borgeren ({number}) er med.") == [
        f'item.yaml:9:22: the CPR number "{number[:6]}-xxxx" stands in a paper that is published; take it out'
    ]


@pytest.mark.parametrize(
    "number",
    [
        "66.04.80-1234",
        "66/04/80-1234",
        "66 04 80-1234",
        "66-04-80-1234",
        "660480 - 1234",
        "660480 – 1234",
        "660480−1234",
        "660480 (-) 1234",
        "660480—1234",
        "６６０４８０－１２３４",
        "٦٦٠٤٨٠-١٢٣٤",
        "66\u00ad0480-12\u00ad34",
        "6604**80-12**34",
        "660480 **-** 1234",
        "**660480**-1234",
        "660480-_1234_",
        "CPR660480-1234",
        "3 660480-1234 2",
        "cpr.nr.660480-1234",
        "660480-1234-sagen",
    ],
)
def test_cpr_number_in_any_spelling_is_an_error(number: str) -> None:
    (found,) = item(summary=f"Borgeren {number} er med.")
    assert ': the CPR number "660480-xxxx" stands in a paper that is published; take it out' in found


@pytest.mark.parametrize(
    "number",
    [
        "6604801234",
        "660480 1234",
        "66 04 80 12 34",
        "66.04.80.1234",
        "66/04/80/1234",
        "660480.1234",
        "660480/1234",
        "660480_1234",
        "660480 / 1234",
        "660480\u00a01234",
        "66\u00a004\u00a080\u00a01234",
        "66 04 80 - 1234",
    ],
)
def test_ten_digits_without_a_hyphen_are_a_warning(number: str) -> None:
    (found,) = item(summary=f"Konto {number}.")
    assert 'warning: ten digits that may be a CPR number, "660480-xxxx", stand in a paper' in found


def test_number_is_pointed_at_in_a_text_of_several_lines() -> None:
    text = "kind: committee\nmunicipality: herning\nmeeting: {committee: Udvalget, date: 2012-11-14}\nnumber: 1\n"
    text += "title: Punkt\nfields:\n  summary: |\n    En linje.\n\n    Her er 660480-1234.\n"
    (found,) = check_case(loaded_case(text, "item"))
    assert str(found).startswith('item.yaml:10:12: the CPR number "660480-xxxx" stands')


@pytest.mark.parametrize(
    "text",
    [
        "320480-1234",
        "661380-1234",
        "00.00.00-P19-1136-11",
        "2008-140699",
        "1660480-12345",
        "660480-1234-5",
        "660480,1234",
        "660480, 1234",
        "66 04 80 12 34 56",
        "31.12.2012 1500",
        "45 96 28 00 00",
        "5799999999994",
        "EMN-660480-1234",
        "12.660480-1234",
        "660480 og 1234",
    ],
)
def test_other_numbers_are_let_alone(text: str) -> None:
    assert item(summary=f"Nummer {text}") == []


def test_case_number_may_look_like_a_cpr_number() -> None:
    text = yaml.safe_dump({**COMMITTEE, "case_number": "010170-1234"}, sort_keys=False)
    assert check_case(loaded_case(text, "item")) == []


CONSENT = {"kind": "disclose", "party": "gp", "covers": ["planen"], "data": ["participation"], "given": "2012-10-01"}


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, []),
        ({"data": []}, ['warning: the consent to disclose to the GP has no "data"; add "data", with those of']),
        ({"covers": ["alt relevant"]}, ['is not specific: "alt relevant" names no kind of data; ask the citizen']),
        ({"party": "hospital", "data": []}, []),
        ({"covers": ["alt relevant"], "withdrawn": "2012-10-02"}, []),
    ],
)
def test_consent_that_carries_no_letter_is_a_warning(changes: dict[str, object], wanted: list[str]) -> None:
    found = check_case(loaded_case(citizen_yaml(consents=[{**CONSENT, **changes}])))
    assert len(found) == len(wanted)
    for problem, words in zip(found, wanted, strict=True):
        assert words in str(problem)


# ---- what the words of a consent speak of ----


@pytest.mark.parametrize(
    ("covers", "unspoken"),
    [
        (["at jeg deltager i KVIS"], ["category", "return_goal", "return_plan", "social"]),
        (["deltagelse i projektet og visitationskategori"], ["return_goal", "return_plan", "social"]),
        (["målet for tilbagevenden til arbejdet"], ["participation", "category", "return_plan", "social"]),
        (["datoer og timer i optrapningsplanen"], ["participation", "category", "return_goal", "social"]),
        (["At jeg er sygemeldt", "hvornår jeg er tilbage på fuld tid"], ["category", "social"]),
        (["aftalerne om børnenes dag og om økonomien"], ["participation", "category", "return_goal"]),
        (["mine boligforhold"], ["participation", "category", "return_goal", "return_plan"]),
        (["forløbet og de tre spor"], ["category", "return_goal", "return_plan"]),
        (
            ["kontakten til jobcentret", "hvornår jeg ventes rask", "hvor meget jeg arbejder om ugen"],
            ["category", "social"],
        ),
        (["epikrisen"], ["participation", "category", "return_goal", "return_plan", "social"]),
        (["min opfølgningsplan"], []),
        (["planen, som vi har lavet sammen"], []),
    ],
)
def test_data_of_which_no_word_speaks_is_a_warning_where_it_stands(covers: list[str], unspoken: list[str]) -> None:
    text = citizen_yaml(
        consents=[{**CONSENT, "covers": covers, "data": [str(each) for each in DISCLOSED[Audience.GP]]}]
    )
    lines = text.split("\n")
    found = check_case(loaded_case(text))
    assert [lines[each.position.line - 1].strip(" -") for each in found] == unspoken


def test_the_warning_says_what_the_data_are_what_the_words_are_and_what_to_do() -> None:
    changes = {"covers": ["at jeg deltager i KVIS"], "data": ["participation", "social"]}
    (found,) = check_case(loaded_case(citizen_yaml(consents=[{**CONSENT, **changes}])))
    assert str(found) == (
        'case.yaml:28:5: warning: "data" has "social" (Det sociale spor), of which no word in "covers" speaks; delete '
        "it, or ask the citizen for a consent that says so"
    )


def test_words_whose_letters_are_written_as_two_signs_are_read_too() -> None:
    changes = {"covers": ["ma\N{COMBINING RING ABOVE}let"], "data": ["return_goal"]}
    assert check_case(loaded_case(citizen_yaml(consents=[{**CONSENT, **changes}]))) == []


@pytest.mark.parametrize("change", [{"party": "hospital"}, {"withdrawn": "2012-10-02"}])
def test_consents_on_which_no_letter_rests_are_let_alone(change: dict[str, str]) -> None:
    changes = {"covers": ["at jeg deltager i KVIS"], "data": ["social"], **change}
    assert check_case(loaded_case(citizen_yaml(consents=[{**CONSENT, **changes}]))) == []


def test_every_kind_of_data_has_words() -> None:
    assert set(WORDS) == set(DataType)


def test_no_example_and_no_sample_is_warned_of() -> None:
    files = [*ROOT.glob("cases_yaml/**/citizens/*.yaml"), *(ROOT / "templates").glob("*/sample.yaml")]
    said = [str(each) for file in files for each in check_case(load_case(file))]
    assert [each for each in said if "no word" in each] == []
