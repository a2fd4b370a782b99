"""Text from right to left: the PDF's tags say it in the order of its letters; what paper shows otherwise is told."""

import subprocess
from pathlib import Path

import pytest
from judges import assert_valid_pdf
from writers.both import assert_both_say
from writers.word.made import html_document

from kvisdocs.problems import Severity
from kvisdocs.verify.blocks import Block, Cell, Heading, Link, ListItem, Paragraph, Row, Table
from kvisdocs.verify.pdf.tag_blocks import read_pdf_blocks
from kvisdocs.writers.pdf.document import write_pdf

PEACE, WORLD, HELLO = "שלום", "עולם", "مرحبا"
TITLE = "<title>Prøve</title>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<p>Navn: {PEACE} {WORLD}, født 12.</p>", [Paragraph(f"Navn: {PEACE} {WORLD}, født 12.")]),
        (f'<p dir="rtl">{PEACE} 12 abc ({WORLD}).</p>', [Paragraph(f"{PEACE} 12 abc ({WORLD}).")]),
        ('<p style="direction: rtl">(12) abc.</p>', [Paragraph("(12) abc.")]),
        (f"<p>Af <b>{PEACE}</b> og <bdi>{HELLO}</bdi> ny</p>", [Paragraph(f"Af {PEACE} og {HELLO} ny")]),
        (f'<p dir="rtl">{PEACE} <b>{WORLD}</b> {HELLO}</p>', [Paragraph(f"{PEACE} {WORLD} {HELLO}")]),
        (f'<p dir="rtl">{PEACE}<b>{WORLD}</b></p>', [Paragraph(PEACE + WORLD)]),
        ("<p>שָׁלוֹם ולשלום (ש) ) ( מُחَ</p>", [Paragraph("שָׁלוֹם ולשלום (ש) ) ( מُחَ")]),
        (
            f'<p>Se <a href="https://kl.dk/">{PEACE} {WORLD}</a>.</p>',
            [Paragraph(f"Se {PEACE} {WORLD}."), Link(f"{PEACE} {WORLD}", "https://kl.dk/")],
        ),
        (
            f'<ul dir="rtl"><li>{PEACE} {WORLD}<ul><li>{HELLO}</li></ul></li></ul>',
            [ListItem(1, f"{PEACE} {WORLD}", False), ListItem(2, HELLO, False)],
        ),
        (
            f'<table dir="rtl"><thead><tr><th scope="col">{PEACE}</th></tr></thead><tr><td>{HELLO} 1</td></tr></table>',
            [
                Table(
                    (
                        Row((Cell((Paragraph(PEACE),), 1, 1),), True),
                        Row((Cell((Paragraph(f"{HELLO} 1"),), 1, 1),), False),
                    )
                )
            ],
        ),
        (f'<p dir="rtl">{f"{PEACE} {WORLD} " * 60}</p>', [Paragraph(f"{PEACE} {WORLD} " * 59 + f"{PEACE} {WORLD}")]),
    ],
)
def test_both_files_say_it_as_it_is_written(body: str, expected: list[Block], tmp_path: Path) -> None:
    document = html_document(f"<h1>Sag</h1>{body}", head=TITLE)
    assert_both_say(document, [Heading(1, "Sag"), *expected], tmp_path)


def test_programs_that_search_the_page_still_find_the_words(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(write_pdf(html_document(f"<h1>Sag</h1><p>Navn: <b>{PEACE} {WORLD}</b>.</p>", head=TITLE)).data)
    found = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
    assert f"{PEACE} {WORLD}" in found


def test_a_text_that_a_page_break_cuts_keeps_its_order(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    text = " ".join(f"{PEACE} {number} {WORLD}" for number in range(1500))
    file.write_bytes(write_pdf(html_document(f'<h1>Sag</h1><p dir="rtl">{text}</p>', head=TITLE)).data)
    assert [placed.block for placed in read_pdf_blocks(file)] == [Heading(1, "Sag"), Paragraph(text)]
    assert_valid_pdf(file)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (f"<p>Navn: <b>{PEACE}</b> <i>{WORLD}</i></p>", [f'"{PEACE}" and "{WORLD}"']),
        (f"<p>Navn: {PEACE} <i>{WORLD}</i></p>", [f'"Navn: {PEACE}" and "{WORLD}"']),
        (f'<p dir="rtl">{PEACE} <b>abc</b> <i>def</i></p>', ['"abc" and "def"']),
        (f"<p>Aftale <b>{PEACE}</b> med <i>{WORLD}</i></p>", []),
        (f'<p dir="rtl">{PEACE} <b>{WORLD}</b></p>', []),
        (f"<p>{PEACE}</p><p>{WORLD}</p>", []),
        (f"<p>{PEACE}<br>{WORLD}</p>", []),
    ],
)
def test_what_paper_shows_in_the_wrong_order_is_told(body: str, shown: list[str]) -> None:
    messages = write_pdf(html_document(body)).messages
    expected = [f"PDF: {each} stand in the wrong order on paper, as an element begins or ends there" for each in shown]
    assert [message.what for message in messages] == expected
    assert {message.severity for message in messages} <= {Severity.WARNING}
