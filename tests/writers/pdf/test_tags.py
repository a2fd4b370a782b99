"""The PDF's tags: columns are no lists in a list, and blocks without a tag are paragraphs; both files agree."""

from pathlib import Path

import pytest
from judges import assert_valid_pdf
from writers.both import assert_both_say
from writers.word.made import html_document

from kvisdocs.verify.blocks import Block, Cell, Heading, ListItem, Paragraph, Row, Table
from kvisdocs.writers.pdf.document import write_pdf
from kvisdocs.writers.word.document import write_docx

ITEMS = "<li>ét</li><li>to<ul><li>inde</li></ul></li><li>tre</li>"
LONG = "ord " * 99 + "ord"
HEAD = '<table><col><thead><tr><th scope="col">År</th></tr></thead>'


def cell(*texts: str) -> Cell:
    return Cell(tuple(Paragraph(text) for text in texts), 1, 1)


def table(*texts: str) -> Table:
    return Table((Row((cell("År"),), True), Row((cell(*texts),), False)))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            f'<ul style="columns: 2">{ITEMS}</ul>',
            [ListItem(1, "ét", False), ListItem(1, "to", False), ListItem(2, "inde", False), ListItem(1, "tre", False)],
        ),
        (f'<ol style="columns: 3">{"<li>a</li>" * 5}</ol>', [ListItem(1, "a", True)] * 5),
        (f'<ul style="columns: 2">{f"<li>{LONG}</li>" * 5}</ul>', [ListItem(1, LONG, False)] * 5),
        (f'<ul style="columns: 2">{"<li>a</li>" * 300}</ul>', [ListItem(1, "a", False)] * 300),
        (f'<h2 style="columns: 2">{LONG}</h2>', [Heading(2, LONG)]),
        (f'<p style="columns: 2">{LONG}</p>', [Paragraph(LONG)]),
        (f'{HEAD}<tr><td>x <b style="display: block">b</b> y</td></tr></table>', [table("x", "b", "y")]),
        (
            f'{HEAD}<tr><td><b style="display: block">b</b><span style="display: block">c</span></td></tr></table>',
            [table("b", "c")],
        ),
        (f"{HEAD}<tr><td>x<address>b</address><pre>c</pre></td></tr></table>", [table("x", "b", "c")]),
        (
            '<div>x <i style="display: block">b</i> y</div><address>Vej 1<br>By</address>',
            [Paragraph("x"), Paragraph("b"), Paragraph("y"), Paragraph("Vej 1 By")],
        ),
        (
            '<ul style="list-style: none"><li>a<ul><li style="list-style: disc">b</li></ul></li></ul>',
            [Paragraph("a"), ListItem(2, "b", False)],
        ),
        (
            "<dl><dt>a</dt><dd><ul><li>b</li></ul></dd></dl>",
            [Paragraph("a"), ListItem(1, "b", False)],
        ),
        ("<pre>a\tb\n\tc</pre>", [Paragraph("a b c")]),
        ('<p style="white-space: pre">et\tnul</p>', [Paragraph("et nul")]),
        (f'<em style="display: block">{f"{LONG} " * 9}</em>', [Paragraph(f"{LONG} " * 8 + LONG)]),
    ],
)
def test_both_files_have_the_same_blocks(body: str, expected: list[Block], tmp_path: Path) -> None:
    document = html_document(f"<h1>Sag</h1>{body}", head="<title>Prøve</title>")
    assert_both_say(document, [Heading(1, "Sag"), *expected], tmp_path)


HIDDEN = 'style="display: none"'
TWO = '<table><col><col><thead><tr><th scope="col">År</th><th scope="col">Sag</th></tr></thead>'


def two(*rows: tuple[Cell, ...]) -> Table:
    return Table((Row((cell("År"), cell("Sag")), True), *(Row(cells, False) for cells in rows)))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (f"<tr><td {HIDDEN}>a</td><td>b</td></tr>", two((cell("b"), cell()))),
        ("<tr><td>a</td><td hidden>b</td></tr>", two((cell("a"), cell()))),
        (f'<tr><td colspan="2" {HIDDEN}>a</td></tr>', two((Cell((), 2, 1),))),
        (f"<tr><td {HIDDEN}>a</td><td {HIDDEN}>b</td></tr>", two((Cell((), 2, 1),))),
        (
            f'<tr><td rowspan="2" {HIDDEN}>a</td><td>b</td></tr><tr><td>c</td></tr>',
            two((cell("b"), cell()), (cell("c"), cell())),
        ),
        (f"<tr {HIDDEN}><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>", two((cell("c"), cell("d")))),
        ('<tr><td style="position: absolute">a</td><td>b</td></tr>', two((cell("a"), cell("b")))),
    ],
)
def test_a_row_with_a_hidden_cell_has_an_empty_one_at_its_end(rows: str, expected: Table, tmp_path: Path) -> None:
    document = html_document(f"<h1>Sag</h1>{TWO}{rows}</table>", head="<title>Prøve</title>")
    assert_both_say(document, [Heading(1, "Sag"), expected], tmp_path)


@pytest.mark.parametrize("css", ["tr { display: flex }", "td { display: block }", "td { float: left }"])
def test_a_part_of_a_table_that_is_shown_as_a_block_leaves_the_pdf_valid(css: str, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    body = f"<h1>Sag</h1>{TWO}<tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
    document = html_document(body, f"tbody {{ {css} }}", "<title>Prøve</title>")
    file.write_bytes(write_pdf(document).data)
    assert_valid_pdf(file)
    assert write_docx(document).messages


def test_a_cell_below_a_hidden_header_is_told() -> None:
    body = f'<table><tr><th scope="col">a</th><th scope="col" {HIDDEN}>b</th></tr><tr><td>1</td><td>2</td></tr></table>'
    what = "PDF: a cell has no header in its row or column, while others of its table have one"
    assert [message.what for message in write_pdf(html_document(body)).messages] == [what]


def test_a_list_deeper_than_word_has_levels_is_told() -> None:
    def nested(depth: int) -> str:
        return "<ul><li>a" * depth + "</li></ul>" * depth

    assert write_docx(html_document(nested(9))).messages == ()
    whats = [message.what for message in write_docx(html_document(nested(12))).messages]
    assert whats == ["a list in 9 others stands at their last level: Word has 9 levels"]
