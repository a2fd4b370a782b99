from writers.word.made import read_body, remarks

from kvisdocs.writers.word.model.blocks import Paragraph
from kvisdocs.writers.word.model.inlines import PLAIN, Border, Borders, ParagraphFormat, RunFormat, Text
from kvisdocs.writers.word.styles.computed_formats import character_style, difference, overlay


def paragraph(body: str, css: str = "") -> Paragraph:
    block = read_body(body, css).blocks[-1]
    assert isinstance(block, Paragraph)
    return block


def style(name: str, body: str):
    return next(each for each in read_body(body).styles if each.name == name)


def test_only_the_difference_is_said() -> None:
    full = RunFormat(font="Calibri", bold=True, shade=None, half_points=20)
    assert difference(full, RunFormat(font="Calibri", bold=False, shade="FFFF00", half_points=20)) == RunFormat(
        bold=True, shade="auto"
    )
    assert difference(full, full) == PLAIN


def test_a_box_that_ends_is_taken_away() -> None:
    boxed = ParagraphFormat(borders=Borders(top=Border("single", 8, "000000")))
    assert difference(ParagraphFormat(), boxed) == ParagraphFormat(borders=Borders())


def test_bold_in_bold_toggles_in_word() -> None:
    assert overlay(RunFormat(bold=True), RunFormat(bold=True)).bold is False
    assert overlay(RunFormat(bold=True), RunFormat(italic=True)).bold is True
    assert overlay(RunFormat(color="FF0000"), RunFormat(color="00FF00")).color == "00FF00"


def test_a_character_style_switches_toggles_on_alone() -> None:
    around = RunFormat(bold=True, color="000000")
    assert character_style(RunFormat(bold=False, color="FF0000"), around) == RunFormat(color="FF0000")


def test_a_bold_character_style_in_a_bold_style_is_said_directly() -> None:
    css = "h2 { font-weight: bold } .good { font-weight: bold; --word-style: 'God' }"
    found = paragraph('<p><span class="good">a</span></p><h2><span class="good">b</span></h2>', css)
    assert found.children == (Text("b", RunFormat(bold=True), "God"),)


def test_negative_margins_are_no_space() -> None:
    assert paragraph('<p style="margin: -5pt 0 -1pt">a</p>').format.before in (None, 0)


def test_padding_without_a_border_is_space() -> None:
    found = paragraph('<p>a</p><p style="padding: 4pt 0 3pt 5pt">b</p>').format
    assert (found.before, found.after, found.indent_left) == (80, 180, 100)


def test_padding_with_a_border_lies_inside_it_and_word_has_thirty_one_points() -> None:
    found = paragraph('<p>a</p><p style="border: 20pt double red; padding: 50pt 3pt">b</p>').format
    line = Border("double", 96, "FF0000", 31)
    assert found.borders == Borders(line, Border("double", 96, "FF0000", 3), line, Border("double", 96, "FF0000", 3))


def test_a_narrow_block_stands_where_its_margins_say() -> None:
    css = ".n { width: 100mm; margin-left: auto; margin-right: auto } .r { width: 50%; margin-left: auto }"
    centred = paragraph('<p>a</p><p class="n">b</p>', css).format
    assert (centred.indent_left, centred.indent_right) == (1984, 1984)
    right = paragraph('<p>a</p><p class="r">b</p>', css).format
    assert (right.indent_left, right.indent_right) == (4819, None)


def test_anonymous_text_does_not_break_pages_with_its_container() -> None:
    found = read_body('<div class="n">a<p>b</p>c</div>', ".n { break-before: page }").blocks
    assert [each.format.page_break_before for each in found] == [True, None, None]


def test_sizes_that_word_does_not_have_are_the_nearest() -> None:
    assert paragraph('<p>a</p><p style="font-size: 0.1pt">b</p>').run_format.half_points == 2
    assert paragraph('<p>a</p><p style="font-size: 5000pt">b</p>').run_format.half_points == 3276


def test_style_names_are_words_own_whatever_their_case() -> None:
    word = read_body(
        "<h1>a</h1><p>b</p><p class='x'>c</p>", "h1 { --word-style: 'heading 1' } .x { --word-style: 'BODY text' }"
    )
    assert [each.name for each in word.styles] == ["Normal", "Heading 1", "Body Text"]


def test_the_first_use_defines_the_style() -> None:
    first = "<p style='color: red'>a</p><p>b</p>"
    assert style("Body Text", first).run_format.color == "FF0000"
    assert paragraph(first).run_format == RunFormat(color="000000")


def test_nothing_is_dropped_in_silence() -> None:
    assert remarks("<marquee>a</marquee><p><blink>b</blink> <span style='position: absolute'>c</span></p>") == [
        "<blink> is not in the contract: the PDF and the Word file may differ in what they show of it",
        "<marquee> is not in the contract: the PDF and the Word file may differ in what they show of it",
        "an absolutely placed element inside a paragraph stands in the text in the Word file",
    ]
