"""Nested rules are written out flat, once for both writers: CSS Nesting 1."""

from contextlib import suppress
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from writers.word.made import html_document, remarks

from kvisdocs.problems import KvisdocsError, Severity
from kvisdocs.templating.html import Assets, HtmlDocument
from kvisdocs.writers.html.css_nesting import MAX_NESTING, NestingError, unfold
from kvisdocs.writers.pdf.document import write_pdf
from kvisdocs.writers.word.document import write_docx
from kvisdocs.writers.word.read.document import read_word


def flat(css: str) -> list[str]:
    """The rules of an unfolded stylesheet, one an item, with single spaces."""
    words = " ".join(unfold(css).replace(" ;", ";").replace("{ ", "{").split())
    return [rule.strip() + "}" for rule in words.split("}") if rule.strip()]


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (".a { b { color: red } }", [".a b {color: red;}"]),
        (".a { & b { color: red } }", [".a b {color: red;}"]),
        (".a { &.b { color: red } }", [".a.b {color: red;}"]),
        (".a { > b { color: red } }", [".a > b {color: red;}"]),
        (".a { + b { color: red } }", [".a + b {color: red;}"]),
        (".a { .b & { color: red } }", [".b :is(.a) {color: red;}"]),
        (".a { &div { color: red } }", ["div:is(.a) {color: red;}"]),
        (".a { :not(&) { color: red } }", [":not(:is(.a)) {color: red;}"]),
        (".a { & + & { color: red } }", [".a + :is(.a) {color: red;}"]),
        (".a { b, &.c { color: red } }", [".a b, .a.c {color: red;}"]),
        (".a, .b { c { color: red } }", [":is(.a, .b) c {color: red;}"]),
        (".a .b { c { color: red } }", [":is(.a .b) c {color: red;}"]),
        (".a { .b { c { color: red } } }", [":is(.a .b) c {color: red;}"]),
        (".a { &::after { content: 'x' } }", [".a::after {content: 'x';}"]),
        (
            ".a { margin: 0; b { color: red } padding: 0 }",
            [".a {margin: 0;}", ".a b {color: red;}", ".a {padding: 0;}"],
        ),
        ("& b { color: red }", [":root b {color: red;}"]),
    ],
)
def test_a_nested_rule_is_written_out(css: str, expected: list[str]) -> None:
    assert flat(css) == [rule.replace("'", '"') for rule in expected]


def test_media_may_stand_inside_a_rule_and_rules_inside_of_that() -> None:
    css = ".a { @media pdf { color: red; b { color: blue } } }"
    assert " ".join(unfold(css).split()) == "@media pdf {.a {color: red;}.a b {color: blue ;}}"


def test_a_stylesheet_without_nested_rules_is_left_as_it_is() -> None:
    css = "/* x */ @media pdf { a { b: c } } @page { @top-left { content: 'x' } } p{color:red}"
    assert unfold(css) is css


def test_each_declaration_stays_in_its_line_and_column() -> None:
    css = ".a {\n  color: red;\n  b {\n    zoom: 2;\n  }\n  > c,\n  d {\n    zoom: 3;\n  }\n}\nu {\n  zoom: 4;\n}\n"
    for before, after in zip_longest(css.splitlines(), unfold(css).splitlines(), fillvalue=""):
        for declaration in ("color: red;", "zoom: 2;", "zoom: 3;", "zoom: 4;"):
            assert before.find(declaration) == after.find(declaration)


@pytest.mark.parametrize("write", [write_pdf, write_docx])
def test_a_remark_on_a_nested_rule_names_its_line(write, tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text(".a {\n  color: red;\n\n  b {\n    nonsense: 2;\n  }\n}\n")
    text = '<html lang="da"><head><title>x</title></head><body><h1>x</h1><p class="a"><b>y</b></p></body></html>'
    document = HtmlDocument(text, "x", "da", Assets((tmp_path,)), ("a.css",), "x.html.j2")

    (message,) = write(document).messages

    assert (message.position.line, message.position.column) == (5, 5)


def test_both_writers_honour_nesting() -> None:
    css = ".a { b { color: #aa0000 } &.k { font-style: italic } @media word { font-size: 20pt } }"
    assert remarks('<p class="a k">x<b>y</b>', css) == []
    word, _ = read_word(html_document('<p class="a k">x<b>y</b></p>', css))
    assert "AA0000" in str(word)
    assert "half_points=40" in str(word)
    assert "italic=True" in str(word)
    assert write_pdf(html_document('<h1>h</h1><p class="a k">x<b>y</b></p>', css)).messages == ()


def test_specificity_is_that_of_the_parent() -> None:
    css = "#x, .a { b { color: #aa0000 } } .a b { color: #00aa00 }"  # :is(#x, .a) counts as an id
    word, _ = read_word(html_document('<p class="a"><b>y</b></p>', css))
    assert "AA0000" in str(word)


@pytest.mark.parametrize("write", [write_pdf, write_docx])
def test_rules_nested_too_deep_are_a_problem_at_their_line(write) -> None:
    css = (
        "\n".join(f".a{number} {{" for number in range(MAX_NESTING + 1)) + "b { color: red }" + "}" * (MAX_NESTING + 1)
    )
    with pytest.raises(KvisdocsError) as raised:
        write(html_document("<h1>x</h1>", css))
    (problem,) = raised.value.problems
    assert (problem.what, problem.severity) == (f"CSS: rules are nested more than {MAX_NESTING} deep", Severity.ERROR)


def test_rules_that_unfold_without_end_are_stopped() -> None:
    selector = ", ".join(f".a{number}" for number in range(2000))
    inner = "".join(f"b{number} {{ color: red }} " for number in range(2000))
    with pytest.raises(NestingError, match="unfold too far"):
        unfold(f"{selector} {{ {inner} }}")


@given(st.text("ab.&{};:>+, \n(@)'/*", max_size=60))
def test_whatever_is_written_it_is_unfolded_or_refused(css: str) -> None:
    with suppress(NestingError):
        assert unfold(unfold(css)).count("&") <= css.count("&")
