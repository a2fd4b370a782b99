from datetime import date
from pathlib import Path

import pytest
from builders import DOCTOR, citizen_yaml, committee_item, loaded_case

from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.views import Audience
from kvisdocs.cases.yaml.source import parse_source
from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.documents import Document, find_blockers, load_documents
from kvisdocs.templating.html import Assets

SHIPPED = Path(__file__).parents[2] / "templates"
ON = date(2012, 11, 14)
GOOD = "title: Brev\ndescription: a letter\nkind: citizen\naudience: citizen\n"


def folder(path: Path, text: str | bytes, template: bool = True, name: str = "letter") -> Assets:
    """A template folder with one document, before those that ship."""
    (path / name).mkdir(parents=True)
    (path / name / "document.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    if template:
        (path / name / "document.html.j2").write_text("<p>", encoding="utf-8")
    return Assets((path, SHIPPED))


def faults(assets: Assets) -> list[str]:
    with pytest.raises(KvisdocsError) as caught:
        load_documents(assets)
    return [str(problem).partition("/letter/")[2] for problem in caught.value.problems]


def test_shipped_documents() -> None:
    found = load_documents(Assets((SHIPPED,)))
    assert {"committee-brief", "follow-up-plan", "gp-letter", "return-plan"} <= set(found)
    assert found["gp-letter"].audience is Audience.GP


def test_own_document_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    found = load_documents(folder(tmp_path, GOOD))
    assert found["letter"].stylesheets == ("house.css",)
    assert {"letter", "gp-letter"} <= set(found)


def test_own_folder_may_override_one_file_of_a_document(tmp_path: Path) -> None:
    own = SHIPPED / "gp-letter" / "document.yaml"
    text = own.read_text(encoding="utf-8").replace("Orientering til egen læge", "Brev til lægen")
    found = load_documents(folder(tmp_path, text, template=False, name="gp-letter"))
    assert found["gp-letter"].title == "Brev til lægen"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ['document.yaml:1:1: the file is empty; begin with "title: …"']),
        ("- a\n", ['document.yaml:1:1: the file holds no keys; begin with "title: …"']),
        (
            "title: Brev\n",
            [
                f'document.yaml:1:1: the file has no "{key}"; add the line "{key}: …"'
                for key in ("audience", "description", "kind")
            ],
        ),
        (
            GOOD + "requires: [plans]\n",
            ['document.yaml:5:12: requires[1]: "plans" is not one of the values; did you mean "plan"?'],
        ),
        (GOOD + "titel: x\n", ['document.yaml:5:1: the key "titel" is not known here; did you mean "title"?']),
        (
            GOOD + "name: x\n",
            ['document.yaml:5:1: the key "name" cannot stand here; delete it; the folder\'s name says it'],
        ),
        (
            GOOD + "stylesheets:\n  - house.css\n  - hose.css\n",
            ['document.yaml:7:5: the stylesheet "hose.css" is not in the templates folder; did you mean "house.css"?'],
        ),
        (
            GOOD.replace("audience: citizen", "audience: committee"),
            [
                'document.yaml:4:11: a citizen case has nothing for the audience "committee"; '
                "use one of: caseworker, citizen, employer, gp"
            ],
        ),
    ],
)
def test_faults_stand_where_they_are(tmp_path: Path, text: str, wanted: list[str]) -> None:
    assert faults(folder(tmp_path, text)) == wanted


@pytest.mark.parametrize(("raw", "wanted"), [(b"title: [", 'the "[" is not closed'), (b"title: \xe6", "not as UTF-8")])
def test_file_that_cannot_be_read(tmp_path: Path, raw: bytes, wanted: str) -> None:
    assert wanted in "\n".join(faults(folder(tmp_path, raw)))


def test_document_without_a_template(tmp_path: Path) -> None:
    assert faults(folder(tmp_path, GOOD, template=False)) == [
        'document.yaml: the template "letter/document.html.j2" is missing; put it beside this file'
    ]


# ---- whether a case is fit ----

CONSENT = {"kind": "disclose", "party": "gp", "covers": ["planen"], "data": ["participation"], "given": "2012-10-01"}


def document(**changes: object) -> Document:
    values = {"name": "brev", "title": "B", "description": "b", "kind": "citizen", "audience": "citizen", **changes}
    return Document.model_validate(values)


def obstacles(made: Document, **case: object) -> list[str]:
    return [str(problem) for problem in find_blockers(loaded_case(citizen_yaml(**case)), made, ON)]


@pytest.mark.parametrize(
    ("requirement", "wanted"),
    [
        ("plan", 'case.yaml:1:1: no brev: the case has no plan; add "plan"'),
        ("return_plan", 'case.yaml:1:1: no brev: the case has no graded return plan; add "return_plan"'),
        ("gp", 'case.yaml:1:1: no brev: the case names no GP; add "gp"'),
        ("employer", 'no brev: the case has no employer; add "employer" under "employment"'),
        ("not_ended", "no brev: the course ended 2012-11-14, when the case was closed; delete the outcome if it is"),
        ("consent_to_gp", "no brev: the case holds no consent to disclose to the GP; ask the citizen, and add"),
    ],
)
def test_each_requirement(requirement: str, wanted: str) -> None:
    outcome = {"date": "2012-11-14", "kind": "to_job"}
    (found,) = obstacles(document(requires=[requirement]), outcome=outcome)
    assert wanted in found


def test_fit_case_has_no_obstacles() -> None:
    assert obstacles(document()) == []
    assert obstacles(document(audience="gp"), gp=DOCTOR, consents=[CONSENT]) == []


def test_case_of_another_kind() -> None:
    (found,) = obstacles(document(kind="committee", audience="committee"))
    assert found == (
        "case.yaml:1:7: brev is made from a committee case, this is a citizen case; choose another document with -d"
    )


def test_document_for_the_gp_needs_the_consent_whatever_its_file_requires() -> None:
    found = obstacles(document(audience="gp", requires=[]), gp=DOCTOR)
    assert [each.partition("; ")[0] for each in found] == [
        "case.yaml:1:1: no brev: the case holds no consent to disclose to the GP"
    ]


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"given": "2012-11-15"}, "is given 2012-11-15, after the letter's date 2012-11-14"),
        ({"expires": "2012-11-13"}, "expired 2012-11-13, before the letter's date 2012-11-14"),
        ({"withdrawn": "2012-11-14"}, "was withdrawn 2012-11-14"),
        ({"kind": "obtain", "data": []}, "the case holds no consent to disclose"),
        ({"party": "employer"}, "the case holds no consent to disclose"),
    ],
)
def test_why_the_consent_is_not_valid(change: dict[str, str], wanted: str) -> None:
    (found,) = obstacles(document(audience="gp"), gp=DOCTOR, consents=[{**CONSENT, **change}])
    assert wanted in found


@pytest.mark.parametrize("change", [{"given": "2012-11-14"}, {"expires": "2012-11-14"}, {"withdrawn": "2012-11-15"}])
def test_consent_is_valid_on_its_first_and_last_day(change: dict[str, str]) -> None:
    assert obstacles(document(audience="gp"), gp=DOCTOR, consents=[{**CONSENT, **change}]) == []


def test_newest_of_the_invalid_consents_is_pointed_at() -> None:
    case = loaded_case(
        citizen_yaml(
            gp=DOCTOR,
            consents=[
                {**CONSENT, "expires": "2012-10-02"},
                {**CONSENT, "given": "2012-10-05", "expires": "2012-10-06"},
            ],
        )
    )
    (found,) = find_blockers(case, document(audience="gp"), ON)
    lines = citizen_yaml(gp=DOCTOR, consents=[{**CONSENT, "expires": "2012-10-02"}]).count("\n")
    assert "expired 2012-10-06" in found.what
    assert found.position.line == lines + 1


def test_committee_item_has_no_consent() -> None:
    item = LoadedCase("item", committee_item(), parse_source("kind: committee\n", "item.yaml"))
    made = document(kind="committee", audience="committee", requires=["consent_to_gp", "employer", "plan"])
    assert len(find_blockers(item, made, ON)) == 3


# ---- for the employer ----

EMPLOYER = {"status": "in_job", "employer": {"name": "Værkstedet"}}
RETURN_PLAN = {"kind": "partial_return", "steps": [{"start": "2012-11-19", "hours": "8", "tasks": "Bilag"}]}
TO_EMPLOYER = {**CONSENT, "party": "employer", "covers": ["timer og datoer"], "data": ["return_plan"]}


def test_document_for_the_employer_needs_employer_plan_and_consent_whatever_its_file_requires() -> None:
    made = document(audience="employer")
    fit = {"employment": EMPLOYER, "return_plan": RETURN_PLAN, "consents": [TO_EMPLOYER]}
    assert obstacles(made, **fit) == []
    (found,) = obstacles(made, **{**fit, "employment": {}})
    assert "no brev: the case has no employer" in found
    (found,) = obstacles(made, **{**fit, "consents": [CONSENT]})
    assert "no brev: the case holds no consent to disclose to the employer" in found
    (found,) = obstacles(made, **{**fit, "consents": [{**TO_EMPLOYER, "data": ["category"]}]})
    assert 'does not cover "return_plan", which the letter tells' in found


def test_plan_for_a_placement_elsewhere_is_not_sent_to_the_employer() -> None:
    elsewhere = {**RETURN_PLAN, "place": "Plejehjemmet"}
    (found,) = obstacles(
        document(audience="employer"), employment=EMPLOYER, return_plan=elsewhere, consents=[TO_EMPLOYER]
    )
    assert (
        'no brev: the graded return plan is for a placement elsewhere, "Plejehjemmet"; to send it there, write "host"'
        in found
    )
    assert found.startswith("case.yaml:")
