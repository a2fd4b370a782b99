"""Text → dates, numbers and words, as people write them. Every function raises FieldError.

What can be read in two ways is not guessed at.
"""

import contextlib
import re
from datetime import date, time
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema

from kvisdocs.cases.model.base import FieldError
from kvisdocs.cases.yaml.forbidden_characters import find_name_fault
from kvisdocs.messages import N_, message
from kvisdocs.problems import nearest

MAX_TEXT = 200_000
"""So many signs has a text at most, some 70 pages: what is longer was pasted by mistake, and is not printed."""

MAX_NAME, MAX_FIRM = 120, 240
"""So many signs has the name of a person or a street; and one of a firm, of which there are longer."""

YEARS = range(1900, 2101)
"""The years of a case: no citizen was born before, and nothing is agreed beyond."""

MONTHS = (
    "januar februar marts april maj juni juli august september oktober november december".split()  # noqa: SIM905
)
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})(?:[-./]|\. )(\d{1,2})(?:[-./ ]|\. )(\d{4})", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})\.? ?([a-zæøå]+)\.?,? (\d{4})", re.IGNORECASE | re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}\W{1,2}(?:\d{1,2}|[a-zæøå]+)\W{1,2}\d{2}", re.IGNORECASE | re.ASCII)
_WEEKDAY = re.compile(r"([a-zæøå]+)\.?,? (?:d\. |den )?(?=\d)", re.IGNORECASE)
_DEN = re.compile(r"(?:d\.|den) ?(?=\d)", re.IGNORECASE)
_TIME = re.compile(r"(?:kl\.? ?)?(\d{1,2})[:.](\d{2})|kl\.? ?(\d{1,2})", re.IGNORECASE | re.ASCII)
_DASHES = str.maketrans({"\N{EN DASH}": "-", "\N{NON-BREAKING HYPHEN}": "-"})
"""An office program writes them for a hyphen."""

_TRUE = {"ja", "true", "yes", "sand"}
_FALSE = {"nej", "false", "no", "falsk"}


def parse_date(value: object) -> object:
    """`2012-11-14`, `14-11-2012`, `14/11 2012`, `onsdag den 14. nov. 2012` → date. Other types pass on to pydantic.

    A weekday must be that of the date. A year of two digits is refused: 12 may be 1912.
    """
    if not isinstance(value, str):
        return value
    if len(value) == 10 and value.isascii() and value[4] == value[7] == "-":  # as most are written
        with contextlib.suppress(ValueError):
            written = date.fromisoformat(value)
            if written.year in YEARS:
                return written
    weekday, text = _split_weekday(" ".join(value.translate(_DASHES).split()))
    if found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _NUMERIC.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif (found := _WORDS.fullmatch(text)) and (named := _month(found[2])):
        day, month, year = int(found[1]), named, int(found[3])
    elif found and (near := nearest(found[2], MONTHS)):
        what = message("schema.date.unknown_month", '"{value}" has no month that is known', value=value)
        raise FieldError(what, N_('did you mean "{near}"?', near=near))
    elif _SHORT_YEAR.fullmatch(text):
        what = message("schema.date.short_year", '"{value}" has a year of two digits', value=value)
        raise FieldError(what, N_("write all four"))
    else:
        what = message("schema.date.form", '"{value}" is not a date', value=value)
        raise FieldError(what, N_("write it as 2012-11-14 or 14. november 2012"))
    try:
        result = date(year, month, day)
    except ValueError:
        swapped = month <= 31 and day <= 12 and month > 12  # as Americans write it
        if swapped:
            todo = N_("did you mean {day}/{month} {year}?", day=month, month=day, year=year)
        else:
            todo = N_("check day and month")
        raise FieldError(message("schema.date.not_there", 'there is no date "{value}"', value=value), todo) from None
    if weekday is not None and weekday != result.weekday():
        day_is = WEEKDAYS[result.weekday()]
        what = message("schema.date.weekday", '"{value}": that date is {weekday}', value=value, weekday=day_is)
        raise FieldError(what, N_("correct the weekday or the date"))
    return _within_years(result, value)


def _within_years(day: date, value: str) -> date:
    if day.year not in YEARS:
        what = message("schema.date.year", '"{value}" has the year {year}', value=value, year=day.year)
        raise FieldError(what, N_("check it"))
    return day


def _split_weekday(text: str) -> tuple[int | None, str]:
    """`onsdag den 14. november 2012` → 2 and the rest; None where no weekday stands in front."""
    if found := _WEEKDAY.match(text):
        fold = found[1].casefold()
        for number, name in enumerate(WEEKDAYS):
            if fold in (name, name[:3], name[:2]):
                return number, text[found.end() :]
    if found := _DEN.match(text):
        return None, text[found.end() :]
    return None, text


def _month(word: str) -> int | None:
    fold = word.casefold()
    return next((number for number, name in enumerate(MONTHS, 1) if fold in (name, name[:3], name[:4])), None)


def parse_name(text: str, most: int = MAX_NAME) -> str:
    """The name of a person or a street: one line, and signs that names have."""
    if len(text) > most:
        what = message(
            "schema.name.too_long",
            '"{text}" is too long for a name, with {number:,} signs',
            text=text,
            number=len(text),
        )
        raise FieldError(what, N_("write at most {most}", most=most))
    if fault := find_name_fault(text):
        raise FieldError(fault, N_("write it again, on one line, letter by letter"))
    return text


def parse_time(value: object) -> object:
    """`13:00`, `13.00`, `kl. 13.00` or `kl. 13` → time."""
    if not isinstance(value, str):
        return value
    found = _TIME.fullmatch(" ".join(value.split()))
    if not found:
        what = message("schema.time.form", '"{value}" is not a time', value=value)
        raise FieldError(what, N_("write it as 13:00"))
    try:
        return time(int(found[1] or found[3]), int(found[2] or 0))
    except ValueError:
        what = message("schema.time.not_there", 'there is no time "{value}"', value=value)
        raise FieldError(what, N_("write it as 13:00")) from None


def parse_flag(value: object) -> object:
    """`ja`, `nej`, `true`, `false`, `yes`, `no` → bool. `1` and `on` are not guessed at."""
    if not isinstance(value, str):
        return value
    fold = value.strip().casefold()
    if fold in _TRUE | _FALSE:
        return fold in _TRUE
    what = message("schema.flag.form", '"{value}" is not ja or nej', value=value)
    raise FieldError(what, N_("write it as ja or nej"))


# In an editor the same forms pass that pass here: the schema says what may be written, not what it becomes. There,
# `number: 87` is a number.
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT),
    WithJsonSchema({"type": ["string", "number", "boolean"], "minLength": 1}),
]
Name = Annotated[Text, AfterValidator(parse_name)]
FirmName = Annotated[Text, AfterValidator(lambda text: parse_name(text, MAX_FIRM))]
Day = Annotated[
    date, BeforeValidator(parse_date), WithJsonSchema({"type": "string", "title": "Dato: 2012-11-14 eller 14-11-2012"})
]
Clock = Annotated[time, BeforeValidator(parse_time), WithJsonSchema({"type": "string", "title": "Klokkeslæt: 13:00"})]
Flag = Annotated[bool, BeforeValidator(parse_flag), WithJsonSchema({"enum": ["ja", "nej", True, False]})]
