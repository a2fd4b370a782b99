"""`kvisdocs print` and `kvisdocs pack`, as whoever posts the letters calls them."""

import json
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from made_letters import CASE, CITIZENS, OTHER
from user import call_kvisdocs


@pytest.fixture
def run(folder):
    """A folder in which one case's letters were made today."""
    (folder / "cases_yaml").mkdir()
    shutil.copy(CITIZENS / f"{OTHER}.yaml", folder / "cases_yaml")
    assert call_kvisdocs("render", "cases_yaml", "-d", "gp-letter", "--to", "pdf").code == 0
    return folder


def test_letters_are_printed_and_packed_and_nothing_is_written_over(run):
    said = call_kvisdocs("print", "output", "-o", "breve", "--duplex")

    assert (said.code, said.err) == (0, "1 letter, 1 sheet in breve.pdf, listed in breve.csv\n")
    with pypdfium2.PdfDocument(run / "breve.pdf") as pdf:
        assert len(pdf) == 2
    assert ";C5;Annelise Kofoed;" in (run / "breve.csv").read_text("utf-8-sig")

    said = call_kvisdocs("pack", "output", "-o", "sager.zip", "--to", "pdf", "--name", "{name} {document}")
    assert (said.code, said.err) == (0, "1 file in sager.zip\n")
    with zipfile.ZipFile(run / "sager.zip") as archive:
        assert archive.namelist() == ["Amir Skovlund Hashemi Orientering til egen læge.pdf"]

    letter, today = f"output/{OTHER}/gp-letter.pdf", datetime.now(UTC).astimezone().date()
    said = call_kvisdocs("print", "output", "-o", "igen.pdf")
    stays = f"was printed on {today}; where it is to go out all the same, say --printed {today}"
    assert said.err.splitlines() == [f"1 letter {stays}", "there is no letter to print"]
    said = call_kvisdocs("print", "output", "-o", "igen.pdf", "-v")
    assert said.err.splitlines() == [f"{letter}: warning: {stays}", "there is no letter to print"]
    assert not (run / "igen.pdf").exists()

    before = {path.name: path.read_bytes() for path in run.iterdir() if path.is_file()}
    again = ["print", "output", "-o", "breve.pdf", "--printed", str(today)]
    for command in (again, ["pack", "output", "-o", "sager.zip", "--to", "pdf"]):
        said = call_kvisdocs(*command)
        assert said.code == 1
        assert "the file is there already" in said.err
    assert {path.name: path.read_bytes() for path in run.iterdir() if path.is_file()} == before
    assert call_kvisdocs(*again, "--replace").code == 0
    assert (run / "breve.pdf").read_bytes() != before["breve.pdf"]


def test_letters_that_went_out_before_are_counted_in_one_line(run):
    shutil.copy(CITIZENS / f"{CASE}.yaml", run / "cases_yaml")
    assert call_kvisdocs("render", "cases_yaml", "-d", "gp-letter", "--to", "pdf").code == 0
    assert call_kvisdocs("print", "output", "-o", "breve").code == 0

    said = call_kvisdocs("print", "output", "-o", "igen.pdf").err.splitlines()
    assert [line.partition(" on ")[0] for line in said] == ["2 letters: was printed", "there is no letter to print"]


def test_nothing_to_print_is_no_empty_file(run):
    letter = run / "output" / OTHER / "gp-letter.pdf"
    letter.write_bytes(letter.read_bytes() + b"\n")

    said = call_kvisdocs("print", "output", "-o", "breve.pdf")

    assert said.code == 1
    assert said.err.splitlines() == [
        f"output/{OTHER}/gp-letter.pdf: warning: was changed by hand since it was made, and nobody has checked it; "
        "make it again, or send it by hand",
        "there is no letter to print",
    ]
    assert not (run / "breve.pdf").exists()


def test_a_pattern_that_names_nothing_is_wrong_usage(run):
    said = call_kvisdocs("pack", "output", "-o", "sager.zip", "--name", "{navn}")

    assert said.code == 2
    assert 'the pattern has no place called "{navn}"; use one of: case, case_number, caseworker, date' in said.err


def test_a_folder_in_which_nothing_was_made_is_told_of(folder):
    (folder / "output").mkdir()

    said = call_kvisdocs("print", "output", "-o", "breve.pdf")

    assert said.code == 1
    assert "nothing was made in this folder yet" in said.err


def test_what_stays_of_the_letters_to_doctors_is_said_with_its_reason(run):
    said = call_kvisdocs("export", "medcom", "output", "-o", "til-laegen")

    assert (said.code, said.out) == (0, "")
    assert said.err.splitlines() == [
        f"{Path('output', OTHER, 'gp-letter.pdf')}: warning: nobody has approved it; "
        "have it read and approved first: kvisdocs approve",
        "1 left out",
    ]
    assert not (run / "til-laegen").exists()
    said = call_kvisdocs("export", "medcom", "output", "-o", "til-laegen", "--json")
    assert (json.loads(said.out)["result"], json.loads(said.out)["problem"]["code"]) == (
        "stays",
        "dispatch.letter.unapproved",
    )
