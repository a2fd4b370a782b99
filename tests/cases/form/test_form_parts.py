"""A case as a form: every field of every example is in it, and each change of one is that change of the file."""

import copy
from pathlib import Path

import pytest

from kvisdocs.cases.form.edits import ADD, DOWN, REMOVE, UP, fill_in, find_change
from kvisdocs.cases.form.kinds import Kind, divide, show_value, write_value
from kvisdocs.cases.form.parts import Part, lay_out, walk
from kvisdocs.cases.form.places import Places
from kvisdocs.cases.load import KINDS, inspect_source
from kvisdocs.cases.schema import find_models
from kvisdocs.cases.yaml.source import scan_bytes

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "cases_yaml").rglob("*.yaml"))
OTHER = {
    Kind.LINE: "Andet Ord",
    Kind.TEXT: "En anden tekst: med kolon",
    Kind.PROSE: "To **linjer**\n\n- og et punkt\n",
    Kind.PHRASE: "tager *forbehold*",
    Kind.DATE: "3. marts 2020",
    Kind.TIME: "23:59",
    Kind.NUMBER: "1",
}


def open_text(text: bytes) -> Part:
    data = scan_bytes(text, "sag.yaml").data
    return lay_out(data, KINDS[data["kind"]], {}, "Sag")


def shown(form: Part) -> dict[str, list[str]]:
    """What a browser sends of a form that nobody touched."""
    return {
        part.name: ["", *part.chosen] if part.kind is Kind.CHOICES else [part.value.replace("\n", "\r\n")]
        for part in walk(form)
    }


def change(text: bytes, filled: dict[str, list[str]] | None = None, *press: str) -> bytes:
    form = open_text(text)
    edits = [find_change(form, *press)[0]] if press else []
    return fill_in(text, "sag.yaml", form, KINDS[scan_bytes(text, "").data["kind"]], filled or {}, edits)


def data_of(text: bytes):
    return scan_bytes(text, "").data


def put(data, path, value):
    """The data with another value; groups on the way are made."""
    made = copy.deepcopy(data)
    here = made
    for step in path[:-1]:
        if isinstance(here, dict) and here.get(step) is None:
            here[step] = {}
        here = here[step]
    here[path[-1]] = value
    return made


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_form_that_nobody_touched_changes_no_byte(file):
    text = file.read_bytes()
    assert change(text, shown(open_text(text))) == text
    windows = text.replace(b"\n", b"\r\n")
    assert change(windows, shown(open_text(windows))) == windows


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_value_of_the_file_stands_in_the_form(file):
    data = data_of(file.read_bytes())
    parts = {part.path: part for part in walk(open_text(file.read_bytes()))}

    def see(path, value):
        if isinstance(value, dict) and parts[path].kind is not Kind.OTHER:
            for key, each in value.items():
                see((*path, key), each)
        elif isinstance(value, list) and parts[path].kind is Kind.CHOICES:
            assert list(parts[path].chosen) == value
        elif isinstance(value, list):
            for number, each in enumerate(value):
                see((*path, number), each)
        else:
            assert parts[path].written == (value or "")

    see((), data)


@pytest.mark.parametrize(
    "name", ["citizens/tilde-rosenvinge-aakjaer", "committee/slagelse-punkt-7", "committee/moede-2026-11-04"]
)
def test_each_field_that_is_changed_changes_its_value_alone(name):
    text = (ROOT / "cases_yaml" / f"{name}.yaml").read_bytes()
    before = data_of(text)
    parts = [part for part in walk(open_text(text)) if part.kind not in {Kind.OTHER, Kind.GROUP, Kind.LIST, Kind.TABLE}]
    seen = set()
    for part in parts:
        if (part.kind, part.is_given) in seen and len(part.name) % 4:
            continue
        seen.add((part.kind, part.is_given))
        if part.kind is Kind.CHOICES:
            sent = [list(part.choices)[-1]]
            value = sent
        elif part.choices is not None:
            sent = [next(each for each in part.choices if each != part.value)]
            value = sent[0]
        else:
            sent = [OTHER[part.kind]]
            value = write_value(part.kind, sent[0], part.written)
        after = data_of(change(text, {part.name: ["", *sent] if part.kind is Kind.CHOICES else sent}))
        assert after == put(before, part.path, value), part.path


def test_lines_that_no_field_touched_keep_their_bytes():
    text = (
        b"kind: agreements  # art\r\nmunicipality:   'herning'\r\n# om aftalerne\r\n"
        b'agreements:\r\n  - {company: "A/S", start: 2012-01-15}\r\n'
    )
    changed = change(text, {"agreements/@0/company": ["B: ApS"], "agreements/@0/start": ["1. februar 2012"]})
    assert changed == text.replace(b'"A/S"', b'"B: ApS"').replace(b"2012-01-15", b"2012-02-01")


@pytest.mark.parametrize(
    ("before", "typed", "written"),
    [
        ("2026-03-03", "4. marts 2026", "2026-03-04"),
        ("", "04-03-2026", "2026-03-04"),
        ("onsdag den 4. marts 2026", "5. marts 2026", "5. marts 2026"),
        ("2026-03-03", "i går", "i går"),
        ("2026-03-03", "  ", None),
    ],
)
def test_a_date_is_written_as_the_file_writes_dates(before, typed, written):
    assert write_value(Kind.DATE, typed, before) == written


def test_what_is_shown_is_as_danes_write_it():
    assert show_value(Kind.DATE, "2026-03-03") == "3. marts 2026"
    assert show_value(Kind.DATE, "2026-02-30") == "2026-02-30"
    assert show_value(Kind.FLAG, "true") == "ja"


def test_what_is_emptied_goes_and_what_must_be_there_stays_empty():
    text = b"kind: agreements\nmunicipality: herning\nprogramme: kvis-2011\nagreements: []\n"
    assert change(text, {"programme": [""]}) == text.replace(b"programme: kvis-2011\n", b"")
    assert data_of(change(text, {"municipality": [""]}))["municipality"] is None


def test_the_buttons_of_a_list():
    text = (
        b"kind: agreements\nmunicipality: h\nagreements:\n"
        b"  - {company: A, start: 2012-01-15}\n  - company: B\n    start: 2012-01-16\n"
    )
    names = lambda made: [each["company"] for each in data_of(made)["agreements"]]  # noqa: E731
    assert names(change(text, {}, DOWN, "agreements/@0")) == ["B", "A"]
    assert names(change(text, {}, UP, "agreements/@1")) == ["B", "A"]
    assert names(change(text, {}, REMOVE, "agreements/@0")) == ["B"]
    added = data_of(change(text, {"agreements/@1/company": ["C"]}, ADD, "agreements"))["agreements"]
    assert added[1:] == [{"company": "C", "start": "2012-01-16"}, {"company": None, "start": None}]
    form = open_text(text)
    assert find_change(form, UP, "agreements/@0") is None
    assert find_change(form, DOWN, "agreements/@1") is None
    assert find_change(form, REMOVE, "findes/ikke") is None
    assert find_change(form, REMOVE, "") is None


def test_a_list_of_hundreds_takes_its_last_change():
    rows = "".join(f"  - {{company: Firma {number}, start: 2012-01-15}}\n" for number in range(400))
    text = f"kind: agreements\nmunicipality: h\nagreements:\n{rows}".encode()
    filled = shown(open_text(text)) | {"agreements/@399/company": ["Sidste"]}
    assert change(text, filled) == text.replace(b"Firma 399", b"Sidste")


def test_a_list_grows_no_further_than_the_model_lets_it():
    rows = "".join(f"  - {{number: {number}, date: 2012-01-15}}\n" for number in range(1, 5))
    form = open_text(f"kind: citizen\nweb_registrations:\n{rows}".encode())
    assert find_change(form, ADD, "web_registrations") is None
    assert find_change(form, ADD, "contacts") is not None


STRANGE = b"""kind: citizen
municipality: [a, b]
ukendt: <script>
citizen: tekst
team: {a: b}
gp:
  name: A
  ekstra/felt@0: [1, 2]
sickness:
  diagnoses: [stress, findes-ikke]
  extent: {full: x}
plan:
"""


def test_what_the_model_does_not_know_is_shown_and_kept():
    parts = {part.path: part for part in walk(open_text(STRANGE))}
    for path in (
        ("municipality",),
        ("ukendt",),
        ("citizen",),
        ("team",),
        ("gp", "ekstra/felt@0"),
        ("sickness", "extent"),
    ):
        assert parts[path].kind is Kind.OTHER, path
    assert parts[("ukendt",)].written == "<script>"
    assert parts[("sickness", "diagnoses")].chosen == ("stress", "findes-ikke")
    filled = {**shown(open_text(STRANGE)), "plan/goal": ["Mål"], "ukendt": ["x"], "citizen": ["y"]}
    made = data_of(change(STRANGE, filled))
    assert made == {**data_of(STRANGE), "plan": {"goal": "Mål"}}


def test_names_of_fields_are_told_apart():
    parts = list(walk(open_text(STRANGE)))
    assert len({part.name for part in parts}) == len(parts)


def test_a_value_under_a_name_of_its_own_is_added():
    text = b"kind: committee\nheadings:\n  a: A\n"
    assert data_of(change(text, {"headings/a": ["B"]}))["headings"] == {"a": "B"}
    form = open_text(text)
    edit, focus = find_change(form, ADD, "headings", " recommendation ")
    assert focus == ("headings", "recommendation")
    assert data_of(fill_in(text, "", form, KINDS["committee"], {}, [edit]))["headings"] == {
        "a": "A",
        "recommendation": None,
    }
    assert find_change(form, ADD, "headings", " ") is None


@pytest.mark.parametrize(
    ("line", "path"),
    [
        (
            "citizen: {first_names: A, last_name: B, cpr: 1, address: {street: x, postcode: '1', city: B}}",
            ("citizen", "cpr"),
        ),
        ("citizen: {first_names: A, last_name: B, cpr: 010170-1234}", ("citizen", "address")),
        ("self_ratings: [{date: 2012-10-22, value: 3}, {date: 2012-10-22}]", ("self_ratings", 1, "value")),
        ("sickness:\n  first_day: i går", ("sickness", "first_day")),
        ("ukendt: x", ("ukendt",)),
        ("caseworker:\n  name:", ("caseworker", "name")),
        ("caseworker:\n  title: A", ("caseworker", "name")),
        ("self_ratings:\n  - date:\n    value: 3", ("self_ratings", 0, "date")),
    ],
)
def test_a_problem_belongs_to_the_field_that_it_is_about(line, path):
    source = scan_bytes(f"kind: citizen\n{line}\n".encode(), "sag.yaml")
    known = {part.path for part in walk(lay_out(source.data, KINDS["citizen"], {}, ""))}
    found = [Places(source).find_path(each, known) for each in inspect_source("sag", source).problems]
    assert path in found


def test_every_field_has_a_label_that_can_stand_alone():
    for kind, model in KINDS.items():
        for _, each in find_models(model):
            for key, field in each.model_fields.items():
                label, _ = divide(field.description, False)
                assert label not in {"Det", "Den", "De", "Andre"}, (kind, key)
                assert label[:1].isupper() or label.startswith("c/o"), (kind, key)
                assert "Markdown" not in label, (kind, key)
