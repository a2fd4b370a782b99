import pytest

from kvisdocs.writers.word.model.inlines import PLAIN, Bookmark, LineBreak, Link, RunFormat, Tab, Text
from kvisdocs.writers.word.read.text import Verbatim, collapse, is_blank, preserve, transform

BOLD = RunFormat(bold=True)
BREAK = LineBreak()


@pytest.mark.parametrize(
    ("inlines", "collapsed"),
    [
        ([Text(" a \n b ")], [Text("a b")]),
        ([Text("a "), Text(" b", BOLD)], [Text("a "), Text("b", BOLD)]),
        ([Text("a", BOLD), Text(" "), Text(" b")], [Text("a", BOLD), Text(" b")]),
        ([Text("a "), BREAK, Text(" b")], [Text("a"), BREAK, Text("b")]),
        ([Text("a"), BREAK], [Text("a")]),
        ([BREAK, BREAK], [BREAK]),
        ([Text("a "), Link((Text(" b "),), "u"), Text(" c")], [Text("a "), Link((Text("b "),), "u"), Text("c")]),
        ([Text("a"), Link((Text(" "),), "u")], [Text("a")]),
        ([Text("a "), Bookmark("x"), Text(" b")], [Text("a "), Bookmark("x"), Text("b")]),
        ([Text("a "), Bookmark("x")], [Text("a"), Bookmark("x")]),
        ([Text("a\N{NO-BREAK SPACE} b ")], [Text("a\N{NO-BREAK SPACE} b")]),
        ([Text("a "), Verbatim("  b "), Text(" c")], [Text("a   b  c")]),
        ([Tab(), Text(" a")], [Tab(), Text(" a")]),
        ([Text(" ")], []),
    ],
)
def test_white_space_collapses_as_in_css(inlines: list, collapsed: list) -> None:
    assert list(collapse(inlines)) == collapsed


def test_neighbours_of_one_look_are_one_run() -> None:
    assert collapse([Text("a", BOLD), Text("b", BOLD), Text("c")]) == (Text("ab", BOLD), Text("c"))


def test_thousands_of_neighbours_take_no_longer_each() -> None:
    assert collapse([Text("ab")] * 20_000) == (Text("ab" * 20_000),)


@pytest.mark.parametrize(
    ("inlines", "blank"),
    [
        ([], True),
        ([Text(" \n")], True),
        ([Text("\N{NO-BREAK SPACE}")], False),
        ([BREAK], False),
        ([Verbatim(" ")], False),
    ],
)
def test_what_shows_nothing(inlines: list, blank: bool) -> None:
    assert is_blank(inlines) == blank


def test_preformatted_text_keeps_spaces_and_lines() -> None:
    assert preserve("a  b\r\n c\r", PLAIN, None) == [Verbatim("a  b"), BREAK, Verbatim(" c"), BREAK]
    assert preserve("a  b\n\n", PLAIN, None, spaces=False) == [Text("a b"), BREAK, BREAK]


@pytest.mark.parametrize(
    ("how", "text"),
    [("uppercase", "ÆBLE OG"), ("lowercase", "æble og"), ("capitalize", "Æble Og"), ("none", "æble og")],
)
def test_letters_as_they_are_shown(how: str, text: str) -> None:
    assert transform("æble og", how) == text
