"""What a field of a model takes, read from its annotation: a date, a closed list, prose; and how people write it."""

import re
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from annotated_types import MaxLen
from pydantic import AfterValidator
from pydantic.fields import FieldInfo

from kvisdocs.cases.model.base import FieldError, inner_choice, inner_model
from kvisdocs.cases.model.values import MONTHS, parse_date, parse_flag


class Kind(StrEnum):
    """What a part of a form is."""

    LINE = "line"
    TEXT = "text"
    """Text of one or more lines."""
    PROSE = "prose"
    """Text in Markdown."""
    PHRASE = "phrase"
    """Text in Markdown, on one line."""
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    """Several values of a closed list."""
    GROUP = "group"
    LIST = "list"
    TABLE = "table"
    """Values by names that are not the model's."""
    OTHER = "other"
    """What the form cannot change: it is shown as it stands."""


HOLDS_PARTS = {Kind.GROUP, Kind.LIST, Kind.TABLE}
YES_OR_NO = {"ja": "Ja", "nej": "Nej"}

_PROSE = re.compile(r"\s*\(Markdown[^)]*\)")
_END = r";|,(?! (?:der|som|det|de|borgeren|sagen|bilaget|udvalget|tallene)\b)"
"""Where a label ends; what follows these words belongs to the noun before the comma."""
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_BY_TYPE = {date: Kind.DATE, time: Kind.TIME, bool: Kind.FLAG, int: Kind.NUMBER, Decimal: Kind.NUMBER}


def kind_of(field: FieldInfo) -> Kind:
    """What a field takes."""
    return _kind(field.annotation, tuple(field.metadata), field.description or "")


def kind_of_items(field: FieldInfo) -> Kind:
    """What each item of a list or table takes."""
    inner = get_args(_unwrapped(field.annotation, ())[0])
    annotation = inner[1] if kind_of(field) is Kind.TABLE else inner[0]
    return _kind(annotation, (), field.description or "")


def _unwrapped(annotation: Any, metadata: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """The type without `Annotated` and `| None`, and all that is said of it."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            metadata = (*metadata, *more)
        elif NoneType in get_args(annotation):
            (annotation,) = (each for each in get_args(annotation) if each is not NoneType)
        else:
            return annotation, metadata


def _kind(annotation: Any, metadata: tuple[Any, ...], description: str) -> Kind:
    annotation, metadata = _unwrapped(annotation, metadata)
    origin = get_origin(annotation)
    if origin is Literal:
        return Kind.OTHER
    if origin is dict:
        return Kind.TABLE
    if origin is tuple:
        is_closed = inner_model(annotation)[0] is None and inner_choice(annotation) is not None
        return Kind.CHOICES if is_closed else Kind.LIST
    if inner_model(annotation)[0] is not None:
        return Kind.GROUP
    if inner_choice(annotation) is not None:
        return Kind.CHOICE
    if annotation in _BY_TYPE:
        return _BY_TYPE[annotation]
    if prose := _PROSE.search(description):
        return Kind.PHRASE if "linje" in prose[0] else Kind.PROSE
    is_checked = any(isinstance(each, AfterValidator) for each in metadata)
    return Kind.LINE if is_checked else Kind.TEXT


def most_items(field: FieldInfo) -> int | None:
    """How many items a list may have."""
    return next((each.max_length for each in field.metadata if isinstance(each, MaxLen)), None)


def divide(description: str, holds_parts: bool) -> tuple[str, str]:
    """A field's description as its label and what there is to say besides."""
    said = _PROSE.sub("", description)
    label = re.split(_END if holds_parts else f"{_END}|:", said, maxsplit=1)[0]
    rest = said[len(label) :].lstrip(",;: ")
    return label, rest[:1].upper() + rest[1:]


def show_value(kind: Kind, written: str) -> str:
    """A value as the form shows it: a date as Danes write it, ja and nej; anything else as it stands."""
    if kind is Kind.DATE and _ISO.fullmatch(written) and (day := _day(written)):
        return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
    if kind is Kind.FLAG and (flag := _flag(written)) is not None:
        return "ja" if flag else "nej"
    return written


def write_value(kind: Kind, typed: str, before: str) -> str | None:
    """What a file is given for what was typed in place of `before`; None for nothing.

    A date becomes `2026-03-03`, unless the file writes that one otherwise.
    """
    text = typed.strip() if kind not in {Kind.TEXT, Kind.PROSE} else typed.rstrip()
    if not text:
        return None
    if kind is Kind.DATE and (_ISO.fullmatch(before) or not _day(before)) and (day := _day(text)):
        return day.isoformat()
    return f"{text}\n" if "\n" in text else text


def _day(text: str) -> date | None:
    try:
        found = parse_date(text)
    except FieldError:
        return None
    return found if isinstance(found, date) else None


def _flag(text: str) -> bool | None:
    try:
        return parse_flag(text) is True
    except FieldError:
        return None
