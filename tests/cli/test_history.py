"""`kvisdocs history`, and the journal that `render` and `batch` write."""

import json
from pathlib import Path

import pytest
from builders import citizen_yaml

from kvisdocs.application.journal.letters import State, find_status, list_letters

pytestmark = pytest.mark.usefixtures("note")
OUTPUT = Path("output")


def events(kvisdocs, *arguments: str) -> list[dict]:
    code, out, _ = kvisdocs("history", "--json", *arguments)
    assert code == 0
    return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def make(kvisdocs, write):
    body = "<h1>{{ case.citizen.first_names }} {{ case.citizen.last_name }}</h1><p>{{ profile.name }}</p>"
    page = f'<!doctype html>\n<html lang="da"><head><title>Note</title></head>\n<body>{body}</body></html>\n'
    write({"templates/note/document.html.j2": page})

    def make(*options: str, command: str = "render", **changes) -> str:
        write({"cases/åse.yaml": citizen_yaml(**changes)})
        code, _, err = kvisdocs(command, "cases", "-d", "note", "--to", "docx", "--date", "2012-11-14", *options)
        assert code == 0, err
        return err

    return make


@pytest.mark.parametrize("command", ["render", "batch"])
def test_what_was_made_by_whom_and_from_what(kvisdocs, make, command):
    make("--as", "Mette  Prøve", command=command)

    (line,) = events(kvisdocs, "åse")

    assert (line["event"], line["by"], line["case_id"], line["document"]) == ("made", "Mette Prøve", "åse", "note")
    assert line["files"]["docx"]["name"] == "note.docx"
    assert line["made_from"].keys() >= {"case", "template", "profile", "programme", "version", "date"}
    assert line["details"] == {"source": "../cases/åse.yaml"}
    assert "Østergård" not in Path("output/.kvisdocs/journal.jsonl").read_text()
    (letter,) = list_letters(OUTPUT)
    assert (letter.state, letter.made.by, letter.day) == (State.MADE, "Mette Prøve", "2012-11-14")
    assert find_status(OUTPUT, Path("output/åse/note.docx")) == letter
    assert find_status(OUTPUT, Path("output/åse/other.docx")) is None


def test_the_user_of_the_system_or_of_the_environment_is_named(kvisdocs, make, monkeypatch):
    monkeypatch.setenv("LOGNAME", "mpr")
    make()
    monkeypatch.setenv("KVISDOCS_USER", "Mette Prøve")
    make(citizen={"last_name": "Vestergård"})

    assert [each["by"] for each in events(kvisdocs)] == ["mpr", "Mette Prøve", "Mette Prøve"]


def test_another_making_replaces_the_first_and_is_the_letter_then(kvisdocs, make):
    make("--as", "A")
    make("--as", "B", citizen={"last_name": "Vestergård"})

    told = [(each["event"], each["by"]) for each in events(kvisdocs)]
    assert told == [("made", "A"), ("replaced", "B"), ("made", "B")]
    (letter,) = list_letters(OUTPUT)
    assert letter.made.by == "B"


def test_the_same_bytes_made_again_are_of_who_made_them_first(make):
    make("--as", "A")
    make("--as", "B")

    (letter,) = list_letters(OUTPUT)

    assert letter.made.by == "A"


def test_what_somebody_changed_or_deleted_is_told_apart(make):
    make()
    file = Path("output/åse/note.docx")
    file.write_bytes(file.read_bytes() + b" ")
    assert [each.state for each in list_letters(OUTPUT)] == [State.CHANGED]

    file.unlink()
    assert [each.state for each in list_letters(OUTPUT)] == [State.GONE]


def test_the_table_is_for_people_and_names_what_it_ends_with(kvisdocs, make):
    make("--as", "Mette Prøve")

    code, out, err = kvisdocs("history")
    head, line = out.splitlines()

    assert code == 0
    assert head.split() == ["When", "Event", "By", "Case", "Files", "Remarks"]
    assert line.split()[2:] == ["made", "Mette", "Prøve", "åse", "note.docx"]
    assert err.startswith("1 event; the journal ends with ")


def test_a_case_or_a_folder_of_which_nothing_is_known_is_named(kvisdocs, make):
    make()

    assert kvisdocs("history", "ase", "--json") == (
        1,
        "",
        'output: nothing was ever made here of a case "ase"; did you mean "åse"?\n',
    )
    code, _, err = kvisdocs("history", "-o", "outputt")
    assert (code, err.partition(";")[0]) == (1, "outputt: nothing was made in this folder yet")


def test_an_altered_line_is_an_error(kvisdocs, make):
    make("--as", "Mette Prøve")
    make("--as", "B", citizen={"last_name": "Vestergård"})
    journal = Path("output/.kvisdocs/journal.jsonl")
    journal.write_bytes(journal.read_bytes().replace(b"Mette", b"Mikke"))

    code, _, err = kvisdocs("history")

    assert code == 1
    assert ".jsonl:2: what stood before this line was altered" in err


def test_what_somebody_changed_is_written_down_once_when_it_is_made_again(kvisdocs, make):
    make("--as", "A")
    file = Path("output/åse/note.docx")
    file.write_bytes(file.read_bytes() + b" ")
    make("--as", "B", citizen={"last_name": "Vestergård"})
    make("--as", "C", citizen={"last_name": "Nørgård"})

    told = [(each["event"], [file["name"] for file in each["files"].values()]) for each in events(kvisdocs)]
    assert told == [
        ("made", ["note.docx"]),
        ("changed", ["note.docx"]),
        ("made", ["note (ny).docx"]),
        ("replaced", ["note (ny).docx"]),
        ("made", ["note (ny).docx"]),
    ]
