"""Texts that nobody finished: each with the words pointed at and what is said, and those that are let pass."""

from pathlib import Path

import pytest
from builders import citizen_yaml, loaded_case, with_texts

from kvisdocs.cases.load import load_case
from kvisdocs.programme.markdown.warnings import check_unfilled, find_unfinished

ROOT = Path(__file__).parents[3]
FILL_IN = "seems to be left to be filled in; write what belongs there"


def said(text: str, prose: bool = False) -> list[str]:
    return [f"{remark.offset}: {remark.what}; {remark.todo}" for remark in find_unfinished(text, prose)]


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("Du møder XXX den 3. maj.", f'9: "XXX" {FILL_IN}'),
        ("Kontakt xxxx.", f'8: "xxxx" {FILL_IN}'),
        (" <navn på kontakt>", f'1: "<navn på kontakt>" {FILL_IN}'),
        ("Du møder [indsæt navn] den 3. maj.", f'9: "[indsæt navn]" {FILL_IN}'),
        ("…", f'0: "…" {FILL_IN}'),
        (
            "Kære {{ navn }}",
            '5: "{{ navn }}" is printed as it stands, since a case is no template; write the words',
        ),
        (
            "Hjælp i kÃ¸kkenet.",
            '8: "kÃ¸kkenet." holds letters that were saved in one way and read in another; write "køkkenet."',
        ),
        (
            "Hjælp i k\ufffdkkenet",
            '8: "k\ufffdkkenet" holds a letter that was lost when the text was saved or copied; write it again',
        ),
        (
            "“Maja”",
            "0: the quotes “” around this text are printed, since YAML knows only \" and '; "
            'write "Maja", or leave them if readers should see them',
        ),
    ],
)
def test_an_unfinished_text_is_told(text: str, warning: str) -> None:
    assert said(text) == [warning]


@pytest.mark.parametrize(
    "text",
    [
        "CPR 840788-xxxx",
        "Maxxx 2",
        "Se <https://herning.dk> og [note].",
        "Hvis a < b, … så videre",
        "João Ângelo bor i Århus",
        "Projektet ”Godt i gang” går godt",
        "kapitel XX",
    ],
)
def test_ordinary_text_is_let_pass(text: str) -> None:
    assert said(text) == []


def test_prose_may_be_a_quotation() -> None:
    assert said("”Vi er glade.”", prose=True) == []


def test_a_warning_stands_at_its_place_in_the_case() -> None:
    case = loaded_case(citizen_yaml(employment={"job": "XXX"}))
    assert [str(problem) for problem in check_unfilled(*with_texts(case))] == [
        f'case.yaml:{case.source.locate(("employment", "job")).line}:8: warning: "XXX" {FILL_IN}'
    ]


@pytest.mark.parametrize("file", sorted(ROOT.glob("cases_yaml/**/c*/*.yaml")), ids=lambda file: file.stem)
def test_the_examples_are_finished(file: Path) -> None:
    assert check_unfilled(*with_texts(load_case(file))) == []


def test_a_word_of_two_hundred_thousand_letters_is_read_once() -> None:
    assert said("a" * 150_000 + "Ã" + "b" * 40_000) == []
