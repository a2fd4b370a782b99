"""Rows alike but for their words are read once: the file must be what it would be if each were read by itself."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from writers.word.made import docx_parts, html_document, read_body
from writers.word.notation import show_inlines

from kvisdocs.writers.word.document import write_docx
from kvisdocs.writers.word.model.blocks import Table

NEVER = "x-none:nth-child(2) { color: red }"
"""A selector that matches nothing, but counts siblings: with it, no two rows are alike before they are read."""

WORDS = (
    "a", "b c", "Ærø & Åse", "1.234,5", " \n d\n e ", "x&nbsp;", "&nbsp;", " &nbsp; x", "syge&shy;dag", "a\u2011b",
    "a\tb", "&lt;b&gt;\"'", "%s {0} %", "  ",
)  # fmt: skip
CELLS = (
    "{}", "{}", "{}", "{}", "", "<b>{}</b>", "\n<p><em>{}</em></p> ", "<u class='a'>{}</u>", "<span hidden>{}</span>",
    "<b> </b>{}", "<i style='white-space: pre'>{}</i>", "{}<br>", "{} <b>timer</b>", "<a href='#t'>{}</a>",
    "<div>{}</div>", "<ul><li>{}</li></ul>", "<p>{}</p><p>b</p>", "<q>{}<b></b></q>", "<span id='t'>{}</span>",
    "<p data-field='f'>{}</p>",
)  # fmt: skip
ATTRIBUTES = st.sampled_from(
    ["", "", "", "", ' class="a"', ' colspan="2"', ' rowspan="2"', ' id="t"', ' data-field="f"', ' style="color: red"']
)
ROW_ATTRIBUTES = st.sampled_from(["", "", "", ' class="r"', ' id="t"'])
STYLES = st.sampled_from(
    [
        "",
        "td { white-space: pre }",
        "td { white-space: pre-line }",
        ".a { text-transform: uppercase } b { text-transform: capitalize } em { position: running(x) }",
        "td { text-transform: uppercase }",
        "tbody { border-top: 1pt solid red; border-bottom: 2pt solid blue } table { border: 3pt solid green }",
        "tr.r { background: #eee } td.a { display: none }",
        "tr.r { display: none }",
        "table { break-inside: avoid }",
        "table { break-before: page }",
        "tr { break-inside: avoid } td { padding: 5% }",
        "tr.r { break-after: page }",
        "tr { break-after: avoid }",
    ]
)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A table, between paragraphs and perhaps a caption, of which a link may go to a cell or a row."""
    columns = draw(st.integers(1, 3))
    cells = st.builds("<td{}>{}</td>".format, st.one_of(st.just(""), ATTRIBUTES), st.sampled_from(CELLS))
    inside = st.lists(cells, min_size=columns, max_size=columns).map("".join)
    row = st.builds("<tr{}>{}</tr>".format, ROW_ATTRIBUTES, inside)
    kinds = draw(st.lists(row, min_size=1, max_size=2, unique=True))
    texts = []
    for _ in range(draw(st.sampled_from([2, 6, 7, 8]))):
        kind = draw(st.sampled_from(kinds))
        texts.append(re.sub(r"\{\}", lambda _: draw(st.sampled_from(WORDS)), kind))
    cut = draw(st.sampled_from([0, 0, len(texts) // 2]))
    caption = draw(st.sampled_from(["", "<caption>Tal</caption>"]))
    bodies = f"<tbody>{''.join(texts[:cut])}</tbody><tbody>{''.join(texts[cut:])}</tbody>"
    return f'<p><a href="#t">a</a></p><table>{caption}<thead><tr><th>a</th></tr></thead>{bodies}</table>'


@settings(max_examples=150, derandomize=True, database=None, deadline=None)
@given(tables(), STYLES)
def test_file_is_the_same_as_if_each_row_were_read_by_itself(body: str, css: str) -> None:
    alike, each = write_docx(html_document(body, css)), write_docx(html_document(body, css + NEVER))
    assert docx_parts(alike.data) == docx_parts(each.data)
    assert alike.messages == each.messages


def texts_of(body: str, css: str = "") -> list[list[str] | tuple[str, ...]]:
    """The first text of each row that was read, and in their place the texts of each row that is like it."""
    table = read_body(f"<table>{body}</table>", css).blocks[0]
    assert isinstance(table, Table)
    return [
        said
        for row in table.rows
        for said in ([show_inlines(row.cells[0].blocks[0].children)], *(texts for _, texts in row.alike))
    ]


def test_second_row_of_its_kind_is_told_by_its_texts() -> None:
    body = "".join(f"<tr><th>{text}</th><td>{text} timer</td></tr>" for text in "abcde")
    assert texts_of(body) == [["a"], ["b"], ("c", "c timer"), ("d", "d timer"), ["e"]]


def test_row_with_a_soft_hyphen_is_read_by_itself() -> None:
    body = "".join(f"<tr><td>{text}</td></tr>" for text in ("a", "b", "c&shy;c", "d", "e", "f"))
    assert texts_of(body) == [["a"], ["b"], ["c¬c"], ("d",), ("e",), ["f"]]


def test_striped_rows_are_like_the_one_before_the_last() -> None:
    body = "".join(f"<tr class='{text in 'bdf'}'><td>{text}</td></tr>" for text in "abcdefg")
    assert texts_of(body) == [["a"], ["b"], ["c"], ("d",), ("e",), ("f",), ["g"]]


@pytest.mark.parametrize(
    "row",
    [
        "<tr><td><b>a</b> timer</td></tr>",
        "<tr><td>a<br></td></tr>",
        "<tr><td><ol><li>a</li></ol></td></tr>",
        "<tr><td><a href='https://kl.dk'>a</a></td></tr>",
        "<tr style='break-before: page'><td>a</td></tr>",
    ],
)
def test_row_that_holds_more_than_texts_is_read_by_itself(row: str) -> None:
    assert not any(isinstance(each, tuple) for each in texts_of(row * 6))


def test_rows_are_told_apart_where_a_cell_reaches_down() -> None:
    body = '<tr><td rowspan="2">a</td><td>b</td></tr><tr><td>b</td></tr>' + "<tr><td>a</td><td>b</td></tr>" * 5
    assert not any(isinstance(each, tuple) for each in texts_of(body))
