"""Names that a copied case left behind, and names that may well stand in a case."""

from pathlib import Path
from typing import Any

import pytest
from builders import DOCTOR, citizen_yaml, loaded_case

from kvisdocs.application.stray_names import describe_strays, find_names
from kvisdocs.cases.load import LoadedCase

CONTACT = {"name": "Lene Marie Holm"}
OTHER = citizen_yaml(
    citizen={
        "first_names": "Karoline Marie",
        "last_name": "Østergård Lindqvist",
        "called": "Line",
        "cpr": "740470-1238",
    },
    case_number="12/9",
    caseworker={"name": "Palle Vestermark"},
    employment={"employer": {"name": "Kontor A/S", "contact": CONTACT}},
    gp=DOCTOR,
)
"""The case that others were copied from."""


def told(text: str, *more: str, **changes: Any) -> list[str]:
    """What is said of a case with that text in its plan, beside the case of `OTHER` and more."""
    plan = {
        "agreed": "2012-11-01",
        "goal": text,
        "employment": {"purpose": "Job", "activities": [{"goal": "20 timer", "responsible": "Du"}]},
    }
    own = citizen_yaml(**{"plan": plan, **changes})
    cases: list[LoadedCase] = [loaded_case(each, f"case-{number}") for number, each in enumerate((OTHER, own, *more))]
    found = describe_strays({Path(each.source.file): find_names(each) for each in cases})
    return [each.what for each in found]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Lene Holm ringer på fredag.", "Lene Holm", "the contact of the workplace"),
        ("Du taler med Lene Holms chef.", "Lene Holm", "the contact of the workplace"),
        ("Vi ringer til Holm, Lene på fredag.", "Holm, Lene", "the contact of the workplace"),
        ("Vi ringer til Lene Marie Holm.", "Lene Marie Holm", "the contact of the workplace"),
        ("LENE HOLM ringer.", "LENE HOLM", "the contact of the workplace"),
        ("Karoline Lindqvist er tilbage.", "Karoline Lindqvist", "the citizen"),
        ("Karoline Østergård er tilbage.", "Karoline Østergård", "the citizen"),
        ("Line Lindqvist er tilbage.", "Line Lindqvist", "the citizen"),
        ("Karoline Oestergaard er tilbage.", "Karoline Oestergaard", "the citizen"),
        ("Mandag taler du med Signe Læge.", "Signe Læge", "the doctor"),
    ],
)
def test_a_person_of_another_case_is_told(text: str, name: str, role: str) -> None:
    assert told(text) == [f'"{name}" is nobody in this case, but {role} in case-0.yaml']


@pytest.mark.parametrize(
    "text",
    [
        "Palle Vestermark ringer.",  # a caseworker
        "Lene ringer, og Holm er i byen.",
        "Du og Lene. Holm er på ferie.",
        "Lene og Peter Holm",
        "lene holm",
        "Åse Østergård er tilbage.",  # herself
        "Bodil Clark ringer.",  # her own caseworker
        "Kontor A/S og Jobcenter Herning",
        "Ny Plan Fra Mandag",
        "",
        "Karolines Lindqvisthus",
    ],
)
def test_what_is_no_person_of_another_case_is_let_pass(text: str) -> None:
    assert told(text or "Fuld tid") == []


def test_whoever_is_in_the_case_too_is_let_pass() -> None:
    own = {"employer": {"name": "Andet ApS", "contact": {"name": "Lene Holm"}}}
    assert told("Lene Holm ringer.", employment=own) == []
    assert told("Signe Læge skriver.", gp=DOCTOR) == []


def test_somebody_of_the_same_firm_is_let_pass() -> None:
    assert told("Lene Holm ringer.", employment={"employer": {"name": "Kontor A/S"}}) == []


def test_a_doctor_of_several_is_let_pass() -> None:
    third = citizen_yaml(gp=DOCTOR, case_number="12/10", citizen={"cpr": "740471-1238"})
    assert told("Signe Læge skriver.", third) == []


def test_a_colleague_of_the_caseworkers_is_let_pass() -> None:
    third = citizen_yaml(team=[{"role": "Jobkonsulent", "name": "Lene Holm"}], case_number="12/10")
    assert told("Lene Holm ringer.", third) == []


def test_who_has_a_duty_is_looked_at_too() -> None:
    duties = [{"who": "Lene Holm", "what": "Ringer"}]
    track = {"purpose": "Job", "activities": [{"goal": "20 timer", "responsible": "Du", "duties": duties}]}
    assert told("", plan={"agreed": "2012-11-01", "goal": "Fuld tid", "employment": track})


def test_a_name_is_told_where_it_stands() -> None:
    text = citizen_yaml(contacts=[{"date": "2012-10-22", "kind": "talk", "participants": ["Lene Holm"]}])
    file = Path("case.yaml")
    names = {file: find_names(loaded_case(text)), Path("other.yaml"): find_names(loaded_case(OTHER, "other"))}
    assert names[file].named.keys() == {("lene", "holm")}
    assert [path for path, _, _ in names[file].named.values()] == [("contacts", 0, "participants", 0)]
    assert str(next(iter(describe_strays(names)))).startswith("case.yaml: warning: ")  # a file that is not there
