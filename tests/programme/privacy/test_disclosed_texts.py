"""What a workplace or the public must not read, where it stands in a case; and what is let alone."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import COMMITTEE, DOCTOR, citizen_yaml, loaded_case

from kvisdocs.cases.load import load_case
from kvisdocs.cases.texts import find_texts
from kvisdocs.programme.privacy.disclosed_texts import check_disclosed
from kvisdocs.programme.privacy.sensitive_words import find_sensitive, read_plain

ROOT = Path(__file__).parents[3]
EMPLOYER = {"name": "Midtjysk Kontorservice A/S", "contact": {"name": "Peter Angst", "phone": "00 00 41 01"}}
AT_WORK = {"status": "in_job", "employer": EMPLOYER, "job": "bogholder", "norm_hours": "37"}


def told(tasks: str, **changes: Any) -> list[str]:
    step = {"start": "2012-11-19", "hours": "8", "tasks": tasks}
    whole = {
        "citizen": {"phone": "00 00 31 01"},
        "gp": DOCTOR,
        "employment": AT_WORK,
        "return_plan": {"kind": "partial_return", "steps": [step]},
    }
    loaded = loaded_case(citizen_yaml(**{**whole, **changes}))
    return [str(problem) for problem in check_disclosed(loaded, find_texts(loaded))]


TELLS = [
    "Bilag, få timer pga. depression og medicin",
    "Journalisering, da hun har angst",
    "Rolige opgaver efter indlæggelsen",
    "Kun formiddag, da medicinen sløver",
    "Fri onsdag til psykologsamtale",
    "Fri torsdag til psykiater",
    "Ingen telefoner, hun er stresset",
    "Skånes pga. stressbelastning",
    "F32.1",
    "diagnose DF432",
    "Pga. F33 kun få timer",
    "de**pres**sion",
    "depres\N{SOFT HYPHEN}sionen",
    "DEPRESSION",
    "Depression",
    "antidepressiv medicin gør hende træt",
    "Fri til kognitiv terapi",
    "går i samtaleterapi",
    "Har PTSD",
    "OCD, så ingen rod",
    "Udbrændt, så stille opgaver",
    "Fri til kemoterapi",
    "Gravid, så ingen løft",
    "Ring 00003101",
    "Ring 00 00 31 01",
    "Ring +45 0000 3101",
    "Ring 00-00-31-01",
    "Mobil: 00.00.31.01",
    "740468-1238",
    "Arbejder hjemme på Ærøvej 14",
    "Aftalt med Signe Læge",
    "skal spise sertralin",
    "Sygdommen gør hende langsom",
    "Symptomerne er værst om morgenen",
    "Genoptræning tirsdag",
    "bipolar lidelse",
    "Tager citalopram",
    "fri til ambulant behandling",
    "alkoholmisbrug, så ingen fest",
    "Midt i en skilsmisse",
    "migræneanfald",
    "Er i behandling hos en læge",
    "socialangst",
    "præstationsangst ved telefonen",
    "mindre stress",
    "borderline",
    "pga. psyk.",
    "skånes, har haft en blodprop",
    "hjernerystelse: ingen skærm",
    "kræftbehandling mandage",
    "bedre sovemedicin",
    "selvmordstanker",
    "Undersøgelse på sygehuset mandag",
]
LET_ALONE = [
    "Journalisering, ingen kundekontakt",
    "Stressfri zone ved vinduet",
    "Salg af Stressless-stole",
    "Forstress af bjælker",
    "Stresstest af systemet",
    "Møde med Peter Angst",
    "Levering til Nordisk Medicin A/S",
    "Samtale med Angst hver fredag",
    "Indlagte pauser hver time",
    "APV om psykisk arbejdsmiljø",
    "Alle kræfter på regnskabet",
    "Piller rejer",
    "Indlæg til nyhedsbrevet",
    "Sagsbehandling og tekstbehandling",
    "Behandling af fakturaer",
    "Overfladebehandling af træ",
    "Diagnosticering af fejl på maskiner",
    "Ring til Lene på 00 00 41 01",
    "Egne kunder, halv portefølje",
    "Lokale F32",
    "F12-tasten",
    "Udskrevne regninger",
    "Rolige opgaver uden afbrydelser",
    "Ordner lager og depot",
    "Presset pap",
    "Medicinhåndtering bliver lavet af en kollega",
    "Kan holde pauser",
    "Trykprøver",
    "Arbejder sorgløst? nej, roligt",
    "Sorgenfri station",
    "Kurs i arbejdsmiljø",
    "Terapibassinet rengøres",
    "Levering til sygehuset",
]


@pytest.mark.parametrize("text", TELLS)
def test_what_tells_of_illness_or_private_matters_is_a_warning(text: str) -> None:
    found = told(text)
    assert found
    assert all(problem.startswith("case.yaml:40:") and "warning" in problem for problem in found)


@pytest.mark.parametrize("text", LET_ALONE)
def test_words_of_work_and_names_are_let_alone(text: str) -> None:
    assert told(text) == []


def test_the_warning_stands_at_the_word_and_says_who_reads_it() -> None:
    assert told("Bilag pga. depression")[0] == (
        'case.yaml:40:23: warning: "depression" tells of illness or of private matters, and the employer is shown this '
        "text; say what the work is, or what it must spare, without the reason"
    )
    host = {"name": "Byens Boghandel"}
    step = {"start": "2012-11-19", "hours": "8", "tasks": "Bilag pga. angst"}
    (found,) = told("", return_plan={"kind": "work_placement", "host": host, "steps": [step]})
    assert '"angst" tells of illness or of private matters, and the placement host is shown this text' in found


def test_a_clinic_may_speak_of_its_work_and_nobody_else() -> None:
    clinic = {**AT_WORK, "employer": {"name": "Herning Medicincenter"}}
    assert told("Booking af medicin", employment=clinic) == []
    assert told("Booking af psykologtider", employment={**AT_WORK, "job": "psykologsekretær"}) == []
    assert told("Bilag pga. angst", employment=clinic)


def test_the_words_of_the_health_track_are_looked_for() -> None:
    def track(goal: str) -> dict[str, Any]:
        return {"purpose": "Formål", "activities": [{"goal": goal, "responsible": "Du"}]}

    plan = {
        "agreed": "2012-11-08",
        "goal": "Fuld tid",
        "employment": track("Journalisering"),
        "health": track("Åndedrætsøvelser"),
    }
    (found,) = told("Pause til åndedrætsøvelser", plan=plan)
    assert '"åndedrætsøvelser" is from the health or the social track' in found
    assert told("Journalisering", plan=plan) == []


@pytest.mark.parametrize(("shared", "number"), [("ja", 1), ("nej", 0)])
def test_an_activity_is_read_where_the_workplace_is_shown_it(shared: str, number: int) -> None:
    activity = {"goal": "Mindre stress", "responsible": "Du", "shared": shared}
    plan = {"agreed": "2012-11-08", "goal": "x", "employment": {"purpose": "y", "activities": [activity]}}
    assert len(told("Bilag", plan=plan)) == number


def test_the_words_of_a_consent_are_printed_and_so_read() -> None:
    consent = {"kind": "disclose", "party": "employer", "data": ["return_plan"], "given": "2012-10-31"}
    (found,) = told("Bilag", consents=[{**consent, "covers": ["timer, ikke min depression"]}])
    assert '"depression"' in found
    assert told("Bilag", consents=[{**consent, "party": "gp", "covers": ["timer, ikke min depression"]}]) == []


def test_a_text_for_the_citizen_alone_may_speak_of_illness() -> None:
    assert told("Bilag", contacts=[{"date": "2012-10-22", "kind": "talk", "about": "Om depression og medicin"}]) == []


@pytest.mark.parametrize("text", ["de**pres**sion", "depres\N{SOFT HYPHEN}sion", "str\N{ZERO WIDTH JOINER}ess"])
def test_a_word_is_placed_where_it_begins_in_the_file(text: str) -> None:
    assert [each.offset for each in find_sensitive(read_plain(f"**x** {text}"))] == [6]


# ---- a committee's paper ----


def item(text: str, **changes: Any) -> list[str]:
    data = {**COMMITTEE, "fields": {"presentation": text}, **changes}
    loaded = loaded_case(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "item")
    return [str(problem) for problem in check_disclosed(loaded, find_texts(loaded))]


@pytest.mark.parametrize(
    "text",
    [
        "Karoline Østergaard har en depression.",
        "Borgeren Karoline Østergaard-Lindqvist er sygemeldt med stress.",
        "Karoline Østergaard er 44 år. Hun har en depression.",
        "Vi mødte hr. Madsen, der har angst.",
        "En 43-årig kvinde fra Gjellerup er sygemeldt med depression.",
        "Borgeren på Ærøvej 14 er indlagt på psykiatrisk afdeling.",
        "740468-xxxx har PTSD.",
        "K.Ø. har en depression.",
        "Særligt er Mohammed El Hassan ramt af angst.",
        "- Tilde Rosenvinge Aakjær: stress",
    ],
)
def test_somebody_who_can_be_known_and_an_illness_are_a_warning(text: str) -> None:
    assert item(text)


@pytest.mark.parametrize(
    "text",
    [
        "184 har depression, 142 stress og 22 angst.",
        "I Herning har 142 stress.",
        "Herning Kommune har 304 borgere med stress.",
        "Jobcenter Herning henviser til psykiater.",
        "Region Midtjylland driver psykiatrien, og 22 har angst.",
        "Center for Erhvervsafklaring og Beskæftigelse tilbyder psykoedukation.",
        "Lise Holm (A) ønskede tal for stress.",
        "Projektet Tilbage til Livet er for borgere med depression.",
        "Dansk Psykolog Forening er hørt om stress.",
        "Social, Sundhed og Beskæftigelse har stress som fokus.",
        "Hver fjerde borger har stress. Direktøren indstiller.",
        "Deltagere på 18-30 år med depression.",
        "Sygehuset i Herning er med.",
        "Overlæge Bente Holm fra Psykiatrien holdt oplæg om stress.",
    ],
)
def test_counts_bodies_and_offices_are_let_alone(text: str) -> None:
    assert item(text) == []


def test_the_warning_names_the_person_and_the_word() -> None:
    assert item("Status. Karoline Østergaard har en depression.") == [
        'item.yaml:9:52: warning: "depression" beside "Karoline Østergaard": the paper is published, and says who is '
        "ill; count, and name nobody"
    ]


def test_who_sits_in_the_committee_may_ask_about_stress() -> None:
    meeting = {**COMMITTEE["meeting"], "present": [{"name": "Grethe Damsbo", "party": "V"}]}
    assert item("Grethe Damsbo spurgte til stress.", meeting=meeting) == []


EXAMPLES = [*ROOT.glob("cases_yaml/**/*.yaml"), *ROOT.glob("templates/*/sample.yaml")]


def test_no_example_and_no_sample_is_warned_of() -> None:
    assert len(EXAMPLES) > 15
    loaded = [load_case(file) for file in EXAMPLES]
    assert [str(problem) for each in loaded for problem in check_disclosed(each, find_texts(each))] == []
