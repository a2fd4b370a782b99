"""The report of a run as a page: valid, read aloud well, each cause on it once, in Danish or in English."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
import tinyhtml5
from batch_results import DAY
from tinyhtml5 import parser as html5

from kvisdocs.application.outcome import Exclusion, Failure, Hold, MadeFile, Outcome, Reason, Status
from kvisdocs.batch.reporting.report import RunReport
from kvisdocs.batch.reporting.report_page import Setting, find_way, write_html
from kvisdocs.messages import N_, message
from kvisdocs.problems import Position, Problem, Severity, refuse_document

PDF = MadeFile("pdf", "a/note.pdf", "ab" * 32, 1234, 2)
TITLES = {"note": "Orientering"}


def excluded(case_id: str, document: str = "note", day: str = "2012-10-31") -> Outcome:
    what = refuse_document(document, N_("the consent <to> disclose expired {day}", day=day))
    problem = Problem(Position(f"cases/{case_id}.yaml", 3, 5), what, "ask", Severity.NOTE)
    return Outcome(case_id, document, Status.EXCLUDED, Exclusion.NO_CONSENT, (problem,))


def failed(case_id: str) -> Outcome:
    problem = Problem(Position("templates/note/document.html.j2", 12, 4), 'there is no "gp"', "add it")
    return Outcome(case_id, "note", Status.FAILED, Failure.TEMPLATE, (problem,))


HELD = replace(PDF, path="held-back/d/note.pdf")


def held(case_id: str) -> Outcome:
    place = Position(f"out/held-back/{case_id}/note.pdf")
    todo = N_("kvisdocs release {case_id} -o {output}", case_id=case_id, output="out")
    problem = Problem(place, N_("is held back: failed its proof (see below)"), todo)
    return Outcome(case_id, "note", Status.HELD_BACK, Hold.PROOF, (problem,), (HELD,))


def report_of(*outcomes: Outcome, **more: object) -> RunReport:
    return replace(RunReport(date(2012, 11, 14), outcomes, (), 61.4), **more)


ALL = report_of(
    Outcome("a", "note", Status.MADE, Reason.NEW, (), (PDF,)),
    Outcome("b", "note", Status.UNCHANGED, None, (), (PDF,)),
    excluded("c"),
    held("d"),
    failed("e"),
    compared=5,
    undone=(("f", "note"),),
    problems=(
        Problem(Position("nowhere"), "there is no such file"),
        Problem(Position("cases/a.yaml", 1, 2), "odd", severity=Severity.WARNING),
    ),
)


class Page(HTMLParser):
    """A page's text by element, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
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

    def texts(self, tag: str, **wanted: str) -> list[str]:
        """All that is read in each element of that tag and these attributes, those in it too."""
        root = tinyhtml5.parse(self.text, namespace_html_elements=False)
        found = [each for each in root.iter(tag) if all(each.get(name) == value for name, value in wanted.items())]
        return [" ".join("".join(each.itertext()).split()) for each in found]


def links(page: Page) -> dict[str, str]:
    """Where each link leads, by its words."""
    root = tinyhtml5.parse(page.text, namespace_html_elements=False)
    return {"".join(each.itertext()): each.get("href") for each in root.iter("a")}


def page_of(report: RunReport, language: str = "da", folder: str = "output") -> Page:
    return Page(write_html(report, Setting(language, TITLES, folder)).decode())


def causes(page: Page) -> list[str]:
    """The sentences above each list of documents."""
    return [text for text in page.texts("p") if "; " in text and not text.startswith(("Der er", "There is"))]


def test_the_page_is_danish_valid_and_its_tables_have_captions_and_headers():
    page = page_of(ALL)
    parser = html5.HTMLParser()
    parser.parse(page.text)

    assert parser.errors == []
    assert page.open == []
    assert ("html", {"lang": "da"}) in page.tags
    assert page.of("h1") == ["Kørsel med brevdato 14. november 2012"]
    assert page.of("h2") == [
        "Hvordan det gik med dokumenterne",
        "Fejl, der ikke hører til ét dokument",
        "Mislykkedes",
        "Holdt tilbage",
        "Udeladt",
        "Lavet",
        "Uændret",
        "Ikke nået",
        "Bemærkninger til sagerne",
        "Sider",
    ]
    assert len(page.of("caption")) == len([tag for tag, _ in page.tags if tag == "table"]) == 6
    assert all("scope" in attributes for tag, attributes in page.tags if tag == "th")


def test_it_needs_no_other_file():
    assert not {"link", "script", "img", "iframe"} & {tag for tag, _ in page_of(ALL).tags}
    assert {tag for tag, attributes in page_of(ALL).tags if {"href", "src"} & set(attributes)} == {"a"}
    assert "url(" not in page_of(ALL).text


def test_how_many_ended_how():
    rows = page_of(ALL).texts("tr")[1:8]

    assert rows == ["Lavet1", "Uændret1", "Udeladt1", "Holdt tilbage1", "Mislykkedes1", "Andre fejl1", "Ikke nået1"]


def test_a_cause_stands_once_with_all_it_hit():
    page = page_of(report_of(*(failed(f"sag {number}") for number in range(3)), excluded("c"), excluded("d")))

    assert causes(page) == [
        'templates/note/document.html.j2:12:4: there is no "gp"; add it',
        "the consent <to> disclose expired 2012-10-31; ask",
    ]
    assert page.texts("summary") == ["3 dokumenter", "2 dokumenter"]
    assert page.texts("li") == [
        "sag 0: Orientering",
        "sag 1: Orientering",
        "sag 2: Orientering",
        "c: Orientering – cases/c.yaml:3:5",
        "d: Orientering – cases/d.yaml:3:5",
    ]
    assert page.texts("th", scope="row")[5:] == [
        "Fejl i en skabelon eller kommuneprofil",
        "Intet samtykke",
    ]


def test_a_value_of_one_s_own_stands_with_the_case():
    page = page_of(report_of(excluded("c"), excluded("d", day="2012-11-01")))

    assert causes(page) == ["the consent <to> disclose expired 2012-10-31; ask"]
    assert page.texts("li")[1] == (
        "d: Orientering – cases/d.yaml:3:5 – the consent <to> disclose expired 2012-11-01; ask"
    )


def test_what_is_held_back_is_named_with_its_file():
    page = page_of(ALL)

    assert "is held back: failed its proof (see below); kvisdocs release CASE -o out" in causes(page)
    assert "d: Orientering – held-back/d/note.pdf (2 sider)" in page.texts("li")
    assert links(page)["held-back/d/note.pdf"] == "output/held-back/d/note.pdf"


def test_time_pages_and_the_proof():
    words = page_of(ALL).texts("p")

    assert words[0] == "Der er noget, du skal se på. Det står først herunder."
    assert words[1:3] == [
        "Det tog 1 minut og 1 sekund: 30,7 sekunder pr. dokument, 2 sider i alt.",
        "Kontrollen: 2 dokumenter blev læst igen, da de var lavet, hvert sammenlignet med sin egen sag og med "
        "kendetegnene fra alle 5 sager i kørslen. 1 dokument bestod den ikke og er holdt tilbage.",
    ]


def test_one_document_is_told_as_one():
    made = Outcome("a", "note", Status.MADE, Reason.NEW, (), (PDF,))
    words = page_of(report_of(made, compared=1, seconds=1.0)).texts("p")
    assert words[1:3] == [
        "Det tog 1 sekund: 1 dokument i sekundet, 2 sider i alt.",
        "Kontrollen: 1 dokument blev læst igen, da det var lavet, og sammenlignet med sin egen sag. Det bestod den.",
    ]
    words = page_of(report_of(held("d"), compared=7, seconds=1.02)).texts("p")
    assert words[1:3] == [
        "Det tog 1 sekund: 1 sekund pr. dokument.",
        "Kontrollen: 1 dokument blev læst igen, da det var lavet, og sammenlignet med sin egen sag og med kendetegnene "
        "fra alle 7 sager i kørslen. Det bestod den ikke og er holdt tilbage.",
    ]


def test_a_run_that_made_nothing_boasts_of_no_proof():
    words = page_of(report_of(excluded("c"), seconds=0.42)).texts("p")

    assert words[:2] == ["Kørslen gik godt: intet mislykkedes, og intet er holdt tilbage.", "Det tog 0,4 sekunder."]


def test_a_run_that_was_stopped_says_how_to_go_on():
    assert "start den samme kørsel igen for at fortsætte" in page_of(report_of(stopped=True)).texts("p")[0]


def test_the_picture_of_pages_says_in_words_what_it_shows():
    page = page_of(ALL)

    assert page.of("h3") == ["Orientering"]
    assert page.of("title")[1:] == ["Orientering: 2 sider i 3 dokumenter"]
    assert page.of("text") == ["2 sider", "3"]
    (svg,) = (attributes for tag, attributes in page.tags if tag == "svg")
    assert (svg["role"], svg["aria-labelledby"]) == ("img", "picture-1")


def test_the_report_of_a_run(cases, kvisdocs):
    cases("a")

    said = kvisdocs("batch", "cases", "-d", "note", "--to", "docx", "--date", DAY, "--report", "run.html")

    assert said.code == 0
    assert "a: Note – a/note.docx" in Page(Path("run.html").read_text()).texts("li")
    assert said.err.splitlines()[-1] == "files: output; report: run.html"


def test_in_english_no_danish_is_left_but_the_titles_of_documents():
    page = page_of(ALL, "en")

    assert ("html", {"lang": "en"}) in page.tags
    assert page.of("h1") == ["Run with letter date 14 November 2012"]
    assert page.of("h2")[:3] == ["What became of the documents", "Errors that are no single document's", "Failed"]
    assert page.texts("p")[1] == "It took 1 minute and 1 second: 30.7 seconds a document, 2 pages in all."
    assert page.texts("span", lang="da") != []
    assert set(page.texts("span", lang="da")) == {"Orientering"}
    without = re.sub(r'<style>.*?</style>|<span lang="da">.*?</span>', "", page.text, flags=re.DOTALL)
    assert re.findall("[æøåÆØÅ]", without) == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_numbers_above_a_thousand_are_written_as_the_language_writes_them(language):
    made = [Outcome(f"s{n}", "note", Status.MADE, Reason.NEW, (), (PDF,)) for n in range(1234)]

    assert page_of(report_of(*made), language).texts("summary") == [
        {"da": "1.234 dokumenter", "en": "1,234 documents"}[language]
    ]


def test_messages_are_in_the_language_of_the_page():
    what = message("test.page.what", 'did you mean "{near}"?', near="<b>")
    report = report_of(problems=(Problem(Position("a.yaml", 1, 1), what),))

    assert 'a.yaml:1:1: mente du "<b>"?' in page_of(report).texts("li")
    assert 'a.yaml:1:1: did you mean "<b>"?' in page_of(report, "en").texts("li")


@pytest.mark.parametrize(
    ("name", "href"),
    [
        ("a b/note.pdf", "out/a%20b/note.pdf"),
        ("søren/note (ny).docx", "out/s%C3%B8ren/note%20%28ny%29.docx"),
        ('"><script>/note.pdf', "out/%22%3E%3Cscript%3E/note.pdf"),
        ("50%#1?/note.pdf", "out/50%25%231%3F/note.pdf"),
        ("javascript:alert(1)/note.pdf", "out/javascript%3Aalert%281%29/note.pdf"),
        ("b\udcff/note.pdf", "out/b%FF/note.pdf"),
    ],
)
def test_a_link_leads_to_the_file_whatever_it_is_called(name, href):
    page = page_of(
        report_of(Outcome("a", "note", Status.MADE, Reason.NEW, (), (replace(PDF, path=name),))), "da", "out"
    )

    assert list(links(page).values()) == [href]


@pytest.mark.parametrize(
    ("page", "output", "way"),
    [
        ("run.html", "output", "output"),
        ("reports/run.html", "output", "../output"),
        ("output/run.html", "output", "."),
        ("/tmp/run.html", "/srv/breve 2026", "../srv/breve%202026"),
        ("run.html", "../c:d", "../c%3Ad"),
    ],
)
def test_links_are_seen_from_the_page(page, output, way):
    assert find_way(Path(page), Path(output)) == way


def test_a_click_opens_the_letter(cases, kvisdocs):
    cases("a å", "b")

    kvisdocs("batch", "cases", "-d", "note", "--date", DAY, "--report", "reports/run.html", "-o", "out put")

    found = links(Page(Path("reports/run.html").read_text(encoding="utf-8")))
    assert set(found) == {f"{case}/note.{kind}" for case in ("a å", "b") for kind in ("pdf", "docx")}
    assert all(Path("reports", unquote(href)).is_file() for href in found.values())


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ((), {}, "da"),
        ((), {"LANG": "en_GB.UTF-8"}, "da"),
        ((), {"KVISDOCS_LANG": "en"}, "en"),
        (("--lang", "en"), {"LANG": "da_DK.UTF-8"}, "en"),
        (("--lang=da",), {"KVISDOCS_LANG": "en"}, "da"),
    ],
)
def test_the_page_is_danish_unless_another_language_is_asked_for(arguments, environment, language, cases, program):
    cases("a")

    program("batch", "cases", "-d", "note", "--to", "docx", "--report", "run.html", *arguments, **environment)

    assert ("html", {"lang": language}) in Page(Path("run.html").read_text(encoding="utf-8")).tags
