"""Tables as templates have them in a hurry: both files are valid and say the same, or it is said what is wrong."""

from pathlib import Path

import pytest
from judges import assert_valid_docx, assert_valid_pdf, pdf_tags
from writers.word.made import html_document

from kvisdocs.problems import KvisdocsError, Problem
from kvisdocs.verify.blocks import Placed, Table
from kvisdocs.verify.docx.body import read_docx_blocks
from kvisdocs.verify.parity import compare
from kvisdocs.verify.pdf.tag_blocks import read_pdf_blocks
from kvisdocs.writers import WRITERS

HEAD = '<thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
BODY = "<tbody><tr><td>1</td><td>2</td></tr></tbody>"
FOOT = "<tfoot><tr><td>8</td><td>9</td></tr></tfoot>"
PLAIN = "<tr><td>1</td><td>2</td></tr>"
THREE = "".join(f'<th scope="col">{name}</th>' for name in "ABC")

TABLES = {
    "only a head": HEAD,
    "only a foot": FOOT,
    "head and foot": HEAD + FOOT,
    "caption and head": f"<caption>Om</caption>{HEAD}",
    "foot before body": FOOT + HEAD + BODY,
    "two heads": HEAD + HEAD.replace("A", "C") + BODY,
    "two feet": HEAD + BODY + FOOT + FOOT.replace("8", "7"),
    "a head in the middle": BODY + HEAD + BODY,
    "head without thead": f'<tr><th scope="col">A</th><th scope="col">B</th></tr>{PLAIN}',
    "heads between": HEAD + f'<tbody><tr><th colspan="2" scope="rowgroup">Del</th></tr>{PLAIN}</tbody>',
    "a span over the edge": HEAD + '<tr><td colspan="9">1</td></tr>' + PLAIN,
    "a span over the end": HEAD + '<tr><td rowspan="9">1</td><td>2</td></tr><tr><td>3</td></tr>',
    "a head's span over its end": HEAD.replace("<th ", '<th rowspan="3" ', 1) + BODY,
    "rowspan 0": HEAD + '<tr><td rowspan="0">1</td><td>2</td></tr><tr><td>3</td></tr>',
    "a span on a span": f'<thead><tr>{THREE}</tr></thead><tr><td>1</td><td rowspan="2">2</td><td>3</td></tr>'
    '<tr><td colspan="2">4</td><td>5</td></tr>',
    "a span on all": f'<thead><tr>{THREE}</tr></thead><tr><td rowspan="3">1</td><td>2</td><td rowspan="2">3</td></tr>'
    '<tr><td colspan="3">4</td></tr><tr><td>5</td><td>6</td></tr>',
    "short rows": f"<thead><tr>{THREE}</tr></thead><tr><td>1</td></tr><tr><td>1</td><td>2</td></tr>",
    "a gap before a span": f"<thead><tr>{THREE}</tr></thead>"
    '<tr><td>1</td><td>2</td><td rowspan="2">3</td></tr><tr><td>4</td></tr>',
    "empty rows": HEAD + "<tr></tr>" + PLAIN + "<tr></tr>",
    "an empty row in the head": "<thead><tr></tr></thead>" + BODY,
    "rows that spans fill": HEAD + '<tr><td rowspan="2">1</td><td rowspan="2">2</td></tr><tr></tr>' + PLAIN,
    "rows that spans fill, and more": HEAD
    + '<tr><td rowspan="3">1</td><td rowspan="2">2</td></tr><tr></tr><tr><td>3</td></tr>',
    "empty groups": "<thead></thead>" + BODY + "<tbody></tbody><tfoot></tfoot>",
    "no numbers": HEAD + '<tr><td colspan="-2">1</td><td rowspan="x">2</td></tr>',
    "columns that none begins": '<thead><tr><th colspan="2" scope="col">A</th><th scope="col">B</th></tr></thead>'
    '<tr><td colspan="2">1</td><td>2</td></tr><tr><td colspan="3">3</td></tr>',
    "columns said": f'<colgroup><col style="width: 20mm"><col></colgroup>{HEAD}<tr><td colspan="3">1</td></tr>',
    "one in another": HEAD + f"<tr><td><table>{HEAD}</table></td><td>2</td></tr>",
    "corner": '<thead><tr><td></td><th scope="col">A</th></tr></thead><tr><th scope="row">B</th><td>1</td></tr>',
    "no header at all": PLAIN * 2,
}  # fmt: skip
NOTHING = ["", "<tbody></tbody>", "<tr></tr>", "<thead><tr></tr></thead>", "<colgroup><col></colgroup>"]


def make(body: str, folder: Path, css: str = "") -> tuple[Path, Path, list[Problem]]:
    """Both files, and what was said of them."""
    document = html_document(f"<h1>Et</h1>{body}<p>Efter</p>", css)
    paths, said = [folder / "a.pdf", folder / "a.docx"], []
    for path in paths:
        written = WRITERS[path.suffix[1:]](document)
        path.write_bytes(written.data)
        said += written.messages
    return paths[0], paths[1], said


def differences(pdf: Path, docx: Path) -> list[str]:
    return [problem.what for problem in compare(pdf, read_pdf_blocks(pdf), docx, read_docx_blocks(docx))]


@pytest.mark.parametrize("name", TABLES)
def test_both_files_are_valid_and_say_the_same(name: str, tmp_path: Path) -> None:
    pdf, docx, said = make(f"<table>{TABLES[name]}</table>", tmp_path)
    assert (differences(pdf, docx), said) == ([], [])
    assert_valid_pdf(pdf)
    assert_valid_docx(docx)


@pytest.mark.parametrize("inside", NOTHING)
@pytest.mark.parametrize("caption", ["", "<caption>Om</caption>"])
def test_a_table_without_cells_is_its_caption_alone(inside: str, caption: str, tmp_path: Path) -> None:
    pdf, docx, _ = make(f"<table>{caption}{inside}</table>", tmp_path)
    assert differences(pdf, docx) == []
    assert [each.type for each in pdf_tags(pdf).find_all("Table")] == []
    assert ("Om" in texts(read_pdf_blocks(pdf))) == bool(caption)
    assert_valid_pdf(pdf)


def texts(blocks: list[Placed]) -> str:
    return " ".join(placed.block.text for placed in blocks if not isinstance(placed.block, Table))


def test_a_caption_below_is_read_behind_its_table(tmp_path: Path) -> None:
    pdf, docx, _ = make(
        f"<table><caption>Om</caption>{HEAD}{BODY * 3}</table>", tmp_path, "caption { caption-side: bottom }"
    )
    assert differences(pdf, docx) == []


def test_a_cell_without_a_header_is_said_where_it_stands(tmp_path: Path) -> None:
    """Nothing tells what its header would be, and PDF/UA-1 wants one where others have one."""
    cells = '<tr><th scope="row">A</th><td>1</td></tr><tr><td data-at="brev.html.j2:4:2">B</td><td>2</td></tr>'
    _, _, said = make(f"<table>{cells}</table>", tmp_path)
    assert [(str(each.position), each.what) for each in said] == [
        ("brev.html.j2:4:2", "PDF: a cell has no header in its row or column, while others of its table have one")
    ]


HIGH = '<p style="height: 240mm">1</p>'


@pytest.mark.parametrize(
    ("table", "name"),
    [
        (f"<thead data-at='brev.html.j2:3:1'>{'<tr><th>A</th></tr>' * 90}</thead><tr><td>1</td></tr>", "head"),
        (f"<tr><td>1</td></tr><tfoot data-at='brev.html.j2:3:1'>{'<tr><td>A</td></tr>' * 90}</tfoot>", "foot"),
        (
            f"<tr><td>{HIGH}</td></tr><tfoot data-at='brev.html.j2:3:1'><tr><td>Sum<br>{'9<br>' * 9}</td></tr></tfoot>",
            "foot",
        ),
    ],
)
def test_a_head_or_foot_that_would_be_lost_stops_the_document(table: str, name: str) -> None:
    with pytest.raises(KvisdocsError) as error:
        WRITERS["pdf"](html_document(f"<table>{table}</table>", "tr { break-inside: avoid }"))
    [problem] = error.value.problems
    assert (str(problem.position), f"the {name} of a table does not fit" in problem.what) == ("brev.html.j2:3:1", True)


@pytest.mark.parametrize("css", ["thead { display: none }", "@media pdf { .t thead tr { display: none } }"])
def test_a_head_that_is_hidden_is_not_lost(css: str) -> None:
    assert WRITERS["pdf"](html_document(f'<table class="t">{HEAD}{BODY}</table>', css)).messages == ()
