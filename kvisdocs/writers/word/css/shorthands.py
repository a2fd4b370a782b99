"""CSS shorthands → longhands, as token lists: `margin: 0 0 6pt` → four margins. One function a shape."""

from collections.abc import Callable, Iterator

from tinycss2 import parse_component_value_list
from tinycss2.ast import Node

from kvisdocs.writers.word.css.values import FONT_SIZES, Tokens, parse_color, significant

SIDES = ("top", "right", "bottom", "left")
EVERYWHERE = {"inherit", "initial", "unset"}
"""The words that every property takes (CSS Cascade 4, 7.3)."""

_LINE_STYLES = {"none", "hidden", "solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset"}
_WIDTHS = {"thin", "medium", "thick"}
Expanded = Iterator[tuple[str, list[Node]]]


def expand(name: str, tokens: Tokens) -> Expanded:
    """The longhands of one declaration, each with its tokens; a longhand gives itself.

    A longhand without tokens is one that the shorthand puts back to its initial value.
    """
    function = _SHORTHANDS.get(name)
    said = significant(tokens)
    if function is None:
        yield OLD_NAMES.get(name, name), list(tokens)
    elif len(said) == 1 and said[0].type == "ident" and said[0].lower_value in EVERYWHERE:
        yield from _everywhere(name, said)
    else:
        yield from function(name, said)


def is_shorthand(name: str) -> bool:
    """Whether the property stands for several."""
    return name in _SHORTHANDS


def _four_sides(name: str, tokens: list[Node]) -> Expanded:
    """margin, padding, border-width, border-style, border-color: one to four values, clockwise from the top."""
    if not 1 <= len(tokens) <= 4:
        yield name, tokens
        return
    top, right, bottom, left = (tokens * 4)[:4] if len(tokens) in (1, 2, 4) else (*tokens, tokens[1])
    first, _, last = name.partition("-")
    for side, token in zip(SIDES, (top, right, bottom, left), strict=True):
        yield (f"{first}-{side}-{last}" if last else f"{first}-{side}"), [token]


def _border(name: str, tokens: list[Node]) -> Expanded:
    """border, border-top …: width, style and colour in any order; unsaid, they go back to their initial values."""
    parts: dict[str, list[Node]] = {"width": [], "style": [], "color": []}
    for token in tokens:
        if token.type == "ident" and token.lower_value in _LINE_STYLES:
            parts["style"] = [token]
        elif parse_color(token) is not None or _is_meant_as_color(token):
            parts["color"] = [token]
        else:
            parts["width"] = [token]
    for side in [name.removeprefix("border-")] if name != "border" else SIDES:
        for part, value in parts.items():
            yield f"border-{side}-{part}", value


def _is_meant_as_color(token: Node) -> bool:
    """A word or a hash that is no colour stands where one was meant: it is reported as such."""
    return token.type == "hash" or (token.type == "ident" and token.lower_value not in {*EVERYWHERE, *_WIDTHS})


def _background(name: str, tokens: list[Node]) -> Expanded:
    """background: its colour; a picture has no place in Word and is handed on to be reported."""
    colors = [token for token in tokens if parse_color(token) is not None]
    yield "background-color", colors[-1:]
    rest = [t for t in tokens if t not in colors and not (t.type == "ident" and t.lower_value == "none")]
    if not colors and len(rest) == 1 and _is_meant_as_color(rest[0]):
        yield "background-color", rest
        return
    if rest:
        yield "background-image", rest


def _list_style(name: str, tokens: list[Node]) -> Expanded:
    parts: dict[str, list[Node]] = {"type": [], "position": []}
    for token in tokens:
        place = token.type == "ident" and token.lower_value in {"inside", "outside"}
        parts["position" if place else "type"] = [token]
    for part, value in parts.items():
        yield f"list-style-{part}", value


def _font(name: str, tokens: list[Node]) -> Expanded:
    """font: `italic bold 9pt/1.3 Carlito`; what is not said goes back to its initial value."""
    size_at = next((at for at, token in enumerate(tokens) if _is_size(token)), None)
    if size_at is None:
        yield "font", tokens
        return
    parts: dict[str, list[Node]] = {"style": [], "variant-caps": [], "weight": []}
    for token in tokens[:size_at]:
        word = token.lower_value if token.type == "ident" else ""
        if word in {"italic", "oblique"}:
            parts["style"] = [token]
        elif word == "small-caps":
            parts["variant-caps"] = [token]
        elif token.type == "number" or word in {"bold", "bolder", "lighter"}:
            parts["weight"] = [token]
    rest = tokens[size_at + 1 :]
    slash = bool(rest) and rest[0].type == "literal" and rest[0].value == "/"
    yield from ((f"font-{part}", value) for part, value in parts.items())
    yield "font-size", [tokens[size_at]]
    yield "line-height", rest[1:2] if slash else []
    yield "font-family", rest[2:] if slash else rest


def _is_size(token: Node) -> bool:
    if token.type == "ident":
        return token.lower_value in FONT_SIZES or token.lower_value in {"smaller", "larger"}
    return token.type in {"dimension", "percentage", "function"}


def _text_decoration(name: str, tokens: list[Node]) -> Expanded:
    lines = {"none", "underline", "line-through", "overline"}
    found = [token for token in tokens if token.type == "ident" and token.lower_value in lines]
    yield "text-decoration-line", found


def _columns(name: str, tokens: list[Node]) -> Expanded:
    """columns: a number, a width, or both; the width is handed on to be reported."""
    yield "column-count", [token for token in tokens if token.type == "number"]
    widths = [token for token in tokens if token.type not in {"number", "ident"}]
    if widths:
        yield "column-width", widths


def _flex(name: str, tokens: list[Node]) -> Expanded:
    """flex: grow, shrink and basis; `flex: 1` begins from nothing, `auto` and `none` from the content (7.1.1)."""
    words = [token.lower_value for token in tokens if token.type == "ident"]
    if words in (["auto"], ["none"]) and len(tokens) == 1:
        factor = "1" if words == ["auto"] else "0"
        basis = "auto"
    else:
        numbers = [token for token in tokens if token.type == "number"]
        rest = [token for token in tokens if token.type != "number"]
        yield "flex-grow", numbers[:1] or parse_component_value_list("1")
        yield "flex-shrink", numbers[1:2]
        yield "flex-basis", numbers[2:] or rest or parse_component_value_list("0")
        return
    yield "flex-grow", parse_component_value_list(factor)
    yield "flex-shrink", parse_component_value_list(factor)
    yield "flex-basis", parse_component_value_list(basis)


def _flex_flow(name: str, tokens: list[Node]) -> Expanded:
    wraps = [token for token in tokens if token.type == "ident" and "wrap" in token.lower_value]
    yield "flex-direction", [token for token in tokens if token not in wraps]
    yield "flex-wrap", wraps


def _gap(name: str, tokens: list[Node]) -> Expanded:
    """gap: between rows, then between columns; one value is both."""
    yield "row-gap", tokens[:1]
    yield "column-gap", tokens[1:] or tokens


def _everywhere(name: str, tokens: list[Node]) -> Expanded:
    """`border: inherit`: the word goes to each longhand."""
    example = parse_component_value_list({"font": "1pt/1 x", "background": "none"}.get(name, "0"))
    for longhand, _ in _SHORTHANDS[name](name, significant(example)):
        yield longhand, tokens


_SHORTHANDS: dict[str, Callable[[str, list[Node]], Expanded]] = {
    **dict.fromkeys(("margin", "padding", "border-width", "border-style", "border-color"), _four_sides),
    **dict.fromkeys(("border", *(f"border-{side}" for side in SIDES)), _border),
    "background": _background,
    "list-style": _list_style,
    "font": _font,
    "text-decoration": _text_decoration,
    "columns": _columns,
    "flex": _flex,
    "flex-flow": _flex_flow,
    "gap": _gap,
}
OLD_NAMES = {
    "page-break-before": "break-before",
    "page-break-after": "break-after",
    "page-break-inside": "break-inside",
    "font-variant": "font-variant-caps",
}
