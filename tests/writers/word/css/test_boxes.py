import pytest
from writers.word.made import html_document, read_body, remarks
from writers.word.notation import show_blocks

from kvisdocs.writers.word.css.boxes import read_page
from kvisdocs.writers.word.css.stylesheet import parse_stylesheet
from kvisdocs.writers.word.css.values import Units
from kvisdocs.writers.word.model.inlines import Margins
from kvisdocs.writers.word.read.document import read_word


def page(css: str, name: str = "auto", first: bool = False):
    return read_page(parse_stylesheet(css, "x.css").pages, name, first, Units(12, 12))


@pytest.mark.parametrize(
    ("size", "paper"),
    [
        ("A4", (595.28, 841.89)),
        ("A4 landscape", (841.89, 595.28)),
        ("landscape", (841.89, 595.28)),
        ("10in 20in", (720, 1440)),
    ],
)
def test_paper(size: str, paper: tuple[float, float]) -> None:
    found = page(f"@page {{ size: {size} }}")
    assert (found.width, found.height) == paper


def test_margins_in_lengths_and_percent() -> None:
    found = page("@page { size: 100pt 200pt; margin: 10% 20pt 1in 5% }")
    assert found.margins == {"top": 20, "right": 20, "bottom": 72, "left": 5}


def test_a_named_page_counts_more_than_the_first_and_both_more_than_any() -> None:
    css = "@page letter:first { margin: 4pt } @page letter { margin: 3pt }"
    css += "@page :first { margin: 2pt } @page { margin: 1pt }"
    tops = [page(css, name, first).margins["top"] for name in ("auto", "letter") for first in (False, True)]
    assert tops == [1, 2, 3, 4]


def test_a_rule_for_two_pages() -> None:
    assert page("@page a, b:first { margin: 3pt }", "b", True).margins["top"] == 3


def test_the_section_in_twips() -> None:
    section = read_body("<p>a", "@page { size: A4 landscape; margin: 1in 2in }").section
    assert (section.width, section.height, section.margins) == (16838, 11906, Margins(1440, 2880, 1440, 2880))


def test_text_of_a_head_may_hold_line_breaks_and_capitals() -> None:
    css = '@page { @top-center { content: "en\\A to"; text-transform: uppercase } }'
    assert list(show_blocks(read_body("<p>a", css).section.header)) == ["Header | ⇥EN TO"]


def test_a_lower_first_page_without_a_head_of_its_own() -> None:
    section = read_body("<p>a", "@page { margin: 20mm } @page :first { margin-top: 50mm }").section
    assert section.first_header is not None
    head = section.first_header[0]
    reach = section.header_distance + head.format.line + head.format.after
    assert abs(reach - 2835) <= 1


def test_what_a_first_page_cannot_have_is_said() -> None:
    assert remarks("<p>a", "@page :first { margin: 5mm }") == [
        "@page :first has margins of its own (left, right, bottom, top), which Word has not"
    ]


def test_what_a_head_cannot_hold_is_said() -> None:
    assert remarks("<p>a", '@page { @top-left { content: counter(chapter) "x" } }') == [
        "this content has no place in a Word header or footer"
    ]


def test_blocks_side_by_side_are_said() -> None:
    css = '.r { position: running(r) } @page { @top-left { content: element(r) } @top-right { content: "b" } }'
    body = '<div class="r"><p>x</p><p>y</p></div><p>a'
    assert remarks(body, css) == ["margin boxes side by side can hold one paragraph each in Word"]
    section = read_word(html_document(body, css))[0].section
    assert list(show_blocks(section.header)) == ["Header | ⇥b"]


def test_pages_that_only_the_pdf_would_not_leave_are_said() -> None:
    assert remarks('<div style="page: wide"><p>a</p></div>')[0].startswith('"page: wide" inside pages without')
