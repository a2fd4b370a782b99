"""What the letters to doctor, employer and placement host say, and what they do not."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import DOCTOR, citizen_yaml, loaded_case
from examples import EXAMPLES, letter_day
from readability import lix, prose

from kvisdocs.cases.load import load_case
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.documents import find_blockers, load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer

ASSETS = Assets((Path(__file__).parents[2] / "templates",))
DOCUMENTS = load_documents(ASSETS)
RENDERER = Renderer(ASSETS)
ON = date(2012, 11, 14)
CASES = [load_case(path) for path in sorted(EXAMPLES.rglob("*.yaml"))]
LETTERS = [
    (case, name)
    for case in CASES
    for name in ("gp-letter", "return-plan", "joint-status")
    if isinstance(case.case, CitizenCase) and not find_blockers(case, DOCUMENTS[name], letter_day(case.id))
]
HARDEST = {"gp-letter": 35, "return-plan": 35, "joint-status": 35}


@pytest.mark.parametrize(("case", "name"), LETTERS, ids=lambda each: getattr(each, "id", each))
def test_a_letter_to_somebody_outside_is_easy_to_read(case: Any, name: str) -> None:
    assert lix(prose(RENDERER.render(case, DOCUMENTS[name], letter_day(case.id)).text)) <= HARDEST[name]


def test_there_are_letters_of_each_kind() -> None:
    assert {name for _, name in LETTERS} == set(HARDEST)


# ---- what a letter says ----

EMPLOYER = {"name": "Midtjysk Kontorservice A/S", "contact": {"name": "Lene Holm"}}
ACTIVITIES = [
    {"goal": "Flere timer", "responsible": "Lene Holm", "progress": "under_way", "shared": "ja"},
    {"goal": "Hemmeligt maal", "responsible": "Du", "how": "Hemmelig maade"},
]
TRACK = {"purpose": "Hemmeligt formaal", "activities": ACTIVITIES}
HIDDEN = {"purpose": "Skjult formaal", "activities": [{"goal": "Skjult maal", "responsible": "Du"}]}
STEPS = [
    {"start": "2012-11-19", "end": "2012-12-09", "hours": "8", "tasks": "Bilag"},
    {"start": "2012-12-10", "hours": "16", "tasks": "Kunder"},
]


def consent(party: str, *data: str, covers: list[str] | None = None, **more: Any) -> dict[str, Any]:
    words = covers or ["målet, og at jeg deltager i programmet", "målene for arbejdet", "timer, datoer og opgaver"]
    return {"kind": "disclose", "party": party, "covers": words, "data": list(data), "given": "2012-10-31", **more}


TO_GP = consent("gp", "participation", "category", "return_goal", "return_plan")
TO_EMPLOYER = consent("employer", "return_plan", "employment_track")
OBTAIN = {"kind": "obtain", "party": "gp", "covers": ["lægens vurdering af arbejdsevnen"], "given": "2012-10-22"}
WHOLE: dict[str, Any] = {
    "sickness": {"category": "2"},
    "employment": {"employer": EMPLOYER, "job": "bogholder"},
    "gp": DOCTOR,
    "consents": [TO_GP, TO_EMPLOYER],
    "plan": {
        "agreed": "2012-11-08",
        "goal": "Fuld tid fra februar.",
        "employment": TRACK,
        "health": HIDDEN,
        "social": HIDDEN,
    },
    "return_plan": {"kind": "partial_return", "steps": STEPS},
}


def words(name: str, on: date = ON, **changes: Any) -> str:
    """The words of a document, a space between any two."""
    page = RENDERER.render(loaded_case(citizen_yaml(**{**WHOLE, **changes})), DOCUMENTS[name], on)
    return " ".join(re.sub(r"<[^>]+>", " ", page.text.partition("<body")[2]).replace("\xa0", " ").split())


def obstacle(name: str, **changes: Any) -> str:
    found = find_blockers(loaded_case(citizen_yaml(**{**WHOLE, **changes})), DOCUMENTS[name], ON)
    return "; ".join(f"{problem.position.line}: {problem.what}" for problem in found)


def test_the_doctor_reads_what_the_programme_and_the_category_are() -> None:
    said = (
        "Din patient Åse Marie Østergård er med i KVIS. Det er kommunens tidlige indsats for sygemeldte, hvor "
        "arbejdspladsen er med fra begyndelsen. Din patient kom med den 22. oktober 2012 og er i kategori 2: Der er "
        "risiko for et langt sygeforløb. Du får brevet, så du kender planen, når du taler med din patient. Planen Mål: "
        "Fuld tid fra februar. Indtil da arbejder din patient sådan:"
    )
    assert said in words("gp-letter")


ASKS = "Er der lægelige grunde til at ændre planen, så ring til Bodil Clark"
ASKS_NOT = "Har du spørgsmål til planen, så ring til Bodil Clark"


@pytest.mark.parametrize(
    ("changes", "asks"),
    [
        ({}, True),
        ({"expires": "2012-11-13"}, False),
        ({"withdrawn": "2012-11-01"}, False),
        ({"given": "2012-11-15"}, False),
        ({"party": "hospital"}, False),
        ({"covers": ["I må ikke spørge min læge om noget"]}, False),
        ({"given": "2012-09-01"}, False),
    ],
)
def test_the_doctor_is_asked_of_health_on_a_consent_to_obtain_alone(changes: dict[str, Any], asks: bool) -> None:
    text = words("gp-letter", consents=[TO_GP, {**OBTAIN, **changes}])
    assert (ASKS in text, ASKS_NOT in text) == (asks, not asks)
    assert ("Vi beder ikke om oplysninger om helbredet." in text) is not asks


def test_without_any_consent_to_obtain_nothing_is_asked() -> None:
    assert ASKS_NOT in words("gp-letter")


def test_the_consent_stands_line_for_line_with_its_last_day() -> None:
    text = words("gp-letter", consents=[{**TO_GP, "expires": "2013-04-19"}])
    assert "sagde den 31. oktober 2012 ja til, at vi fortæller dig dette, og brevet indeholder ikke andet:" in text
    assert "Samtykket gælder til og med den 19. april 2013." in text


def test_social_goals_are_told_as_written_to_the_patient() -> None:
    text = words(
        "gp-letter", consents=[consent("gp", "participation", "social", covers=["deltagelse", "det sociale spor"])]
    )
    assert "Planen har også sociale mål. De er skrevet til din patient: Skjult maal" in text


def test_an_ended_course_is_told_for_information() -> None:
    text = words("gp-letter", sickness={"category": "2", "recovered": "2012-11-12"})
    assert "har været med i KVIS." in text
    assert (
        "Forløbet sluttede den 12. november 2012. Planen gælder ikke længere, og brevet er kun til orientering." in text
    )
    assert "Har du spørgsmål, så ring" in text


def test_the_employer_reads_of_work_and_refund_and_nothing_else() -> None:
    text = words("return-plan")
    assert "Åse Marie Østergård er delvist sygemeldt og går gradvist op i tid." in text
    assert "før I ændrer timer eller opgaver" in text
    assert "Indberet fraværstimerne i NemRefusion." in text
    assert "ikke spørge til diagnosen" in text
    assert not re.search("Hemmelig|Skjult|740468", text)
    assert text.index("Underskrifter") < text.index("Med venlig hilsen")
    assert text.count("Åse Marie Østergård") == 4  # the subtitle, the facts, the first sentence, the signature


def test_a_plan_of_one_step_does_not_go_up() -> None:
    assert "gradvist" not in words("return-plan", return_plan={"kind": "partial_return", "steps": STEPS[:1]})


def test_tasks_that_the_consent_says_no_to_are_not_told() -> None:
    text = words("return-plan", consents=[consent("employer", "return_plan", covers=["timer og datoer, ikke opgaver"])])
    assert "Bilag" not in text
    assert "Timer og datoer Periode" in text


# ---- a placement's host ----

HOST = {
    "name": "Byens Boghandel ApS",
    "contact": {"name": "Inge Bog"},
    "address": {"street": "Torvet 4", "postcode": "7400", "city": "Herning"},
}
HOSTED = {"kind": "work_placement", "host": HOST, "steps": STEPS}


def test_the_plan_of_a_placement_goes_to_its_host_who_learns_of_no_employer() -> None:
    text = words("return-plan", return_plan=HOSTED, consents=[consent("placement", "return_plan")])
    assert "Byens Boghandel ApS Att.: Inge Bog Torvet 4 7400 Herning" in text
    assert "er i virksomhedspraktik hos jer og går gradvist op i tid" in text
    assert "hvad praktikanten kan klare" in text
    assert not re.search("Midtjysk|Lene Holm|bogholder|37 timer|Fravær|NemRefusion", text)


def test_an_unemployed_citizens_host_is_written_to() -> None:
    unemployed = {"status": "unemployed", "norm_hours": None}
    changes = {"employment": unemployed, "return_plan": HOSTED, "consents": [consent("placement", "return_plan")]}
    assert "Kære Inge Bog" in words("return-plan", **changes)


def test_a_consent_to_the_employer_is_none_to_the_host() -> None:
    assert "the case holds no consent to disclose to the placement host" in obstacle("return-plan", return_plan=HOSTED)
    found = obstacle("return-plan", consents=[consent("placement", "return_plan")])
    assert "the case holds no consent to disclose to the employer" in found


def test_a_bare_place_still_keeps_the_plan_from_the_employer() -> None:
    elsewhere = {"kind": "work_placement", "place": "Byens Boghandel ApS", "steps": STEPS}
    assert 'is for a placement elsewhere, "Byens Boghandel ApS"' in obstacle("return-plan", return_plan=elsewhere)


# ---- the joint status ----


def test_the_joint_status_tells_the_shared_goals_and_the_plan_and_is_signed_by_three() -> None:
    text = words("joint-status")
    assert "Flere timer Lene Holm I gang" in text
    assert "8 29 Bilag" in text
    assert not re.search("Hemmelig|Skjult|740468|Fuld tid", text)
    signed = text.partition("Underskrifter")[2]
    for name in ("Åse Marie Østergård", "Lene Holm Midtjysk Kontorservice A/S", "Bodil Clark Herning Kommune"):
        assert name in signed


def test_the_joint_status_leaves_out_the_plan_that_its_consent_does_not_cover() -> None:
    text = words("joint-status", consents=[consent("employer", "employment_track", covers=["målene for arbejdet"])])
    assert "Flere timer" in text
    assert "Bilag" not in text


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"consents": [consent("employer", "return_plan")]}, 'does not cover "employment_track"'),
        ({"consents": [TO_GP]}, "the case holds no consent to disclose to the employer"),
        (
            {"plan": {**WHOLE["plan"], "employment": {**TRACK, "activities": ACTIVITIES[1:]}}},
            "is marked for the workplace",
        ),
        ({"employment": {"status": "unemployed"}}, ""),
        ({"sickness": {"recovered": "2012-11-12"}}, "the course ended 2012-11-12"),
    ],
)
def test_no_joint_status_without_its_consent_and_a_shared_goal(changes: dict[str, Any], wanted: str) -> None:
    assert wanted in obstacle("joint-status", **changes)


@pytest.mark.parametrize("place", ["health", "social"])
def test_nothing_of_the_other_tracks_is_given_even_where_it_is_marked(place: str) -> None:
    marked = {"purpose": "Skjult formaal", "activities": [{"goal": "Skjult maal", "responsible": "Du", "shared": "ja"}]}
    text = words("joint-status", plan={**WHOLE["plan"], place: marked})
    assert "Skjult" not in text


def test_a_template_for_the_employer_cannot_print_the_programme() -> None:
    own = DOCUMENTS["return-plan"].model_copy(update={"name": "follow-up-plan"})
    with pytest.raises(KvisdocsError, match="programme"):
        RENDERER.render(loaded_case(citizen_yaml(**WHOLE)), own, ON)
