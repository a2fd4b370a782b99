"""Letting go what a run has held back, with a reason that stands in the journal."""

import json
from pathlib import Path

import pytest
from batch_results import ends, made

HELD = ["held-back/a/note.docx", "held-back/b/note.docx"]


@pytest.fixture
def held(cases, run):
    """Two cases of the same person, whose letters are held back."""
    cases("a", b={})
    Path("cases/b.yaml").write_text(Path("cases/a.yaml").read_text())
    assert set(ends(run()).values()) == {"held_back: same_person"}
    assert made() == HELD


def events(kvisdocs):
    return [json.loads(line) for line in kvisdocs("history", "--json")[1].splitlines()]


def test_without_a_case_all_that_is_held_back_is_shown_and_nothing_moved(kvisdocs, held):
    code, out, err = kvisdocs("release")
    assert (code, out.splitlines()) == (0, [f"{file}: same person twice" for file in HELD])
    assert err == "2 documents are held back\n"
    assert made() == HELD


def test_a_letter_goes_to_its_place_with_its_reason_and_no_run_holds_it_again(kvisdocs, held, run):
    code, _, err = kvisdocs("release", "a", "--reason", " to sager  er ret ", "--as", "Mette Prøve")
    assert (code, err) == (0, "a/note.docx: released\n")
    assert made() == ["a/note.docx", "held-back/b/note.docx"]
    last = events(kvisdocs)[-1]
    assert (last["event"], last["by"], last["case_id"], last["reason"]) == (
        "released", "Mette Prøve", "a", "to sager er ret",
    )  # fmt: skip
    assert ends(run()) == {"a": "unchanged", "b": "held_back: same_person"}
    assert ends(run("--again"))["a"] == "held_back: same_person"  # it is another letter


def test_without_a_reason_nothing_goes(kvisdocs, held):
    for reason in ([], ["--reason", "  "]):
        code, _, err = kvisdocs("release", "a", *reason)
        assert code == 2
        assert "say why they may go" in err
    assert made() == HELD


def test_what_is_not_held_back_is_said_and_the_others_go(kvisdocs, held):
    code, _, err = kvisdocs("release", "c", "a", "../a", "--reason", "x")
    assert code == 1
    assert "held-back/c: c is not held back" in err
    assert made() == ["a/note.docx", "held-back/b/note.docx"]
    assert kvisdocs("release", "a", "--reason", "x")[0] == 1


def test_what_somebody_has_changed_is_not_moved(kvisdocs, held):
    Path("output/held-back/a/note.docx").write_bytes(b"changed")
    code, _, err = kvisdocs("release", "a", "--reason", "x")
    assert code == 1
    assert "somebody has changed it since it was made, so it is not moved" in err
    assert made() == HELD
    assert [each["event"] for each in events(kvisdocs)] == ["made", "made"]


def test_what_stands_in_its_place_stays(kvisdocs, held):
    Path("output/a").mkdir()
    Path("output/a/note.docx").write_bytes(b"mine")
    code, _, err = kvisdocs("release", "a", "--reason", "x")
    assert (code, err) == (0, "a/note (ny).docx: released\n")
    assert Path("output/a/note.docx").read_bytes() == b"mine"


def test_a_place_that_cannot_be_written_is_said_and_the_letter_stays(kvisdocs, held):
    Path("output/a").write_bytes(b"")
    code, _, err = kvisdocs("release", "a", "b", "--reason", "x")
    assert code == 1
    assert "output/a: cannot be written" in err
    assert made() == ["a", "b/note.docx", "held-back/a/note.docx"]


def test_where_nothing_was_made_nothing_is_held_back(kvisdocs, folder):
    assert kvisdocs("release") == (0, "", "0 documents are held back\n")
    assert not Path("output").exists()
