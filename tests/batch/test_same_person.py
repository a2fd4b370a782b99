"""The same person, or the same case number, in two cases: told with both lines, and held back by a run."""

from dataclasses import replace
from pathlib import Path

import pytest
from batch_results import ends, made, said
from builders import citizen_yaml

from kvisdocs.application.journal.entry import Event
from kvisdocs.application.journal.journal import Journal

HERE = "cases/b.yaml:10:8: warning: has "
CPR = "the CPR number of cases/a.yaml:10:8"
NUMBER = "the case number of cases/a.yaml:4:14"
TODO = "; delete the copy or correct the number; a run holds the letters of both back\n"
OTHER = {"citizen": {"cpr": "700101-1118"}}


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ({}, f"{HERE}{CPR} and {NUMBER}"),
        ({"case_number": "12/9999"}, f"{HERE}{CPR}"),
        ({"case_number": "12/9999", "citizen": {"cpr": "7404681238"}}, f"{HERE}{CPR}"),
        (OTHER, f"cases/b.yaml:4:14: warning: has {NUMBER}"),
        ({**OTHER, "case_number": "12 / 3456"}, f"cases/b.yaml:4:14: warning: has {NUMBER}"),
        ({**OTHER, "case_number": "12/9999"}, None),
        ({**OTHER, "municipality": "viborg"}, None),
    ],
)
def test_check_and_render_and_a_run_name_both_lines(write, note, run, kvisdocs, second, told):
    write({"cases/a.yaml": citizen_yaml(), "cases/b.yaml": citizen_yaml(**second)})
    options = ("-d", "note", "--to", "docx", "--date", "2012-11-14")

    words = [kvisdocs("check", "cases").out, kvisdocs("render", "cases", *options, "-o", "x").err, run()["said"]]

    assert [f"{told}{TODO}" in each if told else "warning: has" not in each for each in words] == [True] * 3
    assert made("x") == ["a/note.docx", "b/note.docx"]


def test_both_are_held_back_and_the_third_goes(cases, run):
    cases("c", "a", b={"case_number": "12/9999", "citizen": {"cpr": "740468-1238"}})

    report = run()

    assert (report["code"], made()) == (1, ["a/note.docx", "held-back/b/note.docx", "held-back/c/note.docx"])
    assert ends(report) == {"a": "made: new", "b": "held_back: same_person", "c": "held_back: same_person"}
    assert said(report, "b") == [
        "is held back: same person twice (the CPR number of cases/c.yaml); "
        'look at it; if it may go: kvisdocs release b -o output --reason "…"'
    ]
    assert ends(run()) == {"a": "unchanged", "b": "held_back: same_person", "c": "held_back: same_person"}


def test_a_letter_made_before_the_other_case_came_is_held_back_too(cases, run):
    cases("a")
    run()
    cases(b={"citizen": {"cpr": "740468-1238"}})

    report = run()

    assert ends(report) == {"a": "held_back: same_person", "b": "held_back: same_person"}
    assert made() == ["held-back/a/note.docx", "held-back/b/note.docx"]


def test_a_letter_that_was_printed_before_the_other_case_came_stays_where_it_is(cases, run):
    cases("a")
    run()
    journal = Journal(Path("output"))
    journal.append([replace(each, event=Event.PRINTED) for each in journal.read().entries])
    cases(b={"citizen": {"cpr": "740468-1238"}})

    report = run()

    assert ends(report) == {"a": "unchanged: approved", "b": "held_back: same_person"}
    assert made() == ["a/note.docx", "held-back/b/note.docx"]


def test_who_has_looked_moves_them_and_they_stay(cases, run):
    cases("a", b={"citizen": {"cpr": "740468-1238"}})
    run()
    Path("output/held-back/a").rename("output/a")

    report = run()

    assert ends(report) == {"a": "unchanged", "b": "held_back: same_person"}
    assert made() == ["a/note.docx", "held-back/b/note.docx"]


def test_or_makes_them_by_hand(cases, run, kvisdocs):
    cases("a", b={"citizen": {"cpr": "740468-1238"}})
    run()

    kvisdocs("render", "cases/a.yaml", "-d", "note", "--to", "docx", "--date", "2012-11-14")

    assert ends(run()) == {"a": "unchanged", "b": "held_back: same_person"}
    assert made() == ["a/note.docx", "held-back/b/note.docx"]


def test_when_the_copy_is_deleted_the_letter_goes(cases, run):
    cases("a", b={"citizen": {"cpr": "740468-1238"}})
    run()
    Path("cases/b.yaml").unlink()

    report = run()

    assert (report["code"], ends(report)) == (0, {"a": "unchanged"})
    assert "a/note.docx" in made()


def test_it_is_known_of_cases_that_are_not_read_again(cases, run):
    """A case with nothing to say of it is not read in the next run: what only it has stands in the manifest, keyed."""
    cases("a", "b")
    run()
    assert ends(run()) == {"a": "unchanged", "b": "unchanged"}
    cases(b={"citizen": {"cpr": "740468-1238"}})

    report = run()

    assert set(ends(report).values()) == {"held_back: same_person"}
    assert "cases/b.yaml:10:8: warning: has the CPR number of cases/a.yaml:10:8" in report["said"]
    assert "740468" not in Path("output/.kvisdocs/manifest.jsonl").read_text()


def test_of_three_each_is_told_against_the_first(write, kvisdocs):
    write({f"cases/{name}.yaml": citizen_yaml() for name in "abc"})

    said = kvisdocs("check", "cases").out.splitlines()

    assert [line.partition(":")[0] for line in said] == ["cases/b.yaml", "cases/c.yaml"]
    assert all("cases/a.yaml:10:8" in line for line in said)


def test_check_in_several_processes_finds_them_too(write, kvisdocs, monkeypatch):
    monkeypatch.setattr("kvisdocs.application.processes.ENOUGH", 1)
    monkeypatch.setattr("kvisdocs.application.processes._processors", lambda: 4)
    write({f"cases/{name}.yaml": citizen_yaml() for name in "abcdefgh"})

    assert kvisdocs("check", "cases").out.count("warning: has the CPR number of cases/a.yaml") == 7


def test_items_of_one_case_at_two_meetings_are_as_they_should_be(write, kvisdocs):
    item = (Path(__file__).parents[2] / "cases_yaml/committee/viborg-punkt-12.yaml").read_text()
    write({"cases/a.yaml": item, "cases/b.yaml": item})

    assert "has the case number" not in kvisdocs("check", "cases").out


def test_of_many_copies_twenty_are_told_of_and_the_rest_is_counted(write, kvisdocs):
    write({f"cases/{number:02}.yaml": citizen_yaml() for number in range(50)})

    said = kvisdocs("check", "cases").out.splitlines()

    assert len(said) == 21
    assert said[-1] == "cases/21.yaml:10:8: warning: and 29 more like those above; put those right first"
