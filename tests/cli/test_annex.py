"""The statistics annex: made of a file or by `stats -o`, clean for the judges, and no drawing tells what words hide."""

import json
import re
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from herning_cases import write_agreements, write_cases
from judges import docx_words, pdf_words, require
from many_cases import person

from kvisdocs.cases.load import load_case
from kvisdocs.statistics.record import read_record
from kvisdocs.templating.annex import lay_out_annex

ANNEX = """\
kind: statistics
municipality: herning
title: KVIS statistik
introduction: "{{ figures.sentences.visited }}"
figures:
  cases: citizens
  on: 2012-11-01
"""


@pytest.fixture
def small(write):
    """Thirty in a job, and two unemployed."""
    texts = {f"citizens/{number}.yaml": person(number) for number in range(30)}
    unemployed = {"employment": {"status": "unemployed"}}
    write({**texts, **{f"citizens/{n}.yaml": person(n, **unemployed) for n in (30, 31)}, "statistik.yaml": ANNEX})


def test_herning_s_annex_holds_every_figure_of_the_paper_in_both_files(kvisdocs, folder):
    write_cases(folder / "citizens")
    write_agreements(folder / "aftaler.yaml")

    code, out, err = kvisdocs("stats", "citizens", "aftaler.yaml", "--on", "2012-11-01", "-o", "output", "-q")

    assert (code, out, err) == (0, "", "")
    files = [folder / f"output/statistik-2012-11-01/statistics-annex.{format}" for format in ("pdf", "docx")]
    said = require(lambda: kvisdocs("verify", *map(str, files)))
    assert said.code == 0, said.out + said.err
    with ZipFile(files[1]) as docx:
        read_aloud = re.findall('descr="([^"]*)"', docx.read("word/document.xml").decode())
    assert "Status ved visitationen. I job: 149 (49 pct.); I job, men opsagt: 48 (16 pct.);" in " ".join(read_aloud)
    assert [said for said in read_aloud if ".." in said] == []
    figures = {"304", "149", "48", "107", "146", "102", "129", "72", "90", "61", "184", "142", "22"}
    for words in (pdf_words(files[0]), docx_words(files[1])):
        assert figures - set(words) == set()


def test_render_and_stats_make_the_same_annex(kvisdocs, small):
    bare = "kind: statistics\nmunicipality: herning\nfigures: {cases: citizens, on: 2012-11-01}\n"
    Path("statistik-2012-11-01.yaml").write_text(bare)
    kvisdocs("stats", "citizens", "--on", "2012-11-01", "-o", "by-stats", "--to", "docx")

    kvisdocs("render", "statistik-2012-11-01.yaml", "-o", "by-render", "--to", "docx")

    files = [Path(f"{folder}/statistik-2012-11-01/statistics-annex.docx") for folder in ("by-stats", "by-render")]
    by_stats, by_render = (" ".join(docx_words(file)) for file in files)
    assert "Der er visiteret 32 borgere" in by_stats
    assert by_stats == by_render


def test_an_annex_is_made_again_when_a_case_changes_and_not_otherwise(kvisdocs, small, write):
    def run() -> str:
        options = ("--to", "docx", "--date", "2012-11-14", "--jobs", "1", "--report", "report.json")
        kvisdocs("batch", "statistik.yaml", *options)
        (found,) = json.loads(Path("report.json").read_text())["documents"]
        return f"{found['status']} {found['reason'] or ''}".strip()

    first, again = run(), run()
    write({"citizens/32.yaml": person(32)})

    assert [first, again, run()] == ["made new", "unchanged", "made figures"]


def test_an_annex_without_a_fault_is_checked_without_a_word(kvisdocs, small):
    code, out, err = kvisdocs("check", "statistik.yaml", "-q")

    assert (code, out.strip(), err) == (0, "", "")


def test_an_unknown_figure_and_a_missing_folder_are_told_at_their_lines(kvisdocs, small, write):
    misnamed, elsewhere = ANNEX.replace("sentences.visited", "sentences.visit"), ANNEX.replace("citizens", "borgere")
    write({"statistik.yaml": misnamed, "andet.yaml": elsewhere})

    said = kvisdocs("check", "statistik.yaml", "andet.yaml").out

    assert "statistik.yaml:4:" in said
    assert 'andet.yaml:6:10: there is no "borgere" beside this file' in said


def test_a_citizen_in_the_introduction_stops_the_annex(kvisdocs, small, write):
    name = load_case(Path("citizens/3.yaml")).case.citizen.name
    write({"statistik.yaml": ANNEX.replace('"{{ figures.sentences.visited }}"', f"Tak til {name}.")})

    code, _, err = kvisdocs("render", "statistik.yaml", "--to", "docx")

    assert code == 1
    assert "statistik.yaml:4:" in err
    assert name not in err
    assert not list(Path("output").glob("*/*.docx"))


def test_many_quarters_are_rows_of_a_table_and_the_last_ones_a_chart(kvisdocs, small):
    record = kvisdocs("stats", "citizens", "--on", "2019-06-01", "--json").out

    quarters = lay_out_annex(read_record(json.loads(record))).parts[-1].tables[0]

    assert quarters.heads[:3] == ("Kvartal", "Ved kvartalets begyndelse", "Kom til")
    assert quarters.rows[-1].label == "2. kv. 2019 (til og med 1. juni)"
    assert len(quarters.rows) > 24
    assert [each.label for each in quarters.quarters] == [row.label for row in quarters.rows[-24:]]


def test_the_whole_edition_says_so_on_every_page(kvisdocs, small):
    said = "Hele udgaven: intet tal er skjult. Må ikke offentliggøres."
    for edition, is_said in (("whole", True), ("public", False)):
        kvisdocs("stats", "citizens", "--on", "2012-11-01", "--edition", edition, "-o", edition, "-q")
        (pdf,), (docx,) = (list(Path(edition).glob(f"*/*.{suffix}")) for suffix in ("pdf", "docx"))
        with pikepdf.open(pdf) as read:
            pages = len(read.pages)
        text = " ".join(pdf_words(pdf))
        assert text.count(said) == (pages if is_said else 0)
        with ZipFile(docx) as read:
            feet = [read.read(name).decode() for name in read.namelist() if name.startswith("word/footer")]
        assert [said in foot for foot in feet] == [is_said] * len(feet)


def test_where_too_few_are_counted_no_share_no_bar_and_no_base_is_spoken_of(kvisdocs, write):
    write({f"citizens/{number}.yaml": person(number) for number in range(7)})
    record = kvisdocs("stats", "citizens", "--on", "2012-11-01", "--json").out

    laid = lay_out_annex(read_record(json.loads(record)))

    tables = {table.id: table for part in laid.parts for table in part.tables}
    assert tables["status"].heads == ("Gruppe", "Antal")
    assert "Andele af" not in tables["status"].notes
    assert "Andele af" not in tables["step"].notes
    assert tables["course.status"].bars == ()
