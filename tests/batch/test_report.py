"""What is told of a run: a line, JSON for programs, and a page in Danish for the town hall."""

import json
from datetime import date
from enum import StrEnum
from html.parser import HTMLParser
from pathlib import Path

from batch_results import DAY, ends

from kvisdocs.batch import outcome
from kvisdocs.batch.outcome import DANISH, Exclusion, Hold, MadeFile, Outcome, Reason, Status
from kvisdocs.batch.report import RunReport, summary, write_html, write_json
from kvisdocs.problems import Position, Problem, Severity

PDF = MadeFile("pdf", "a/note.pdf", "ab" * 32, 1234, 2)
LATE = Problem(Position("cases/b.yaml", 3, 1), 'no note: <b> & "closed"', "look", Severity.NOTE)
REPORT = RunReport(
    date(2012, 11, 14),
    (
        Outcome("a", "note", Status.MADE, Reason.NEW, (), (PDF,)),
        Outcome("b", "note", Status.EXCLUDED, Exclusion.CLOSED, (LATE,)),
        Outcome("c", "", Status.FAILED, None, (Problem(Position("c.yaml"), "is empty"),)),
        Outcome("d", "note", Status.HELD_BACK, Hold.TOO_LONG, (), (PDF,)),
        Outcome("e", "note", Status.UNCHANGED, None, (), (PDF,)),
    ),
    (),
    4.0,
)


def test_the_line_on_the_terminal():
    assert summary(REPORT) == (
        "1 document made (2 pages), 1 unchanged, 1 excluded, 1 held back, 1 failed, in 4.0 s (0.5 a second)"
    )


def test_it_is_well_when_nothing_failed_and_nothing_is_held_back():
    assert not REPORT.is_well
    for lasting, well in ((0, True), (1, True), (2, False), (3, False), (4, True)):
        assert RunReport(REPORT.day, REPORT.outcomes[lasting : lasting + 1], (), 1).is_well is well
    assert not RunReport(REPORT.day, (), (Problem(Position("x"), "is not there"),), 1).is_well


def test_the_json_report():
    assert json.loads(write_json(REPORT)) == {
        "date": "2012-11-14",
        "resumed": False,
        "seconds": 4.0,
        "documents_per_second": 0.5,
        "pages": 2,
        "counts": {"made": 1, "unchanged": 1, "excluded": 1, "held_back": 1, "failed": 1},
        "page_counts": {"note": {"1": 0, "2": 3}},
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
                "reason": None,
                "files": [],
                "problems": [Problem(Position("c.yaml"), "is empty").as_dict()],
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


class Page(HTMLParser):
    """A page's text by element, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "rect"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            assert self.open.pop() == tag

    def handle_data(self, data):
        if data.strip():
            self.found.append((self.open[-1], " ".join(data.split())))

    def of(self, tag: str) -> list[str]:
        return [text for element, text in self.found if element == tag]


def test_the_page_is_danish_and_its_tables_have_captions_and_headers():
    page = Page(write_html(REPORT, {"note": "Orientering"}).decode())

    assert ("html", {"lang": "da"}) in page.tags
    assert page.of("h1") == ["Kørsel med brevdato 14. november 2012"]
    assert page.of("caption") == ["Hvad der blev af dokumenterne", "Mislykket", "Holdt tilbage", "Udeladt", "Dannet"]
    assert all("scope" in attributes for tag, attributes in page.tags if tag == "th")
    assert page.of("th")[3:8] == ["Dannet", "Uændret", "Udeladt", "Holdt tilbage", "Mislykket"]
    assert page.of("td")[:4] == ["1", "ny: 1", "1", "–"]
    assert 'cases/b.yaml:3:1: note: no note: <b> & "closed"; look' in page.of("span")


def test_the_picture_of_pages_says_in_words_what_it_shows():
    page = Page(write_html(REPORT, {"note": "Orientering"}).decode())

    assert page.of("h2") == ["Sider: Orientering"]
    assert page.of("title")[1:] == ["Orientering: 2 sider i 3 dokumenter"]
    assert page.of("text") == ["2 sider", "3"]
    (svg,) = (attributes for tag, attributes in page.tags if tag == "svg")
    assert (svg["role"], svg["aria-labelledby"]) == ("img", "picture-1")


def test_every_word_of_an_outcome_has_a_danish_one():
    kinds = [kind for kind in vars(outcome).values() if isinstance(kind, type) and issubclass(kind, StrEnum)]

    assert [word for kind in kinds for word in kind if word not in DANISH] == []


def test_english_words_of_two_kinds_are_never_the_same_since_the_danish_are_found_by_them():
    words = [str(word) for kind in (Status, Reason, Exclusion, Hold) for word in kind]

    assert len(words) == len(set(words)) == len(DANISH)


def test_the_report_of_a_run_as_a_page(cases, kvisdocs):
    cases("a")

    said = kvisdocs("batch", "cases", "-d", "note", "--to", "docx", "--date", DAY, "--report", "run.html")

    assert said.code == 0
    assert "a/note.docx" in Path("run.html").read_text()


def test_without_a_terminal_there_is_a_line_now_and_then(cases, run):
    cases(*"abcdef")

    lines = run()["said"].splitlines()

    assert lines[0] == "6 documents of 6 cases to see to"
    assert [line.split(",")[0] for line in lines[1:7]] == [f"{number} of 6 documents" for number in range(1, 7)]
    assert lines[7:9] == ["made: 6 new", lines[-1]]


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
