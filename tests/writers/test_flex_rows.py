"""`display: flex`: blocks side by side in the PDF, in Word in a table that only lays out."""

from pathlib import Path

import pytest
from judges import assert_valid_docx
from writers.both import assert_both_say
from writers.word.made import html_document, read_body, remarks

from kvisdocs.problems import KvisdocsError
from kvisdocs.verify.blocks import Block, Figure, Heading, ListItem, Paragraph
from kvisdocs.verify.docx.accessibility import check_accessibility
from kvisdocs.writers.pdf.document import write_pdf
from kvisdocs.writers.word.document import write_docx
from kvisdocs.writers.word.model.blocks import Table

TOP = "<h1>Sag</h1>"
TWO = '<div class="f"><div><p>1</p><p>1b</p></div><div><p>2</p></div></div>'
EVEN = ".f { display: flex; gap: 10mm } .f > * { flex: 1 }"

CASES: dict[str, tuple[str, str, list[Block]]] = {
    "even": (TWO + "<p>efter</p>", EVEN, [*map(Paragraph, ("1", "1b", "2", "efter"))]),
    "texts": ('<div class="f">a <b>b</b> c</div>', ".f { display: flex }", [*map(Paragraph, ("a", "b", "c"))]),
    "lists": (
        '<div class="f"><h2>1</h2><ul><li>a</li></ul></div>',
        EVEN,
        [Heading(2, "1"), ListItem(1, "a")],
    ),
    "pictures": (
        '<div class="f"><img src="logos/herning.svg" alt="L" style="width: 20mm"><p>x</p></div>',
        ".f { display: flex; align-items: center }",
        [Figure("L"), Paragraph("x")],
    ),
    "nested": (
        '<div class="f"><div class="f"><p>1</p><p>2</p></div><p>3</p></div>',
        EVEN,
        [*map(Paragraph, ("1", "2", "3"))],
    ),
    "a box": (
        TWO,
        EVEN + ".f { background: #eee; border: 1pt solid; padding: 2mm }",
        [*map(Paragraph, ("1", "1b", "2"))],
    ),
    "a column": (TWO, ".f { display: flex; flex-direction: column }", [*map(Paragraph, ("1", "1b", "2"))]),
    "generated text": (
        '<div class="f"><p>1</p></div>',
        '.f { display: flex; gap: 1em } .f::before { content: "Til" }',
        [Paragraph("Til"), Paragraph("1")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_both_files_say_it_in_the_same_order(name: str, tmp_path: Path) -> None:
    body, css, expected = CASES[name]
    docx = assert_both_say(html_document(TOP + body, css), [Heading(1, "Sag"), *expected], tmp_path)
    assert check_accessibility(docx) == []


def widths(css: str, body: str = TWO) -> tuple[int, tuple[int, ...]]:
    """Where the row begins, and how wide its cells are, in mm."""
    (table,) = [each for each in read_body(body, css).blocks if isinstance(each, Table)]
    assert table.layout
    return round(table.indent / 56.7), tuple(round(width / 56.7) for width in table.grid)


SIZED = ".f { display: flex; gap: 10mm; %s } .f > * { width: 40mm }"


@pytest.mark.parametrize(
    ("css", "begin", "expected"),
    [
        (EVEN, 0, (90, 80)),  # of 170 mm, the gap at the right of the first
        (".f { display: flex } .f > :first-child { flex: 3 } .f > :last-child { flex: 1 }", 0, (127, 42)),
        (".f { display: flex } .f > :first-child { width: 50mm } .f > :last-child { flex: 1 }", 0, (50, 120)),
        (".f { display: flex; gap: 10% } .f > * { flex: 0 0 50% }", 0, (93, 76)),
        (SIZED % "justify-content: flex-start", 0, (50, 120)),
        (SIZED % "justify-content: center", 40, (50, 40)),
        (SIZED % "justify-content: flex-end", 80, (50, 40)),
        (SIZED % "justify-content: space-between", 0, (130, 40)),
        (".f { display: flex } .f > * { width: 170mm }", 0, (85, 85)),
    ],
)
def test_widths_are_shared_as_css_has_it(css: str, begin: int, expected: tuple[int, ...]) -> None:
    assert widths(css) == (begin, expected)


@pytest.mark.parametrize(("how", "align"), [("center", "center"), ("flex-end", "bottom"), ("stretch", "top")])
def test_blocks_are_aligned_in_their_row(how: str, align: str) -> None:
    (table,) = [
        each for each in read_body(TWO, f"{EVEN} .f {{ align-items: {how} }}").blocks if isinstance(each, Table)
    ]
    assert {cell.align for row in table.rows for cell in row.cells} == {align}


@pytest.mark.parametrize(
    ("body", "css", "said"),
    [
        (f"<ul><li>{TWO}</li></ul>", EVEN, "a flex row in a list or a frame has no place in the Word file"),
        (TWO, f"{EVEN} .f {{ flex-wrap: wrap }}", 'CSS "flex-wrap": Word has no place for this value'),
        (
            TWO,
            f"{EVEN} .f {{ justify-content: space-around }}",
            'CSS "justify-content": Word has no place for this value',
        ),
        (TWO, ".f { display: grid }", 'CSS "display": Word has no place for this value'),
    ],
)
def test_what_cannot_be_honoured_is_said(body: str, css: str, said: str) -> None:
    (found,) = remarks(TOP + body, css)
    assert found.startswith(said)


@pytest.mark.parametrize("write", [write_pdf, write_docx])
@pytest.mark.parametrize("css", ["flex-direction: row-reverse", "flex-flow: row-reverse", "flex-flow: column-reverse"])
def test_blocks_shown_in_another_order_than_they_are_read_are_refused(write, css: str) -> None:
    with pytest.raises(KvisdocsError, match="shows blocks in another order than they are read in"):
        write(html_document(TOP + TWO, f".f {{ display: flex; {css} }}"))


@pytest.mark.parametrize("write", [write_pdf, write_docx])
def test_an_order_of_its_own_is_refused(write) -> None:
    with pytest.raises(KvisdocsError, match='"order" shows blocks in another order than they are read in'):
        write(html_document(TOP + TWO, f"{EVEN} .f > :first-child {{ color: red; order: 2 }}"))
    assert write(html_document(TOP + TWO, f"{EVEN} .f > * {{ order: 0 }}")).data


def test_a_row_in_a_pages_head_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    css = f"{EVEN} .f {{ position: running(head) }} @page {{ @top-left {{ content: element(head) }} }}"
    path.write_bytes(write_docx(html_document(TWO + TOP, css)).data)
    assert_valid_docx(path)
