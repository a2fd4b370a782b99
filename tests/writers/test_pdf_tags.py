"""The PDF's tags: columns are no lists in a list, blocks without a tag of their own are paragraphs; both files agree."""

from pathlib import Path

import pytest
from writers.both import assert_both_say
from writers.word.made import html_document

from kvisdocs.verify.blocks import Block, Cell, Heading, ListItem, Paragraph, Row, Table

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
        (f'<em style="display: block">{f"{LONG} " * 9}</em>', [Paragraph(f"{LONG} " * 8 + LONG)]),
    ],
)
def test_both_files_have_the_same_blocks(body: str, expected: list[Block], tmp_path: Path) -> None:
    document = html_document(f"<h1>Sag</h1>{body}", head="<title>Prøve</title>")
    assert_both_say(document, [Heading(1, "Sag"), *expected], tmp_path)
