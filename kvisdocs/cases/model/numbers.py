"""Text → numbers and amounts, as people write them in Denmark: a point parts thousands, a comma parts decimals.

A point before one or two last digits can only be a decimal one and is taken (`37.5`); what can be read in two ways is
refused (`0.500`, `1.2345`, `1.500 mio.`). Every function raises FieldError.
"""

import re
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from kvisdocs.cases.model.base import FieldError
from kvisdocs.messages import N_, Message, message

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
    parsed = _number(_tidy(value), value)
    if parsed is None:
        what = message("schema.number.form", '"{value}" is not a number', value=value)
        raise FieldError(what, N_("write it as 37 or 37,5"))
    return parsed


def parse_count(value: object) -> object:
    """`304`, `1.304` or `1 304` → int."""
    if not isinstance(value, str):
        return value
    text = _tidy(value)
    digits = _whole(text.removeprefix("-"))
    if digits is None or len(text) > MAX_DIGITS:
        what = message("schema.number.not_whole", '"{value}" is not a whole number', value=value)
        raise FieldError(what, N_("write digits alone, as 3 or 304"))
    return -int(digits) if text.startswith("-") else int(digits)


def parse_amount(value: object) -> object:
    """`3.286.600`, `3.286.600 kr.`, `kr. 3.286.600,-`, `4,5 mio. kr.` or `100 t.kr.` → kroner as Decimal.

    Without a word such as mio. there are at most two decimals, since øre have two: `1,234` may be 1.234 kroner.
    """
    if not isinstance(value, str):
        return value
    found = _AMOUNT.fullmatch(_tidy(value))
    if not found:
        raise _no_amount(value)
    number, unit = found["number"], (found["unit"] or "").casefold()
    if not unit and re.search(r",\d{3,}$", number):
        raise FieldError(_two_ways(value), N_("write a point for thousands, and at most two decimals"))
    if unit and re.fullmatch(r"[-+]?\d{1,3}\.\d{3}", number):
        comma = number.replace(".", ",").rstrip("0").rstrip(",")
        plain = number.replace(".", "")
        todo = N_("write {comma} {unit} or {plain} {unit}", comma=comma, plain=plain, unit=found["unit"])
        raise FieldError(_two_ways(value), todo)
    parsed = _number(number.removeprefix("+"), value)
    if parsed is None:
        raise _no_amount(value)
    return parsed * _factor(unit)


def _no_amount(value: str) -> FieldError:
    what = message("schema.amount.form", '"{value}" is not an amount', value=value)
    return FieldError(what, N_("write it as 3.286.600 or 4,5 mio."))


def _two_ways(value: str) -> Message:
    return message("schema.number.two_ways", '"{value}" can be read in two ways', value=value)


def _factor(unit: str) -> int:
    """What the word after a number multiplies it by."""
    if not unit:
        return 1
    return 10**9 if unit.startswith(("mia", "milliard")) else 10**6 if unit.startswith("mi") else 1000


def _number(text: str, written: str) -> Decimal | None:
    """A number with its sign, thousands and decimals, None for what is none. `written` is for the message."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    before, comma, after = digits.partition(",")
    whole = _whole(before)
    if len(digits) > MAX_DIGITS:
        whole = None
    elif not comma and (found := _POINT_DECIMAL.fullmatch(digits)):
        whole, after = found.groups()
    elif not comma and whole is None and (found := _TWO_WAYS.fullmatch(digits)):
        todo = N_("write decimals after a comma: {whole},{decimals}", whole=found[1], decimals=found[2])
        raise FieldError(_two_ways(written), todo)
    if whole is None or (comma and not _PLAIN.fullmatch(after)):
        return None
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
