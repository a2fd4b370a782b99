"""Colours and pseudo-elements that a library breaks at: told at their line, and alike by both writers."""

from collections.abc import Callable

import pytest
from writers.word.made import html_document, read_body, remarks

from kvisdocs.problems import KvisdocsError, Problem
from kvisdocs.templating.html import HtmlDocument
from kvisdocs.writers.output import WriterOutput
from kvisdocs.writers.pdf.document import write_pdf
from kvisdocs.writers.word.document import write_docx
from kvisdocs.writers.word.model.inlines import RunFormat

WRITERS: tuple[Callable[[HtmlDocument], WriterOutput], ...] = (write_pdf, write_docx)


def refusals(document: HtmlDocument) -> list[tuple[Problem, ...]]:
    """What each writer refuses the document for."""
    found = []
    for write in WRITERS:
        with pytest.raises(KvisdocsError) as caught:
            write(document)
        found.append(caught.value.problems)
    return found


@pytest.mark.parametrize(
    "colour",
    [
        "oklch(0.6 0.2 30)",
        "oklch(60% .1 250 / 50%)",
        "oklab(0.5 0.1 0.1)",
        "lab(50% 40 59)",
        "lch(50% 20 180deg)",
        "color(display-p3 1 0 0)",
        "color(xyz 0.1 0.2 0.3)",
        "color(--own 1 2 3)",
        "color()",
        "device-cmyk(0 1 1 0)",
        "device-cmyk(0.5 0.5 none 0.5)",
    ],
)
@pytest.mark.parametrize(
    "where", ["color: {}", "background: {} none", "border-left: 1px solid {}", "--accent: {}; color: var(--accent)"]
)
def test_a_colour_that_is_not_srgb_is_told_at_its_line_by_both(colour: str, where: str) -> None:
    at = f'<p data-at="brev/document.html.j2:7:3" style="{where.format(colour)}">Frist</p>'
    what = f'CSS: "{colour}" is no colour that PDF/A-2 and Word have'
    for problems in refusals(html_document(at)):
        assert [(str(each.position), each.what) for each in problems] == [("brev/document.html.j2:7:3", what)]


@pytest.mark.parametrize(
    ("colour", "shown"),
    [
        ("color(srgb 1 0 0)", "FF0000"),
        ("hsl(120deg, 100%, 25%)", "008000"),
        ("hwb(0 50% 0%)", "FF8080"),
        ("rgb(none 0 128)", "000080"),
        ("currentcolor", "000000"),
        ("light-dark(#012345, #fff)", "012345"),
    ],
)
def test_a_colour_of_srgb_is_in_both(colour: str, shown: str) -> None:
    body = f'<p>Din <b style="color: {colour}">frist</b></p>'
    (paragraph,) = read_body(body).blocks
    assert (paragraph.children[1].format.color or "000000") == shown
    assert write_pdf(html_document(body)).messages == ()


def test_text_that_cannot_be_seen_is_told() -> None:
    assert remarks('<p>Din <b style="color: transparent">frist</b></p>') != []


@pytest.mark.parametrize("selector", ["li::marker", "ul > li.a::MARKER", "::marker", "ul { li::marker"])
def test_words_of_a_marker_are_told_with_what_to_write_instead(selector: str) -> None:
    css = f'p {{ margin: 0 }}\n{selector} {{ color: red; content: "– " }}' + "}" * selector.count("{")
    for problems in refusals(html_document('<ul><li class="a">Brev</li></ul>', css)):
        assert [each.what for each in problems] == ['CSS: ::marker has a content of its own: "– "']
        assert problems[0].todo == 'write it as list-style-type: "– ", or as a @counter-style'


def test_looks_of_a_marker_are_those_of_the_list_level() -> None:
    word = read_body("<ol><li>Brev</li><li>Svar</li></ol>", "li::marker { color: #800000; font-weight: bold }")
    assert len(word.lists) == 1
    look = word.lists[0].levels[0].run_format
    assert (look.color, look.bold) == ("800000", True)
    assert {block.run_format.bold for block in word.blocks} <= {None, False}


def test_an_item_with_a_mark_of_its_own_begins_a_run_that_counts_on() -> None:
    none, letters = "list-style-type: none", "list-style-type: upper-alpha"
    body = f'<ol><li>a</li><li style="{letters}">b</li><li style="{none}">c</li><li>d</li></ol>'
    levels = [each.levels[0] for each in read_body(body).lists]
    assert [(each.number_format, each.start) for each in levels] == [
        ("decimal", 1), ("upperLetter", 2), ("decimal", 4),
    ]  # fmt: skip


def test_what_breaks_a_library_is_told_at_the_element() -> None:
    document = html_document('<p>a</p>\n<p data-at="brev/document.html.j2:4:1" style="transform: scale(0)">Frist</p>')
    with pytest.raises(KvisdocsError) as caught:
        write_pdf(document)
    (problem,) = caught.value.problems
    assert str(problem.position) == "brev/document.html.j2:4:1"
    assert problem.what.startswith("PDF: cannot be made of this: KeyError")


@pytest.mark.parametrize("value", ["running()", "running(1)", "running(a b)"])
def test_a_running_element_without_a_name_is_told(value: str) -> None:
    assert remarks(f'<p style="position: {value}">Fod</p>') != []
    assert read_body("<p>Fod</p>").blocks[0].children[0].format == RunFormat()
