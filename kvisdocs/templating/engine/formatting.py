"""Danish dates, numbers and amounts as text: pure functions over Babel, and the filters that templates use.

A number and what belongs to it keep together by a no-break space: `14. november 2012`, `80 pct.`, `4,5 mio. kr.`
(Folketinget, "Tal eller bogstaver"; København's and Herning's papers).

What a caseworker types is searched for such pairs too (`14. november`, `kl. 9.30`, `§ 9`, `H. C. Ørsted`): an ordinary
space or line break in one becomes a no-break space, for which both writers have a sign.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date as babel_date
from babel.numbers import format_decimal

from kvisdocs.cases.model.identifiers import mask_cpr
from kvisdocs.cases.model.values import MONTHS
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import suggest

NBSP = "\N{NO-BREAK SPACE}"
LOCALE = "da_DK"


def what_and_todo(what: Message, todo: Message) -> Message:
    """Both in one, as an exception carries them; `template_errors.told_apart` takes them apart again."""
    return N_("{what}; {todo}", what=what, todo=todo)


class FormatError(ValueError):
    """A value that a filter cannot show, told as `what_and_todo` to whoever writes the template."""


def format_date(day: date) -> str:
    """`14. november 2012`, the form of running text."""
    return babel_date(_day(day), f"d.'{NBSP}'MMMM'{NBSP}'y", locale=LOCALE)


def format_short_date(day: date) -> str:
    """`14. nov. 2012`, the form of narrow columns."""
    return babel_date(_day(day), f"d.'{NBSP}'MMM'{NBSP}'y", locale=LOCALE)


def format_numeric_date(day: date, pattern: str = "dd-MM-y") -> str:
    """`14-11-2012`, or as the profile's pattern says (`dd.MM.y`: `11.12.2008`)."""
    return babel_date(_day(day), pattern, locale=LOCALE)


def format_weekday_date(day: date) -> str:
    """`onsdag den 14. november 2012`."""
    return babel_date(_day(day), f"EEEE 'den' d.'{NBSP}'MMMM'{NBSP}'y", locale=LOCALE)


def format_week(day: date) -> str:
    """`uge 47`, the ISO week."""
    return f"uge{NBSP}{_day(day).isocalendar().week}"


def format_time(clock: time) -> str:
    """`kl. 13.00`."""
    if not isinstance(clock, time):
        raise _unfit(clock, N_("a time"))
    return f"kl.{NBSP}{clock:%H.%M}"


def format_clock(clock: time) -> str:
    """`13.00`, where "kl." stands before it already."""
    if not isinstance(clock, time):
        raise _unfit(clock, N_("a time"))
    return f"{clock:%H.%M}"


def format_number(number: Decimal | float) -> str:
    """`37`, `37,5`, `3.286.600`: two decimals at most, half a hundredth goes up, and no zeros that say nothing."""
    return _decimal(round_to(number, "0.01"), "#,##0.##")


def format_hours(hours: Decimal | float) -> str:
    """`1 time`, `37 timer`, `18,5 timer`."""
    return f"{format_number(hours)}{NBSP}{'time' if hours == 1 else 'timer'}"


def format_amount(kroner: Decimal | float) -> str:
    """`3.286.600 kr.`; øre only where there are any, and then two digits: `1.234,50 kr.`."""
    rounded = round_to(kroner, "0.01")
    return f"{_decimal(rounded, '#,##0' if rounded == rounded.to_integral_value() else '#,##0.00')}{NBSP}kr."


def format_percent(share: Decimal | float) -> str:
    """A share of 1 as whole percent: 0.8 → `80 pct.`; half a percent goes up."""
    return f"{_decimal(round_to(_number(share) * 100, '1'), '#,##0')}{NBSP}pct."


def format_list(words: Iterable[str], last: str = "og") -> str:
    """`a, b og c`."""
    if words is None or isinstance(words, str):
        raise _unfit(words, N_("a list"))
    found = [str(word) for word in words]
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} {last} {found[-1]}"


def format_genitive(name: str) -> str:
    """`Udvalgets`, `Jens'`: an apostrophe alone after s, x and z (Retskrivningsordbogen § 6.1).

    An abbreviation in brackets stays behind: `Planudvalgets (PU)`.
    """
    text = _text(name)
    if found := re.fullmatch(r"(.*\S)(\s*\([^()]*\))", text):
        return f"{format_genitive(found[1])}{found[2]}"
    return f"{text}'" if text.casefold().endswith(("s", "x", "z")) else f"{text}s"


def format_phone(number: str) -> str:
    """`96 28 00 00` with no-break spaces, so that a number stays on one line."""
    return _text(number).replace(" ", NBSP)


def format_masked_cpr(cpr: str) -> str:
    """`010170-xxxx`."""
    return mask_cpr(_text(cpr))


def find_word(value: object, words: Mapping[str, str]) -> str:
    """The template's word for one of the model's values: `"stress" | word(diagnosis_words)`."""
    if str(value) not in words:
        what = message("template.word.unknown", 'there is no word for "{value}"', value=value)
        raise FormatError(what_and_todo(what, suggest(str(value), words, N_("add it to the words"))))
    return words[str(value)]


def capitalize_first(text: str) -> str:
    """The text with a capital first letter; the rest stays as it is."""
    return _text(text)[:1].upper() + text[1:]


def _day(day: object) -> date:
    if not isinstance(day, date):  # babel takes None for today
        raise _unfit(day, N_("a date"))
    return day


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise _unfit(text, N_("a text"))
    return text


def _number(number: object) -> Decimal:
    if isinstance(number, bool) or not isinstance(number, (int, float, Decimal)):
        raise _unfit(number, N_("a number"))
    found = Decimal(str(number))
    if not found.is_finite():
        raise _unfit(number, N_("a number"))
    return found


def round_to(number: Decimal | float, unit: str) -> Decimal:
    """To the unit, half of it up, and never minus nothing."""
    return _number(number).quantize(Decimal(unit), ROUND_HALF_UP) + 0


def _decimal(number: Decimal, pattern: str) -> str:
    text: str = format_decimal(number, format=pattern, locale=LOCALE)
    return text


def _unfit(value: object, wanted: Message) -> FormatError:
    if value is None:
        what = message("template.value.empty", "an empty value is not {wanted}", wanted=wanted)
        return FormatError(what_and_todo(what, N_("put {{% if … %}} around it")))
    what = message("template.value.unfit", '"{value}" is not {wanted}', value=value, wanted=wanted)
    return FormatError(what_and_todo(what, N_("take another filter, or correct the name")))


FILTERS: dict[str, Callable[..., object]] = {
    "date": format_date,
    "short_date": format_short_date,
    "numeric_date": format_numeric_date,
    "weekday_date": format_weekday_date,
    "week": format_week,
    "time": format_time,
    "clock": format_clock,
    "number": format_number,
    "hours": format_hours,
    "amount": format_amount,
    "percent": format_percent,
    "sentence_list": format_list,
    "capital": capitalize_first,
    "phone": format_phone,
    "genitive": format_genitive,
    "masked_cpr": format_masked_cpr,
    "word": find_word,
}
"""What a template can write after `|`, beside Jinja's own filters and `markdown`."""


_GAP = "[ \n]"
_UNITS = (
    r"kr|kroner|t\.?kr|mio|mia|million(?:er)?|milliard(?:er)?|pct|procent|FTE|årsværk|timers?|time|min|minutters?|ugers?|uge|"
    r"dages?|dag|måneders?|måned|mdr|års?|trin|gange|km|cm|m|kg|x"
)
_PAIRS = (
    r"(?<!\d)\d\d(?:{gap}\d\d){{3}}(?!\d)",  # 96 28 00 00
    r"(?<![\d.,])\d{{1,2}}\.{gap}(?=[a-zæøå])",  # 14. november, 8. uge; sentences begin with capitals
    r"\d{gap}(?=(?:{months}|{units})\b|[%‰])",  # 80 %, 37 timer, 4 x
    r"\b(?:{months}){gap}(?=(?:19|20)\d\d\b)",  # november 2012
    r"\b(?:mio|mia|t)\.{gap}(?=kr\b)",
    r"(?:\b(?:kl|stk|kap|pkt|pr|ca|tlf|art|s)|nr)\.{gap}(?=\d)",  # kl. 9.30, sagsnr. 4
    r"\b(?:uge|kapitel|bilag|punkt|side|kategori|litra|kl){gap}(?=\d)",
    r"§{gap}(?=\d)|\bjf\.{gap}(?=[\d§])",
    r"\d{gap}(?=[-–]{gap}\d)|(?<=\d{gap})[-–]{gap}(?=\d)",  # 1 - 10
    r"\b[A-ZÆØÅ]\.{gap}(?=[A-ZÆØÅ])",  # H. C. Ørsted
    r"\b(?:bl|[a-zæøå])\.{gap}(?=[a-zæøå]{{1,4}}\.)",  # f. eks., bl. a.
)
_TOGETHER = re.compile("|".join(each.format(gap=_GAP, months="|".join(MONTHS), units=_UNITS) for each in _PAIRS))
_SPACES = str.maketrans(" \n", NBSP * 2)


def keep_together(text: str) -> str:
    """The text with no-break spaces inside what belongs together; as long as before, and alike but for these."""
    return _TOGETHER.sub(lambda found: found[0].translate(_SPACES), text)
