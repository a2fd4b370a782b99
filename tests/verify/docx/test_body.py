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
)
from kvisdocs.verify.docx.body import read_docx_blocks

WriteDocx = Callable[..., Path]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inner: str, style: str = "Normal") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p>'


def tc(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def cell(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell((Paragraph(text),) if text else (), columns, rows)


NUMBERED = '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'
UNLABELLED = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr>'
NO_LIST = '<w:pPr><w:pStyle w:val="Item"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
PICTURE = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="a" descr="Fire uger"/></wp:inline></w:drawing></w:r>'
DECORATION = PICTURE.replace('descr="Fire uger"/>', '><adec:decorative val="1"/></wp:docPr>')
WIDE, HIGH, GOES_ON = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("3")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p(run("Din ") + "<w:r><w:br/></w:r>" + run("plan"), "H1"), [Heading(1, "Din plan")]),
        (p(run("Et"), "H2") + p(run("To"), "H3"), [Heading(2, "Et"), Heading(3, "To")]),
        (
            p(run("En"), "Item") + f"<w:p>{NUMBERED}{run('To')}</w:p>",
            [ListItem(1, "En"), ListItem(2, "To", numbered=True)],
        ),
        (f"<w:p>{UNLABELLED}{run('En')}</w:p><w:p>{NO_LIST}{run('To')}</w:p>", [Paragraph("En"), Paragraph("To")]),
        (p(run("Sag") + "<w:r><w:noBreakHyphen/></w:r>" + run("nr.")), [Paragraph("Sag\u2011nr.")]),
        (p(run("stort", "<w:caps/>") + run(" småt", '<w:caps w:val="0"/>')), [Paragraph("STORT småt")]),
        (p(run("set") + run("skjult", "<w:vanish/>") + f"<w:del>{run('slettet')}</w:del>"), [Paragraph("set")]),
        (p(run("Side ") + FIELD), [Paragraph("Side 3")]),
        (p(run("Før ") + PICTURE + DECORATION + run("efter")), [Paragraph("Før efter"), Figure("Fire uger")]),
        (
            p(
                f'<w:hyperlink r:id="rLink">{run("Herning")}</w:hyperlink>'
                f'<w:hyperlink w:anchor="a">{run(" her")}</w:hyperlink>'
            ),
            [Paragraph("Herning her"), Link("Herning", "https://herning.dk/"), Link("her", "#")],
        ),
        (p(run("En") + '<w:r><w:footnoteReference w:id="1"/></w:r>'), [Paragraph("En"), Note("Noten selv.")]),
        (
            f"<w:sdt><w:sdtPr/><w:sdtContent>{p(run('Felt'))}</w:sdtContent></w:sdt>"
            + p(f"<w:sdt><w:sdtContent>{run('i linjen')}</w:sdtContent></w:sdt>"),
            [Paragraph("Felt"), Paragraph("i linjen")],
        ),
        (p("") + p(run("  ")), []),
    ],
)
def test_blocks(write_docx: WriteDocx, body: str, expected: list[Block]) -> None:
    assert [placed.block for placed in read_docx_blocks(write_docx(body))] == expected


def test_tables_have_header_rows_and_spans(write_docx: WriteDocx) -> None:
    header = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{tc(p(run('A')))}{tc(p(run('B')))}</w:tr>"
    wide = f"<w:tr>{tc(p(run('1')), WIDE)}</w:tr>"
    high = f"<w:tr>{tc(p(run('2')), HIGH)}{tc(p(run('3'), 'Item'))}</w:tr>"
    below = f"<w:tr>{tc(p(''), GOES_ON)}{tc(p(''))}</w:tr>"
    rows = (
        Row((cell("A"), cell("B")), header=True),
        Row((cell("1", columns=2),)),
        Row((cell("2", rows=2), Cell((ListItem(1, "3"),)))),
        Row((cell(""),)),
    )
    (placed,) = read_docx_blocks(write_docx(f"<w:tbl>{header}{wide}{high}{below}</w:tbl>"))
    assert (placed.block, placed.place) == (Table(rows), "table 1")


def test_places_count_paragraphs_and_tables_of_the_body(write_docx: WriteDocx) -> None:
    body = p(run("a")) + p("") + f"<w:tbl><w:tr>{tc(p(run('c')))}</w:tr></w:tbl>" + p(run("b"))
    assert [placed.place for placed in read_docx_blocks(write_docx(body))] == ["paragraph 1", "table 1", "paragraph 3"]


def test_broken_xml_is_unreadable(write_docx: WriteDocx) -> None:
    with pytest.raises(UnreadableError, match=r"^the DOCX is damaged: "):
        read_docx_blocks(write_docx("<w:p>"))
