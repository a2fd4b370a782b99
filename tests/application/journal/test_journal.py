"""The journal: what is added stays, in its order, and whoever alters it is found out."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kvisdocs.application.journal.entry import Entry, Event, NamedFile
from kvisdocs.application.journal.journal import Journal
from kvisdocs.problems import KvisdocsError

AT = datetime(2026, 11, 29, 9, 30, 15, tzinfo=UTC)
CHECKOUT = Path(__file__).parents[3]


def entry(number: int = 0, event: Event = Event.MADE) -> Entry:
    files = {"pdf": NamedFile(f"gp-letter-{number}.pdf", f"{number:064x}")}
    return Entry(AT + timedelta(seconds=number), event, "Mette Prøve", f"sag-{number}", "gp-letter", files)


def test_what_was_added_is_read_again(tmp_path):
    full = Entry(
        AT,
        Event.SENT,
        "Mette Prøve",
        "æble",
        "gp-letter",
        {"pdf": NamedFile("gp-letter.pdf", "ab" * 32), "docx": NamedFile("gp-letter.docx", "cd" * 32)},
        {"case": "1", "template": "2"},
        True,
        "Set igennem",
        {"channel": "digital-post"},
        "0.1.0",
    )
    Journal(tmp_path).append([full])
    Journal(tmp_path).append([entry(1), entry(2, Event.WITHDRAWN)])

    read = Journal(tmp_path).read()

    assert read.entries == (full, entry(1), entry(2, Event.WITHDRAWN))
    assert read.is_whole
    assert not read.problems


def test_the_lines_of_one_case_are_those_that_name_it_whole(tmp_path):
    journal = Journal(tmp_path)
    names = ["sag-1", "sag-10", 'med "gåse', "sag-1"]
    journal.append([replace(entry(number), case_id=name) for number, name in enumerate(names)])
    journal.append([replace(entry(9), case_id="andet", reason='"case_id":"sag-1",')])
    with journal.path.open("ab") as file:
        file.write(b'{"case_id":"sag-1",\n')

    for name in [*names, "ag-1", "findes-ikke"]:
        assert journal.find_of(name) == [each for each in journal.read().entries if each.case_id == name]
    assert len(journal.find_of("sag-1")) == 2
    assert Journal(tmp_path / "andet").find_of("sag-1") == []


def test_there_is_nothing_where_nothing_was_added(tmp_path):
    Journal(tmp_path).append([])
    assert Journal(tmp_path).read().entries == ()
    assert list(tmp_path.iterdir()) == []


def lines_of(folder: Path) -> list[bytes]:
    return Journal(folder).path.read_bytes().splitlines(keepends=True)


def alter(lines: list[bytes]) -> list[bytes]:
    return [*lines[:1], lines[1].replace(b"Mette", b"Mikke"), *lines[2:]]


@pytest.mark.parametrize(
    ("spoil", "line", "code"),
    [
        (alter, 3, "journal.line.broken_chain"),
        (lambda lines: [lines[0], *lines[2:]], 2, "journal.line.broken_chain"),
        (lambda lines: lines[1:], 1, "journal.line.broken_chain"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], 1, "journal.line.broken_chain"),
        (lambda lines: lines[:-1], 0, "journal.end.missing"),
        (lambda lines: [*lines[:-1], lines[-1].replace(b"Mette", b"Mikke")], 0, "journal.end.missing"),
        (lambda lines: [*lines[:1], b"{}\n", *lines[1:]], 2, "journal.line.unreadable"),
        (lambda lines: [], 0, "journal.end.missing"),
        (lambda lines: [line.replace(b"\n", b"\r\n") for line in lines], 0, "journal.file.line_ends"),
    ],
    ids=[
        "altered",
        "taken out",
        "first taken out",
        "exchanged",
        "last taken out",
        "last altered",
        "put in",
        "emptied",
        "other line ends",
    ],
)
def test_a_line_that_somebody_altered_or_took_out_is_noticed(tmp_path, spoil, line, code):
    Journal(tmp_path).append([entry(number) for number in range(4)])
    Journal(tmp_path).path.write_bytes(b"".join(spoil(lines_of(tmp_path))))

    first = Journal(tmp_path).read().problems[0]

    assert (first.what.code, first.position.line) == (code, line)
    assert not Journal(tmp_path).read().is_whole

    Journal(tmp_path).append([entry(9)])  # what comes after does not cover it up
    assert not Journal(tmp_path).read().is_whole


@pytest.mark.parametrize(("part", "newer"), [(b'{"v":1,', b'{"v":2,'), (b'"event":"approved"', b'"event":"archived"')])
def test_a_line_of_a_newer_version_is_told(tmp_path, part, newer):
    journal = Journal(tmp_path)
    journal.append([entry(0), entry(1, Event.APPROVED)])
    journal.path.write_bytes(lines_of(tmp_path)[0] + lines_of(tmp_path)[1].replace(part, newer))

    (problem,) = [each for each in journal.read().problems if each.code != "journal.end.missing"]

    assert (problem.code, problem.position.line) == ("journal.line.newer", 2)
    assert not journal.read().is_whole
    if newer == b'{"v":2,':  # what is final may stand in it, in other words
        with pytest.raises(KvisdocsError) as raised:
            journal.find_final()
        assert raised.value.problems == (problem,)


def test_a_journal_that_somebody_took_away_is_missed(tmp_path):
    journal = Journal(tmp_path)
    journal.append([entry(0, Event.APPROVED)])
    journal.path.unlink()

    assert [each.code for each in journal.read().problems] == ["journal.file.gone"]
    assert not journal.read().is_whole
    with pytest.raises(KvisdocsError):
        journal.find_final()


def test_a_half_last_line_is_told_and_goes_with_the_next(tmp_path):
    journal = Journal(tmp_path)
    journal.append([entry(0), entry(1)])
    with journal.path.open("ab") as file:
        file.write(lines_of(tmp_path)[1][:40])

    assert [each.what.code for each in journal.read().problems] == ["journal.line.half"]
    assert journal.read().entries == (entry(0), entry(1))

    journal.append([entry(2)])
    read = journal.read()
    assert [each.event for each in read.entries] == [Event.MADE, Event.MADE, Event.REPAIRED, Event.MADE]
    assert read.entries[2].details == {"bytes": "40"}
    assert not read.problems


def test_a_program_stopped_before_it_could_note_the_end_breaks_nothing(tmp_path):
    journal = Journal(tmp_path)
    journal.append([entry(0)])
    noted = (tmp_path / ".kvisdocs/journal.end").read_bytes()
    journal.append([entry(1)])
    (tmp_path / ".kvisdocs/journal.end").write_bytes(noted)

    journal.append([entry(2)])

    assert len(journal.read().entries) == 3
    assert not journal.read().problems


APPEND = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from kvisdocs.application.journal.entry import Entry, Event
from kvisdocs.application.journal.journal import Journal
from kvisdocs.problems import KvisdocsError
at = datetime(2026, 11, 29, tzinfo=UTC)
for number in range(int(sys.argv[3])):
    Journal(Path(sys.argv[1])).append([Entry(at, Event.MADE, sys.argv[2], f"sag-{number}", "gp-letter")])
    print(number, flush=True)
"""


def begin(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-c", APPEND, str(folder), name, str(count)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8")


def test_two_at_once_lose_no_line(tmp_path):
    both = [begin(tmp_path, name, 60) for name in ("a", "b")]
    for each in both:
        each.communicate(timeout=60)

    read = Journal(tmp_path).read()

    assert not read.problems
    for name in ("a", "b"):
        assert [each.case_id for each in read.entries if each.by == name] == [f"sag-{n}" for n in range(60)]


def test_killed_in_the_middle_what_was_added_is_there(tmp_path):
    journal, sure = Journal(tmp_path), 0
    for turn in range(4):
        writer = begin(tmp_path, str(turn), 100_000)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.05)
        writer.send_signal(signal.SIGKILL)
        said = writer.stdout.read().split("\n")
        writer.stdout.close()
        writer.wait()
        sure += 1 + sum(each.isdigit() for each in said[:-1])

    journal.append([entry(0)])
    read = journal.read()

    assert read.is_whole
    assert len([each for each in read.entries if each.event is Event.MADE]) >= sure + 1


def test_a_line_is_added_to_a_long_journal_whose_end_lies_far_from_its_beginning(tmp_path):
    journal = Journal(tmp_path)
    journal.append([entry(number) for number in range(2_000)])

    journal.append([entry(1)])

    read = journal.read()
    assert (len(read.entries), read.is_whole) == (2_001, True)


@pytest.mark.parametrize("spoil", [lambda lines: lines[:1], lambda lines: [b"{}\n", *lines[1:]]])
def test_nobody_can_say_which_letters_must_stay_by_a_journal_that_is_not_whole(tmp_path, spoil):
    journal = Journal(tmp_path)
    journal.append([entry(number) for number in range(3)])
    journal.find_final()
    lines = journal.path.read_bytes().splitlines(keepends=True)

    journal.path.write_bytes(b"".join(spoil(lines)))

    with pytest.raises(KvisdocsError):
        journal.find_final()
