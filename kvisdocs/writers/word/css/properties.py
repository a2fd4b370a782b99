"""The CSS properties that a Word file has a place for: how each is read, whether it is inherited, what it is unsaid."""

from collections.abc import Callable
from dataclasses import dataclass

from tinycss2.ast import Node

from kvisdocs.messages import N_, NOTHING, Message, listed, message
from kvisdocs.problems import nearest
from kvisdocs.writers.word.css.shorthands import SIDES
from kvisdocs.writers.word.css.values import (
    Percent,
    Tokens,
    Units,
    parse_color,
    parse_family,
    parse_length,
    significant,
)

Value = float | str | tuple[str, ...] | None
"""A computed value: points (or `Percent`), a word or colour, several words; None for `auto` and `normal` lengths."""

FEW = 8
INHERITED = "inherited"
"""What a reader gives for a value that is the one of the element around."""

Reader = Callable[[Tokens, Units], Value]


NO_PLACE = message("word_css.value.unreadable", "Word has no place for this value")


class UnreadableError(Exception):
    """The value has no meaning for the property in Word. Where it says nothing else, the PDF may know it."""

    def __init__(self, why: Message = NO_PLACE, todo: Message = NOTHING) -> None:
        super().__init__(why, todo)
        self.why, self.todo = why, todo


@dataclass(frozen=True, slots=True)
class Property:
    """One property's entry."""

    read: Reader
    initial: Value
    inherited: bool = False


def _one(tokens: Tokens) -> Node:
    found = significant(tokens)
    if len(found) != 1:
        raise UnreadableError
    return found[0]


def _length(tokens: Tokens, units: Units) -> Value:
    """A length or percentage; `auto` and `normal` are None."""
    token = _one(tokens)
    if getattr(token, "lower_value", None) in {"auto", "normal", "none"}:
        return None
    value = parse_length(token, units)
    if value is None:
        todo = N_(
            "write a length in pt, mm, cm, em or %, or put it in @media pdf {{ … }} if the PDF alone should have it"
        )
        raise UnreadableError(todo=todo)
    return value


def _size(tokens: Tokens, units: Units) -> Value:
    """A length that cannot be negative."""
    value = _length(tokens, units)
    if isinstance(value, float) and value < 0:
        raise UnreadableError(message("word_css.value.negative", "it cannot be negative"), N_("write 0, or more"))
    return value


def _border_width(tokens: Tokens, units: Units) -> Value:
    named = {"thin": 0.75, "medium": 2.25, "thick": 3.75}
    word = getattr(_one(tokens), "lower_value", None)
    if word in named:
        return named[word]
    return _size(tokens, units)


def _line_height(tokens: Tokens, units: Units) -> Value:
    """Points; but a plain number stays a `Percent`, which children multiply with their own font size (CSS 2, 10.8)."""
    token = _one(tokens)
    if token.type == "number":
        return Percent(token.value * 100)
    value = _size(tokens, units)
    return units.em * value / 100 if isinstance(value, Percent) else value


def _color(tokens: Tokens, units: Units) -> Value:
    color = parse_color(_one(tokens))
    if color is None:
        why = message("word_css.colour.unreadable", "it is no colour that both files have")
        raise UnreadableError(why, N_("write it as #1c4e68, rgb(…) or hsl(…)"))
    return color


def _text_color(tokens: Tokens, units: Units) -> Value:
    """Six hex digits; `currentcolor` is that of the element around, since it refers to itself (CSS Color 4, 9.3)."""
    color = _color(tokens, units)
    if color == "transparent":
        why = message("word_css.colour.transparent_text", "Word has no text that cannot be seen")
        raise UnreadableError(why, N_("leave the text out, with {{% if … %}}"))
    return INHERITED if color == "currentcolor" else color


def _weight(tokens: Tokens, units: Units) -> Value:
    """`bold` or `normal`: Word has no weights between; 600 and above is bold."""
    token = _one(tokens)
    if token.type == "number":
        return "bold" if token.value >= 600 else "normal"
    return _word("normal", "bold", bolder="bold", lighter="normal")(tokens, units)


def _word(*allowed: str, **renamed: str) -> Reader:
    def read(tokens: Tokens, units: Units) -> Value:
        word = getattr(_one(tokens), "lower_value", None)
        if word in renamed:
            return renamed[word]
        if word not in allowed:
            raise UnreadableError(todo=_instead(word, (*allowed, *renamed)))
        return str(word)

    return read


def _instead(word: str | None, known: tuple[str, ...]) -> Message:
    """What to write for a word that is none, or that the PDF alone may know."""
    near = nearest(word, known) if word else None
    if near:
        return N_('write "{near}", or put it in @media pdf {{ … }} if the PDF alone should have it', near=near)
    if len(known) > FEW:
        return NOTHING
    return N_(
        "use one of: {words}; or put it in @media pdf {{ … }} if the PDF alone should have it", words=listed(known)
    )


def _words(*allowed: str) -> Reader:
    def read(tokens: Tokens, units: Units) -> Value:
        words = tuple(str(getattr(token, "lower_value", "")) for token in significant(tokens))
        if any(word not in allowed for word in words):
            raise UnreadableError
        return tuple(word for word in words if word != "none")

    return read


def _family(tokens: Tokens, units: Units) -> Value:
    family = parse_family(tokens)
    if family is None:
        raise UnreadableError
    return family


def _marker(tokens: Tokens, units: Units) -> Value:
    """A list marker: a counter style's name, or `"– "` with its quotes for a text of one's own.

    Whether there is a `@counter-style` of that name, the cascade knows.
    """
    token = _one(tokens)
    kind = token.type
    if kind == "string":
        return f'"{token.value}"'
    if kind != "ident":
        raise UnreadableError
    return str(token.lower_value if token.lower_value in MARKERS else token.value)


def _position(tokens: Tokens, units: Units) -> Value:
    """`static`, `relative`, `absolute`, or `running:name` for `position: running(name)`."""
    token = _one(tokens)
    if token.type == "function" and token.lower_name == "running":
        name = _one(token.arguments)
        if name.type != "ident":
            raise UnreadableError
        return f"running:{name.value}"
    return _word("static", "relative", "absolute")(tokens, units)


def _name(tokens: Tokens, units: Units) -> Value:
    return str(getattr(_one(tokens), "value", "auto"))


def _count(tokens: Tokens, units: Units) -> Value:
    value = getattr(_one(tokens), "int_value", None)
    if value is None or value < 1:
        raise UnreadableError
    return str(value)


def _column_count(tokens: Tokens, units: Units) -> Value:
    return "auto" if getattr(_one(tokens), "lower_value", None) == "auto" else _count(tokens, units)


def _counters(step: int) -> Reader:
    """Names of counters, each with a whole number (`step` unless said), all as words."""

    def read(tokens: Tokens, units: Units) -> Value:
        found: list[str] = []
        for token in significant(tokens):
            if token.type == "ident" and token.lower_value not in {"page", "pages"}:
                found += [token.value, str(step)]
            elif token.type == "number" and token.int_value is not None and found:
                found[-1] = str(token.int_value)
            else:
                raise UnreadableError
        return () if found[::2] == ["none"] else tuple(found)

    return read


def _quotes(tokens: Tokens, units: Units) -> Value:
    """Pairs of quotation marks, the outermost first."""
    found = significant(tokens)
    if len(found) == 1 and getattr(found[0], "lower_value", None) == "none":
        return ()
    if not found or len(found) % 2 or any(token.type != "string" for token in found):
        raise UnreadableError
    return tuple(str(token.value) for token in found)


QUOTES = ("”", "”", "’", "’")
"""Danish quotation marks, outside and inside (Dansk Sprognævn, Retskrivningsordbogen, § 58)."""


def _factor(tokens: Tokens, units: Units) -> Value:
    """A number that is not negative, as a word."""
    token = _one(tokens)
    if token.type != "number" or token.value < 0:
        raise UnreadableError
    return str(token.value)


_ENDS = {"flex-start": "start", "flex-end": "end", "left": "start", "right": "end", "normal": "start"}

MARKERS = {
    "none", "disc", "circle", "square", "decimal", "decimal-leading-zero", "lower-alpha", "upper-alpha", "lower-latin",
    "upper-latin", "lower-roman", "upper-roman",
}  # fmt: skip

_DISPLAY = _word(
    "none", "block", "inline", "inline-block", "list-item", "table", "table-row", "table-cell", "table-row-group",
    "table-header-group", "table-footer-group", "table-caption", "table-column", "table-column-group", "flex",
    **{"flow-root": "block"},
)  # fmt: skip
_LINES = _word(
    "none", "solid", "dashed", "dotted", "double",
    hidden="none", groove="solid", ridge="solid", inset="solid", outset="solid",
)  # fmt: skip
_BREAKS = _word("auto", "avoid", "page", "always", "left", "right", **{"avoid-page": "avoid"})

PROPERTIES: dict[str, Property] = {
    "font-family": Property(_family, "serif", inherited=True),
    "font-weight": Property(_weight, "normal", inherited=True),
    "font-style": Property(_word("normal", "italic", oblique="italic"), "normal", inherited=True),
    "font-variant-caps": Property(_word("normal", "small-caps"), "normal", inherited=True),
    "line-height": Property(_line_height, None, inherited=True),
    "color": Property(_text_color, "000000", inherited=True),
    "letter-spacing": Property(_length, None, inherited=True),
    "text-align": Property(_word("left", "right", "center", "justify", "start", "end"), "start", inherited=True),
    "direction": Property(_word("ltr", "rtl"), "ltr", inherited=True),
    "text-indent": Property(_length, 0.0, inherited=True),
    "text-transform": Property(_word("none", "uppercase", "lowercase", "capitalize"), "none", inherited=True),
    "white-space": Property(_word("normal", "nowrap", "pre", "pre-wrap", "pre-line"), "normal", inherited=True),
    "list-style-type": Property(_marker, "disc", inherited=True),
    "list-style-position": Property(_word("inside", "outside"), "outside", inherited=True),
    "orphans": Property(_count, "2", inherited=True),
    "widows": Property(_count, "2", inherited=True),
    "border-collapse": Property(_word("collapse", "separate"), "separate", inherited=True),
    "caption-side": Property(_word("top", "bottom"), "top", inherited=True),
    "hyphens": Property(_word("none", "manual", "auto"), "manual", inherited=True),
    "page": Property(_name, "auto", inherited=True),
    "quotes": Property(_quotes, QUOTES, inherited=True),
    "counter-reset": Property(_counters(0), ()),
    "counter-increment": Property(_counters(1), ()),
    "counter-set": Property(_counters(0), ()),
    "text-decoration-line": Property(_words("none", "underline", "line-through"), ()),
    "display": Property(_DISPLAY, "inline"),
    "column-count": Property(_column_count, "auto"),
    "flex-direction": Property(_word("row", "column"), "row"),
    "flex-wrap": Property(_word("nowrap"), "nowrap"),
    "flex-grow": Property(_factor, "0"),
    "flex-shrink": Property(_factor, "1"),
    "flex-basis": Property(_size, None),
    "justify-content": Property(_word("start", "end", "center", "space-between", **_ENDS, stretch="start"), "start"),
    "align-items": Property(_word("start", "end", "center", **_ENDS, stretch="start", baseline="start"), "start"),
    "align-self": Property(_word("auto", "start", "end", "center", **_ENDS, stretch="start", baseline="start"), "auto"),
    "row-gap": Property(_size, None),
    "column-gap": Property(_size, None),
    "position": Property(_position, "static"),
    "float": Property(_word("none", "footnote"), "none"),
    "top": Property(_length, None),
    "right": Property(_length, None),
    "bottom": Property(_length, None),
    "left": Property(_length, None),
    "width": Property(_size, None),
    "height": Property(_size, None),
    "max-width": Property(_size, None),
    "max-height": Property(_size, None),
    "background-color": Property(_color, "transparent"),
    "vertical-align": Property(_word("baseline", "sub", "super", "top", "middle", "bottom"), "baseline"),
    "table-layout": Property(_word("auto", "fixed"), "auto"),
    "break-before": Property(_BREAKS, "auto"),
    "break-after": Property(_BREAKS, "auto"),
    "break-inside": Property(_BREAKS, "auto"),
    **{f"margin-{side}": Property(_length, 0.0) for side in SIDES},
    **{f"padding-{side}": Property(_size, 0.0) for side in SIDES},
    **{f"border-{side}-width": Property(_border_width, 2.25) for side in SIDES},
    **{f"border-{side}-style": Property(_LINES, "none") for side in SIDES},
    **{f"border-{side}-color": Property(_color, "currentcolor") for side in SIDES},
}
"""Every property that the cascade computes, but `font-size` (which the others refer to) and the page's own."""
