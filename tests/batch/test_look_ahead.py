"""`--dry-run`: what a run would do is what it then does, and nothing is written. And `--municipality`."""

import dataclasses
from pathlib import Path

import pytest
from batch_results import DAY, ends, made, said
from many_cases import CONSENT, person

from kvisdocs.application.journal.entry import Event
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.store.session import open_output

CLOSED = {"outcome": {"kind": "back_at_work", "on": "2012-10-01"}}


def look(folder="output"):
    """All that lies in a folder, with its bytes and its times."""
    return {path: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in Path(folder).rglob("*")}


def as_planned(report):
    """The ends that a run is to come to after such a report."""
    return {name: end.replace("to_make", "made") for name, end in ends(report).items()}


def test_before_the_first_run_all_is_to_make_and_no_folder_is_made(cases, run):
    cases("a", "b")
    report = run("--dry-run")

    assert (report["code"], ends(report)) == (0, {"a": "to_make: new", "b": "to_make: new"})
    assert report["counts"] == {"to_make": 2, "unchanged": 0, "excluded": 0, "held_back": 0, "failed": 0}
    assert report["said"].splitlines()[-2].startswith("2 documents to make, 0 unchanged")
    assert not Path("output").exists()


def test_what_it_says_is_what_the_run_does(cases, run, write):
    cases("a", "b", "same", "closed", "doubled")
    assert run()["code"] == 0
    cases("a", "same", b={"citizen": {"first_names": "Ny"}}, closed=CLOSED)
    write({"cases/broken.yaml": "kind: citizen\n", "cases/twin.yaml": Path("cases/doubled.yaml").read_text()})
    Path("output/a/note.docx").unlink()
    before = look()

    planned = run("--dry-run")

    assert look() == before
    assert ends(planned)["a"] == "to_make: output_missing"
    assert ends(planned)["b"] == "to_make: case"
    done = run()
    same_person = {"twin": "held_back: same_person", "doubled": "held_back: same_person"}
    assert as_planned(planned) | same_person == ends(done)  # that is told beside
    assert planned["code"] == done["code"] == 1
    assert any("doubled.yaml" in problem["what"] for problem in planned["problems"])


def test_what_somebody_has_changed_stays_and_is_told(cases, run):
    cases("a", "b")
    run()
    for name in "ab":
        Path(f"output/{name}/note.docx").write_bytes(b"mine")
    cases("a", b={"citizen": {"first_names": "Ny"}})

    report = run("--dry-run")

    assert ends(report) == {"a": "to_make: output_changed", "b": "to_make: case"}
    for name in "ab":
        assert said(report, name) == [
            "is not the file that kvisdocs wrote, so it stays; what is made will lie beside it"
        ]
    run()
    assert made() == [f"{name}/note{beside}.docx" for name in "ab" for beside in (" (ny)", "")]
    again = run("--dry-run")
    assert ends(again) == {"a": "unchanged: by_hand", "b": "unchanged: by_hand"}


def test_what_lies_held_back_stays_so_until_the_other_case_is_gone(cases, run):
    cases("a", b={})
    Path("cases/b.yaml").write_text(Path("cases/a.yaml").read_text())
    run()
    assert set(ends(run("--dry-run")).values()) == {"held_back: same_person"}
    Path("cases/b.yaml").unlink()
    before = look()
    assert ends(run("--dry-run")) == {"a": "unchanged"}
    assert look() == before
    assert ends(run()) == {"a": "unchanged"}
    assert made() == ["a/note.docx", "held-back/b/note.docx"]


def test_another_who_is_at_work_is_no_hindrance(cases, run):
    cases("a")
    with open_output(Path("output")):
        assert ends(run("--dry-run")) == {"a": "to_make: new"}


def test_the_report_as_a_page_says_that_nothing_was_made(cases, kvisdocs):
    cases("a")
    kvisdocs("batch", "cases", "-d", "note", "--dry-run", "--report", "run.html")
    page = Path("run.html").read_text()
    assert "Der er ikke lavet noget" in page
    assert '<th scope="row">Skal laves</th>' in page


@pytest.fixture
def towns(write, note):
    """Two cases of one municipality, one of another, and broken ones of both and of nobody knows which."""
    consents = {"consents": [CONSENT]}
    write({
        "cases/h.yaml": person(1, municipality="herning", **consents),
        "cases/a1.yaml": person(2, municipality="aarhus", **consents),
        "cases/a2.yaml": person(3, municipality="aarhus", **consents),
        "cases/broken-h.yaml": "kind: citizen\nmunicipality: herning\n",
        "cases/broken-a.yaml": "kind: citizen\nmunicipality: aarhus\n",
        "cases/broken.yaml": "[\n",
    })  # fmt: skip


def test_only_the_cases_of_a_municipality_are_made(towns, run):
    report = run("--municipality", "aarhus")
    assert set(ends(report)) == {"a1", "a2", "broken-a", "broken"}
    assert made() == ["a1/note.docx", "a2/note.docx"]
    assert report["proof"] == {"documents": 2, "compared_with_cases": 3}

    assert ends(run())["h"] == "made: new"
    assert ends(run("--municipality", "aarhus"))["a1"] == "unchanged"


def test_a_municipality_without_a_case_is_said(towns, run):
    report = run("--municipality", "arhus")
    assert report["code"] == 1
    assert [problem["what"] for problem in report["problems"]] == ['there is no case of "arhus"']


@pytest.mark.parametrize("options", [(), ("--replace",)])
def test_what_is_approved_stays_and_the_name_of_the_new_one_beside_it_is_told(cases, run, options):
    cases("a", "b")
    run()
    approve("output")
    cases("a", b={"citizen": {"first_names": "Ny"}})

    report = run("--dry-run", *options)

    assert ends(report) == {"a": "unchanged: approved", "b": "to_make: case"}
    assert said(report, "b") == [
        f'is approved, printed or sent, so it stays; what is made will lie beside it as "note {DAY}.docx"; '
        "then see which of the two is to go out"
    ]
    run(*options)
    assert made() == ["a/note.docx", f"b/note {DAY}.docx", "b/note.docx"]


def test_what_is_approved_and_made_again_as_it_was_has_nothing_beside_it(cases, run):
    cases("a")
    run()
    approve("output")

    report = run("--dry-run", "--again")

    assert (ends(report), said(report, "a")) == ({"a": "to_make: again"}, [])
    run("--again")
    assert made() == ["a/note.docx"]


@pytest.mark.parametrize("taken", ["journal.jsonl", "journal.*"])
def test_without_its_journal_nothing_is_made_in_a_folder(cases, run, taken):
    cases("a")
    run()
    approve("output")
    for path in Path("output/.kvisdocs").glob(taken):
        path.unlink()
    cases(a={"citizen": {"first_names": "Ny"}})
    before = look("output/a")

    report = run()

    assert (report["code"], [each["code"] for each in report["problems"]]) == (1, ["journal.file.gone"])
    assert look("output/a") == before


def approve(output):
    """Somebody approves all that was made there."""
    journal = Journal(Path(output))
    journal.append([dataclasses.replace(each, event=Event.APPROVED, by="Mette") for each in journal.read().entries])
