"""The manifest and the way into place: whatever moment a run was killed at, the next one goes on from there."""

import json
import os
import re
from pathlib import Path

import pytest
from batch_results import DAY, ends, made, part_of

OWN = Path("output/.kvisdocs")
MANIFEST = OWN / "manifest.jsonl"


def test_killed_between_the_line_and_the_move_the_part_is_moved_and_not_made_again(cases, run):
    cases("a")
    run()
    part = part_of(MANIFEST.read_text())
    Path("output/a/note.docx").rename(part)
    number = part.stat().st_ino

    assert ends(run()) == {"a": "unchanged"}
    assert (made(), Path("output/a/note.docx").stat().st_ino) == (["a/note.docx"], number)


def test_killed_between_two_moves_the_other_file_follows(cases, run):
    cases("a")
    run("--to", "pdf")
    Path("output/a/note.pdf").rename(part_of(MANIFEST.read_text(), "pdf"))

    assert ends(run("--to", "pdf")) == {"a": "unchanged"}
    assert made() == ["a/note.docx", "a/note.pdf"]


def test_killed_before_the_line_the_part_is_removed_and_made_again(cases, run):
    cases("a")
    run()
    text = MANIFEST.read_text()
    Path("output/a/note.docx").rename(part_of(text))
    MANIFEST.write_text(text.splitlines()[0] + "\n")

    assert ends(run(day=None)) == {"a": "made: new"}
    assert (made(), list((OWN / "parts").iterdir())) == (["a/note.docx"], [])


def test_a_part_that_is_not_what_its_line_says_is_made_again(cases, run):
    cases("a")
    run()
    part = part_of(MANIFEST.read_text())
    Path("output/a/note.docx").rename(part)
    part.write_bytes(b"half a fi")

    assert ends(run()) == {"a": "made: output_missing"}
    assert Path("output/a/note.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    "broken",
    [
        '{"v":1,"kind":"docu',
        "\x00\x00\x00",
        "[]\n",
        '"v"\n{"v":1}\n{"v":99,"kind":"run"}\n',
        '{"v":1,"kind":"run","day":5}\n',
        '{"v":1,"kind":"document","key":1,"document":2,"files":[]}\n',
        '{"v":1,"kind":"case","key":[]}\n',
    ],
)
def test_a_broken_end_is_cut_off_and_what_nobody_knows_is_passed_over(cases, run, broken):
    cases("a", "b")
    run()
    with MANIFEST.open("a") as file:
        file.write(broken)

    assert ends(run()) == {"a": "unchanged", "b": "unchanged"}
    cases("c")
    assert ends(run()) == {"a": "unchanged", "b": "unchanged", "c": "made: new"}
    assert ends(run()) == {"a": "unchanged", "b": "unchanged", "c": "unchanged"}
    lines = MANIFEST.read_text().splitlines()
    assert len([json.loads(line) for line in lines]) == len(lines)


def test_a_document_s_line_that_is_broken_off_has_the_document_made_again(cases, run):
    cases("a", "b")
    run()
    lines = MANIFEST.read_text().splitlines(keepends=True)
    MANIFEST.write_text("".join(lines[:2]) + lines[2][: len(lines[2]) // 2])

    report = run(day=None)

    assert (report["resumed"], ends(report)) == (True, {"a": "unchanged", "b": "made: new"})


@pytest.mark.parametrize(
    ("pattern", "odd"),
    [
        (r'"sha256":"[^"]*"', '"sha256":5'),
        (r'"inputs":\{[^}]*\}', '"inputs":"abc"'),
        (r'"inputs":\{[^}]*\}', '"inputs":{"x":[]}'),
        (r'"earlier":\[\]', '"earlier":[[1]]'),
        (r'"folders":\[[^]]*\]', '"folders":7'),
        (r'"files":\{.*\}(?=,"place")', '"files":[1]'),
        (r'"hold":null', '"hold":{}'),
    ],
)
def test_a_document_s_line_of_an_odd_form_has_the_document_made_again(cases, run, pattern, odd):
    cases("a")
    run()
    text, count = re.subn(pattern, odd, MANIFEST.read_text())
    MANIFEST.write_text(text)

    assert count == 1
    assert ends(run()) == {"a": "made: new"}
    assert ends(run()) == {"a": "unchanged"}


@pytest.mark.parametrize(
    ("pattern", "odd"),
    [
        (r'"identity":\{[^}]*\}', '"identity":[1]'),
        (r'"documents":\["note"\]', '"documents":[{}]'),
        (r'"left_out":false', '"left_out":[]'),
    ],
)
def test_a_case_s_line_of_an_odd_form_has_the_case_read_again(cases, run, pattern, odd):
    cases("a")
    run()
    text, count = re.subn(pattern, odd, MANIFEST.read_text())
    MANIFEST.write_text(text)

    assert (count, ends(run())) == (1, {"a": "unchanged"})
    assert MANIFEST.read_text().count('"kind":"case"') == 2


def test_a_line_of_many_brackets_is_passed_over(cases, run):
    cases("a")
    run()
    with MANIFEST.open("a") as file:
        file.write("[" * 200_000 + "\n")

    assert ends(run()) == {"a": "unchanged"}


@pytest.mark.parametrize("command", ["batch", "render"])
@pytest.mark.parametrize("name", ["lock", "key", "manifest.jsonl", "parts"])
def test_a_pipe_or_a_file_among_the_runs_own_files_is_told_of(cases, kvisdocs, name, command):
    cases("a")
    OWN.mkdir(parents=True)
    os.mkfifo(OWN / name)

    code, _, err = kvisdocs(command, "cases", "-d", "note", "--to", "docx", "--date", DAY)

    assert (code, made()) == (1, [])
    assert "output/.kvisdocs" in err
    assert "a file is in the way; choose another folder" in err


@pytest.mark.parametrize("name", ["lock", "key", "manifest.jsonl", "key.part"])
def test_a_folder_among_the_runs_own_files_is_told_of(cases, run, name):
    cases("a")
    (OWN / name).mkdir(parents=True)

    report = run()

    assert (report["code"], made()) == (1, [])
    assert "a folder is in the way" in report["said"]


def test_nothing_is_swept_through_a_link(cases, run):
    cases("a")
    OWN.mkdir(parents=True)
    Path("mine").mkdir()
    Path("mine/letter.docx").write_text("mine")
    (OWN / "parts").symlink_to(Path("mine").absolute())

    report = run()

    assert (report["code"], Path("mine/letter.docx").read_text()) == (1, "mine")
    assert "output/.kvisdocs/parts: cannot be written: a link is in the way" in report["said"]


def test_a_pipe_in_a_letters_place_does_not_keep_the_run_waiting(cases, run):
    cases("a", "b")
    run()
    Path("output/a/note.docx").unlink()
    os.mkfifo("output/a/note.docx")

    assert ends(run()) == {"a": "made: output_changed", "b": "unchanged"}
    assert Path("output/a/note.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("lost", ["manifest.jsonl", "key"])
def test_without_the_manifest_or_its_key_all_is_new(cases, run, lost):
    cases("a")
    run()
    (OWN / lost).unlink()

    assert ends(run()) == {"a": "made: new"}


def test_the_manifest_holds_no_personal_data_and_is_its_owner_s_alone(cases, run):
    cases("åse-østergård-7404681238")
    run()

    text = MANIFEST.read_text().casefold()
    for told in ("åse", "u00e5se", "stergård", "7404681238", "740468-1238", "ærøvej", "12/3456", "bodil"):
        assert told not in text
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in OWN.iterdir()}
    journal = {"journal.jsonl": "0o600", "journal.end": "0o600", "journal.lock": "0o600"}
    assert modes == {"key": "0o600", "lock": "0o600", "manifest.jsonl": "0o600", "parts": "0o700", **journal}
    assert oct(Path("report.json").stat().st_mode & 0o777) == "0o600"
