import pytest
import tinycss2

from kvisdocs.writers.word.css.values import (  # fmt: skip
    Percent,
    Units,
    parse_color,
    parse_family,
    parse_font_size,
    parse_length,
    string_of,
    substitute_variables,
)


def tokens(text: str):
    return tinycss2.parse_component_value_list(text)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("0", 0), ("12pt", 12), ("16px", 12), ("1in", 72), ("25.4mm", 72), ("2.54cm", 72), ("2em", 20), ("2rem", 22),
        ("1pc", 12), ("-3pt", -3), ("calc(50mm - 2 * 10mm)", 30 / 25.4 * 72), ("calc(12pt / 2 + (1em - 4pt) * 2)", 18),
    ],
)  # fmt: skip
def test_a_length_in_points(text: str, points: float) -> None:
    assert parse_length(tokens(text)[0], Units(10, 11)) == pytest.approx(points)


@pytest.mark.parametrize(
    "text", ["12", "3vw", "auto", "calc(1pt / 0)", "calc(1pt 2pt)", "calc(1pt +)", "calc(50% - 1mm)", "min(1pt, 2pt)"]
)
def test_no_length(text: str) -> None:
    assert parse_length(tokens(text)[0], Units(10, 11)) is None


def test_a_percentage_waits_for_what_it_refers_to() -> None:
    found = parse_length(tokens("33%")[0], Units(10, 11))
    assert isinstance(found, Percent)
    assert found == 33


def test_em_of_an_element_without_size_is_nothing() -> None:
    assert parse_length(tokens("2em")[0], Units(0, 11)) == 0


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("#1c4e68", "1C4E68"), ("red", "FF0000"), ("rgb(0 0 0 / 50%)", "808080"), ("transparent", "transparent"),
        ("currentColor", "currentcolor"), ("10pt", None), ("#12", None),
    ],
)  # fmt: skip
def test_a_colour_as_word_has_it(text: str, color: str | None) -> None:
    assert parse_color(tokens(text)[0]) == color


@pytest.mark.parametrize(
    ("text", "points"),
    [("larger", 12), ("smaller", 10 / 1.2), ("150%", 15), ("1.5em", 15), ("xx-large", 24), ("9", None)],
)
def test_a_font_size_refers_to_the_parents(text: str, points: float | None) -> None:
    assert parse_font_size(tokens(text)[0], 10, 12) == pytest.approx(points)


def test_the_first_family_counts() -> None:
    assert parse_family(tokens('"Open Sans", Arial')) == "Open Sans"
    assert parse_family(tokens("Times New Roman, serif")) == "Times New Roman"


def test_variables_are_replaced_with_their_fallbacks() -> None:
    known = {"--a": tokens("1pt"), "--b": tokens("var(--a)")}
    found = substitute_variables(tokens("var(--b) var(--c, 2pt) calc(var(--a) * 2)"), known)
    assert found is not None
    assert tinycss2.serialize(found).split() == ["1pt", "2pt", "calc(1pt", "*", "2)"]


def test_a_variable_that_is_unknown_or_names_itself_has_no_value() -> None:
    assert substitute_variables(tokens("var(--no)"), {}) is None
    assert substitute_variables(tokens("var(--a)"), {"--a": tokens("var(--a)")}) is None


def test_a_style_name_may_stand_in_quotes_or_not() -> None:
    assert string_of(tokens(' "Heading 1" ')) == "Heading 1"
    assert string_of(tokens(" Normal ")) == "Normal"
