"""`::before`, `::after`, counters and quotation marks: the same text in the PDF and in the Word file."""

from pathlib import Path

import pytest
from judges import assert_valid_pdf
from writers.both import assert_both_say
from writers.word.made import html_document, read_body, remarks

from kvisdocs.verify.blocks import Block, Cell, Heading, Link, ListItem, Note, Paragraph, Row, Table
from kvisdocs.verify.pdf.tag_blocks import read_pdf_blocks
from kvisdocs.writers.pdf.document import write_pdf
from kvisdocs.writers.word.css.counters import CounterStyle, render_counter
from kvisdocs.writers.word.model.inlines import RunFormat

TOP = "<h1>Sag</h1>"
TABLE = '<table><caption>Udgift</caption><thead><tr><th scope="col">År</th></tr></thead><tr><td>12</td></tr></table>'


def table(caption: str, cell: str) -> list[Block]:
    rows = (Row((Cell((Paragraph("År"),)),), header=True), Row((Cell((Paragraph(cell),)),)))
    return [Paragraph(caption), Table(rows)]


CASES: dict[str, tuple[str, str, list[Block]]] = {
    "paragraph": (
        '<p class="a">tekst</p>',
        '.a::before { content: "Bemærk: "; font-weight: bold } .a::after { content: " (slut)" }',
        [Paragraph("Bemærk: tekst (slut)")],
    ),
    "span and quotes": (
        '<p>a <span class="b">y</span> <q>ud <q>inde</q></q></p>',
        '.b::before { content: "[" } .b::after { content: "]" }',
        [Paragraph("a [y] ”ud ’inde’”")],
    ),
    "headings": (
        "<h2>A</h2><h3>a</h3><h3>b</h3><h2>B</h2><h3>c</h3>",
        "h2 { counter-reset: s; counter-increment: c } h3 { counter-increment: s } "
        'h2::before { content: counter(c, upper-roman) ". " } h3::before { content: counter(c) "." counter(s) " " }',
        [Heading(2, "I. A"), Heading(3, "1.1 a"), Heading(3, "1.2 b"), Heading(2, "II. B"), Heading(3, "2.1 c")],
    ),
    "nested lists": (
        "<ol><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ol>",
        "ol { counter-reset: i; list-style-type: none } li { counter-increment: i } "
        'li::before { content: counters(i, ".") " " }',
        [Paragraph("1 a"), Paragraph("1.1 b"), Paragraph("1.2 c"), Paragraph("2 d")],
    ),
    "the list's own counter": (
        '<ol start="3"><li>a<li value="7">b<li>c</ol>',
        'li { list-style-type: none } li::before { content: "(" counter(list-item, lower-roman) ") " }',
        [Paragraph("(iii) a"), Paragraph("(vii) b"), Paragraph("(viii) c")],
    ),
    "counters that are set": (
        '<p class="a">x</p><p>y</p>',
        '.a { counter-set: n 5 } p { counter-increment: n } p::before { content: counter(n) ": " }',
        [Paragraph("6: x"), Paragraph("7: y")],
    ),
    "items": (
        "<ul><li>et</li></ul>",
        'li::before { content: "» " } li::after { content: "!" }',
        [ListItem(1, "» et!")],
    ),
    "cells and captions": (
        TABLE,
        'td::before { content: "20" } caption { counter-increment: t } '
        'caption::before { content: "Tabel " counter(t) ": " }',
        table("Tabel 1: Udgift", "2012"),
    ),
    "links": (
        '<p><a href="https://kl.dk/">KL</a></p>',
        'a::after { content: " (" attr(href) ")" }',
        [Paragraph("KL (https://kl.dk/)"), Link("KL (https://kl.dk/)", "https://kl.dk/")],
    ),
    "containers": (
        '<div class="a"><p>1</p></div>',
        '.a::before { content: "Før" } .a::after { content: "Efter" }',
        [Paragraph("Før"), Paragraph("1"), Paragraph("Efter")],
    ),
    "a block of its own": (
        '<p class="a">x</p>',
        '.a::before { content: "Titel"; display: block }',
        [Paragraph("Titel"), Paragraph("x")],
    ),
    "line break": (
        '<p class="a">x</p>',
        '.a::before { content: "a\\A b "; white-space: pre-line }',
        [Paragraph("a b x")],
    ),
    "footnote": (
        '<p>x<span class="f">note</span></p>',
        '.f { float: footnote } .f::before { content: "Se " }',
        [Paragraph("x"), Note("Se note")],
    ),
    "variables and importance": (
        '<p class="a">x</p><p class="b">y</p>',
        ':root { --t: "Bem: " } p::before { content: "ja " !important } .a::before { content: var(--t) !important } '
        '.b::before { content: "nej " }',
        [Paragraph("Bem: x"), Paragraph("ja y")],
    ),
    "words of its own for readers": ('<p class="a">x</p>', '.a::before { content: "a " / "b" }', [Paragraph("a x")]),
    "nothing": ("<p>x</p>", "p::before { content: none } p::after { content: normal }", [Paragraph("x")]),
    "an empty paragraph": ('<p class="a"></p>', '.a::before { content: "Intet." }', [Paragraph("Intet.")]),
}


@pytest.mark.parametrize("name", CASES)
def test_both_files_say_it(name: str, tmp_path: Path) -> None:
    body, css, expected = CASES[name]
    assert_both_say(html_document(TOP + body, css), [Heading(1, "Sag"), *expected], tmp_path)


def test_the_look_is_that_of_the_pseudo_element() -> None:
    css = 'p::before { content: "a"; color: #aa0000; font-weight: bold; font-size: 20pt }'
    (section,) = read_body("<p>x</p>", css).sections
    (paragraph,) = section.blocks
    first, second = paragraph.children
    assert (first.text, first.format) == ("a", RunFormat(half_points=40, bold=True, color="AA0000"))
    assert (second.text, second.format) == ("x", RunFormat())


@pytest.mark.parametrize(
    ("body", "css", "said"),
    [
        ("<ul><li>a</ul>", 'ul::before { content: "L" }', "a <ul> has no place for text of its own, in either file"),
        (TABLE, 'tr::after { content: "r" }', "a <tr> has no place for text of its own, in either file"),
        ("<p>x</p>", "p::before { content: url(logos/herning.svg) }", "Word has no place for this content"),
        ("<p>x</p>", "p::before { content: counter(page) }", "Word has no place for this content"),
        (
            "<p>x</p>",
            'p::before { content: ""; display: block; border-top: 1pt solid }',
            "Word has no place for a box without text",
        ),
        ("<p>x</p>", 'p::before { content: "a"; position: absolute }', "in the Word file it stands in the text"),
        ("<p><b>x</b></p>", 'b::before { content: "a"; display: block }', "in the Word file it stands in the text"),
    ],
)
def test_what_cannot_be_honoured_is_said(body: str, css: str, said: str) -> None:
    assert remarks(TOP + body, css) == [f'CSS "content": {said}']


@pytest.mark.parametrize("element", ["ul", "table", "tr"])
def test_text_between_rows_or_items_is_left_out_of_the_pdf_too(element: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    body = f"{TOP}{TABLE}<ul><li>a</li></ul>"
    path.write_bytes(write_pdf(html_document(body, f'{element}::before {{ content: "Tekst" }}')).data)
    assert_valid_pdf(path)
    assert "Tekst" not in str(read_pdf_blocks(path))


@pytest.mark.parametrize(
    ("value", "style", "shown"),
    [
        (3, "decimal", "3"), (3, "decimal-leading-zero", "03"), (-3, "decimal-leading-zero", "-03"),
        (1, "lower-alpha", "a"), (26, "upper-latin", "Z"), (27, "lower-alpha", "aa"), (703, "lower-alpha", "aaa"),
        (1994, "lower-roman", "mcmxciv"), (4, "upper-roman", "IV"), (0, "lower-roman", "0"), (0, "lower-alpha", "0"),
        (5, "disc", "•"), (5, "none", ""), (5, "nowhere", "5"), (2, "own", "II"), (2, "star", "*"),
    ],
)  # fmt: skip
def test_a_counter_is_shown_in_its_style(value: int, style: str, shown: str) -> None:
    styles = {"own": CounterStyle("upper-roman", "(", ")"), "star": CounterStyle("disc", bullet="*")}
    assert render_counter(value, style, styles) == shown
