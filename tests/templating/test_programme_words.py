"""What letters say of the programme comes from its rule file: a case under a law is no participant in KVIS."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tinyhtml5
from builders import DOCTOR, citizen_yaml, loaded_case

from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer

ASSETS = Assets((Path(__file__).parents[2] / "templates",))
KVIS = {"sickness": {"category": "2"}}
REFORM = {
    "programme": "reform-2014",
    "sickness": {"first_day": "2016-02-01", "visitation": "2016-03-14", "category": "2"},
}
TRACK = {"purpose": "Job", "activities": [{"goal": "20 timer", "responsible": "Du"}]}
PLAN = {"plan": {"agreed": "2012-11-05", "goal": "Fuld tid", "employment": TRACK}}


def to_gp(given: str) -> dict[str, Any]:
    """A doctor and the consent to write to him."""
    consent = {"kind": "disclose", "party": "gp", "covers": ["målet"], "data": ["participation"], "given": given}
    return {"gp": DOCTOR, "consents": [consent]}


def words(document: str, on: str, **changes: Any) -> str:
    """The words of the document, a space between any two."""
    loaded = loaded_case(citizen_yaml(**changes))
    page = Renderer(ASSETS).render(loaded, load_documents(ASSETS)[document], date.fromisoformat(on))
    return " ".join(re.sub(r"<[^>]+>", " ", page.text.partition("<body")[2]).replace("\xa0", " ").split())


@pytest.mark.parametrize(
    ("changes", "on", "said"),
    [
        (
            KVIS,
            "2012-11-14",
            "kom du med i KVIS (kategori 2). Da var du i job. Kategori 2 er for dig, der har brug for hjælp tidligt, "
            "så sygeforløbet ikke bliver langt.",
        ),
        (
            REFORM,
            "2016-03-21",
            "begyndte kommunens opfølgning (kategori 2). Da var du i job. Kategori 2 betyder, at vi regner med, at du "
            "er sygemeldt i mere end 8 uger. Vi kan se vejen tilbage til arbejdet.",
        ),
    ],
)
def test_the_plan_says_what_the_category_means(changes: dict[str, Any], on: str, said: str) -> None:
    assert said in words("follow-up-plan", on, **changes, **PLAN)


def test_the_plan_of_an_ended_course_does_not_say_what_we_still_expect() -> None:
    ended = {"outcome": {"date": "2016-03-14", "kind": "to_job"}}
    text = words("follow-up-plan", "2016-03-21", **REFORM, **PLAN, **ended)
    assert "begyndte kommunens opfølgning (kategori 2). Da var du i job." in text
    assert "vi regner med" not in text


def test_before_the_categories_of_the_law_came_the_plan_does_not_say_what_they_mean() -> None:
    sickness = {"first_day": "2014-10-06", "visitation": "2014-10-20", "category": "2"}
    text = words("follow-up-plan", "2014-11-14", programme="reform-2014", sickness=sickness, **PLAN)
    assert "(kategori 2). Da var du i job." in text
    assert "Kategori 2 betyder" not in text


def test_a_programme_without_a_goal_for_the_self_rating_says_none() -> None:
    ratings = {"self_ratings": [{"date": "2016-03-14", "value": "3"}, {"date": "2016-03-21", "value": "4"}]}
    assert "trin op i forløbet" not in words("follow-up-plan", "2016-03-21", **REFORM, **PLAN, **ratings)
    ratings = {"self_ratings": [{"date": "2012-10-22", "value": "3"}, {"date": "2012-11-12", "value": "4"}]}
    assert "Målet er 5 trin op i forløbet, fra 3 til 8." in words(
        "follow-up-plan", "2012-11-14", **KVIS, **PLAN, **ratings
    )


def test_the_plan_tells_the_citizen_what_has_been_and_what_is_to_come() -> None:
    steps = {"steps": {"first_talk": "2016-03-14"}}
    text = words("follow-up-plan", "2016-04-18", **REFORM, **PLAN, **steps)
    table = text.partition("Trin Dato ")[2].partition(" Fælles status")[0]
    assert table == (
        "Oplysningsskema ikke endnu "
        "Arbejdsgiverens sygefraværssamtale ikke endnu "
        "Besøg hos egen læge før første samtale ikke endnu "
        "Første opfølgningssamtale 14. mar. 2016 "
        "Aftale om indsatsen 5. nov. 2012 "
        "Opfølgning mindst hver 4. uge sidst den 14. mar. 2016"
    )


@pytest.mark.parametrize(
    ("confirmed", "said"),
    [
        ("", ""),
        (
            "confirmed: {by: Jurist Prøve, on: 2026-11-02}\n",
            "Revurdering af, om sygedagpengene kan fortsætte senest 12. feb. 2027 "
            "Mindst fire opfølgninger i de første seks måneder 1 af 4 indtil nu, resten senest 12. mar. 2027",
        ),
    ],
)
def test_the_plan_is_silent_on_what_is_to_come_of_rules_that_are_not_sure(
    tmp_path: Path, confirmed: str, said: str
) -> None:
    rules = tmp_path / "programmes" / "forenkling-2025.yaml"
    rules.parent.mkdir()
    rules.write_text(f"name: forenkling-2025\nbase: forenkling-2025\n{confirmed}", encoding="utf-8")
    assets = Assets((tmp_path, *ASSETS.folders))
    plan = {"agreed": "2026-11-02", "goal": "Fuld tid", "employment": TRACK}
    sickness = {"first_day": "2026-09-14", "visitation": "2026-10-26", "category": "2"}
    steps = {"information_form": "2026-10-05", "employer_talk": "2026-10-07", "first_talk": "2026-10-26"}
    loaded = loaded_case(citizen_yaml(programme="forenkling-2025", sickness=sickness, steps=steps, plan=plan))
    page = Renderer(assets).render(loaded, load_documents(assets)["follow-up-plan"], date(2026, 11, 23))
    text = " ".join(re.sub(r"<[^>]+>", " ", page.text).replace("\xa0", " ").split())
    assert "Første opfølgningssamtale 26. okt. 2026" in text
    assert ("Revurdering" in text, "Mindst fire" in text) == (bool(said), bool(said))
    assert said in text
    assert ("Det er sket, og det kommer" in text) == bool(said)


def test_the_course_sheets_steps_are_those_of_the_programme_with_deadline_and_state() -> None:
    loaded = loaded_case(citizen_yaml(**REFORM, **PLAN, steps={"first_talk": "2016-03-14"}))
    page = Renderer(ASSETS).render(loaded, load_documents(ASSETS)["course-sheet"], date(2016, 4, 18))
    root = tinyhtml5.parse(page.text, namespace_html_elements=False)
    (table,) = (each for each in root.iter("table") if "Sådan er fristen regnet" in "".join(each.itertext()))
    rows = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in table.iterfind("tbody/tr")]
    assert [" | ".join(row[:4]).replace("\xa0", " ") for row in rows] == [
        "Oplysningsskema | – | – | mangler",
        "Arbejdsgiverens sygefraværssamtale | 29. feb. 2016 | – | 49 dage over fristen",
        "Besøg hos egen læge før første samtale | – | – | mangler",
        "Første opfølgningssamtale | 23. mar. 2016 | 14. mar. 2016 | til tiden",
        "Aftale om indsatsen | – | 5. nov. 2012 | gjort",
        "Revurdering af, om sygedagpengene kan fortsætte | 1. jul. 2016 | – | senest om 74 dage",
        "Opfølgning mindst hver 4. uge | 11. apr. 2016 | 14. mar. 2016 | 1 periode over 4 uger",
    ]
    assert rows[1][4].startswith("Arbejdsgiveren skal holde samtalen senest 4 uger efter første sygedag.")
    assert "juridisk rådgivning" in "".join(root.itertext())


def test_a_last_day_to_complain_that_is_closed_is_explained() -> None:
    plan = {**PLAN["plan"], "decision": {"text": "Du får en mentor.", "legal_basis": "lovens § 78"}}
    said = (
        "Klag senest 4 uger efter den dag, du fik afgørelsen. Er den sidste dag en lørdag, søndag eller helligdag, kan "
        "du klage til og med den næste hverdag. Ring"
    )
    assert said in words("follow-up-plan", "2012-11-14", **KVIS, plan=plan)


@pytest.mark.parametrize(
    ("changes", "on", "said"),
    [
        (
            KVIS,
            "2012-11-14",
            "er med i KVIS. Det er kommunens tidlige indsats for sygemeldte, hvor arbejdspladsen er med fra "
            "begyndelsen. Din patient kom med den 22. oktober 2012. Du får brevet",
        ),
        (
            REFORM,
            "2016-03-21",
            "er i kommunens opfølgning for sygemeldte. Det vil sige, at vi taler med din patient om vejen tilbage til "
            "job. Opfølgningen begyndte den 14. marts 2016.",
        ),
    ],
)
def test_the_letter_to_the_doctor_says_what_the_patient_takes_part_in(
    changes: dict[str, Any], on: str, said: str
) -> None:
    assert said in words("gp-letter", on, **changes, **to_gp(on))


@pytest.mark.parametrize("document", ["follow-up-plan", "gp-letter"])
def test_no_letter_carries_the_notice_that_is_meant_for_the_caseworker(document: str) -> None:
    assert "juridisk rådgivning" not in words(document, "2016-03-21", **REFORM, **PLAN, **to_gp("2016-03-21"))
