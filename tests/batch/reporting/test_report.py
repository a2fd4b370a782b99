"""What is told of a run: a line on the terminal, and JSON for programs."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from batch_results import DAY, ends

from kvisdocs.application import outcome
from kvisdocs.application.outcome import Exclusion, Failure, Hold, Kept, MadeFile, Outcome, Reason, Status
from kvisdocs.batch.reporting.report import RunReport, summary, write_json
from kvisdocs.problems import Position, Problem, Severity, Word

PDF = MadeFile("pdf", "a/note.pdf", "ab" * 32, 1234, 2)
LATE = Problem(Position("cases/b.yaml", 3, 1), 'no note: <b> & "closed"', "look", Severity.NOTE)
EMPTY = Problem(Position("c.yaml"), "is empty")
REPORT = RunReport(
    date(2012, 11, 14),
    (
        Outcome("a", "note", Status.MADE, Reason.NEW, (), (PDF,)),
        Outcome("b", "note", Status.EXCLUDED, Exclusion.CLOSED, (LATE,)),
        Outcome("c", "", Status.FAILED, Failure.CASE, (EMPTY,)),
        Outcome("d", "note", Status.HELD_BACK, Hold.TOO_LONG, (), (PDF,)),
        Outcome("e", "note", Status.UNCHANGED, None, (), (PDF,)),
    ),
    (),
    4.0,
    undone=(("f", "note"),),
    compared=5,
)


def test_the_line_on_the_terminal():
    assert summary(REPORT) == (
        "1 document made (2 pages), 1 unchanged, 1 excluded, 1 held back, 1 failed, 1 left undone, "
        "in 4.0 s (0.5 a second)"
    )


def test_the_line_of_a_run_that_never_began():
    assert summary(RunReport(REPORT.day, (), (EMPTY,), 0.04)) == "nothing was made, 1 error, in 0.0 s"


def test_what_an_earlier_run_held_back_is_not_counted_as_made_again():
    held = REPORT.outcomes[3]

    assert RunReport(REPORT.day, (held,), (), 2.0).per_second == 0.5
    assert RunReport(REPORT.day, (replace(held, is_new=False),), (), 2.0).per_second == 0.0


def test_it_is_well_when_nothing_failed_and_nothing_is_held_back():
    assert not REPORT.is_well
    for lasting, well in ((0, True), (1, True), (2, False), (3, False), (4, True)):
        assert RunReport(REPORT.day, REPORT.outcomes[lasting : lasting + 1], (), 1).is_well is well
    assert not RunReport(REPORT.day, (), (Problem(Position("x"), "is not there"),), 1).is_well
    assert not RunReport(REPORT.day, (), (), 1, stopped=True).is_well
    assert not RunReport(REPORT.day, (), (), 1, undone=(("a", "note"),)).is_well


def test_the_json_report():
    assert json.loads(write_json(REPORT)) == {
        "date": "2012-11-14",
        "resumed": False,
        "stopped": False,
        "seconds": 4.0,
        "documents_per_second": 0.5,
        "pages": 2,
        "errors": 0,
        "counts": {"made": 1, "unchanged": 1, "excluded": 1, "held_back": 1, "failed": 1},
        "page_counts": {"note": {"1": 0, "2": 3}},
        "proof": {"documents": 2, "compared_with_cases": 5},
        "causes": [
            {"status": "excluded", "reason": "closed", **LATE.as_dict(), "documents": 1, "cases": 1},
            {"status": "failed", "reason": "case", **EMPTY.as_dict(), "documents": 1, "cases": 1},
        ],
        "undone": [{"case": "f", "document": "note"}],
        "documents": [
            {
                "case": "a",
                "document": "note",
                "status": "made",
                "reason": "new",
                "files": [as_dict(PDF)],
                "problems": [],
            },
            {
                "case": "b",
                "document": "note",
                "status": "excluded",
                "reason": "closed",
                "files": [],
                "problems": [LATE.as_dict()],
            },
            {
                "case": "c",
                "document": "",
                "status": "failed",
                "reason": "case",
                "files": [],
                "problems": [EMPTY.as_dict()],
            },
            {
                "case": "d",
                "document": "note",
                "status": "held_back",
                "reason": "too_long",
                "files": [as_dict(PDF)],
                "problems": [],
            },
            {
                "case": "e",
                "document": "note",
                "status": "unchanged",
                "reason": None,
                "files": [as_dict(PDF)],
                "problems": [],
            },
        ],
        "problems": [],
    }


def as_dict(file: MadeFile) -> dict[str, object]:
    return {"format": file.format, "path": file.path, "sha256": file.sha256, "size": file.size, "pages": file.pages}


def test_words_of_two_kinds_are_never_the_same():
    kinds = [
        kind for kind in vars(outcome).values() if isinstance(kind, type) and issubclass(kind, Word) and list(kind)
    ]
    words = [str(word) for kind in kinds for word in kind]

    assert len(words) == len(set(words))
    assert {Status, Reason, Kept, Exclusion, Hold, Failure} == set(kinds)


def test_a_report_that_cannot_be_written_is_said_and_the_run_is_not_well(cases, kvisdocs):
    cases("a")
    Path("in-the-way").write_text("")

    said = kvisdocs("batch", "cases", "-d", "note", "--to", "docx", "--report", "in-the-way/run.json")

    assert (said.code, Path("output/a/note.docx").exists()) == (1, True)
    assert "in-the-way/run.json: cannot be written" in said.err


def test_more_exclusions_than_one_reads_are_counted_only(cases, run):
    cases(**{f"case {number}": {"outcome": {"date": DAY, "kind": "other"}} for number in range(21)})

    report = run()

    assert set(ends(report).values()) == {"excluded: closed"}
    assert report["said"].count("was closed") == 0
    assert "excluded: 21 closed case\n" in report["said"]
