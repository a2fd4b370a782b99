"""Elements and attributes that neither file heeds are told alike by both; those of the contract hold in both."""

from pathlib import Path

import pytest
from judges import pdf_structure
from writers.html.test_css_properties import said_by_both
from writers.word.made import html_document, read_body

from kvisdocs.problems import Position, Problem, Severity
from kvisdocs.verify.docx.body import read_docx_blocks
from kvisdocs.verify.parity import compare
from kvisdocs.verify.pdf.tag_blocks import read_pdf_blocks
from kvisdocs.writers.output import tell_once
from kvisdocs.writers.pdf.document import write_pdf
from kvisdocs.writers.pdf.layout import lay_out
from kvisdocs.writers.word.document import write_docx
from kvisdocs.writers.word.model.inlines import Picture

PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC"
)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ('<p align="right">a</p>', 'neither file heeds "align" of <p>'),
        ('<table bgcolor="#eee"><tr><td>a</td></tr></table>', 'neither file heeds "bgcolor" of <table>'),
        ('<table><tr valign="top"><td>a</td></tr></table>', 'neither file heeds "valign" of <tr>'),
        ("<table><tr><td nowrap>a</td></tr></table>", 'neither file heeds "nowrap" of <td>'),
        ('<table width="50%"><tr><td>a</td></tr></table>', 'neither file heeds width="50%" of <table>'),
        ('<table><tr><td height="90">a</td></tr></table>', 'neither file heeds height="90" of <td>'),
        ('<ol start="-1"><li>a</li></ol>', 'start="-1" of <ol> is no number that both files can begin with'),
        ('<ol start="40000"><li>a</li></ol>', 'start="40000" of <ol> is no number that both files can begin with'),
        ('<ol><li value="to">a</li></ol>', 'value="to" of <li> is no number that both files can begin with'),
        ('<ol type="b"><li>a</li></ol>', 'neither file heeds type="b" of <ol>'),
        ("<ol reversed><li>a</li></ol>", "neither file has a list that counts down"),
        ('<p dir="auto">a</p>', 'neither file heeds dir="auto"'),
        ("<p><bdo>a</bdo></p>", "<bdo> is not in the contract: the PDF and the Word file may differ in what they show"),
        (
            "<p><ruby>a</ruby></p>",
            "<ruby> is not in the contract: the PDF and the Word file may differ in what they show",
        ),
        ("<blok>a</blok>", "<blok> is not in the contract: the PDF and the Word file may differ in what they show"),
    ],
)
def test_what_neither_heeds_is_told_alike(body: str, what: str) -> None:
    (message,) = said_by_both(body)
    assert message.what.startswith(what)
    assert message.severity is Severity.WARNING


def test_what_shows_nowhere_is_not_looked_at() -> None:
    svg = '<svg width="9" height="9"><title>Prik</title><rect width="9" height="9" color="red"/></svg>'
    assert said_by_both(f"<p>{svg}</p>") == []


@pytest.mark.parametrize(
    ("body", "formats", "marks"),
    [
        ('<ol type="A" start="3"><li>a</li></ol>', ["upperLetter"], ["C."]),
        ('<ol type="i"><li>a</li><li>b</li></ol>', ["lowerRoman"], ["i.", "ii."]),
        ('<ul type="square"><li>a</li></ul>', ["bullet"], ["▪"]),
        ('<ol><li>a</li><li type="a">b</li><li>c</li></ol>', ["decimal", "lowerLetter", "decimal"], ["1.", "b.", "3."]),
        ('<ol start="0"><li>a</li></ol>', ["decimal"], ["0."]),
    ],
)
def test_types_of_lists_are_in_both(body: str, formats: list[str], marks: list[str], tmp_path: Path) -> None:
    assert [each.levels[0].number_format for each in read_body(body).lists] == formats
    pdf = tmp_path / "x.pdf"
    pdf.write_bytes(write_pdf(html_document(body)).data)
    assert [tag.text for tag in pdf_structure(pdf).find_all("Lbl")] == marks


@pytest.mark.parametrize("body", ["<td hidden>a</td><td>b</td>", "<td>b</td><td style='display: none'>a</td>"])
def test_what_is_hidden_is_in_neither(body: str, tmp_path: Path) -> None:
    document = html_document(
        f"<h1>Sag</h1><table><thead><tr><th>År</th><th hidden>Tal</th></tr></thead><tr>{body}</tr></table>"
    )
    pdf, docx = tmp_path / "x.pdf", tmp_path / "x.docx"
    pdf.write_bytes(write_pdf(document).data)
    docx.write_bytes(write_docx(document).data)
    assert compare(pdf, read_pdf_blocks(pdf), docx, read_docx_blocks(docx)) == []


def test_sizes_of_a_picture_give_way_to_the_stylesheet() -> None:
    for css, size in (("", (60, 15)), ("img { width: 90pt }", (90, 15))):
        word = read_body(f'<p><img src="{PNG}" alt="Prik" width="80" height="20"></p>', css)
        (found,) = [each for each in word.blocks[0].children if isinstance(each, Picture)]
        assert (found.width_emu / 12700, found.height_emu / 12700) == pytest.approx(size, abs=0.02)
    body = f'<p><img src="{PNG}" alt="Prik" width="80" height="20"></p>'
    (page,) = lay_out(html_document(body)).rendered.pages
    (drawn,) = [box for box in page._page_box.descendants() if box.element_tag == "img"]
    assert (drawn.width, drawn.height) == (80, 20)


def test_a_stylesheet_wins_over_a_type() -> None:
    word = read_body('<ol type="A"><li>a</li></ol>', "ol { list-style-type: lower-roman }")
    assert word.lists[0].levels[0].number_format == "lowerRoman"


def test_a_kind_of_message_is_told_once_in_a_file_with_its_number() -> None:
    def at(line: int, what: str = "x", file: str = "a.j2") -> Problem:
        return Problem(Position(file, line, 1), what, "y", Severity.NOTE)

    told = tell_once([at(7), at(3), at(3), at(9), at(4, "other"), at(1, file="b.j2")])
    assert [str(each) for each in told] == [
        "a.j2:3:1: note: x (in 3 places); y",
        "a.j2:4:1: note: other; y",
        "b.j2:1:1: note: x; y",
    ]
