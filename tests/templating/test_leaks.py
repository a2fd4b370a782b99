"""The finished document is searched for what its reader may not know, however it came in."""

from pathlib import Path
from typing import Any

import pytest
from builders import CPR_SPELLINGS, citizen_yaml, loaded_case

from kvisdocs.templating.disclosure_check import find_leaks
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets

DOCUMENTS = load_documents(Assets((Path(__file__).parents[2] / "templates",)))
ADDRESS = {"care_of": "Familien Prøve", "street": "Hemmelig Vej 14 B, 2. tv.", "protected": "ja"}


def leaks(text: str, name: str, **changes: Any) -> list[str]:
    case = citizen_yaml(**{"citizen": {"address": ADDRESS}, **changes})
    return [str(problem) for problem in find_leaks(text, loaded_case(case), DOCUMENTS[name])]


ADDRESS_LINE = (
    "case.yaml:12:13: the citizen's protected address stands in return-plan, for the employer, "
    "but in no text of the case; take it out of the template"
)


@pytest.mark.parametrize(
    "text",
    [
        "<p>Hemmelig Vej 14 B, 2. tv.</p>",
        "<p>hemmelig vej 14</p>",
        "<p>Mød op på HEMMELIG&nbsp;VEJ 14b kl. 9</p>",
        "<p>Hemmelig <b>Vej</b>\n  14</p>",
        "<td>Hemmelig Vej</td><td>14</td>",
        "<p>Hemme&shy;lig Vej&#x2009;14</p>",
        "<p>Hemmelig Vej 14</p><p>2</p>",
        '<img alt="Kort over Hemmelig Vej 14">',
        "<p>c/o Familien Prøve</p>",
        "<p>Hemmelig Vej nr. 14</p>",
        "<p>Hemmelig Vej, nummer 14 B</p>",
        "<p>Hemmelig Vej (hus nr. 14)</p>",
        "<p>Hemmelig Vej14B</p>",
        "<p>Hemmeligvej 14</p>",
        "<p>Hemmelig V. 14, 2. sal t.v.</p>",
        "<p>Hemmelig Vej １４</p>",
        "<p>14 Hemmelig Vej</p>",
        "<p>Hemmelig-Vej 14-16</p>",
        "<p>C.O. Familien Prøve</p>",
        "<p>v/ Familien Prøve</p>",
        "<p>℅ Familien Proeve</p>",
    ],
)
def test_protected_address_is_found_however_it_is_written(text: str) -> None:
    assert leaks(text, "return-plan") == [ADDRESS_LINE]


@pytest.mark.parametrize(
    "text",
    [
        "Hemmelig Vej 140",
        "Uhemmelig Vej 14",
        "Hemmelig Vej 2",
        "kl. 14, Hemmelig Vej 2",
        "Familien Prøve",
        "7400 Herning",
        "14",
    ],
)
def test_what_is_not_the_address_is_let_alone(text: str) -> None:
    assert leaks(f"<p>{text}</p>", "return-plan") == []


@pytest.mark.parametrize(
    ("street", "shown"),
    [
        ("Gl. Ærøvej 7", "Gammel Ærøvej 7"),
        ("Gammel Ærøvej 7", "Gl. Ærøv. nr. 7"),
        ("Sdr. Ågade 3 A", "Sønder Aagade 3a"),
        ("Skt. Pauls Allé 5", "Sankt Pauls Alle 5"),
        ("Østerå Plads 1", "Oesteraa Pl. 1"),
        ("Ærøvej 7, st. th.", "Ærøvej 7 st th"),
        ("Prøvestræde 12", "Prøvestr. 12"),
    ],
)
def test_protected_address_is_found_in_short_and_in_full(street: str, shown: str) -> None:
    assert len(leaks(f"<p>{shown}</p>", "gp-letter", citizen={"address": {"street": street, "protected": "ja"}})) == 1


@pytest.mark.parametrize(
    ("shown", "count"),
    [
        ("Hemmelig Vej i Prøveby", 1),
        ("Hemmelig Vej, Prøveby", 1),
        ("nr. 14 i Prøveby", 1),
        ("Prøveby nr. 14", 1),
        ("Hemmelig Vej 2, Prøveby", 0),
        ("i Prøveby 14 dage", 0),
        ("Prøveby", 0),
    ],
)
def test_the_place_tells_a_protected_address_with_its_street_or_number(shown: str, count: int) -> None:
    placed = {"citizen": {"address": {**ADDRESS, "place": "Prøveby"}}}
    assert len(leaks(f"<p>{shown}</p>", "gp-letter", **placed)) == count


def test_address_that_is_not_protected_is_let_alone() -> None:
    open_address = {"citizen": {"address": {**ADDRESS, "protected": "nej"}}}
    assert leaks("<p>Hemmelig Vej 14</p>", "return-plan", **open_address) == []


@pytest.mark.parametrize("street", ["Gammel Havn", "7. Tværgade 5", "1. maj-stræde 3"])
def test_streets_with_numbers_elsewhere_or_none(street: str) -> None:
    address = {"citizen": {"address": {"street": street, "protected": "ja"}}}
    assert len(leaks(f"<p>{street}</p>", "gp-letter", **address)) == 1
    assert leaks("<p>Den 7. og den 1. maj er der fri på Havnen</p>", "gp-letter", **address) == []


def test_problem_stands_at_the_text_that_the_reader_is_shown() -> None:
    step = {"start": "2012-11-19", "hours": "8", "tasks": "Hjemmearbejde på Hemmelig Vej 14"}
    plan = {"kind": "partial_return", "steps": [step]}
    contacts = [{"date": "2012-10-01", "kind": "talk", "about": "Vi mødtes på Hemmelig Vej 14"}]
    (found,) = leaks("<td>Hjemmearbejde på Hemmelig Vej 14</td>", "return-plan", return_plan=plan, contacts=contacts)
    text = citizen_yaml(citizen={"address": ADDRESS}, return_plan=plan, contacts=contacts)
    line = 1 + text.split("\n").index("    tasks: Hjemmearbejde på Hemmelig Vej 14")
    assert found == (
        f"case.yaml:{line}:12: the citizen's protected address stands in this text, which return-plan shows the "
        "employer; take it out, or write it in other words"
    )


def test_citizens_own_letter_has_the_address_behind_the_window_only() -> None:
    window = '<div data-at="x:1:1" class="window">\n<p>Åse</p>\n<p>Hemmelig Vej 14 B</p></div>'
    assert leaks(f"{window}<p>Kære Åse</p>", "follow-up-plan") == []
    (found,) = leaks(f"{window}<p>Du bor på Hemmelig Vej 14.</p>", "follow-up-plan")
    assert "the citizen's protected address outside the window stands in follow-up-plan, for the citizen" in found


@pytest.mark.parametrize(
    "number",
    [
        *CPR_SPELLINGS,
        "740468<b>-1238</b>",
        "740468<b>-</b>1238",
        "74<b>04</b>68-12<i>38</i>",
        "740468&#8209;1238",
        "7404&shy;68&ndash;1238",
        "740468-1238¹",
    ],
)
def test_cpr_number_is_found_in_the_employers_document_alone(number: str) -> None:
    (found,) = leaks(f"<p>{number}</p>", "return-plan")
    assert found.startswith("case.yaml:10:8: the citizen's CPR number stands in return-plan, for the employer")
    assert leaks(f"<p>{number}</p>", "gp-letter") == []


@pytest.mark.parametrize("number", ["740468-xxxx", "740468-12389", "1740468-1238", "740468 og 1238", "740468-1239"])
def test_other_digits_are_let_alone(number: str) -> None:
    assert leaks(f"<p>{number}</p>", "return-plan") == []
