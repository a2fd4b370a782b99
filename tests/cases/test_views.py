"""What an audience can reach of a case, and that nothing else is ever printed."""

import copy
from collections.abc import Iterator
from typing import Any

import jinja2
import pytest
from builders import citizen_case, committee_item
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from kvisdocs.cases.citizen import CitizenCase
from kvisdocs.cases.views import WHITELISTS, Audience, View, view_case, view_consent, view_model
from kvisdocs.templating.environment import make_environment
from kvisdocs.templating.formatting import FormatError
from kvisdocs.templating.html import Assets


def person(of: str) -> dict[str, str]:
    return {"name": f"Navn {of}", "title": f"Titel {of}", "phone": "96 28 00 00", "email": f"{of}@example.dk"}


def address(of: str) -> dict[str, str]:
    return {"care_of": f"co {of}", "street": f"Vej {of}", "place": f"Sted {of}", "postcode": "7400", "city": f"By {of}"}


def track(of: str) -> dict[str, Any]:
    texts = {key: f"{key} {of}" for key in ("goal", "how", "purpose", "responsible", "status_note")}
    lists = {"sub_goals": [f"Delmål {of}"], "process_goals": [f"Procesmål {of}"]}
    duties = [{"who": f"Hvem {of}", "what": f"Hvad {of}"}]
    return {"purpose": f"Formål {of}", "activities": [{**texts, **lists, "duties": duties}]}


GLN = "5799999999994"

FULL = citizen_case(
    caseworker={**person("rådgiver"), "unit": "Enhed", "hours": "Telefontid"},
    citizen={"called": "Kaldenavn", "address": {**address("borger"), "protected": "ja"}, "phone": "11 22 33 44"},
    sickness={"first_day": "2001-01-01", "visitation": "2001-01-02", "category": "2", "diagnoses": ["anxiety"]},
    employment={
        "employer": {"name": "Virksomheden", "contact": person("leder"), "address": address("virksomhed"), "gln": GLN},
        "job": "Bogholderen",
        "notice_ends": "2001-01-04",
    },
    education="vocational",
    gp={
        "name": "Lægen",
        "practice": "Lægehuset",
        "provider_number": "001234",
        "address": address("læge"),
        "phone": "55 66 77 88",
        "gln": "5799999999017",
    },
    self_ratings=[{"date": "2001-01-05", "value": "3", "note": "Vurderingen"}],
    steps={"ceb_talk": "2001-01-06"},
    contacts=[
        {"date": "2001-01-07", "kind": "phone", "about": "Kontakten", "participants": ["Deltager"], "agreed": "Aftalen"}
    ],
    company_course={"kind": "other", "start": "2001-01-15", "end": "2001-01-16", "place": "Forløbets sted"},
    web_registrations=[{"number": "1", "date": "2001-01-08", "answers": [{"question": "Hvad?", "answer": "Svaret"}]}],
    consents=[
        {
            "kind": "disclose",
            "party": "gp",
            "covers": ["Dækningen"],
            "purpose": "Samtykkets formål",
            "party_name": "Modtageren",
            "social_track": "ja",
            "given": "2001-01-09",
        },
        {"kind": "obtain", "party": "hospital", "covers": ["Journalen"], "given": "2001-01-10"},
    ],
    plan={
        "agreed": "2001-01-11",
        "next_follow_up": "2001-01-12",
        "goal": "Planens mål",
        "short_goal": "Kort mål",
        "employment": track("job"),
        "health": track("sundhed"),
        "social": track("socialt"),
        "joint_statuses": [{"date": "2001-01-17", "agreed_by": ["citizen"], "text": "Fælles status"}],
        "decision": {"text": "Afgørelsen", "legal_basis": "Hjemlen"},
    },
    return_plan={
        "kind": "partial_return",
        "place": "Praktikstedet",
        "contact": "Aftalt kontakt",
        "agreed": "2001-01-18",
        "agreed_with": "Aftalepartneren",
        "steps": [{"start": "2001-01-13", "end": "2001-01-14", "hours": "10", "tasks": "Opgaverne"}],
    },
    outcome={"date": "2001-01-19", "kind": "to_job", "same_workplace": "ja", "note": "Udfaldet"},
)
"""A case with every field filled, most of them with a text or day that stands nowhere else."""


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Each plain value in a model or a View, with its dotted path; a list's items share the list's path."""
    if isinstance(value, (BaseModel, View)):
        names = dir(value) if isinstance(value, View) else type(value).model_fields
        for name in names:
            yield from leaves(getattr(value, name), f"{path}.{name}".lstrip("."))
    elif isinstance(value, tuple):
        for item in value:
            yield from leaves(item, path)
    elif isinstance(value, dict):
        for item in value.values():
            yield from leaves(item, path)
    else:
        yield path, value


PATHS = sorted({path for path, _ in leaves(FULL)})
TEXTS = [(path, str(value)) for path, value in leaves(FULL)]
UNIQUE = [
    (path, text)
    for path, text in TEXTS
    if len(text) > 4 and not [other for other, longer in TEXTS if other != path and text in longer]
]
"""The values by which one can tell, wherever they turn up, which path they come from."""

REACHABLE = {
    Audience.GP: """
        case_number caseworker.email caseworker.hours caseworker.name caseworker.phone caseworker.title caseworker.unit
        citizen.cpr citizen.name employment.norm_hours gp.address.care_of gp.address.city gp.address.lines
        gp.address.place gp.address.postcode gp.address.protected gp.address.street gp.gln gp.name gp.phone
        gp.practice gp.provider_number municipality plan.agreed plan.goal plan.short_goal programme return_plan.kind
        return_plan.steps.end return_plan.steps.hours return_plan.steps.start sickness.category sickness.first_day
        sickness.visitation
    """,
    Audience.EMPLOYER: """
        case_number caseworker.email caseworker.hours caseworker.name caseworker.phone caseworker.title caseworker.unit
        citizen.name employment.employer.address.care_of employment.employer.address.city
        employment.employer.address.lines employment.employer.address.place employment.employer.address.postcode
        employment.employer.address.protected employment.employer.address.street employment.employer.contact.email
        employment.employer.contact.name employment.employer.contact.phone employment.employer.contact.title
        employment.employer.gln employment.employer.name employment.job employment.norm_hours municipality
        return_plan.agreed return_plan.agreed_with return_plan.contact return_plan.kind return_plan.place
        return_plan.steps.end return_plan.steps.hours return_plan.steps.start return_plan.steps.tasks
    """,
}


@pytest.mark.parametrize("audience", REACHABLE)
def test_an_audience_reaches_these_values_and_no_others(audience: Audience) -> None:
    assert sorted({path for path, _ in leaves(view_case(FULL, audience))}) == REACHABLE[audience].split()


def test_the_citizen_reaches_the_whole_case() -> None:
    seen = {path for path, _ in leaves(view_case(FULL, Audience.CITIZEN))}
    assert set(PATHS) - seen == {"kind"}
    assert seen - set(PATHS) == {
        *("citizen.name", "citizen.greeted_as", "citizen.address.lines"),
        *("gp.address.lines", "employment.employer.address.lines"),
    }


def test_a_committee_has_no_view_of_a_citizen_nor_a_citizen_of_an_item() -> None:
    with pytest.raises(ValueError, match="a citizen case has no view for the audience committee"):
        view_case(FULL, Audience.COMMITTEE)
    for audience in (Audience.CITIZEN, Audience.GP, Audience.EMPLOYER):
        with pytest.raises(ValueError, match="a committee case has no view"):
            view_case(committee_item(), audience)


def test_every_audience_has_a_whitelist_of_true_paths() -> None:
    assert set(WHITELISTS) == set(Audience)
    for audience in (Audience.CITIZEN, Audience.GP, Audience.EMPLOYER):
        assert dir(view_case(FULL, audience))


def test_a_protected_address_is_for_the_citizens_own_letter() -> None:
    lines = [str(line) for line in FULL.citizen.address.lines]
    for audience in (Audience.GP, Audience.EMPLOYER):
        shown = str([value for _, value in leaves(view_case(FULL, audience))])
        assert not [line for line in lines if line in shown]
    assert view_case(FULL, Audience.CITIZEN).citizen.address.lines == FULL.citizen.address.lines  # type: ignore[attr-defined]


def test_part_that_the_case_lacks_is_none() -> None:
    assert view_case(citizen_case(), Audience.GP).plan is None


def test_consent_shows_its_days_and_what_it_covers() -> None:
    assert sorted(dir(view_consent(FULL.consents[0]))) == ["covers", "expires", "given"]


def test_view_has_neither_methods_nor_a_way_to_be_printed_whole() -> None:
    view = view_model(FULL.citizen)
    for name in ("model_dump", "model_construct", "copy", "json", "__dict__", "_other"):
        with pytest.raises(AttributeError):
            getattr(view, name)
    with pytest.raises(TypeError, match="cannot be printed; name one of them: first_names, last_name"):
        str(view)
    assert repr(view).startswith("View(first_names, last_name")


def test_copy_of_a_view_shows_the_same() -> None:
    assert copy.copy(view_model(FULL.citizen)).name == FULL.citizen.name


# ---- whatever a template asks for ----

ENVIRONMENT = make_environment(Assets(()))
HOSTILE = ("model_dump()", "model_dump_json()", "copy()", "_shown", "__class__", "__dict__", "model_fields")
STEP = (".{}", '["{}"]', '|attr("{}")')


def is_allowed(path: str, audience: Audience) -> bool:
    names = [name.rstrip(".") for name in WHITELISTS[audience]]
    return any(path == name or path.startswith(f"{name}.") for name in names) or path == "citizen.name"


@st.composite
def walks(draw: st.DrawFn) -> str:
    """An expression that walks from `case` towards a value, by dots, brackets and filters, or off the road."""
    names = draw(st.sampled_from(PATHS)).split(".")
    value: Any = FULL
    expression = "case"
    for name in names:
        expression = f"({expression}{draw(st.sampled_from(STEP)).format(name)})"
        value = getattr(value, name, None) if not isinstance(value, dict) else None
        if isinstance(value, tuple) and value:
            value = value[0]
            expression += draw(st.sampled_from(("[0]", "|first", "|last")))
        if draw(st.integers(0, 9)) == 0:
            return f"{expression}.{draw(st.sampled_from(HOSTILE))}"
    return draw(st.sampled_from(("{}", "{}|string", "{}|pprint", "[{}]|join", "{}|list", "'%s'|format({})"))).format(
        expression
    )


@settings(max_examples=1000, deadline=None)
@given(expression=walks(), audience=st.sampled_from((Audience.GP, Audience.EMPLOYER)))
def test_nothing_outside_the_whitelist_is_ever_printed(expression: str, audience: Audience) -> None:
    try:
        shown = ENVIRONMENT.from_string(f"{{{{ {expression} }}}}").render(case=view_case(FULL, audience))
    except (jinja2.TemplateError, FormatError, TypeError):
        return
    leaked = [path for path, text in UNIQUE if not is_allowed(path, audience) and text in shown]
    assert not set(leaked) - {"citizen.first_names", "citizen.last_name"}, shown  # both are parts of citizen.name


@pytest.mark.parametrize("audience", [Audience.CITIZEN, Audience.GP, Audience.EMPLOYER])
@pytest.mark.parametrize("name", HOSTILE)
def test_no_way_leads_to_a_model_or_a_method(audience: Audience, name: str) -> None:
    for part in ("case", "case.citizen", "case.caseworker"):
        with pytest.raises(jinja2.TemplateError):
            ENVIRONMENT.from_string(f"{{{{ {part}.{name} }}}}").render(case=view_case(FULL, audience))


def test_the_markers_are_there_to_be_found() -> None:
    assert len(UNIQUE) > 60
    assert {"citizen.cpr", "citizen.address.street", "plan.health.activities.goal", "consents.covers"} <= dict(
        UNIQUE
    ).keys()
    assert isinstance(FULL, CitizenCase)
