"""What stands in a list and is no item, and items that stand in no list: both files show it, and are valid."""

from pathlib import Path
from xml.etree.ElementTree import fromstring, tostring

import pytest
from judges import pdf_structure
from writers.both import assert_both_say
from writers.word.made import html_document

from kvisdocs.verify.blocks import Block, Heading, ListItem, Paragraph
from kvisdocs.writers.html.shapes import straighten_lists
from kvisdocs.writers.pdf.document import write_pdf


def bullet(text: str, level: int = 1) -> ListItem:
    return ListItem(level, text, False)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ul>tekst<li>a</li></ul>", [Paragraph("tekst"), bullet("a")]),
        (
            "<ol><li>a</li>før <b>fed</b> efter<li>b</li></ol>",
            [ListItem(1, "a", True), Paragraph("før fed efter"), ListItem(1, "b", True)],
        ),
        ("<ul><li>a</li><ul><li>q</li></ul><li>c</li></ul>", [bullet("a"), bullet("q", 2), bullet("c")]),
        ("<ul><ul><li>q</li></ul></ul>", [bullet("q", 2)]),
        ("<ul><ul><li>q</li></ul><li>a</li></ul>", [bullet("q", 2), bullet("a")]),
        ("<ul><p>a</p><p>b</p><li>c</li></ul>", [Paragraph("a"), Paragraph("b"), bullet("c")]),
        ("<ul><h2>Om</h2><li>a</li></ul>", [Heading(2, "Om"), bullet("a")]),
        ("<dl>tekst<dt>a</dt><dd>b</dd></dl>", [Paragraph("tekst"), Paragraph("a"), Paragraph("b")]),
        ("<dl><div>løst</div><dt>a</dt><dd>b</dd></dl>", [Paragraph("løst"), Paragraph("a"), Paragraph("b")]),
        ("<li>a</li> <li>b</li>tekst<li>c</li>", [bullet("a"), bullet("b"), Paragraph("tekst"), bullet("c")]),
        ("<dt>a</dt><dd>b</dd>", [Paragraph("a"), Paragraph("b")]),
        ("<div><li>a</li></div><p>b</p>", [bullet("a"), Paragraph("b")]),
        ("<ul><!-- intet --><li>a</li><!-- intet --></ul>", [bullet("a")]),
    ],
)
def test_nothing_in_a_list_is_lost(body: str, expected: list[Block], tmp_path: Path) -> None:
    document = html_document(f"<h1>Sag</h1>{body}", head="<title>Prøve</title>")
    assert_both_say(document, [Heading(1, "Sag"), *expected], tmp_path)


def test_what_is_no_item_is_not_counted(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(write_pdf(html_document("<ol><li>a</li>så<li>b</li></ol>")).data)
    assert [tag.text for tag in pdf_structure(file).find_all("Lbl")] == ["1.", "2."]


def test_a_list_of_items_stays_as_it_is() -> None:
    text = "<body><ul> <li>a<ol><li>b</li></ol></li> </ul><dl><div><dt>c</dt><dd>d</dd></div></dl></body>"
    root = fromstring(text)
    straighten_lists(root)
    assert tostring(root, encoding="unicode") == text
