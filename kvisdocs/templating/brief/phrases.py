"""Phrases of a profile: texts with places in braces, which an item fills.

`{committee}` stands for a value, `{committee:genitive}` and `{date:d. MMMM y}` for one in another form. What stands in
square brackets is left out where a place in it has no value: `{title}[ ({document_number})]`. `[a|b]` is b where a
would be left out. Signs that mean themselves are written twice: `{{`, `[[`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache, partial
from typing import Annotated, Literal

from pydantic import AfterValidator

from kvisdocs.cases.model.base import FieldError
from kvisdocs.cases.model.values import Text
from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import suggest
from kvisdocs.templating.engine.formatting import (
    capitalize_first,
    format_clock,
    format_date,
    format_genitive,
    format_numeric_date,
)

Kind = Literal["text", "date", "time"]
Places = Mapping[str, Kind]
"""The places that a phrase may have, and what fills them."""

_FORMS: Mapping[str, Callable[[str], str]] = {
    "genitive": format_genitive,
    "capital": capitalize_first,
    "lower": lambda text: text[:1].lower() + text[1:],
}
_SIGN = re.compile(r"\{\{|\}\}|\[\[|\]\]|\{([^{}\[\]]*)\}|([\[\]|{}])")
MAX_DEPTH = 5
"""So deep are brackets read: nobody needs more, and each level is a call."""

_DATE_SIGNS = {"EEEE", "EEE", "d", "dd", "M", "MM", "MMM", "MMMM", "y", "yy", "yyyy"}


def parse_date_form(text: str) -> str:
    """`dd-MM-y`, `d. MMMM y`, `EEEE 'den' d. MMMM y`. Other letters mean other things than they seem to: `YYYY` is the
    year of the week.
    """
    bare = re.sub(r"'[^']*'", "", text)
    signs = [run[0] for run in re.finditer(r"([^\W\d_])\1*|['\"\d_]", bare)]
    if not {"d", "M"} <= {sign[0] for sign in signs} or not set(signs) <= _DATE_SIGNS:
        what = message("profile.brief.date_form", '"{text}" is not a form of a date', text=text)
        raise FieldError(what, N_("write dd-MM-y for 14-11-2012 or dd.MM.y for 14.11.2012"))
    return text


DateForm = Annotated[str, AfterValidator(parse_date_form)]


@dataclass(frozen=True, slots=True)
class Place:
    """A place to be filled, in a form."""

    name: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What stands in brackets: the first of these that has all its values, or nothing."""

    ways: tuple[tuple["Part", ...], ...]


Part = str | Place | Choice
Value = str | int | date | time | None


@lru_cache(maxsize=1000)
def parse_phrase(text: str) -> tuple[Part, ...]:
    """The parts of a phrase. Raises FieldError for a bracket without its other half."""
    ways: list[list[list[Part]]] = [[[]]]
    end = 0
    for sign in _SIGN.finditer(text):
        here = ways[-1][-1]
        here.append(text[end : sign.start()])
        end = sign.end()
        if sign[1] is not None:
            name, _, form = sign[1].partition(":")
            here.append(Place(name.strip(), form.strip()))
        elif sign[0] == "]]" and len(ways) > 2:
            _close(ways)
            _close(ways)
        elif sign[0] in ("{{", "}}", "[[", "]]"):
            here.append(sign[0][0])
        elif sign[0] == "[" and len(ways) > MAX_DEPTH:
            raise FieldError(
                message("profile.phrase.too_deep", '"{text}" has brackets in brackets in brackets', text=text),
                N_("write it with fewer"),
            )
        elif sign[0] == "[":
            ways.append([[]])
        elif sign[0] == "]" and len(ways) > 1:
            _close(ways)
        elif sign[0] == "|" and len(ways) > 1:
            ways[-1].append([])
        elif sign[0] == "|":
            here.append("|")
        else:
            raise _half(text, sign[0])
    if len(ways) > 1:
        raise _half(text, "[")
    return (*ways[0][0], text[end:])


def _close(ways: list[list[list[Part]]]) -> None:
    choice = Choice(tuple(tuple(way) for way in ways.pop()))
    ways[-1][-1].append(choice)


def _half(text: str, sign: str) -> FieldError:
    what = message("profile.phrase.half", '"{text}" has a "{sign}" without its other half', text=text, sign=sign)
    return FieldError(what, N_("add the other, or write {sign}{sign} for the sign itself", sign=sign))


def find_places(parts: Sequence[Part]) -> Iterator[Place]:
    """All places of a phrase, also those in brackets."""
    for part in parts:
        if isinstance(part, Place):
            yield part
        elif isinstance(part, Choice):
            for way in part.ways:
                yield from find_places(way)


def check_phrase(text: str, places: Places) -> str:
    """The phrase, whose places all can be filled. Raises FieldError, which names the nearest."""
    for place in find_places(parse_phrase(text)):
        if place.name not in places:
            what = message("profile.phrase.unknown_place", 'nothing fills "{{{name}}}" here', name=place.name)
            raise FieldError(what, suggest(place.name, places, _no_places(places)))
        if place.form:
            _check_form(place, places[place.name])
    return text


def _no_places(places: Places) -> Message:
    if not places:
        return N_("write {{{{ for a brace itself")
    return N_("use one of: {names}", names=listed(f"{{{name}}}" for name in places))


def _check_form(place: Place, kind: Kind) -> None:
    if kind == "date":
        parse_date_form(place.form)
    elif kind == "time" or place.form not in _FORMS:
        what = message("profile.phrase.form", '"{name}" has no form "{form}"', name=place.name, form=place.form)
        todo = suggest(place.form, _FORMS) if kind == "text" else N_("write {{{name}}}", name=place.name)
        raise FieldError(what, todo)


def phrase_of(**places: Kind) -> object:
    """The type of a phrase that has these places."""
    return Annotated[Text, AfterValidator(partial(check_phrase, places=places))]


def fill_phrase(text: str, values: Mapping[str, Value], date_form: str = "") -> str:
    """The phrase with its values; nothing at all where it has places and none of them a value.

    A place outside brackets that has no value is left empty. Dates are shown in `date_form` (else `14. november 2012`)
    unless the place has its own form.
    """
    parts = parse_phrase(text)
    places = list(find_places(parts))
    if places and all(values.get(place.name) in (None, "") for place in places):
        return ""
    said, _ = _fill(parts, values, date_form)
    return re.sub(" {2,}", " ", said).strip()


def _fill(parts: Sequence[Part], values: Mapping[str, Value], date_form: str) -> tuple[str, bool]:
    """What is said, and whether no value was missing outside brackets."""
    said, whole = [], True
    for part in parts:
        if isinstance(part, str):
            said.append(part)
        elif isinstance(part, Choice):
            filled = (_fill(way, values, date_form) for way in part.ways)
            said.append(next((text for text, is_whole in filled if is_whole), ""))
        else:
            value = values.get(part.name)
            whole = whole and value not in (None, "")
            said.append(_show(value, part.form, date_form))
    return "".join(said), whole


def _show(value: Value, form: str, date_form: str) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        chosen = form or date_form
        return format_numeric_date(value, chosen) if chosen else format_date(value)
    if isinstance(value, time):
        return format_clock(value)
    return _FORMS[form](str(value)) if form in _FORMS else str(value)
