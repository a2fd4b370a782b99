"""Every kind of difference between a PDF and its DOCX, made by changing the DOCX of a real pair."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from test_messages import Bracketed

from kvisdocs.verify.docx.body import read_docx_blocks
from kvisdocs.verify.parity import compare
from kvisdocs.verify.pdf.tag_blocks import read_pdf_blocks

Edit = Callable[..., Path]
WritePdf = Callable[..., Path]

LETTER = "rasmus-hoejlund-aagesen/gp-letter"
PLAN = "siobhan-o-brien-moeller/follow-up-plan"
LONG_TABLE = "karoline-oestergaard-lindqvist/follow-up-plan"
BRIEF = "herning-punkt-87/committee-brief"


def differences(docx: Path) -> list[str]:
    """The differences without the numbers of their places, which change with the templates."""
    pdf = docx.with_suffix(".pdf")
    problems = compare(pdf, read_pdf_blocks(pdf), docx, read_docx_blocks(docx))
    texts = [str(problem).removeprefix(f"{docx}: ") for problem in problems]
    return [re.sub(r"\b(paragraph|table|page|row) \d+", r"\1 N", text) for text in texts]


def between(docx: Path, start: str, end: str, after: str) -> str:
    """The XML from the last `start` before the text `after` to the first `end` behind it."""
    with zipfile.ZipFile(docx) as archive:
        xml = archive.read("word/document.xml").decode()
    middle = xml.index(after)
    first = xml.rindex(start, 0, middle)
    return xml[first : xml.index(end, middle) + len(end)]


@pytest.fixture
def drop(edit: Edit, made: Path) -> Callable[..., Path]:
    """Takes the smallest element around a text out of the DOCX: `drop(LETTER, "<w:tr>", "</w:tr>", "word")`."""

    def dropped(document: str, start: str, end: str, after: str) -> Path:
        return edit(document, between(made / f"{document}.docx", start, end, after), "")

    return dropped


def test_changed_word(edit: Edit) -> None:
    assert differences(edit(LETTER, "kommunens tidlige indsats", "kommunens sene indsats")) == [
        "paragraph N (paragraph) says something else than gp-letter.pdf, page N:\n"
        "    PDF:  … i KVIS. Det er kommunens [tidlige] indsats for sygemeldte, hvor arbejdspladsen …\n"
        "    DOCX: … i KVIS. Det er kommunens [sene] indsats for sygemeldte, hvor arbejdspladsen …"
    ]


def test_words_run_together(edit: Edit) -> None:
    (difference,) = differences(edit(LETTER, "kommunens tidlige indsats", "kommunens tidligeindsats"))
    assert difference.endswith(
        "    PDF:  … i KVIS. Det er kommunens [tidlige indsats] for sygemeldte, hvor arbejdspladsen er …\n"
        "    DOCX: … i KVIS. Det er kommunens [tidligeindsats] for sygemeldte, hvor arbejdspladsen er …"
    )


def test_heading_of_another_level(edit: Edit) -> None:
    old = '<w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>Planen'
    assert differences(edit(LETTER, old, old.replace("Heading2", "Heading1"))) == [
        "paragraph N is something else than in gp-letter.pdf, page N:\n"
        "    PDF:  heading of level 2: Planen\n"
        "    DOCX: heading of level 1: Planen"
    ]


def test_lost_paragraph(drop: Callable[..., Path]) -> None:
    assert differences(drop(LETTER, "<w:p>", "</w:p>", "Kære Ulla-Brit")) == [
        "a paragraph of gp-letter.pdf, page N, is missing:\n    PDF:  Kære Ulla-Brit Kvægtorp\n    DOCX: [nothing]"
    ]


def test_paragraph_too_much(edit: Edit) -> None:
    old = '<w:p><w:pPr><w:pStyle w:val="Heading2"/>'
    assert differences(edit(LETTER, old, f"<w:p><w:r><w:t>Udkast</w:t></w:r></w:p>{old}")) == [
        "paragraph N (paragraph) is not in gp-letter.pdf:\n    PDF:  [nothing]\n    DOCX: Udkast"
    ]


def test_swapped_order(edit: Edit, made: Path) -> None:
    first = between(made / f"{LETTER}.docx", "<w:p>", "</w:p>", "Kære Ulla-Brit")
    second = between(made / f"{LETTER}.docx", "<w:p>", "</w:p>", "Din patient Rasmus")
    assert differences(edit(LETTER, first + second, second + first)) == [
        "paragraph N stands elsewhere than in gp-letter.pdf, page N:\n"
        "    both: paragraph: Din patient Rasmus Højlund Aagesen er med i KVIS. Det er kommunens …"
    ]


def test_lost_table_row(drop: Callable[..., Path]) -> None:
    assert differences(drop(LETTER, "<w:tr>", "</w:tr>", "17.\u00a0dec.\u00a02012 –")) == [
        "a row of gp-letter.pdf, page N, row N, is missing:\n"
        "    PDF:  17. dec. 2012 – 13. jan. 2013 | 20 | 17\n"
        "    DOCX: [nothing]"
    ]


def test_changed_cell_in_a_table_that_goes_over_the_page(edit: Edit) -> None:
    (difference,) = differences(edit(LONG_TABLE, "Fast plads væk fra", "Fast plads tæt på"))
    assert difference.split("\n")[1:] == [
        "    PDF:  … afbrydelser ¶ • Fast plads [væk fra] receptionen ¶ • To timer …",
        "    DOCX: … afbrydelser ¶ • Fast plads [tæt på] receptionen ¶ • To timer …",
    ]


def test_table_that_lost_its_header_row(edit: Edit) -> None:
    (difference,) = differences(edit(LETTER, "<w:tblHeader/>", ""))
    assert difference == (
        "table N, row N is something else than in gp-letter.pdf, page N, row N:\n"
        "    PDF:  header row: Patient | CPR | Sygemeldt siden\n"
        "    DOCX: row: Patient | CPR | Sygemeldt siden"
    )


def test_lost_list(edit: Edit, made: Path) -> None:
    text = "At sygemeldingens varighed afkortes"
    item = between(made / f"{BRIEF}.docx", "<w:p>", "</w:p>", text)
    start, end = item.index("<w:numPr>"), item.index("</w:numPr>") + len("</w:numPr>")
    (difference,) = differences(edit(BRIEF, item, item[:start] + item[end:]))
    assert difference.split("\n")[1:] == [f"    PDF:  bullet of level 1: {text}", f"    DOCX: paragraph: {text}"]


def test_list_in_a_cell_that_lost_a_bullet(edit: Edit, made: Path) -> None:
    item = between(made / f"{PLAN}.docx", "<w:p>", "</w:p>", "18\N{NO-BREAK SPACE}timer om ugen i november")
    start, end = item.index("<w:numPr>"), item.index("</w:numPr>") + len("</w:numPr>")
    (difference,) = differences(edit(PLAN, item, item[:start] + item[end:]))
    assert "i oktober ¶ [•] 18 timer om ugen" in difference.split("\n")[1]
    assert "i oktober ¶ [] 18 timer om ugen" in difference.split("\n")[2]


def test_changed_alt_text(edit: Edit) -> None:
    (difference,) = differences(
        edit(PLAN, 'descr="Søjler over timer om ugen: 10', 'descr="Søjler over timer om ugen: 11')
    )
    assert difference.split("\n")[1:] == [
        "    PDF:  Søjler over timer om ugen: [10] timer fra uge 40, 18 …",
        "    DOCX: Søjler over timer om ugen: [11] timer fra uge 40, 18 …",
    ]


def test_no_more_than_twenty_differences_are_shown(made: Path) -> None:
    pdf, docx = made / f"{BRIEF}.pdf", made / f"{LETTER}.docx"
    problems = compare(pdf, read_pdf_blocks(pdf), docx, read_docx_blocks(docx))
    assert len(problems) == 21
    assert problems[20].what.endswith(" more differences from committee-brief.pdf")


@pytest.mark.parametrize("length", [1, 3, 7, 20])
def test_blocks_that_a_page_break_cut_are_joined(write_pdf: WritePdf, length: int) -> None:
    """The same document on small pages and on one long page."""
    words = " ".join(f"ord{number}" for number in range(length * 9))
    rows = "".join(f"<tr><td>{number}<td>{words}</tr>" for number in range(12))
    body = f"<h1>Sag</h1><p>{words}</p>" * 4 + f"<ul>{f'<li>{words}</li>' * 5}</ul>"
    body += (
        f"<table><thead><tr><th>A<th>B</tr></thead>{rows}<tfoot><tr><td>I alt<td>12</tr></tfoot></table><p>{words}</p>"
    )
    cut = read_pdf_blocks(write_pdf(body, "@page { size: 90mm 120mm; margin: 10mm }"))
    whole = read_pdf_blocks(write_pdf(body, "@page { size: 200mm 9000mm }", "b.pdf"))
    assert cut[-1].page > whole[-1].page == 1
    assert compare(Path("a.pdf"), cut, Path("b.docx"), whole) == []


def test_both_places_are_named(write_pdf: WritePdf, write_docx: Callable[..., Path]) -> None:
    pdf = write_pdf("<h1>Sag</h1><p style='break-before: page'>Vi ses den 11. februar 2013.</p>")
    heading = '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Sag</w:t></w:r></w:p>'
    docx = write_docx(f"{heading}<w:p/><w:p><w:r><w:t>Vi ses den 12. februar 2013.</w:t></w:r></w:p>")
    (problem,) = compare(pdf, read_pdf_blocks(pdf), docx, read_docx_blocks(docx))
    assert str(problem) == (
        f"{docx}: paragraph 3 (paragraph) says something else than a.pdf, page 2:\n"
        "    PDF:  Vi ses den [11.] februar 2013.\n"
        "    DOCX: Vi ses den [12.] februar 2013."
    )


def test_what_the_blocks_are_and_where_can_be_translated_apart(write_pdf: WritePdf, write_docx: Edit) -> None:
    pdf = write_pdf("<h2>Sag</h2><table><tr><td>A<td>B</table>")
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{each}</w:t></w:r></w:p></w:tc>" for each in "ABC")
    docx = write_docx(f"<w:p><w:r><w:t>Sag</w:t></w:r></w:p><w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    heading, table, _ = compare(pdf, read_pdf_blocks(pdf), docx, read_docx_blocks(docx))
    assert heading.what.shown(Bracketed()).split("\n") == [
        "[[paragraph 1] is something else than in a.pdf, [page 1]:",
        "    PDF:  [heading of level 2]: Sag",
        "    DOCX: [paragraph]: Sag]",
    ]
    assert table.what.shown(Bracketed()).split("\n")[1:] == ["    PDF:  [[2] columns]", "    DOCX: [[3] columns]]"]
    assert table.what.endswith("\n    PDF:  [2] columns\n    DOCX: [3] columns")
