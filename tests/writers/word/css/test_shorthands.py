import pytest
import tinycss2

from kvisdocs.writers.word.css.shorthands import expand


def expanded(name: str, text: str) -> dict[str, str]:
    return {longhand: tinycss2.serialize(tokens) for longhand, tokens in expand(name, tokens_of(text))}


def tokens_of(text: str):
    return tinycss2.parse_component_value_list(text)


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("1pt", "1pt 1pt 1pt 1pt"), ("1pt 2pt", "1pt 2pt 1pt 2pt"), ("1pt 2pt 3pt", "1pt 2pt 3pt 2pt"),
        ("1pt 2pt 3pt 4pt", "1pt 2pt 3pt 4pt"), ("inherit", "inherit inherit inherit inherit"),
    ],
)  # fmt: skip
def test_four_sides_clockwise(text: str, sides: str) -> None:
    names = [f"margin-{side}" for side in ("top", "right", "bottom", "left")]
    assert expanded("margin", text) == dict(zip(names, sides.split(), strict=True))


def test_border_colour_of_four_sides() -> None:
    assert list(expanded("border-color", "red")) == [
        "border-top-color", "border-right-color", "border-bottom-color", "border-left-color",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["0.4pt solid red", "red solid 0.4pt", "solid red 0.4pt"])
def test_a_border_in_any_order(text: str) -> None:
    assert expanded("border-top", text) == {
        "border-top-width": "0.4pt", "border-top-style": "solid", "border-top-color": "red",
    }  # fmt: skip


def test_a_border_of_nothing_puts_all_back() -> None:
    assert expanded("border-top", "0") == {"border-top-width": "0", "border-top-style": "", "border-top-color": ""}
    assert expanded("border-top", "none") == {
        "border-top-width": "",
        "border-top-style": "none",
        "border-top-color": "",
    }


def test_a_background_is_its_colour_and_a_picture_is_handed_on() -> None:
    assert expanded("background", "#eee") == {"background-color": "#eee"}
    assert expanded("background", "none") == {"background-color": ""}
    assert expanded("background", "url(a.png) red") == {"background-color": "red", "background-image": "url(a.png)"}


def test_a_font_puts_back_what_it_does_not_say() -> None:
    assert expanded("font", "italic bold 9pt/1.3 Carlito, serif") == {
        "font-style": "italic", "font-variant-caps": "", "font-weight": "bold", "font-size": "9pt",
        "line-height": "1.3", "font-family": "Carlito,serif",
    }  # fmt: skip
    assert expanded("font", "small Carlito")["font-weight"] == ""
    assert set(expanded("font", "inherit").values()) == {"inherit"}


def test_list_style_in_any_order() -> None:
    assert expanded("list-style", "inside square") == {"list-style-type": "square", "list-style-position": "inside"}
    assert expanded("list-style", "none") == {"list-style-type": "none", "list-style-position": ""}


def test_old_names_of_breaks() -> None:
    assert expanded("page-break-before", "always") == {"break-before": "always"}


def test_of_several_colours_of_a_background_the_last_is_drawn() -> None:
    assert expanded("background", "red blue")["background-color"] == "blue"
