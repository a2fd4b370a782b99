"""The readers in judges.py read rightly; else the tests that lean on them prove nothing."""

from pathlib import Path

import docx
import pytest
import weasyprint
from docx.enum.text import WD_BREAK
from judges import (
    Tag,
    docx_html,
    docx_page_counts,
    docx_words,
    parse_structure,
    pdf_page_count,
    pdf_structure,
    pdf_words,
    require,
)

from kvisdocs.verify.validators import JudgeMissing

PAGE = """<html lang="da"><title>Sag</title><style>
@page { size: A6; margin: 2cm; @top-center { content: "Sidehoved" } } html { hyphens: auto; font: 12pt sans-serif }
</style><body>"""


def write_pdf(path: Path, body: str) -> Path:
    weasyprint.HTML(string=PAGE + body).write_pdf(path, pdf_variant="pdf/ua-1")
    return path


def write_docx(path: Path, *paragraphs: str, page_breaks: int = 0) -> Path:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    for _ in range(page_breaks):
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        document.add_paragraph("Ny side")
    document.save(str(path))
    return path


def missing() -> None:
    raise JudgeMissing("Norges Bank", "apt-get install penge")


def test_missing_judge_skips_and_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KVISDOCS_REQUIRE_JUDGES", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install penge"):
        require(missing)


def test_missing_judge_fails_where_judges_are_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KVISDOCS_REQUIRE_JUDGES", "1")
    with pytest.raises(pytest.fail.Exception, match="apt-get install penge"):
        require(missing)


def test_pdf_words_come_in_order_with_hyphenated_words_joined(tmp_path: Path) -> None:
    pdf = write_pdf(tmp_path / "a.pdf", "<h1>Sag æøå</h1><p>om arbejdsmarkedsforanstaltninger og beskæftigelse</p>")
    assert pdf_words(pdf) == ["Sag", "æøå", "om", "arbejdsmarkedsforanstaltninger", "og", "beskæftigelse", "Sidehoved"]


def test_pdf_structure_is_what_a_screen_reader_follows(tmp_path: Path) -> None:
    table = "<table><thead><tr><th>Måned<th>Antal<tbody><tr><td>Maj<td>Under 5</table>"
    root = pdf_structure(write_pdf(tmp_path / "a.pdf", f'<h1>Sygedagpenge</h1><p>Hun sagde "ja"</p>{table}'))
    assert root.outline() == "Root(Document(H1 P Table(THead(TR(TH TH)) TBody(TR(TD TD)))))"
    assert [tag.text for tag in root.find_all("H1", "P", "TD")] == ["Sygedagpenge", 'Hun sagde "ja"', "Maj", "Under 5"]


def test_structure_lines_become_a_tree() -> None:
    lines = [
        "Document",
        "  Table:",
        "     /Summary (x)",
        "    TH <5-0-0>",
        '      "Kol A"',
        "  P (block)",
        '    "Slut"',
        "",
    ]
    table, end = Tag("Table", (Tag("TH", ("Kol A",)),)), Tag("P", ("Slut",))
    assert parse_structure(lines) == Tag("Root", (Tag("Document", (table, end)),))


def test_docx_words_hold_tables_but_no_header(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Sidehoved"
    document.add_paragraph("Før\ttabellen")
    document.add_table(1, 2).rows[0].cells[1].text = "i celle"
    document.add_paragraph("efter")
    document.save(str(tmp_path / "a.docx"))
    assert docx_words(tmp_path / "a.docx") == ["Før", "tabellen", "i", "celle", "efter"]


def test_docx_html_is_what_mammoth_reads(tmp_path: Path) -> None:
    assert docx_html(write_docx(tmp_path / "a.docx", "Sag & svar")) == "<p>Sag &amp; svar</p>"


def test_pages_are_counted(tmp_path: Path) -> None:
    pdf = write_pdf(tmp_path / "a.pdf", '<p>1<p style="break-before: page">2')
    one, three = write_docx(tmp_path / "æ ø.docx", "x"), write_docx(tmp_path / "3.docx", "x", page_breaks=2)
    assert pdf_page_count(pdf) == 2
    assert docx_page_counts([one, three]) == {one: 1, three: 3}
