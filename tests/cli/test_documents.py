"""`kvisdocs documents`: what can be made."""

import pytest


def test_every_document_that_ships_is_listed_with_its_kind_and_its_needs(kvisdocs):
    code, out, err = kvisdocs("documents")

    assert (code, err) == (0, "")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "committee-brief committee the committee brief (agenda item)" in lines
    assert "follow-up-plan citizen the follow-up plan, for the citizen" in lines
    assert lines[lines.index("gp-letter citizen the information letter to the citizen's own doctor") + 1] == (
        "needs gp, a consent to disclose to the GP, in force on the letter's date"
    )


@pytest.mark.usefixtures("note")
def test_the_documents_of_the_folder_are_listed_too(kvisdocs):
    lines = [line.split() for line in kvisdocs("documents").out.splitlines()]
    assert ["note", "citizen", "a", "note"] in lines


@pytest.mark.usefixtures("note")
def test_a_faulty_document_stops_the_list_and_is_shown_where_it_stands(kvisdocs, write):
    write({"templates/note/document.yaml": "title: Note\nkind: citzen\naudience: citizen\ndescription: a note\n"})

    assert kvisdocs("documents") == (
        1,
        "",
        'templates/note/document.yaml:2:7: kind: "citzen" is not one of the values; did you mean "citizen"?\n',
    )


@pytest.mark.usefixtures("note")
def test_a_templates_folder_one_too_high_is_pointed_out(kvisdocs, folder):
    code, out, err = kvisdocs("documents", "--templates", ".")

    assert code == 0
    assert out == kvisdocs("documents", "--templates", str(folder.parent)).out
    assert err == ".: warning: the folder holds no templates; did you mean templates?\n"


@pytest.mark.usefixtures("note")
def test_a_templates_folder_one_too_low_is_pointed_out(kvisdocs, folder):
    code, _, err = kvisdocs("documents", "--templates", "templates/note")

    assert code == 0
    assert err == f"templates/note: warning: the folder holds no templates; did you mean {folder / 'templates'}?\n"


def test_a_folder_without_templates_is_pointed_out(kvisdocs, folder):
    (folder / "mine").mkdir()

    code, out, err = kvisdocs("documents", "--templates", "mine")

    assert (code, out) == (0, kvisdocs("documents").out)
    assert err == "mine: warning: the folder holds no templates; those that come with kvisdocs are used\n"


@pytest.mark.parametrize(
    "name", ["house.css", "profiles/aarhus.yaml", "partials/letterhead.html.j2", "a/document.yaml"]
)
def test_one_file_that_counts_is_enough(kvisdocs, write, name):
    write({f"mine/{name}": "title: T\ndescription: d\nkind: citizen\naudience: citizen\n"})
    write({"mine/a/document.html.j2": "<html></html>"})

    assert kvisdocs("documents", "--templates", "mine").err == ""


def test_a_templates_folder_that_is_not_there_is_wrong_usage(kvisdocs):
    code, out, err = kvisdocs("documents", "--templates", "mine")

    assert (code, out) == (2, "")
    assert err.endswith("Error: Invalid value for '--templates': Directory 'mine' does not exist.\n")
