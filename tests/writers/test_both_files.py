"""Constructs that each writer makes in a way of its own: what both files say, and what the judges say of them."""

from pathlib import Path

import pytest
from judges import assert_valid_docx, assert_valid_pdf
from writers.word.made import html_document

from kvisdocs.problems import KvisdocsError
from kvisdocs.verify.blocks import Block, Cell, Figure, Heading, ListItem, Paragraph, Row, Table
from kvisdocs.verify.docx.body import read_docx_blocks
from kvisdocs.verify.parity import compare
from kvisdocs.verify.pdf.tag_blocks import read_pdf_blocks
from kvisdocs.writers import WRITERS
from kvisdocs.writers.pdf import tags as pdf_tags

BOXES = """<h1>Svar</h1>
<p><label><input type="checkbox" checked> Ja</label> <label><input type="checkbox"> Nej</label></p>"""

FIELDS = """<h1 data-field="title">Plan</h1><p>Vi ses <span data-field="when" title="Hvornår">den 3. maj</span>.</p>
<ul><li data-field="first">Et</li></ul>
<table><thead><tr><th scope="col">Mål</th></tr></thead><tr><td data-field="goal">Ro</td></tr></table>
<div data-field="text"><p>En</p><p>To</p></div>"""

PAGES = """<h1>Før</h1><section class="wide"><h2>Bred</h2>
<table><thead><tr><th scope="col">Mål</th></tr></thead><tr><td>Ro</td></tr></table></section><p>Efter</p>"""

COLUMNS = """<h1>Før</h1><div class="two"><h2>Inde</h2><p>En</p><p>To</p><ul><li>Tre</li></ul></div><h2>Efter</h2>"""

CSS = """body { page: paper } .wide { page: wide } @page wide { size: A4 landscape; margin: 15mm }
.two { columns: 2; column-gap: 8mm }"""

TABLE = Table((Row((Cell((Paragraph("Mål"),)),), header=True), Row((Cell((Paragraph("Ro"),)),))))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>Et</h1><p>a<i>b</i> <b>c</b><i>d</i></p>", [Heading(1, "Et"), Paragraph("ab cd")]),
        (BOXES, [Heading(1, "Svar"), Paragraph("Ja Nej"), Figure("Afkrydset"), Figure("Ikke afkrydset")]),
        (
            FIELDS,
            [
                *(Heading(1, "Plan"), Paragraph("Vi ses den 3. maj."), ListItem(1, "Et")),
                *(TABLE, Paragraph("En"), Paragraph("To")),
            ],
        ),
        (PAGES, [Heading(1, "Før"), Heading(2, "Bred"), TABLE, Paragraph("Efter")]),
        (
            COLUMNS,
            [
                *(Heading(1, "Før"), Heading(2, "Inde"), Paragraph("En"), Paragraph("To")),
                *(ListItem(1, "Tre"), Heading(2, "Efter")),
            ],
        ),
    ],
    ids=["space", "boxes", "fields", "pages", "columns"],
)
def test_both_files_say_it_and_are_valid(body: str, expected: list[Block], tmp_path: Path) -> None:
    document = html_document(body, CSS)
    pdf, docx = tmp_path / "a.pdf", tmp_path / "a.docx"
    pdf.write_bytes(WRITERS["pdf"](document).data)
    docx.write_bytes(WRITERS["docx"](document).data)
    assert [placed.block for placed in read_pdf_blocks(pdf)] == expected
    assert [placed.block for placed in read_docx_blocks(docx)] == expected
    assert_valid_pdf(pdf)
    assert_valid_docx(docx)


@pytest.mark.parametrize(("joined", "blocks"), [(True, 3), (False, 4)])
def test_a_paragraph_that_goes_on_in_the_next_column_is_one(
    joined: bool, blocks: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a PDF tags its pieces by themselves, the gate knows that they are one."""
    if not joined:
        monkeypatch.setattr(pdf_tags, "join_pieces", lambda *_: None)
    long = "Planen følges op hver fjerde uge, og alle parter er med. Målet er at komme tilbage. " * 3
    document = html_document(f'<h1>Plan</h1><div class="two"><p>{long}</p><ul><li>{long}</li></ul></div>', CSS)
    pdf, docx = tmp_path / "a.pdf", tmp_path / "a.docx"
    pdf.write_bytes(WRITERS["pdf"](document).data)
    docx.write_bytes(WRITERS["docx"](document).data)
    said = read_pdf_blocks(pdf)
    assert len(said) == blocks
    assert compare(pdf, said, docx, read_docx_blocks(docx)) == []


def test_fields_change_nothing_in_the_pdf() -> None:
    with_fields, without = html_document(FIELDS), html_document(FIELDS.replace(" data-field=", " data-x="))
    assert WRITERS["pdf"](with_fields).data == WRITERS["pdf"](without).data


def test_a_box_without_words_stops_the_document() -> None:
    with pytest.raises(KvisdocsError, match="a checkbox has no label"):
        WRITERS["docx"](html_document('<p><input type="checkbox"> Ja</p>'))
