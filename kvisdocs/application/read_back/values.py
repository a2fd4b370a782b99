"""How a value of a case may stand in a document, and how it is written in the case when somebody changed it there."""

import contextlib
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from kvisdocs.application.read_back.word_text import plain
from kvisdocs.cases.model.base import FieldError
from kvisdocs.cases.model.numbers import parse_amount
from kvisdocs.cases.model.values import parse_date
from kvisdocs.templating.engine.formatting import (
    format_amount,
    format_date,
    format_number,
    format_numeric_date,
    format_short_date,
    format_weekday_date,
)

Shown = tuple[str, Callable[[str], str | None]]
"""A text of a document, and what the case would hold for another such text; None for what is none."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"-?[\d.,]*\d(?: ?(?:kr\.?|mio\.?.*))?", re.ASCII)
_DATE_FORMS = (format_weekday_date, format_date, format_short_date, format_numeric_date)


def find_shown(value: str) -> Iterator[Shown]:
    """All ways in which a value may stand in a document: as it is, as a date, as a number."""
    text = plain(value)
    if not text:
        return
    yield text, lambda said: said
    if text[:1].islower():
        yield text[:1].upper() + text[1:], lambda said: said[:1].lower() + said[1:]
    with contextlib.suppress(FieldError):
        day = parse_date(text)
        if isinstance(day, date):
            yield from ((plain(form(day)), lambda said: _as_date(said, value)) for form in _DATE_FORMS)
    if _NUMBER.fullmatch(text):
        with contextlib.suppress(FieldError):
            number = parse_amount(text)
            if isinstance(number, Decimal | int):
                forms = (format_amount(Decimal(number)), format_number(Decimal(number)))
                yield from ((plain(form), lambda said: _as_number(said, text)) for form in forms)


def _as_date(said: str, before: str) -> str:
    """A date as Danes write it, in the form of the case."""
    with contextlib.suppress(FieldError):
        day = parse_date(said)
        if isinstance(day, date) and _ISO.fullmatch(before.strip()):
            return day.isoformat()
    return said  # of which the case says what is wrong with it


def _as_number(said: str, before: str) -> str | None:
    """An amount or number as Danes write it: digits alone where the case has digits alone."""
    try:
        number = parse_amount(said)
    except FieldError:
        return None
    if not isinstance(number, Decimal | int):
        return None
    if re.fullmatch(r"-?\d+([.,]\d+)?", before):
        written = f"{Decimal(number):f}"
        return written if "." in before else written.replace(".", ",")
    return said
