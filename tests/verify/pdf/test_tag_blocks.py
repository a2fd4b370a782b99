from collections.abc import Callable
from pathlib import Path

import pytest

from kvisdocs.verify.blocks import (
    Block,
    Cell,
    Figure,
    Heading,
    Link,
    ListItem,
    Note,
    Paragraph,
    Row,
    Table,
    UnreadableError,
    UntaggedError,
)
from kvisdocs.verify.pdf.tag_blocks import read_pdf_blocks

WritePdf = Callable[..., Path]


def blocks(file: Path) -> list[Block]:
    return [placed.block for placed in read_pdf_blocks(file)]


def cell(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell((Paragraph(text),) if text else (), columns, rows)


def test_headings_and_paragraphs_have_the_words_of_all_their_lines(write_pdf: WritePdf) -> None:
    text = "Den aftalte plan for tilbagevenden gælder fra mandag den 14. januar og bliver fulgt op hver 14. dag."
    pdf = write_pdf(f"<h1>Din<br>plan</h1><p>{text}</p>")
    assert blocks(pdf) == [Heading(1, "Din plan"), Paragraph(text)]


def test_inline_elements_neither_add_nor_lose_spaces(write_pdf: WritePdf) -> None:
    pdf = write_pdf("<p><b>Sag</b>snummer <i>12</i>, H<sub>2</sub>O og m<sup>2</sup>. <span>Slut</span></p>")
    assert blocks(pdf) == [Paragraph("Sagsnummer 12, H2O og m2. Slut")]


def test_hyphenated_words_are_whole(write_pdf: WritePdf) -> None:
    pdf = write_pdf("<p>Arbejdsmarkedsuddannelse sygedagpengemodtager</p>", "p { width: 30mm; hyphens: auto }")
    assert blocks(pdf) == [Paragraph("Arbejdsmarkedsuddannelse sygedagpengemodtager")]


def test_lists_have_levels_and_no_labels(write_pdf: WritePdf) -> None:
    pdf = write_pdf("<ol><li>En<ul><li>Under</li></ul></li><li>To</li></ol><ul style='list-style: none'><li>Bar</ul>")
    expected = [
        ListItem(1, "En", numbered=True),
        ListItem(2, "Under"),
        ListItem(1, "To", numbered=True),
        Paragraph("Bar"),
    ]
    assert blocks(pdf) == expected


def test_tables_have_captions_header_rows_and_spans(write_pdf: WritePdf) -> None:
    pdf = write_pdf(
        "<table><caption>Uger</caption><thead><tr><th>A<th>B</tr></thead>"
        "<tr><td colspan=2>1</tr><tr><td rowspan=2>2<td><ul><li>3</ul></tr><tr><td></tr></table>"
    )
    rows = (
        Row((cell("A"), cell("B")), header=True),
        Row((cell("1", columns=2),)),
        Row((cell("2", rows=2), Cell((ListItem(1, "3"),)))),
        Row((cell(""),)),
    )
    assert blocks(pdf) == [Paragraph("Uger"), Table(rows)]


def test_figures_are_their_alt_text_whatever_is_drawn_in_them(write_pdf: WritePdf) -> None:
    drawn = '<title>Fire uger</title><text y="9">uge 4</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">{drawn}</svg>'
    assert blocks(write_pdf(f"<figure>{svg}<figcaption>Uger</figcaption></figure>")) == [
        Figure("Fire uger"),
        Paragraph("Uger"),
    ]


def test_links_stand_behind_their_paragraph_with_their_target(write_pdf: WritePdf) -> None:
    pdf = write_pdf(
        '<h1 id="a">Sag</h1><p>Se <a href="https://herning.dk/job">job i Herning</a> og <a href="#a">top</a>.</p>'
    )
    expected = [
        Heading(1, "Sag"),
        Paragraph("Se job i Herning og top."),
        Link("job i Herning", "https://herning.dk/job"),
        Link("top", "#"),
    ]
    assert blocks(pdf) == expected


def test_link_over_two_lines_is_one(write_pdf: WritePdf) -> None:
    pdf = write_pdf('<p>Se <a href="https://herning.dk/job">job i Herning</a></p>', "p { width: 18mm }")
    assert blocks(pdf) == [Paragraph("Se job i Herning"), Link("job i Herning", "https://herning.dk/job")]


def test_footnotes_stand_behind_the_paragraph_that_calls_them(write_pdf: WritePdf) -> None:
    note = '<span class="note">{}</span>'
    body = f"<p>En{note.format('Første note.')} m<sup>3</sup> og to{note.format('Anden.')}</p><p>Mere</p>"
    pdf = write_pdf(body, ".note { float: footnote }")
    assert blocks(pdf) == [Paragraph("En m3 og to"), Note("Første note."), Note("Anden."), Paragraph("Mere")]


def test_page_furniture_is_left_out_and_the_page_is_known(write_pdf: WritePdf) -> None:
    pdf = write_pdf("<h1>Sag</h1><p style='break-before: page'>To</p>")
    assert [(str(placed.place), placed.page) for placed in read_pdf_blocks(pdf)] == [("page 1", 1), ("page 2", 2)]


def test_pdf_without_tags_says_so(tmp_path: Path) -> None:
    import weasyprint

    weasyprint.HTML(string="<p>Hej").write_pdf(tmp_path / "a.pdf")
    with pytest.raises(UntaggedError, match=r"^the PDF has no tag tree$"):
        read_pdf_blocks(tmp_path / "a.pdf")


@pytest.mark.parametrize("length", [0, 5, 500, 3000, -200])
def test_truncated_pdf_is_unreadable_and_no_traceback(write_pdf: WritePdf, length: int) -> None:
    pdf = write_pdf("<h1>Sag</h1><p>Tekst</p>")
    pdf.write_bytes(pdf.read_bytes()[:length])
    with pytest.raises(UnreadableError):
        read_pdf_blocks(pdf)
