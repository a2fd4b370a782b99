"""`-q` says only what is wrong; `-v` names each file, and says why it was made."""

import pytest
from builders import citizen_yaml

LONG = pytest.mark.parametrize(("quiet", "verbose"), [("-q", "-v"), ("--quiet", "--verbose")])


@pytest.fixture
def cases(write, note):
    """A case and a document for it."""
    write({"cases/a.yaml": citizen_yaml()})


def spoil(write):
    write({"cases/c.yaml": "kind: citzen\n"})


@pytest.mark.usefixtures("cases")
@LONG
def test_a_quiet_check_of_what_is_in_order_says_nothing(quiet, verbose, kvisdocs):
    assert kvisdocs("check", "cases/a.yaml", quiet) == (0, "", "")


@pytest.mark.usefixtures("cases")
def test_a_quiet_check_says_what_is_wrong(kvisdocs, write):
    spoil(write)

    said = kvisdocs("check", "cases/c.yaml", "-q")

    assert (said.code, said.err) == (1, "")
    assert said.out == 'cases/c.yaml:1:7: "kind" is "citzen"; did you mean "citizen"?\n'


@pytest.mark.usefixtures("cases")
def test_programs_are_given_everything_however_quiet(kvisdocs, write):
    spoil(write)

    assert kvisdocs("check", "cases", "-q", "--json").out == kvisdocs("check", "cases", "--json").out != ""


@pytest.mark.usefixtures("cases")
def test_a_verbose_check_names_each_case(kvisdocs, write):
    spoil(write)

    lines = kvisdocs("check", "cases", "-v").err.splitlines()

    assert {"cases/a.yaml: 0 errors, 0 warnings", "cases/c.yaml: 1 error, 0 warnings"} <= set(lines)


@pytest.mark.usefixtures("cases")
@LONG
def test_render(quiet, verbose, kvisdocs):
    call = ("render", "cases/a.yaml", "-d", "note", "--to", "docx")

    assert kvisdocs(*call, quiet) == (0, "", "")
    assert kvisdocs(*call).out == "output/a/note.docx\n"
    assert kvisdocs(*call, verbose).out == "output/a/note.docx: asked for again\n"
    assert kvisdocs(*call, verbose, "-o", "new").out == "new/a/note.docx: new\n"


@pytest.mark.usefixtures("cases")
def test_a_quiet_render_says_what_is_wrong(kvisdocs, write):
    spoil(write)

    said = kvisdocs("render", "cases", "-d", "note", "--to", "docx", "-q")

    assert said == (1, "", 'cases/c.yaml:1:7: "kind" is "citzen"; did you mean "citizen"?\n')


@pytest.mark.usefixtures("cases")
def test_the_last_of_both_wins(kvisdocs):
    call = ("render", "cases/a.yaml", "-d", "note", "--to", "docx")

    assert kvisdocs(*call, "-q", "-v").out == "output/a/note.docx: new\n"
    assert kvisdocs(*call, "-v", "-q").out == ""


def test_a_quiet_import(kvisdocs):
    assert kvisdocs("import", "--template", "list.xlsx", "--map-out", "map.yaml", "-q") == (0, "", "")
