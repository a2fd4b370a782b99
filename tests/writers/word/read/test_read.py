"""What the reader decides for whole documents: blocks, links, breaks, and what it refuses."""

import sys
from types import FrameType

import pytest
from test_messages import Bracketed
from writers.word.made import html_document, problems_of, read_body, remarks
from writers.word.notation import show_blocks

from kvisdocs.problems import KvisdocsError, Problem, Severity
from kvisdocs.writers.word.model.inlines import Bookmark, Link
from kvisdocs.writers.word.read.document import read_word


def shown(body: str, css: str = "") -> list[str]:
    return list(show_blocks(read_body(body, css).blocks))


def test_text_in_a_container_is_shown_as_the_container_says() -> None:
    assert shown('<div style="text-transform: uppercase; white-space: pre-line">a\nb<p>c</p></div>') == [
        "Normal | A↵B",
        "Body Text | C",
    ]


def test_empty_blocks_leave_nothing() -> None:
    assert shown("<p></p><div> <p> </p></div><ul></ul><p>&nbsp;</p>") == ["Body Text | °"]


def test_margins_of_tables_go_to_the_paragraphs_beside_them() -> None:
    body = '<p>a</p><table style="margin: 20pt 0 30pt"><tr><td>b</td></tr></table><p>c</p>'
    assert [line for line in shown(body) if "Body" in line] == ["Body Text after=400 | a", "Body Text before=600 | c"]


def test_a_frame_does_not_come_between_a_table_and_its_neighbour() -> None:
    body = '<p>a</p><div style="position: absolute; top: 1mm"><p>f</p></div>'
    body += '<table style="margin-top: 20pt"><tr><td>b</td></tr></table>'
    assert shown(body)[:2] == ["Body Text after=400 | a", "Body Text frame(1134,1191 9638xNone) | f"]


def test_an_unnamed_height_of_a_frame_counts_its_padding() -> None:
    css = "div { position: absolute; top: 0; left: 10mm; width: 50mm; padding: 0 5mm }"
    assert shown("<div>a</div>", css) == ["Normal indent_left=283 indent_right=283 frame(1701,1134 3402xNone) | a"]


def test_bookmarks_have_valid_names_that_stand_once() -> None:
    long = "x" * 60
    targets = ["a.b", "a-b", "A-B", long + "1", long + "2", "1 æ"]
    body = "".join(f'<a href="#{each}">l</a><p id="{each}">m</p>' for each in targets)
    blocks = read_body(body).blocks
    names = [each.name for block in blocks for each in block.children if isinstance(each, Bookmark)]
    links = [each.anchor for block in blocks for each in block.children if isinstance(each, Link)]
    assert names == links
    assert len({name.lower() for name in names}) == 6
    assert all(len(name) <= 40 and name[0] == "a" and name.replace("_", "").isalnum() for name in names)


def test_of_two_elements_with_one_id_the_first_is_gone_to() -> None:
    assert shown('<p><a href="#x">l</a></p><p id="x">a</p><p id="x">b</p>')[1:] == [
        "Body Text | ⚑a_x a",
        "Body Text | b",
    ]


@pytest.mark.parametrize("href", ["", " ", "http://[bad", "https://", "http://a:99999999/"])
def test_an_address_that_word_would_call_corrupt_is_no_link(href: str) -> None:
    assert remarks(f'<p><a href="{href}">a</a></p>') == [f'the link goes to "{href}", which is no address']


def test_a_link_around_blocks_is_said() -> None:
    assert remarks('<a href="https://kl.dk"><p>a</p></a>') == ["a link around blocks has no place in the Word file"]


def test_characters_that_xml_forbids_are_left_out_with_a_warning() -> None:
    found = problems_of('<p data-at="x.j2:4:2" title="&#11;">a&#1;b&#11;c\x0cd</p>')
    assert [(problem.severity, problem.what, problem.position.line) for problem in found] == [
        (Severity.WARNING, "the text holds characters that no Word file can hold: U+0001, U+000B", 4)
    ]
    word, _ = read_word(html_document("<p>a&#1;b&#11;c\x0cd\x0b</p>"))
    assert list(show_blocks(word.blocks)) == ["Body Text | ab c d"]


def test_elements_nested_too_deep_are_refused() -> None:
    with pytest.raises(KvisdocsError, match="nested more than 60 deep"):
        read_word(html_document("<div>" * 3000 + "a"))


def test_a_table_with_more_columns_than_word_has_is_refused() -> None:
    with pytest.raises(KvisdocsError, match="a table of 64 columns; Word has at most 63"):
        read_word(html_document("<table><tr>" + "<td>a</td>" * 64))


def test_rows_and_cells_that_are_hidden_are_left_out() -> None:
    table = read_body("<table><tr hidden><td>a</td></tr><tr><td>b</td><td hidden>c</td></tr></table>").blocks[0]
    assert [[len(row.cells), row.cells[0].width] for row in table.rows] == [[1, 9638]]


def test_a_rowspan_of_zero_reaches_to_the_end_of_its_group() -> None:
    body = '<table><tbody><tr><td rowspan="0">a</td><td>b</td></tr><tr><td>c</td></tr></tbody>'
    table = read_body(body + "<tbody><tr><td>d</td><td>e</td></tr></tbody></table>").blocks[0]
    assert [row.cells[0].merge for row in table.rows] == ["restart", "continue", None]


def test_the_head_comes_first_and_the_foot_last_wherever_they_are_written() -> None:
    body = "<table><tfoot><tr><td>f</td></tr></tfoot><tbody><tr><td>b</td></tr></tbody>"
    table = read_body(body + "<thead><tr><th>h</th></tr></thead></table>").blocks[0]
    texts = [row.cells[0].blocks[0].children[0].text for row in table.rows]
    assert (texts, [row.header for row in table.rows]) == (["h", "b", "f"], [True, False, False])


def test_a_table_in_the_middle_or_at_the_right() -> None:
    css = "table { width: 50%; margin-left: auto } .m { margin-right: auto }"
    tables = [read_body(f"<table class={each}><tr><td>a</td></tr></table>", css).blocks[0] for each in ("r", "m")]
    assert [table.indent for table in tables] == [4819, 2409]


def test_title_author_and_date_come_from_the_head() -> None:
    head = '<meta name="author" content="Herning"><meta name="dcterms.created" content="2012-11-14">'
    word, messages = read_word(html_document("<p>a</p>", head=head))
    assert (word.title, word.author, word.created, word.language, messages) == (
        "Prøve",
        "Herning",
        "2012-11-14",
        "da",
        (),
    )


def test_remarks_have_a_code_and_no_english_outside_of_their_texts() -> None:
    body = '<p style="color: nonsense; display: grid">a<img src="x.png" alt="b"></p>'
    body += "<nav class='toc'><ul><li>a</li></ul></nav><table><tr><td style='display: block'>a</td></tr></table>"
    body += "<a href='#no'>b</a><p data-field='f'></p>"
    with pytest.raises(KvisdocsError) as caught:
        read_word(html_document(body))
    problems = [*caught.value.problems, *problems_of(body.replace('<img src="x.png" alt="b">', ""))]
    assert {problem.what.code for problem in problems} == {
        "picture.file.missing", "word_css.colour.unreadable", "word_css.value.unreadable", "word.contents.text",
        "word.display.table_part", "word.link.target", "word.field.empty",
    }  # fmt: skip
    assert all(f"{text}".startswith("[") for problem in problems for text in shown_texts(problem))


def shown_texts(problem: Problem) -> list[str]:
    """What is wrong and what to do, every text that can be translated in brackets."""
    return [each.shown(Bracketed()) for each in (problem.what, problem.todo) if each]


def test_a_date_that_is_none_is_said() -> None:
    word, messages = read_word(html_document("a", head='<meta name="dcterms.created" content="2012-02-30">'))
    assert word.created == "1980-01-01"
    assert [problem.what for problem in messages] == ['the date of creation "2012-02-30" is no date']


def test_a_row_of_a_long_table_takes_no_more_steps_than_one_of_a_short() -> None:
    """Counted in calls, not in seconds: twice the rows, twice the calls."""

    def calls(rows: int) -> int:
        body = "<table>" + "<tr><td>Uge</td><td><b>8</b> timer</td></tr>" * rows + "</table>"
        document = html_document(body, "tr:nth-child(2n) { background: #eee }")
        counted = 0

        def count(frame: FrameType, event: str, argument: object) -> None:
            nonlocal counted
            counted += event == "call"

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            read_word(document)
        finally:
            sys.setprofile(before)
        return counted

    calls(10)
    assert calls(400) < 2.1 * calls(200)
