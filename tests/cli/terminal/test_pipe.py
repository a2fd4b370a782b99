"""A case through a pipe: `-` where a case file is named."""

import json
import subprocess
from pathlib import Path

import pytest
from builders import citizen_yaml
from click.testing import CliRunner

from kvisdocs.cli.main import main


def piped(text, *arguments):
    """The program with that on its standard input: exit code, standard output, standard error."""
    done = CliRunner().invoke(main, arguments, input=text, prog_name="kvisdocs", catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


def test_check_says_where_without_naming_a_file_of_its_own():
    code, out, err = piped("kind: citzen\n", "check", "-")

    assert (code, out) == (1, '-:1:7: "kind" is "citzen"; did you mean "citizen"?\n')
    assert err == "1 case, 1 error, 0 warnings\n"


def test_so_does_json():
    (problem,) = map(json.loads, piped("kind: citzen\n", "check", "-", "--json")[1].splitlines())

    assert (problem["file"], problem["line"]) == ("-", 1)


@pytest.mark.parametrize("text", ["", "\n", "\x00", b"\xff\xfe\xfd", "- a\n", "a: &x [*x]\n", "#" * 3_000_000])
def test_whatever_comes_is_met_with_a_sentence(text):
    code, out, _ = piped(text, "check", "-")

    assert code == 1
    assert out.startswith("-:")


def test_signs_of_any_saved_file_are_read(note):
    code, out, _ = piped(citizen_yaml().encode("utf-16"), "check", "-")
    assert "UTF-16" in out or code == 0


@pytest.mark.usefixtures("note")
def test_render_puts_the_case_where_its_name_says():
    assert piped(citizen_yaml(), "render", "-", "--name", "anna-prøve", "-d", "note", "--to", "docx")[:2] == (
        0,
        "output/anna-prøve/note.docx\n",
    )
    assert [path.name for path in Path("output").iterdir() if not path.name.startswith(".")] == ["anna-prøve"]


@pytest.mark.usefixtures("note")
def test_it_is_the_same_bytes_as_from_a_file(write, kvisdocs):
    write({"anna.yaml": citizen_yaml()})
    call = ("-d", "note", "--date", "2012-11-14")

    kvisdocs("render", "anna.yaml", *call, "-o", "file")
    piped(citizen_yaml(), "render", "-", "--name", "anna", *call, "-o", "pipe")

    for name in ("anna/note.pdf", "anna/note.docx"):
        assert Path("file", name).read_bytes() == Path("pipe", name).read_bytes()


def test_without_a_name_nothing_is_made_since_the_next_case_would_lie_in_the_same_folder():
    code, _, err = piped(citizen_yaml(), "render", "-")

    assert code == 2
    assert "a case from standard input has no case id; give it one, for instance: kvisdocs render - --name" in err
    assert not Path("output").exists()


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../a", "a/b", "/a", "a\\b", "C:a", "con", "a.", "a ", "a\x07", "a\u202eb", "x" * 300, "æ" * 150],
)
@pytest.mark.usefixtures("note")
def test_a_name_that_can_be_no_folder_is_refused(name):
    code, out, err = piped(citizen_yaml(), "render", "-", "--name", name, "-d", "note", "-o", "deep/output")

    assert (code, out) == (2, "")
    assert "Invalid value for '--name'" in err
    assert not Path("deep").exists()


@pytest.mark.usefixtures("note")
def test_the_folder_of_held_back_letters_is_nobodys_name():
    code, _, err = piped(citizen_yaml(), "render", "-", "--name", "held-back", "-d", "note")

    assert code == 1
    assert "the name of a folder that a run itself needs" in err


def test_a_name_is_for_the_pipe_alone(write):
    write({"a.yaml": citizen_yaml()})

    assert "--name is for a case from standard input" in piped("", "render", "a.yaml", "--name", "b")[2]


def test_beside_files(write):
    write({"a.yaml": "kind: citzen\n"})

    assert [line.split(":")[0] for line in piped("kind: citzen\n", "check", "a.yaml", "-")[1].splitlines()] == [
        "-",
        "a.yaml",
    ]


def test_a_file_of_that_name_is_named_with_its_folder(write):
    write({"-": "kind: citzen\n"})

    assert piped("", "check", "./-")[0] == 1


def test_a_closed_pipe_is_an_empty_file(command):
    call = command("check", "-")
    words = " ".join(f"'{each}'" for each in call["args"])
    done = subprocess.run(["sh", "-c", f"{words} <&-"], env=call["env"], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stdout.startswith("-:1:1: the file is empty")
    assert "Traceback" not in done.stderr
