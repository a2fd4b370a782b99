"""A meeting's papers from one file: long ones, for the public and the committee, in both formats."""

import re
from datetime import date

import pytest
from judges import assert_valid_docx, assert_valid_pdf, docx_words, pdf_words, poppler
from made_meetings import write_meeting

from kvisdocs.application.render_job import RenderJob
from kvisdocs.problems import Severity

DAY = date(2026, 12, 1)
CLOSED = (2, 7)
LONG = "herning", 12, CLOSED, 2, 87
FORMATS = ("pdf", "docx")


def make(path, output, *names, formats=FORMATS):
    job = RenderJob(output, DAY, formats)
    job.make([path], names, None)
    assert [str(each) for each in job.problems if each.severity is Severity.ERROR] == []
    return output / path.stem


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    folder = tmp_path_factory.mktemp("moede")
    path = write_meeting(folder, *LONG, length=130)
    return make(path, folder / "out", "agenda", "protocol")


@pytest.fixture(scope="module")
def short(tmp_path_factory):
    folder = tmp_path_factory.mktemp("moede")
    path = write_meeting(folder, "viborg", 4, (1,), 1, 1, length=6)
    return make(path, folder / "out", formats=("pdf",))


def test_the_long_agenda_is_long_and_its_contents_name_the_page_of_each_item(long):
    pages = poppler("pdftotext", "-layout", str(long / "agenda.pdf"), "-").split("\f")
    assert len(pages) >= 20
    assert len(poppler("pdftotext", str(long / "protocol.pdf"), "-").split("\f")) >= 30
    for name in ("agenda", "protocol"):
        pages = poppler("pdftotext", "-layout", str(long / f"{name}.pdf"), "-").split("\f")
        listed = re.findall(r"^\s*(\d+)\. .*?\.{3,}\s*(\d+)\s*$", pages[1], re.MULTILINE)
        assert len(listed) == (13 if name == "agenda" else 15)
        for number, page in listed:
            assert re.search(rf"^{number}\. ", pages[int(page) - 1], re.MULTILINE), (name, number, page)


def test_word_shows_the_same_contents(long):
    for name in ("agenda", "protocol"):
        pdf = poppler("pdftotext", "-layout", str(long / f"{name}.pdf"), "-").split("\f")[1]
        pages = re.findall(r"\.{3,}\s*(\d+)\s*$", pdf, re.MULTILINE)
        words = " ".join(docx_words(long / f"{name}.docx"))
        start = words.index("Indhold")
        assert [page for page in pages if page not in words[start:]] == []


def test_the_public_agenda_has_no_word_of_a_closed_item_and_the_protocol_has_all(long):
    for words in (pdf_words(long / "agenda.pdf"), docx_words(long / "agenda.docx")):
        said = " ".join(words)
        assert "hemmelig" not in said.casefold()
        assert [place for place in CLOSED if f"Lukket: Punkt uden navn {place}" not in said] == []
        assert "aaben0xtitel" in said
        assert "beslutning blev" not in said
    said = " ".join(pdf_words(long / "protocol.pdf"))
    assert [
        place for place in range(12) if f"{'hemmelig' if place in CLOSED else 'aaben'}{place}xbeslutning" not in said
    ] == []


def test_the_judges_have_nothing_to_say(long, short):
    files = [*long.iterdir(), short / "extract.pdf", short / "supplementary-agenda.pdf"]
    assert_valid_pdf(*(each for each in files if each.suffix == ".pdf"))
    assert_valid_docx(*(each for each in files if each.suffix == ".docx"))


def test_all_papers_come_from_the_same_files(short):
    made = {each.stem for each in short.iterdir()}
    assert made == {
        *("agenda", "agenda-whole", "supplementary-agenda", "supplementary-agenda-whole"),
        *("minutes", "minutes-whole", "protocol", "extract"),
    }
    said = {name: " ".join(pdf_words(short / f"{name}.pdf")) for name in made}
    whole = {"agenda-whole", "minutes-whole", "protocol"}
    assert {name for name, words in said.items() if "hemmelig1x" in words} == whole
    assert {name for name, words in said.items() if "aaben3x" in words} == made - {"agenda", "agenda-whole", "extract"}
    assert {name for name, words in said.items() if "aaben0xbeslutning" in words} == {
        *("minutes", "minutes-whole", "protocol", "extract")
    }
    assert "Godkendt den …" in said["protocol"]
    assert "Afbud: Jens Vang (V), stedfortræder Bodil Stenstrup (V)" in said["minutes"]
    assert "Poul Erik Vestby kom til stede ved behandlingen af punktet." in said["minutes"]
