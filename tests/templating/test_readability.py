"""How hard the letters to citizens are to read: LIX, words a sentence plus the share of words of more than six letters.

35 is the border between easy and middling. A list's item and a paragraph end a sentence; headings, tables, the address
and the column beside it are no running text.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import DOCTOR, citizen_yaml, loaded_case
from examples import EXAMPLES, letter_day
from readability import lix, prose

from kvisdocs.cases.load import LoadedCase, load_case
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.programme.rules.rule_registry import load_programmes
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer

ASSETS = Assets((Path(__file__).parents[2] / "templates",))
DOCUMENTS = load_documents(ASSETS)
RENDERER = Renderer(ASSETS)
HARDEST = 35
CASES = [load_case(path) for path in sorted(EXAMPLES.rglob("*.yaml"))]
PLANNED = [each for each in CASES if isinstance(each.case, CitizenCase) and each.case.plan is not None]


def made(loaded: LoadedCase, on: date, document: str = "follow-up-plan") -> list[str]:
    return prose(RENDERER.render(loaded, DOCUMENTS[document], on, ("follow-up-plan", "gp-letter")).text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Du kan klage. Ring til mig.", 3.0),  # six words, two sentences, none long
        ("Afgørelsen gælder fra i dag.", 5 + 100 * 1 / 5),
        ("Vi ses den 22. november 2012.", 4 + 100 * 1 / 4),  # a date ends no sentence; a number is no word
    ],
)
def test_lix_is_counted_as_it_is_defined(text: str, expected: float) -> None:
    assert lix([text]) == pytest.approx(expected)


@pytest.mark.parametrize("loaded", PLANNED, ids=lambda loaded: loaded.id)
def test_a_whole_plan_of_an_example_is_easy_to_read(loaded: LoadedCase) -> None:
    assert lix(made(loaded, letter_day(loaded.id))) <= HARDEST


TRACK = {"purpose": "Du er på job.", "activities": [{"goal": "Job", "how": "Du er med.", "responsible": "Du"}]}
OWN: dict[str, Any] = {
    "plan": {"agreed": "2012-10-30", "goal": "Du er på job.", "employment": TRACK},
    "gp": DOCTOR,
    "employment": {"employer": {"name": "A/S"}, "job": "kok"},
}
CONSENT = {"kind": "disclose", "party": "gp", "covers": ["mit mål"], "data": ["participation"], "given": "2012-10-01"}
HOSPITAL = {"kind": "obtain", "party": "hospital", "covers": ["mit brev"], "given": "2012-10-01"}
RATINGS = [{"date": "2012-10-22", "value": "7"}, {"date": "2012-11-12", "value": "4"}]
STEPS = [{"start": "2012-11-19", "hours": "16", "tasks": "Post"}]
DECISION = {"text": "Du får en mentor.", "legal_basis": "loven"}
VARIANTS: dict[str, dict[str, Any]] = {
    "ordinary": {"sickness": {"category": "2"}},
    "consents": {"consents": [CONSENT, HOSPITAL, {**CONSENT, "party": "employer", "data": ["return_plan"]}]},
    "consent expired": {"consents": [{**CONSENT, "expires": "2012-10-31"}]},
    "consent withdrawn": {"consents": [{**CONSENT, "withdrawn": "2012-10-22"}]},
    "consent for a time": {"consents": [{**CONSENT, "expires": "2013-10-22"}]},
    "decision": {"plan": {**OWN["plan"], "decision": DECISION}},
    "placement": {"return_plan": {"kind": "work_placement", "place": "Lageret", "steps": STEPS}},
    "partial return": {"return_plan": {"kind": "partial_return", "steps": STEPS}},
    "unemployed": {"employment": {"status": "unemployed", "employer": None}},
    "self-employed": {"employment": {"status": "self_employed", "employer": None}},
    "under notice": {"employment": {"status": "under_notice"}},
    "ended, to a job": {"outcome": {"date": "2012-11-12", "kind": "to_job", "same_workplace": "ja"}},
    "ended, to the fund": {"outcome": {"date": "2012-11-12", "kind": "to_unemployment_fund"}},
    "ended otherwise": {"outcome": {"date": "2012-11-12", "kind": "other"}},
    "ratings that fall": {"self_ratings": RATINGS},
    "one rating": {"self_ratings": RATINGS[1:]},
    "protected address": {"citizen": {"address": {"protected": "ja"}}},
    "talk to come": {"plan": {**OWN["plan"], "next_follow_up": "2012-11-20"}},
    "talk that is over": {"plan": {**OWN["plan"], "next_follow_up": "2012-11-10"}},
    "team": {"team": [{"role": "Jobkonsulent", "name": "Bo Ek", "phone": "00 00 12 09"}]},
    "diagnoses": {"sickness": {"diagnoses": ["depression", "stress", "anxiety"]}},
}


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("on", [date(2012, 11, 14), date(2014, 11, 14)], ids=lambda on: str(on.year))
def test_our_own_sentences_are_easy_to_read(name: str, on: date) -> None:
    """The case's own texts are a few short words, so that what is measured is the template's."""
    changes = VARIANTS[name]
    both = {**OWN, **changes, "employment": {**OWN["employment"], **changes.get("employment", {})}}
    assert lix(made(loaded_case(citizen_yaml(**both)), on)) <= HARDEST


@pytest.mark.parametrize(
    "municipality",
    sorted(
        path.stem
        for path in (EXAMPLES.parent / "templates/profiles").glob("*")
        if "letters:" in path.read_text(encoding="utf-8")  # some are for committee papers alone
    ),
)
def test_each_municipalitys_sentences_are_easy_to_read(municipality: str) -> None:
    plan = {**OWN["plan"], "decision": DECISION}
    case = loaded_case(citizen_yaml(**{**OWN, "plan": plan, "municipality": municipality}))
    assert lix(made(case, date(2014, 11, 14))) <= HARDEST


@pytest.mark.parametrize(
    "meaning",
    [
        pytest.param(each.meaning, id=f"{rules.name} {each.number}")
        for rules in load_programmes()
        for each in rules.categories
    ],
)
def test_what_a_category_means_is_easy_to_read(meaning: str) -> None:
    assert lix([meaning]) <= HARDEST
