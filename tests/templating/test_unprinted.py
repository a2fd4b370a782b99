"""What an item says and no document prints is told at its key, as an error."""

import html
import re
from datetime import date
from pathlib import Path

import pytest
from builders import loaded_case

from kvisdocs.cases.load import load_case
from kvisdocs.cases.texts import find_texts, is_prose
from kvisdocs.problems import Position
from kvisdocs.templating.brief.unprinted import Unprinted
from kvisdocs.templating.documents import find_blockers, load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import load_profile
from kvisdocs.templating.render import Renderer

ROOT = Path(__file__).parents[2]
SHIPPED = Assets((ROOT / "templates",))
HEAD = (
    'kind: committee\nmunicipality: {}\nmeeting: {{committee: Udvalget, date: 2012-11-14}}\nnumber: "1"\ntitle: Titel\n'
)
PARTS = {
    "economy": 'economy: [{years: ["2012"], rows: [{name: Løn, amounts: ["1.000"]}]}]\n',
    "legal_basis": "legal_basis: Lov om sygedagpenge\n",
    "course": "course: [{committee: Byrådet, date: 2012-11-21}]\n",
    "decided_by": "decided_by: Byrådet\n",
    "signers": "signers: [Bodil Eksempel]\n",
    "document_number": "document_number: 12/4\n",
    "case_number": "case_number: 12/3\n",
    "caseworker": "caseworker: Bodil Eksempel\n",
    "recommendation": "recommendation: {by: Direktøren indstiller, points: [det]}\n",
    "decisions": "decisions: [{text: Tiltrådt.}]\n",
    "attachments": "attachments: [{title: Evaluering}]\n",
}
UNPRINTED = {
    "herning": {"economy", "legal_basis", "course", "decided_by", "signers", "document_number"},
    "koebenhavn": {"economy", "legal_basis", "course", "decided_by", "document_number", "caseworker"},
    "aarhus": {"signers", "document_number", "caseworker"},
    "slagelse": {"course", "signers", "caseworker"},
    "viborg": {"course", "signers", "document_number", "decided_by"},
}


def said(text: str, assets: Assets = SHIPPED) -> list[str]:
    loaded = loaded_case(text)
    profile = load_profile(loaded.case.municipality, assets, Position("case.yaml"))
    return [str(problem) for problem in Unprinted(assets).find(loaded, profile)]


@pytest.mark.parametrize("municipality", UNPRINTED)
def test_parts_that_a_profile_does_not_print_are_errors_at_their_keys(municipality: str) -> None:
    text = HEAD.format(municipality) + "".join(PARTS.values())
    found = said(text)
    lines = {name: text[: text.index(f"\n{name}:")].count("\n") + 2 for name in UNPRINTED[municipality]}
    assert {line.split(": no document")[0] for line in found} == {f"case.yaml:{line}:1" for line in lines.values()}
    for name in UNPRINTED[municipality]:
        assert any(f'prints "{name}"; add ' in line for line in found)


def test_all_that_the_profile_prints_is_let_pass() -> None:
    text = HEAD.format("herning") + "fields: {summary: Kort}\nrouting: [BSK]\ntype: decision\n"
    assert said(text) == []


def test_details_are_errors_too_and_say_where_they_would_be_printed() -> None:
    text = HEAD.format("herning").replace("date: 2012-11-14", 'date: 2012-11-14, time: "13:00"')
    assert said(text) == [
        'case.yaml:3:50: no document of this municipality prints "meeting.time"; '
        'add "time" to meeting_facts in templates/profiles/herning.yaml, or delete it'
    ]


STAGE = "course: [{committee: Byrådet, date: 2012-11-21, decision: {text: Godkendt.}}]\n"


@pytest.mark.parametrize(
    ("municipality", "text", "wanted"),
    [
        ("herning", "sub_items: [{title: Brev}]\n", 'add "- {part: sub_items}" to the parts of the brief'),
        ("viborg", "recommendations: [{points: [det]}]\n", ""),
        ("aarhus", STAGE, 'let the course be blocks, with "form: blocks" and "- {part: decision}" in its stage'),
        ("herning", "decisions: [{text: Ja., positions: [{by: [V], kind: prevented}]}]\n", ""),
        ("herning", "headings: {recommendation: Medlemsforslag}\n", ""),
        ("herning", "headings: {recomendation: Medlemsforslag}\n", 'did you mean "recommendation"?'),
        ("herning", "closed_reason: Efter loven.\n", "warning: no document of this municipality prints"),
    ],
)
def test_new_parts_name_the_line_to_add(municipality: str, text: str, wanted: str) -> None:
    found = said(HEAD.format(municipality) + text)
    assert len(found) == bool(wanted)
    assert all(wanted in line and line.startswith("case.yaml:6:") for line in found)


def test_what_a_phrase_or_a_line_of_the_profile_leaves_out_is_named_with_them(tmp_path: Path) -> None:
    text = (ROOT / "templates/profiles/herning.yaml").read_text(encoding="utf-8")
    text = text.replace("  item_label: Punkt\n", '  phrases: {attachment: "{title}"}\n')
    text = text.replace("{part: decision,", "{part: decision, lines: [{who: absent}],")
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "herning.yaml").write_text(text, encoding="utf-8")
    item = (
        HEAD.format("herning")
        + "attachments: [{title: A, date: 2012-11-01}]\ndecisions: [{text: Ja., reservations: [{name: Bo}]}]\n"
    )
    found = said(item, Assets((tmp_path, ROOT / "templates")))
    assert [line.partition("; ")[2] for line in found] == [
        'add "- {who: reservations}" to the lines of the decision in templates/profiles/herning.yaml, or delete it',
        "add {date} to phrases.attachment of the brief in templates/profiles/herning.yaml, or delete it",
    ]


def test_who_was_absent_is_an_error_where_no_part_tells_it() -> None:
    text = HEAD.format("herning").replace("date: 2012-11-14", "date: 2012-11-14, absent: [{name: Bo Ek}]")
    (line,) = said(text)
    assert 'no document of this municipality prints "meeting.absent"; add "- {part: absent}"' in line
    assert said(text.replace("herning", "viborg")) == []


def test_an_unknown_field_is_an_error_with_the_nearest() -> None:
    assert said(HEAD.format("herning") + "fields: {summery: Kort}\n") == [
        'case.yaml:6:10: the brief of this municipality prints no field "summery"; did you mean "summary"?'
    ]


def test_a_closed_item_of_which_the_public_reads_the_neutral_title_loses_nothing() -> None:
    closed = "access: closed\nneutral_title: Lejemål\nclosed_reason: Efter loven.\n"
    assert said(HEAD.format("herning") + closed + PARTS["economy"]) == []


def test_a_template_of_ones_own_may_print_more(tmp_path: Path) -> None:
    folder = tmp_path / "minutes"
    folder.mkdir()
    about = "title: Referat\ndescription: minutes\nkind: committee\naudience: committee\n"
    (folder / "document.yaml").write_text(about, encoding="utf-8")
    body = '<!DOCTYPE html><html lang="da"><head><title>R</title></head><body>{{ case.legal_basis }}'
    fields = "{{ case.fields.annex if 'annex' in case.fields else '' }}</body></html>"
    (folder / "document.html.j2").write_text(body + fields, encoding="utf-8")
    text = HEAD.format("herning") + PARTS["legal_basis"] + "fields: {annex: Bilag}\n" + PARTS["signers"]
    assets = Assets((tmp_path, ROOT / "templates"))
    assert [line.split('"')[1] for line in said(text, assets)] == ["signers"]
    assert [line.split('"')[1] for line in said(text)] == ["legal_basis", "annex", "signers"]


def test_where_a_template_cannot_be_rendered_nothing_is_said_of_the_item(tmp_path: Path) -> None:
    (tmp_path / "committee-brief").mkdir()
    (tmp_path / "committee-brief" / "document.html.j2").write_text("{{ case.nothing }}", encoding="utf-8")
    assets = Assets((tmp_path, ROOT / "templates"))
    assert said(HEAD.format("herning") + PARTS["signers"], assets) == []


@pytest.mark.parametrize("file", sorted(ROOT.glob("cases_yaml/**/committee/*.yaml")), ids=lambda file: file.stem)
def test_the_examples_say_nothing_in_vain(file: Path) -> None:
    assert said(file.read_text(encoding="utf-8")) == []


CONTACT_DATA = {
    "caseworker.email",
    "citizen.language",
    "citizen.phone",
    "employment.employer.contact.email",
    "employment.employer.contact.phone",
    "employment.employer.cvr",
    "employment.employer.gln",
    "gp.gln",
    "gp.phone",
    "gp.sor",
    "return_plan.host.contact.phone",
    "return_plan.host.cvr",
}
"""What a citizen's case may hold and no document prints: it is there to call, write and send to."""


def test_of_a_citizen_s_case_every_text_is_printed_but_those_that_the_docs_name() -> None:
    renderer = Renderer(SHIPPED)
    documents = [each for each in load_documents(SHIPPED).values() if each.kind == "citizen"]
    printed: set[str] = set()
    held: set[str] = set()
    for file in ROOT.glob("cases_yaml/**/citizens/*.yaml"):
        loaded = load_case(file)
        day = date(2012, 11, 14) if "2012" in file.parts else date(2026, 11, 27)
        fit = [each for each in documents if not find_blockers(loaded, each, day)]
        words = normalise_mark(" ".join(renderer.render(loaded, each, day).text for each in fit))
        for path, text in find_texts(loaded):
            if not is_prose(path):
                held.add(name := ".".join(step for step in path if isinstance(step, str)))
                printed |= {name} if normalise_mark(text) in words else set()

    assert held - printed == CONTACT_DATA | {"kind", "offers.kind"}  # an id, printed by its label
    page = (ROOT / "docs" / "views.md").read_text(encoding="utf-8").partition("## What no document prints")[2]
    assert {name for name in CONTACT_DATA if f"`{name}`" not in page} == set()


def normalise_mark(text: str) -> str:
    """The letters and digits of a text or of HTML, in small letters."""
    return re.sub(r"[\W_]", "", re.sub(r"<[^>]*>", "", html.unescape(text))).casefold()
