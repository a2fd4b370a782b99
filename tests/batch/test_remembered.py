"""Cases that were clean and have not changed are not read again, unless something is to be made."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from batch_results import ends, said
from user import CHECKOUT

from kvisdocs.application import reading
from kvisdocs.cases.load import LoadedCase, ReadResult
from kvisdocs.problems import Problem


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """The cases that a run reads, as it goes."""
    found: list[str] = []
    inspect = reading.inspect_bytes

    def counted(data: bytes, file: Path) -> ReadResult:
        found.append(Path(file).stem)
        return inspect(data, file)

    monkeypatch.setattr(reading, "inspect_bytes", counted)
    return found


def test_a_clean_case_is_read_once(cases, run, read):
    cases("a", "b")

    assert (ends(run()), read) == ({"a": "made: new", "b": "made: new"}, ["a", "b"])
    read.clear()
    assert (ends(run()), read) == ({"a": "unchanged", "b": "unchanged"}, [])


def test_what_there_is_to_say_of_a_case_is_said_each_time(cases, run, read):
    cases("a", b={"sickness": {"visitation": "2012-09-01"}}, c={"outcome": {"kind": "to_job", "date": "2012-11-01"}})
    first = run()
    read.clear()

    again = run()

    assert read == ["b", "c"]
    assert [line for line in first["said"].splitlines() if line.startswith("cases/b.yaml:")]
    assert first["problems"] == again["problems"]
    assert said(first, "c") == said(again, "c") != []


def test_a_case_with_a_document_left_out_is_read_for_the_rules_words_and_not_judged_again(cases, run, monkeypatch):
    judged: list[str] = []
    check = reading.check_case

    def counted(loaded: LoadedCase, folders: Sequence[Path]) -> list[Problem]:
        judged.append(loaded.id)
        return check(loaded, folders)

    monkeypatch.setattr(reading, "check_case", counted)
    cases("a", b={"outcome": {"kind": "to_job", "date": "2012-11-01"}})
    first = run()
    assert (ends(first), judged) == ({"a": "made: new", "b": "excluded: closed"}, ["a", "b"])
    judged.clear()

    again = run()

    assert (ends(again), judged) == ({"a": "unchanged", "b": "excluded: closed"}, [])
    assert said(first, "b") == said(again, "b") != []


def test_when_something_is_made_it_is_compared_with_all_cases(cases, run, read):
    """Of b there was nothing to say, and its file lies there; its citizen must not stand in c's letter either."""
    template = Path("templates/note/document.html.j2")
    mistake = '{% if case.case_number == "12/9999" %}Yrsa Ravnkilde{% endif %}'
    template.write_text(template.read_text().replace("</h1>", f"</h1><p>{mistake}</p>"))
    cases("a", b={"citizen": {"first_names": "Yrsa", "last_name": "Ravnkilde"}})
    assert run()["code"] == 0
    read.clear()
    cases(c={"case_number": "12/9999"})

    report = run()

    assert ends(report) == {"a": "unchanged", "b": "unchanged", "c": "held_back: proof"}
    assert said(report, "c")[1].startswith('note.docx: it holds the name of another case, "b"')
    assert read == ["c", "a", "b"]


@pytest.mark.parametrize("changed", ["templates/note.css", "templates/profiles/herning.yaml"])
def test_a_case_is_read_again_when_anything_that_it_is_judged_by_has_changed(cases, run, read, changed):
    cases("a")
    run()
    read.clear()
    path = Path(changed)
    path.parent.mkdir(exist_ok=True)
    path.write_text((path if path.exists() else CHECKOUT / changed).read_text() + "\n")

    run()

    assert read == ["a"]


def test_on_another_day_and_with_other_documents_all_are_read_again(cases, run, read):
    cases("a")
    run()
    read.clear()

    run(day="2012-11-15")
    run("-d", "follow-up-plan", day="2012-11-15")

    assert read == ["a", "a"]
