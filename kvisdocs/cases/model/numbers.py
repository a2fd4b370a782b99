"""Text → numbers and amounts, as people write them in Denmark: a point parts thousands, a comma parts decimals.

A point before one or two last digits can only be a decimal one and is taken (`37.5`); what can be read in two ways is
refused (`0.500`, `1.2345`, `1.500 mio.`). Every function raises ValueError with a sentence, as those of `values`.
"""

import re
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

MAX_DIGITS = 30
"""No number in a case is longer; beyond 4,300 digits Python's own int() refuses with a message about itself."""

_POINTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+", re.ASCII)
_SPACED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+", re.ASCII)
_PLAIN = re.compile(r"\d+", re.ASCII)
_POINT_DECIMAL = re.compile(r"(\d+)\.(\d{1,2})", re.ASCII)
_TWO_WAYS = re.compile(r"(\d+)[.](\d+)", re.ASCII)
_KRONER = r"(?:kr\.?|dkk|kroner)"
_UNIT = r"mio\.?|mia\.?|millioner|million|milliarder|milliard|t\.? ?kr\.?|tusind"
_AMOUNT = re.compile(
    rf"(?:{_KRONER} ?)?(?P<number>[-+]?[\d., ]*\d)(?:,-)?(?: ?(?P<unit>{_UNIT}))?(?: ?{_KRONER})?",
    re.IGNORECASE | re.ASCII,
)


def parse_number(value: object) -> object:
    """`37`, `37,5`, `37.5`, `1.037` or `1 037,25` → Decimal. Other types pass on to pydantic."""
    if not isinstance(value, str):
        return value
    return _number(_tidy(value), value, "a number", "37 or 37,5")


def parse_count(value: object) -> object:
    """`304`, `1.304` or `1 304` → int."""
    if not isinstance(value, str):
        return value
    text = _tidy(value)
    digits = _whole(text.removeprefix("-"))
    if digits is None or len(text) > MAX_DIGITS:
        raise ValueError(f'"{value}" is not a whole number; write digits alone, as 3 or 304')
    return -int(digits) if text.startswith("-") else int(digits)


def parse_amount(value: object) -> object:
    """`3.286.600`, `3.286.600 kr.`, `kr. 3.286.600,-`, `4,5 mio. kr.` or `100 t.kr.` → kroner as Decimal.

    Without a word such as mio. there are at most two decimals, since øre have two: `1,234` may be 1.234 kroner.
    """
    if not isinstance(value, str):
        return value
    found = _AMOUNT.fullmatch(_tidy(value))
    if not found:
        raise ValueError(f'"{value}" is not an amount; write it as 3.286.600 or 4,5 mio.')
    number, unit = found["number"], (found["unit"] or "").casefold()
    if not unit and re.search(r",\d{3,}$", number):
        raise ValueError(f'"{value}" can be read in two ways; write a point for thousands, and at most two decimals')
    if unit and re.fullmatch(r"[-+]?\d{1,3}\.\d{3}", number):
        comma = number.replace(".", ",").rstrip("0").rstrip(",")
        plain = number.replace(".", "")
        raise ValueError(f'"{value}" can be read in two ways; write {comma} {found["unit"]} or {plain} {found["unit"]}')
    parsed = _number(number.removeprefix("+"), value, "an amount", "3.286.600 or 4,5 mio.")
    return parsed * _factor(unit)


def _factor(unit: str) -> int:
    """What the word after a number multiplies it by."""
    if not unit:
        return 1
    return 10**9 if unit.startswith(("mia", "milliard")) else 10**6 if unit.startswith("mi") else 1000


def _number(text: str, written: str, what: str, example: str) -> Decimal:
    """A number with its sign, thousands and decimals. `written` is for the message."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    before, comma, after = digits.partition(",")
    whole = _whole(before)
    if len(digits) > MAX_DIGITS:
        whole = None
    elif not comma and (found := _POINT_DECIMAL.fullmatch(digits)):
        whole, after = found.groups()
    elif not comma and whole is None and (found := _TWO_WAYS.fullmatch(digits)):
        raise ValueError(f'"{written}" can be read in two ways; write decimals after a comma: {found[1]},{found[2]}')
    if whole is None or (comma and not _PLAIN.fullmatch(after)):
        raise ValueError(f'"{written}" is not {what}; write it as {example}')
    return Decimal(f"{sign}{whole}.{after}" if after else f"{sign}{whole}")


def _whole(text: str) -> str | None:
    """The digits of `304`, `1.304` and `1 304`; None for what is no whole number."""
    if _PLAIN.fullmatch(text):
        return text
    if _POINTED.fullmatch(text) or _SPACED.fullmatch(text):
        return text.replace(".", "").replace(" ", "")
    return None


def _tidy(text: str) -> str:
    """One kind of space and one kind of minus, as an office program and a bank statement write them otherwise."""
    return " ".join(text.split()).replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-")


# In an editor the same forms pass that pass here: the schema says what may be written, not what it becomes.
Number = Annotated[
    Decimal, BeforeValidator(parse_number), WithJsonSchema({"type": ["number", "string"], "title": "Tal: 37,5"})
]
Count = Annotated[
    int, BeforeValidator(parse_count), WithJsonSchema({"type": ["integer", "string"], "title": "Helt tal: 304"})
]
Amount = Annotated[
    Decimal,
    BeforeValidator(parse_amount),
    WithJsonSchema({"type": ["number", "string"], "title": "Beløb: 3.286.600 eller 4,5 mio. kr."}),
]
