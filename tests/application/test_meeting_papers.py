"""A meeting's papers from one file: long ones, for the public and the committee, in both formats."""

import re
from datetime import date
from pathlib import Path

import pytest
from judges import assert_valid_docx, assert_valid_pdf, docx_words, pdf_words, poppler
from made_meetings import write_meeting

from kvisdocs.application.render_job import RenderJob
from kvisdocs.problems import Severity

ROOT = Path(__file__).parents[2]
DAY = date(2026, 12, 1)
CLOSED = (2, 7)
LONG = "herning", 12, CLOSED, 2, 87
FORMATS = ("pdf", "docx")


def make(path, output, *names, formats=FORMATS, templates=None):
    job = RenderJob(output, DAY, formats)
    job.make([path], names, templates)
    assert [str(each) for each in job.problems if each.severity is Severity.ERROR] == []
    return output / path.stem


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    folder = tmp_path_factory.mktemp("moede")
    path = write_meeting(folder, *LONG, length=240)
    return make(path, folder / "out", "agenda", "protocol")


@pytest.fixture(scope="module")
def short(tmp_path_factory):
    folder = tmp_path_factory.mktemp("moede")
    path = write_meeting(folder, "viborg", 9, (1, 5), 2, 1, length=6)
    return make(path, folder / "out", formats=("pdf",))


def test_the_long_agenda_is_long_and_its_contents_name_the_page_of_each_item(long):
    for name in ("agenda", "protocol"):
        pages = poppler("pdftotext", "-layout", str(long / f"{name}.pdf"), "-").split("\f")
        assert len(pages) > 25, name
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
    assert_valid_docx(long / "agenda.docx")  # a protocol in Word is among the examples, which the gate sees


def test_all_papers_come_from_the_same_files(short):
    made = {each.stem for each in short.iterdir()}
    assert made == {
        *("agenda", "agenda-whole", "supplementary-agenda", "supplementary-agenda-whole"),
        *("minutes", "minutes-whole", "protocol", "extract"),
    }
    said = {name: " ".join(pdf_words(short / f"{name}.pdf")) for name in made}
    whole = {"agenda-whole", "minutes-whole", "protocol"}
    assert {name for name, words in said.items() if "hemmelig1x" in words} == whole
    assert {name for name, words in said.items() if "hemmelig5x" in words} == whole
    assert {name for name, words in said.items() if "aaben3x" in words} >= {"agenda", "agenda-whole", "minutes"}
    assert {name for name, words in said.items() if "aaben8x" in words} == made - {"agenda", "agenda-whole", "extract"}
    assert {name for name, words in said.items() if "aaben0xbeslutning" in words} == {
        *("minutes", "minutes-whole", "protocol", "extract")
    }
    assert "Godkendt den …" in said["protocol"]
    assert "Afbud: Jens Vang (V), stedfortræder Bodil Stenstrup (V)" in said["minutes"]
    assert "Poul Erik Vestby kom til stede ved behandlingen af punktet." in said["minutes"]


def test_attachments_lie_behind_their_item_or_in_a_file_of_their_own_and_closed_ones_only_for_members(
    short, tmp_path, monkeypatch
):
    path = write_meeting(tmp_path, "viborg", 2, (1,), 0, 1, length=6)
    for place in (0, 1):
        item = path.parent / f"viborg-{place}.yaml"
        text = item.read_text(encoding="utf-8")
        item.write_text(f"{text}attachments:\n  - {{title: Bilaget {place}, file: bilag.pdf}}\n", encoding="utf-8")
    (tmp_path / "bilag.pdf").write_bytes((short / "extract.pdf").read_bytes())
    profiles = tmp_path / "templates" / "profiles"
    profiles.mkdir(parents=True)
    profile = (ROOT / "templates" / "profiles" / "viborg.yaml").read_text(encoding="utf-8")
    asked = "meetings:\n  attachments: behind\n  decision_field: ja\n"
    (profiles / "viborg.yaml").write_text(f"{profile}\n{asked}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    names = ("agenda", "agenda-whole", "attachments-whole")
    made = make(path, tmp_path / "out", *names, formats=("pdf",), templates=tmp_path / "templates")

    agenda = poppler("pdftotext", "-layout", str(made / "agenda.pdf"), "-").split("\f")
    divider = next(number for number, page in enumerate(agenda[2:], 2) if "Bilag 2.1 – Bilaget 0" in page)
    assert "Udskrift af beslutningsprotokollen" in agenda[divider + 1]
    assert "Bilaget 1" not in "".join(agenda)
    whole = poppler("pdftotext", str(made / "attachments-whole.pdf"), "-")
    assert whole.count("Udskrift af beslutningsprotokollen") == 2
    members = poppler("pdftotext", "-layout", str(made / "agenda-whole.pdf"), "-")
    fields = [len(re.findall(r"^ *Beslutning$", each, re.MULTILINE)) for each in ("".join(agenda), members)]
    assert fields == [0 + 1, 3 + 2]  # each attachment has the word once; a field has the approval, and both items
    assert_valid_pdf(*(made / f"{name}.pdf" for name in names))


def test_an_open_item_that_tells_of_a_closed_one_stops_the_public_paper(tmp_path):
    path = write_meeting(tmp_path, "viborg", 2, (1,), 0, 1, length=6)
    item = tmp_path / "viborg-0.yaml"
    text = item.read_text(encoding="utf-8")
    item.write_text(text.replace("blev drøftet.", "som hemmelig1xtitel og hemmelig1xindhold.", 1), encoding="utf-8")
    job = RenderJob(tmp_path / "out", DAY, ("pdf",))

    job.make([path], ["agenda", "agenda-whole"], None)

    assert [each.code for each in job.problems if each.severity is Severity.ERROR] == ["meeting.public.closed_text"]
    assert {each.name for each in (tmp_path / "out" / path.stem).iterdir()} == {"agenda-whole.pdf"}
