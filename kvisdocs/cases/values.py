"""Text → dates, numbers and words, as people write them. Every function raises ValueError with a sentence.

The sentences say what was found and what to write instead, divided by `; `, since they become `Problem`s as they are.
"""

import re
from datetime import date, time
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema

MONTHS = (
    "januar februar marts april maj juni juli august september oktober november december".split()  # noqa: SIM905
)
MAX_DIGITS = 30
"""No count in a case is longer; beyond 4,300 digits Python's own int() refuses with a message about itself."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_WORDS = re.compile(r"(\d{1,2})\.?\s+([a-zæøå]+)\.?\s+(\d{4})", re.IGNORECASE)
_TIME = re.compile(r"(?:kl\.?\s*)?(\d{1,2})[:.](\d{2})", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(-?\d{1,3}(?:\.\d{3})+|-?\d+)(?:,(\d+))?\s*(mio\.?|mia\.?|t\.?kr\.?)?\s*(?:kr\.?)?", re.IGNORECASE
)
_TRUE = {"ja", "true", "yes", "sand"}
_FALSE = {"nej", "false", "no", "falsk"}


def parse_date(value: object) -> object:
    """`2012-11-14`, `14-11-2012`, `14.11.2012` or `14. november 2012` → date. Other types pass on to pydantic."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _NUMERIC.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif (found := _WORDS.fullmatch(text)) and (named := _month(found[2])):
        day, month, year = int(found[1]), named, int(found[3])
    else:
        raise ValueError(f'"{value}" is not a date; write it as 2012-11-14 or 14. november 2012')
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f'there is no date "{value}"; check day and month') from None


def _month(word: str) -> int | None:
    fold = word.casefold()
    return next((number for number, name in enumerate(MONTHS, 1) if name == fold or name[:3] == fold), None)


def parse_time(value: object) -> object:
    """`13:00`, `13.00` or `kl. 13.00` → time."""
    if not isinstance(value, str):
        return value
    found = _TIME.fullmatch(value.strip())
    if not found:
        return _refuse(value, "a time", "13:00")
    try:
        return time(int(found[1]), int(found[2]))
    except ValueError:
        raise ValueError(f'there is no time "{value}"; write it as 13:00') from None


def parse_flag(value: object) -> object:
    """`ja`, `nej`, `true`, `false`, `yes`, `no` → bool. `1` and `on` are not guessed at."""
    if not isinstance(value, str):
        return value
    fold = value.strip().casefold()
    if fold in _TRUE | _FALSE:
        return fold in _TRUE
    return _refuse(value, "ja or nej", "ja or nej")


def parse_number(value: object) -> object:
    """`37`, `37,5` or `37.5` → Decimal. A thousands point is read as such only where three digits follow: `1.037`."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", text):
        text = text.replace(".", "")
    if re.fullmatch(r"-?\d+([.,]\d+)?", text):
        return Decimal(text.replace(",", "."))
    return _refuse(value, "a number", "37 or 37,5")


def parse_count(value: object) -> object:
    """`304` or `1.304` → int."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if len(text) <= MAX_DIGITS and re.fullmatch(r"-?\d+|-?\d{1,3}(\.\d{3})+", text):
        return int(text.replace(".", ""))
    return _refuse(value, "a whole number", "304")


def parse_amount(value: object) -> object:
    """`3.286.600`, `3.286.600 kr.` or `4,5 mio. kr.` → kroner as Decimal."""
    if not isinstance(value, str):
        return value
    found = _AMOUNT.fullmatch(value.strip())
    if not found:
        return _refuse(value, "an amount", "3.286.600 or 4,5 mio.")
    number = Decimal(f"{found[1].replace('.', '')}.{found[2] or '0'}")
    unit = (found[3] or "").casefold().rstrip(".")
    factor = {"": 1, "mio": 10**6, "mia": 10**9}.get(unit, 1000)
    return number * factor


def _refuse(value: str, what: str, example: str) -> object:
    raise ValueError(f'"{value}" is not {what}; write it as {example}')


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
# In an editor the same forms pass that pass here: the schema says what may be written, not what it becomes.
Day = Annotated[
    date, BeforeValidator(parse_date), WithJsonSchema({"type": "string", "title": "Dato: 2012-11-14 eller 14-11-2012"})
]
Clock = Annotated[time, BeforeValidator(parse_time), WithJsonSchema({"type": "string", "title": "Klokkeslæt: 13:00"})]
Flag = Annotated[bool, BeforeValidator(parse_flag), WithJsonSchema({"enum": ["ja", "nej", True, False]})]
Number = Annotated[
    Decimal, BeforeValidator(parse_number), WithJsonSchema({"type": ["number", "string"], "title": "Tal: 37,5"})
]
Count = Annotated[
    int, BeforeValidator(parse_count), WithJsonSchema({"type": ["integer", "string"], "title": "Helt tal: 304"})
]
Amount = Annotated[
    Decimal, BeforeValidator(parse_amount), WithJsonSchema({"type": ["number", "string"], "title": "Beløb: 3.286.600"})
]
