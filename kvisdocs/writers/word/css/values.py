"""CSS values as plain Python: lengths in points, colours as six hex digits, words in lower case.

Only what a Word file has a place for is understood; anything else is `None`, and the cascade reports the declaration.
Lengths: CSS Values 4, 6; 1 px is 0.75 pt.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import tinycss2
import tinycss2.color5
from tinycss2.ast import Node

Tokens: TypeAlias = Sequence[Node]

_POINTS = {"pt": 1.0, "px": 0.75, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "q": 72 / 101.6}
FONT_SIZES = {
    "xx-small": 6.75,
    "x-small": 7.5,
    "small": 9.75,
    "medium": 12.0,
    "large": 13.5,
    "x-large": 18.0,
    "xx-large": 24.0,
    "xxx-large": 36.0,
}
"""Points for the sizes that have names."""


class Percent(float):
    """A percentage that is kept until the length it refers to is known; 50 % is 50.0."""


class Units:
    """What relative units stand for while one element's values are computed, in points."""

    __slots__ = ("em", "rem")

    def __init__(self, em: float, rem: float) -> None:
        self.em, self.rem = em, rem


def significant(tokens: Tokens) -> list[Node]:
    """The tokens without white space and comments."""
    return [token for token in tokens if token.type not in {"whitespace", "comment"}]


def parse_length(token: Node, units: Units) -> float | Percent | None:
    """One length or percentage; `calc()` of sums, differences and plain factors is worked out."""
    if token.type == "number" and token.value == 0:
        return 0.0
    if token.type == "percentage":
        return Percent(token.value)
    if token.type == "dimension":
        unit = token.lower_unit
        factor = {"em": units.em, "rem": units.rem}.get(unit, _POINTS.get(unit))
        return None if factor is None else float(token.value * factor)
    if token.type == "function" and token.lower_name == "calc":
        return _calculate(significant(token.arguments), units)
    return None


def _calculate(tokens: list[Node], units: Units) -> float | None:
    """A sum of products: `50mm - 2 * 3mm`. Lengths and percentages are not mixed; None for whatever else is there."""
    total, sign, product, operator = 0.0, 1.0, 1.0, "*"
    for token in tokens:
        if token.type == "literal" and token.value in {"+", "-", "*", "/"}:
            if operator:
                return None
            operator = token.value
            continue
        value = _term(token, units)
        if value is None or not operator or (operator == "/" and not value):
            return None
        if operator in {"+", "-"}:
            total, sign, product = total + sign * product, -1.0 if operator == "-" else 1.0, value
        else:
            product = product / value if operator == "/" else product * value
        operator = ""
    return None if operator else total + sign * product


def _term(token: Node, units: Units) -> float | None:
    if token.type == "number":
        return float(token.value)
    if token.type == "() block":
        return _calculate(significant(token.content), units)
    length = parse_length(token, units)
    return None if isinstance(length, Percent) else length


def parse_color(token: Node) -> str | None:
    """`1C4E68`, `transparent` or `currentcolor`; half-transparent colours are laid on white, since Word has none."""
    if token.type == "ident" and token.lower_value == "currentcolor":
        return "currentcolor"
    color = tinycss2.color5.parse_color(token)
    if color is None or color == "currentcolor":
        return None
    red, green, blue, alpha = color.to("srgb")
    if alpha == 0:
        return "transparent"
    return "".join(f"{round((part * alpha + 1 - alpha) * 255):02X}" for part in (red, green, blue))


def parse_font_size(token: Node, parent: float, rem: float) -> float | None:
    """A font size in points; relative ones refer to the parent's."""
    if token.type == "ident":
        if token.lower_value in {"smaller", "larger"}:
            return parent / 1.2 if token.lower_value == "smaller" else parent * 1.2
        return FONT_SIZES.get(token.lower_value)
    length = parse_length(token, Units(parent, rem))
    return parent * length / 100 if isinstance(length, Percent) else length


def parse_family(tokens: Tokens) -> str | None:
    """The first family's name."""
    words: list[str] = []
    for token in significant(tokens):
        if token.type == "literal" and token.value == ",":
            break
        if token.type in {"string", "ident"}:
            words.append(token.value)
    return " ".join(words) or None


def split_on_commas(tokens: Tokens) -> list[list[Node]]:
    """The comma-separated parts of a value."""
    parts: list[list[Node]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def has_variable(tokens: Tokens) -> bool:
    """Whether `var()` stands anywhere in the value."""
    for token in tokens:
        if token.type == "function" and (token.lower_name == "var" or has_variable(token.arguments)):
            return True
        if token.type in {"() block", "[] block", "{} block"} and has_variable(token.content):
            return True
    return False


def substitute_variables(tokens: Tokens, values: Mapping[str, Tokens], depth: int = 0) -> list[Node] | None:
    """The value with each `var(--name, fallback)` replaced; None where a name is unknown or refers to itself."""
    if depth > 20:
        return None
    found: list[Node] = []
    for token in tokens:
        if token.type != "function":
            found.append(token)
            continue
        if token.lower_name != "var":
            inner = substitute_variables(token.arguments, values, depth + 1)
            if inner is None:
                return None
            found.append(type(token)(token.source_line, token.source_column, token.name, inner))
            continue
        name_part, *fallback = split_on_commas(token.arguments)
        name = "".join(part.value for part in significant(name_part) if part.type == "ident")
        value = values.get(name, fallback[0] if fallback else None)
        replaced = None if value is None else substitute_variables(value, values, depth + 1)
        if replaced is None:
            return None
        found += replaced
    return found


def string_of(tokens: Tokens) -> str:
    """A custom property's value as text: a string's content, or the words as they stand."""
    text = tinycss2.serialize(list(tokens)).strip()
    found = re.fullmatch(r"""(["'])(.*)\1""", text)
    return found[2] if found else text
