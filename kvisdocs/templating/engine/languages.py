"""The filters of templates in another language than Danish: dates, numbers and amounts as Babel has them.

A number and what belongs to it keep together as in Danish. Digits are the Latin ones, so that a reader can compare them
with the Danish letter. `| date("ar")` in a Danish template gives the other language for that one value.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, time
from decimal import Decimal
from functools import partial

from babel.dates import format_date as babel_date
from babel.dates import format_time as babel_time
from babel.lists import format_list as babel_list
from babel.numbers import format_decimal
from babel.units import format_unit

from kvisdocs.cases.model.languages import DANISH, language_words
from kvisdocs.messages import message
from kvisdocs.problems import suggest
from kvisdocs.templating.engine import formatting
from kvisdocs.templating.engine.formatting import FILTERS, NBSP, FormatError, what_and_todo

_LOCALES = {"en": "en_GB"}
_WEEKS = {"en": "week", "de": "Woche", "pl": "tydzień", "uk": "тиждень", "ar": "الأسبوع", "fa": "هفتهٔ"}
_HOURS = {"fa": "ساعت"}
"""Where Babel has no word for them."""
_SPACES = str.maketrans(" ", NBSP)


def make_filters(language: str) -> dict[str, Callable[..., object]]:
    """What a template in that language can write after `|`; each takes another language for one value."""
    return {**FILTERS, **{name: partial(_say, name, language) for name in _SAYINGS}}


def _say(name: str, own: str, value: object, *given: object, language: str = "", **named: object) -> object:
    if given and name not in _TAKING and not language:
        language, *rest = map(str, given)
        given = tuple(rest)
    chosen = language or own
    if chosen == DANISH:
        return FILTERS[name](value, *given, **named)
    if chosen not in language_words().values():
        what = message("template.language.unknown", '"{language}" is no language code', language=chosen)
        raise FormatError(what_and_todo(what, suggest(chosen, ["da", "en", "ar", "uk", "pl"])))
    if isinstance(value, Iterator):  # of `map`, which gives its values once
        value = tuple(value)
    FILTERS[name](value, *given, **named)  # which says what is wrong with a value
    return _SAYINGS[name](_LOCALES.get(chosen, chosen), value, *given, **named)


def _date(locale: str, day: date) -> str:
    return babel_date(day, "long" if locale != "en_GB" else "d MMMM y", locale=locale).translate(_SPACES)


def _short_date(locale: str, day: date) -> str:
    return babel_date(day, "d MMM y", locale=locale).translate(_SPACES)


def _weekday_date(locale: str, day: date) -> str:
    return f"{babel_date(day, 'EEEE', locale=locale)} {_date(locale, day)}"


def _week(locale: str, day: date) -> str:
    return f"{_WEEKS.get(locale.partition('_')[0], 'W')}{NBSP}{day.isocalendar().week}"


def _clock(locale: str, clock: time) -> str:
    return babel_time(clock, "HH:mm", locale=locale)


def _number(locale: str, number: Decimal | float) -> str:
    rounded = formatting.round_to(number, "0.01")
    return str(format_decimal(rounded, format="#,##0.##", locale=locale))


def _hours(locale: str, hours: Decimal | float) -> str:
    if word := _HOURS.get(locale):
        return f"{_number(locale, hours)}{NBSP}{word}"
    rounded = formatting.round_to(hours, "0.01").normalize()
    whole = int(rounded) if rounded == rounded.to_integral_value() else rounded  # 1.00 hours, but 1 hour
    return format_unit(whole, "hour", "long", locale=locale).translate(_SPACES)


def _amount(locale: str, kroner: Decimal | float) -> str:
    rounded = formatting.round_to(kroner, "0.01")
    form = "#,##0" if rounded == rounded.to_integral_value() else "#,##0.00"
    return f"DKK{NBSP}{format_decimal(rounded, format=form, locale=locale)}"


def _percent(locale: str, share: Decimal | float) -> str:
    return f"{format_decimal(formatting.round_to(Decimal(str(share)) * 100, '1'), format='#,##0', locale=locale)}%"


def _list(locale: str, words: Iterable[str], last: str = "") -> str:
    found = [str(word) for word in words]
    if last and len(found) > 1:
        return f"{', '.join(found[:-1])} {last} {found[-1]}"
    return babel_list(found, locale=locale)


def _genitive(locale: str, name: str) -> str:
    return f"{name}\N{RIGHT SINGLE QUOTATION MARK}s" if locale == "en_GB" else name


_SAYINGS: dict[str, Callable[..., str]] = {
    "date": _date,
    "short_date": _short_date,
    "weekday_date": _weekday_date,
    "week": _week,
    "time": _clock,
    "clock": _clock,
    "number": _number,
    "hours": _hours,
    "amount": _amount,
    "percent": _percent,
    "sentence_list": _list,
    "genitive": _genitive,
}
_TAKING = {"sentence_list"}
"""Filters that take a value of their own: a language is named there, `language="ar"`."""
