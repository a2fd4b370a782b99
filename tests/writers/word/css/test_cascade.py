"""What values elements get. `look` gives the values of the element with id="x"."""

import pytest
from writers.word.made import html_document, remarks

from kvisdocs.problems import Position
from kvisdocs.writers.word.css.cascade import Cascade
from kvisdocs.writers.word.css.computed import MAX_KNOWN, Computed, keep
from kvisdocs.writers.word.css.stylesheet import parse_stylesheet
from kvisdocs.writers.word.read.tree import HtmlElement, parse_tree

HERE = Position("x.html")


def look(body: str, css: str, user: str = "") -> Computed:
    root, _ = parse_tree(html_document(body))
    cascade = Cascade([("user", parse_stylesheet(user, "user.css")), ("author", parse_stylesheet(css, "x.css"))], "da")

    def find(element: HtmlElement, above: Computed | None) -> Computed | None:
        values = cascade.compute(element, above, lambda: HERE)
        if element.etree_element.get("id") == "x":
            return values
        return next((found for child in element.children if (found := find(child, values))), None)

    found = find(HtmlElement(root), None)
    assert found is not None
    return found


def color(body: str, css: str, user: str = "") -> str | None:
    return look(body, css, user).color("color")


@pytest.mark.parametrize(
    ("css", "wins"),
    [
        ("p { color: red } p { color: blue }", "0000FF"),
        ("p.a { color: red } p { color: blue }", "FF0000"),
        ("#x { color: red } p.a.b { color: blue }", "FF0000"),
        ("p { color: red !important } #x { color: blue }", "FF0000"),
        ("p { color: red !important } #x { color: blue !important }", "0000FF"),
        ("h1, p.a, h2 { color: red } p { color: blue }", "FF0000"),
        ("p:first-child { color: red } p:nth-child(2) { color: blue }", "FF0000"),
        ("p[lang|=da] { color: red } p[title] { color: blue }", "FF0000"),
        ("p { color: red } p::before { color: blue } p::first-line { color: blue }", "FF0000"),
        ("p { color: red; color: nonsense }", "FF0000"),
        ("p { color: red } p.a { color: var(--no) }", "FF0000"),
    ],
)
def test_which_declaration_wins(css: str, wins: str) -> None:
    assert color('<p id="x" class="a b" lang="da-DK">', css) == wins


def test_the_style_attribute_wins_but_for_what_is_important() -> None:
    assert color('<p id="x" style="color: red">', "#x { color: blue }") == "FF0000"
    assert color('<p id="x" style="color: red">', "#x { color: blue !important }") == "0000FF"


def test_importance_turns_the_origins_round() -> None:
    assert color('<p id="x">', "p { color: blue }", user="#x { color: red }") == "0000FF"
    assert color('<p id="x">', "p { color: blue !important }", user="p { color: red !important }") == "FF0000"


def test_a_line_height_number_is_multiplied_by_the_children_but_a_percentage_is_not() -> None:
    body = '<div><p id="x">'
    assert look(body, "div { font-size: 10pt; line-height: 1.5 } p { font-size: 20pt }").line_height == 30
    assert look(body, "div { font-size: 10pt; line-height: 150% } p { font-size: 20pt }").line_height == 15
    assert look(body, "div { font-size: 10pt; line-height: 1.5em } p { font-size: 20pt }").line_height == 15


def test_em_is_the_parents_size_for_font_size_and_the_elements_own_elsewhere() -> None:
    found = look('<div><p id="x">', "div { font-size: 10pt } p { font-size: 2em; margin-top: 1em }")
    assert (found.font_size, found.points("margin-top")) == (20, 20)


@pytest.mark.parametrize(("word", "size"), [("inherit", 10), ("unset", 10), ("initial", 12)])
def test_words_that_every_property_takes_for_font_size(word: str, size: float) -> None:
    css = f"div {{ font-size: 10pt }} p {{ font-size: 30pt }} #x {{ font-size: {word} }}"
    assert look('<div><p id="x">', css).font_size == size


@pytest.mark.parametrize(
    ("word", "margin", "shown"), [("inherit", 7, "FF0000"), ("initial", 0, "000000"), ("unset", 0, "FF0000")]
)
def test_words_that_every_property_takes(word: str, margin: float, shown: str) -> None:
    css = f"div {{ margin: 7pt; color: red }} #x {{ margin: {word}; color: {word} }}"
    found = look('<div><p id="x">', css)
    assert (found.points("margin-left"), found.color("color")) == (margin, shown)


def test_variables_in_shorthands() -> None:
    css = ":root { --line: 0.5pt solid; --accent: #1c4e68 }"
    css += "p { --gap: 3pt; border: var(--line) var(--accent); margin: 1pt var(--gap) }"
    found = look('<p id="x">', css)
    assert found.color("border-top-color") == "1C4E68"
    assert (found.edge("left"), found.points("margin-right")) == (0.5, 3)


def test_a_variable_is_looked_up_where_it_is_set() -> None:
    css = ":root { --a: red; --b: var(--a) } p { --a: blue; color: var(--b) }"
    assert color('<p id="x">', css) == "FF0000"


def test_no_background_is_none_and_no_border_is_none() -> None:
    found = look('<p id="x">', "p { background: red; border: 1pt solid } #x { background: none; border: 0 }")
    assert (found.color("background-color"), found.edge("top")) == (None, 0)


def test_underline_reaches_into_what_stands_in_it() -> None:
    assert look('<p><u>a <b id="x">b</b></u>', "").words("text-decoration-line") == ("underline",)
    assert look('<p><u><s id="x">b</s></u>', "").words("text-decoration-line") == ("underline", "line-through")


def test_a_font_of_ones_own_wins_over_the_word_font_from_above() -> None:
    css = "html { font-family: Carlito; --word-font: Calibri } kbd { --word-font: Consolas }"
    assert look('<p id="x">', css).font == "Calibri"
    assert look('<p><code id="x">', css).font == "Courier New"
    assert look('<p><kbd id="x">', css).font == "Consolas"


def test_the_language_follows_the_attribute() -> None:
    assert look('<p lang="en-GB"><b id="x">', "").language == "en-GB"


def test_what_cannot_be_honoured_is_said_once_with_its_place() -> None:
    assert remarks("<p>a<p>b<p>c", "p { opacity: 0.5; color: nonsense; margin: 1pt 2pt 3pt 4pt 5pt }") == [
        'CSS "opacity": Word has no place for it',
        'CSS "color": it is no colour that both files have',
        'CSS "margin": its value is not understood',
    ]


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("p { color red }", "CSS: EOF reached before {} block for a qualified rule."),
        ("p >> b { }", 'the selector "p >> b": expected a compound selector, got literal'),
        ("@import 'x.css';", '"@import" has no place in the Word file'),
        ("@page :left { margin: 0 }", '"@page :left" has no place in the Word file'),
        ("@page { @left-top { content: 'x' } }", '"@left-top" has no place in the Word file'),
    ],
)
def test_what_is_wrong_in_a_stylesheet(css: str, said: str) -> None:
    assert remarks("<p>a", css) == [said]


def test_a_fault_in_a_style_attribute_is_said_too() -> None:
    assert remarks('<p style="color red">a')[0].startswith("CSS: ")


def test_a_language_that_is_none_is_said() -> None:
    assert remarks('<p lang="klingon!">a') == ['lang="klingon!" is no language']


def test_remarks_come_with_every_document_though_values_are_shared() -> None:
    css = "p { --word-style: Body; zoom: 2 } b { color: rgb(no) }"
    both = '<p style="zoom: 3" lang="!">a <b>b</b></p><div><b>c</b></div>'
    first, second = remarks(both, css), remarks(both, css)
    assert first == second
    assert len(first) == 4
    assert remarks("<div><b>c</b></div>", css) == remarks("<div><b>c</b></div>", css) != []


def test_values_of_endlessly_many_elements_are_forgotten() -> None:
    known: dict[object, int] = {}
    for number in range(3 * MAX_KNOWN):
        keep(known, number, number)
        assert len(known) <= MAX_KNOWN
    assert known[3 * MAX_KNOWN - 1] == 3 * MAX_KNOWN - 1
