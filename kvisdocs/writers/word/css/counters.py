"""`@counter-style` → what stands around a list's number in Word (CSS Counter Styles 3; ECMA-376, 17.9.11)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kvisdocs.writers.word.css.values import Tokens, significant

NUMBERS = {
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
"""CSS's own numberings, and what Word calls them."""

BULLETS = {"disc": "•", "circle": "◦", "square": "▪"}

_ALPHABETS = {
    "0123456789": "decimal",
    "abcdefghijklmnopqrstuvwxyz": "lower-alpha",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ": "upper-alpha",
}
_SYSTEMS = {"numeric", "alphabetic", "cyclic"}
DESCRIPTORS = {"system", "prefix", "suffix", "symbols"}
"""What of a rule Word has a place for."""


@dataclass(frozen=True, slots=True)
class CounterStyle:
    """One rule: the style that it extends (or a bullet's own text), and its texts where it says them."""

    extends: str
    prefix: str | None = None
    suffix: str | None = None
    bullet: str | None = None


@dataclass(frozen=True, slots=True)
class ListMark:
    """How a list's items are marked: Word's number format, and the text with `%` where the number stands."""

    number_format: str
    text: str


def read_counter_style(declared: Mapping[str, Tokens]) -> CounterStyle | None:
    """The rule of these descriptors, or None for a numbering that Word has not (Roman numerals of one's own)."""
    system = [str(getattr(token, "value", "")) for token in significant(declared.get("system", []))]
    texts = {name: _text(declared[name]) for name in ("prefix", "suffix") if name in declared}
    if None in texts.values():
        return None
    if len(system) == 2 and system[0].lower() == "extends":
        return CounterStyle(system[1], **texts)
    symbols = [_symbol(token) for token in significant(declared.get("symbols", []))]
    if len(system) != 1 or system[0].lower() not in _SYSTEMS or not symbols:
        return None
    if system[0].lower() == "cyclic":
        return CounterStyle("disc", bullet=symbols[0], **texts) if len(symbols) == 1 else None
    base = _ALPHABETS.get("".join(symbols))
    if base is None or (base == "decimal") != (system[0].lower() == "numeric"):
        return None
    return CounterStyle(base, **texts)


def find_mark(name: str, styles: Mapping[str, CounterStyle]) -> ListMark:
    """The mark that a style makes; CSS takes `decimal` for one that is not there or extends itself."""
    prefix: str | None = None
    suffix: str | None = None
    bullet: str | None = None
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        style = styles[name]
        prefix = style.prefix if prefix is None else prefix
        suffix = style.suffix if suffix is None else suffix
        bullet = style.bullet if bullet is None else bullet
        name = style.extends
    if bullet is not None or name in BULLETS:
        shown = BULLETS[name] if bullet is None else bullet
        return ListMark("bullet", f"{prefix or ''}{shown}{suffix or ''}".rstrip())
    number_format = NUMBERS.get(name, "decimal")
    return ListMark(number_format, f"{prefix or ''}%{'. ' if suffix is None else suffix}".rstrip())


def render_counter(value: int, name: str, styles: Mapping[str, CounterStyle]) -> str:
    """A counter's value as `counter(name, style)` writes it: without prefix and suffix (CSS Counter Styles 3, 7.2)."""
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        bullet = styles[name].bullet
        if bullet is not None:
            return bullet
        name = styles[name].extends
    if name in BULLETS or name == "none":
        return BULLETS.get(name, "")
    if name == "decimal-leading-zero":
        return f"{value:03}" if value < 0 else f"{value:02}"
    kind = NUMBERS.get(name, "decimal")
    shown = str(value)
    if "Letter" in kind and value > 0:
        shown = _letters(value)
    elif "Roman" in kind and 0 < value < 4000:
        shown = _roman(value)
    return shown.upper() if kind.startswith("upper") else shown


def _letters(value: int) -> str:
    """a, b, … z, aa, ab: as CSS has it; Word's lists go on with aa, bb."""
    found = ""
    while value:
        value, letter = divmod(value - 1, 26)
        found = chr(ord("a") + letter) + found
    return found


def _roman(value: int) -> str:
    found = ""
    for number, sign in _ROMAN:
        count, value = divmod(value, number)
        found += sign * count
    return found


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _text(tokens: Sequence[object]) -> str | None:
    found = significant(tokens)
    return _symbol(found[0]) if len(found) == 1 and found[0].type in {"string", "ident"} else None


def _symbol(token: object) -> str:
    """A text without what would be a number's place to Word."""
    return re.sub("%", "", str(getattr(token, "value", "")))
