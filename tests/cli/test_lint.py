"""`kvisdocs lint`: what it reads, how it ends; and `render --strict`."""

import json
from pathlib import Path

import pytest
from builders import citizen_yaml

from kvisdocs.application import template_checks
from kvisdocs.templating.html import Assets
from kvisdocs.templating.lint.templates import find_reached

BREV = {
    "templates/brev/document.yaml": "title: Brev\ndescription: a letter\nkind: citizen\naudience: citizen\n",
    "templates/brev/document.html.j2": (
        '{% extends "base.html.j2" %}\n{% block body %}\n<h1>Kære {{ case.citizen.greetd_as }}</h1>\n{% endblock %}\n'
    ),
    "templates/brev/sample.yaml": citizen_yaml(),
}
SHIPPED = Path(__file__).parents[2] / "templates"
DOCUMENTS = len(list(SHIPPED.glob("*/document.yaml")))
TEMPLATES = len(list(SHIPPED.rglob("*.j2")))
MEETING = [each for each in SHIPPED.glob("*/document.yaml") if "kind: meeting" in each.read_text(encoding="utf-8")]
FOUND = 'templates/brev/document.html.j2:3:26: there is no "greetd_as" in case.citizen; did you mean "greeted_as"?\n'


def test_everything_is_read_where_nothing_is_named(kvisdocs, write):
    write(BREV)

    read = f"read {DOCUMENTS + 1} documents with {TEMPLATES + 1} templates in templates and in what comes with kvisdocs"
    assert kvisdocs("lint") == (1, FOUND, f"{read}: 1 error, 0 warnings, 0 notes\n")


def test_it_is_said_that_templates_that_ship_were_read_where_there_are_no_others(kvisdocs, monkeypatch):
    monkeypatch.setattr(template_checks, "_try", lambda *_: [])  # that they are clean is another test's
    read = f"read {DOCUMENTS} documents with {TEMPLATES} templates, all of which come with kvisdocs"
    said = f"{read}, since there are none in templates here: 0 errors, 0 warnings, 0 notes\n"
    assert kvisdocs("lint") == (0, "", said)


@pytest.mark.parametrize("name", ["brev", "templates/brev/document.html.j2", "brev/document.html.j2"])
def test_a_document_is_named_by_itself_or_by_its_file(kvisdocs, write, name):
    write(BREV)

    assert kvisdocs("lint", name).out == FOUND


@pytest.mark.parametrize("name", ["gp-letter", "profiles/viborg.yaml", "partials/charts.html.j2"])
def test_what_concerns_others_is_not_said(kvisdocs, write, name):
    write(BREV)

    read = "1 document" if name == "gp-letter" else "1 file"
    code, out, err = kvisdocs("lint", name)
    assert (code, "brev" in out) == (0, False)
    notes = 7 if name == "profiles/viborg.yaml" else 0  # the parts of an item that it leaves out
    assert err == f"read {read}: 0 errors, 0 warnings, {notes} notes\n"


@pytest.mark.parametrize(
    ("name", "documents", "municipalities"),
    [
        ("profiles/viborg.yaml", DOCUMENTS, frozenset({"viborg"})),
        ("follow-up-plan/steps.html.j2", 1, None),
        ("agenda/sample.yaml", len(MEETING), None),
        ("house.css", DOCUMENTS, None),
    ],
)
def test_only_what_is_made_with_a_file_is_tried(kvisdocs, monkeypatch, name, documents, municipalities):
    tried: dict[str, frozenset[str] | None] = {}

    def note(document, assets, fit, only):
        tried[document.name] = only and frozenset(only)
        return []

    monkeypatch.setattr(template_checks, "_try", note)

    assert kvisdocs("lint", name).code == 0
    assert len(tried) == documents
    assert set(tried.values()) == {municipalities}


def test_an_include_whose_name_is_worked_out_may_be_of_any_template(write):
    write({"t/a/document.html.j2": "{% include case.kind %}", "t/b/document.html.j2": '{% extends "c.html.j2" %}'})
    write({"t/c.html.j2": "{% broken"})

    assets = Assets((Path("t"),))

    assert find_reached("a/document.html.j2", assets) == {"a/document.html.j2", "b/document.html.j2", "c.html.j2"}
    assert find_reached("b/document.html.j2", assets) == {"b/document.html.j2", "c.html.j2"}


def test_a_document_or_its_files_are_named_by_their_folder_too(kvisdocs, write):
    write(
        BREV | {"templates/parts/one.html.j2": "<p>{{ 1 | upcase }}</p>\n", "templates/parts/two.html.j2": "<p></p>\n"}
    )

    assert kvisdocs("lint", "templates/brev") == (1, FOUND, "read 1 document: 1 error, 0 warnings, 0 notes\n")
    code, out, err = kvisdocs("lint", "templates/parts/")
    assert (code, err) == (1, "read 2 files: 1 error, 0 warnings, 0 notes\n")
    assert out.startswith('templates/parts/one.html.j2:1:11: there is no filter "upcase"')


def test_a_folder_without_templates_is_no_clean_one(kvisdocs, write):
    write({"sager/a.yaml": "", "mine/templates/brev/document.yaml": BREV["templates/brev/document.yaml"]})
    todo = "name the folder that has a folder for each document, with document.yaml and document.html.j2"

    assert kvisdocs("lint", "--templates", "sager") == (
        1,
        f"sager: the folder holds no templates; {todo}\n",
        "read nothing: 1 error, 0 warnings, 0 notes\n",
    )
    assert kvisdocs("lint", "--templates", "mine").out == (
        "mine: the folder holds no templates; did you mean mine/templates?\n"
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sager", "holds no templates; give a document's name, or a file of the templates folder"),
        ("mine", "holds no templates; did you mean mine/templates?"),
        (
            "mine/templates",
            "is not the templates folder; to have it read, give it as --templates mine/templates",
        ),
    ],
)
def test_a_folder_that_is_not_in_the_templates_folder_is_wrong_usage(kvisdocs, write, name, said):
    write({"sager/a.yaml": "", "mine/templates/brev/document.yaml": BREV["templates/brev/document.yaml"]})
    code, out, err = kvisdocs("lint", name)

    assert (code, out) == (2, "")
    assert err.endswith(f"Error: Invalid value for 'TEMPLATE': the folder \"{name}\" {said}\n")


def test_an_unknown_name_is_wrong_usage_and_gets_its_neighbour(kvisdocs):
    code, out, err = kvisdocs("lint", "gp-leter")

    assert (code, out) == (2, "")
    assert 'there is no template "gp-leter"; did you mean "gp-letter"?' in err


def test_json_is_one_object_a_problem(kvisdocs, write):
    write(BREV)
    code, out, err = kvisdocs("lint", "brev", "--json")

    assert (code, err) == (1, "")
    problems = [json.loads(line) for line in out.splitlines()]
    assert problems == [
        {
            "file": "templates/brev/document.html.j2",
            "line": 3,
            "column": 26,
            "severity": "error",
            "code": problems[0]["code"],
            "what": 'there is no "greetd_as" in case.citizen',
            "todo": 'did you mean "greeted_as"?',
        }
    ]


def test_a_document_without_a_sample_gets_a_note(kvisdocs, write):
    write(BREV | {"templates/brev/document.html.j2": '{% extends "base.html.j2" %}\n'})
    Path("templates/brev/sample.yaml").unlink()

    assert kvisdocs("lint", "brev") == (
        0,
        "templates/brev/document.yaml: note: the document has no sample.yaml, so its HTML is not tried; "
        "write brev/sample.yaml, a case with all that the template shows\n",
        "read 1 document: 0 errors, 0 warnings, 1 note\n",
    )


def test_a_sample_with_a_fault_is_told_like_a_case(kvisdocs, write):
    write(BREV | {"templates/brev/sample.yaml": citizen_yaml(sickness={"first_day": "i går"})})

    assert "templates/brev/sample.yaml:" in kvisdocs("lint", "brev").out


def test_a_document_that_is_asked_for_is_not_unknown_because_another_is_broken(kvisdocs):
    settings = "title: {title}\ndescription: x\nkind: citizen\naudience: citizen\n"
    for name, title in (("brev", "Brev"), ("andet", '""')):
        (folder := Path("templates") / name).mkdir(parents=True)
        (folder / "document.yaml").write_text(settings.format(title=title), encoding="utf-8")
        (folder / "document.html.j2").write_text("<p>Hej</p>", encoding="utf-8")
    code, out, err = kvisdocs("lint", "brev")
    assert code == 1
    assert "templates/andet/document.yaml:1:8: title is empty" in out + err
    assert "there is no template" not in out + err
    assert "read nothing: 1 error" in out + err


def test_a_broken_document_yaml_and_a_broken_profile_are_told_beside_the_rest(kvisdocs, write):
    write(BREV | {"templates/other/document.yaml": "titel: x\n", "templates/profiles/ny.yaml": "name: Ny Kommune\n"})
    code, out, _ = kvisdocs("lint")
    files = {line.partition(":")[0] for line in out.splitlines()}

    assert code == 1
    assert {"templates/other/document.yaml", "templates/profiles/ny.yaml"} <= files


@pytest.mark.parametrize("profile", ["herning", "koebenhavn"])
def test_what_a_profiles_letterhead_lacks_is_told_whosever_the_sample_is(kvisdocs, write, profile):
    shipped = Path(__file__).parents[2] / "templates" / "profiles" / f"{profile}.yaml"
    said = f"{shipped.read_text(encoding='utf-8')}word_reference: letterheads/eksempel.docx\n"
    html = (
        '{% extends "base.html.j2" %}\n{% block body %}\n<h1>Kære</h1>\n<p class="closing">Hilsen</p>\n{% endblock %}\n'
    )
    write(BREV | {"templates/brev/document.html.j2": html, f"templates/profiles/{profile}.yaml": said})
    code, out, _ = kvisdocs("lint", "brev")

    assert code == 0
    assert 'letterheads/eksempel.docx: note: the letterhead has no style "Closing"; the stylesheet\'s is added' in out


def test_strict_makes_no_document_of_which_a_writer_has_something_to_remark(kvisdocs, write):
    write(
        {
            "a.yaml": citizen_yaml(),
            "templates/note/document.yaml": (
                "title: Note\ndescription: a note\nkind: citizen\naudience: citizen\nstylesheets: [note.css]\n"
            ),
            "templates/note/document.html.j2": '<html lang="da"><head></head><body><h1>Sag</h1></body></html>',
            "templates/note.css": "h1 { transform: none; colour: red }\n",
        }
    )
    loose = kvisdocs("render", "a.yaml", "-d", "note", "--to", "docx")
    strict = kvisdocs("render", "a.yaml", "-d", "note", "--to", "docx", "--strict", "-o", "strict")

    assert (loose.code, strict.code) == (0, 1)
    assert Path("output/a/note.docx").exists()
    assert not Path("strict/a/note.docx").exists()
    assert 'templates/note.css:1:23: CSS "colour": neither file has such a property' in strict.err
    assert strict.err.endswith("nothing was made, 2 errors\n")
    assert 'templates/note.css:1:23: warning: CSS "colour"' in loose.err
