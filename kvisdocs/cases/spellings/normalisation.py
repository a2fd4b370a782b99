"""One text for all ways to write it, and the patterns that know a CPR number again however it is spelled.

A search for what must not stand in a paper is only as good as this: `74 04 68–1238`, `740468/1238` and a number with a
soft hyphen in it are read by people as one and the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kvisdocs.cases.model.identifiers import parse_cpr

_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f]"
)
"""Soft hyphens, joiners, marks of direction: signs that nobody sees."""

_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉]")
"""The number of a footnote, which is no part of the word before it."""

_PLAIN = str.maketrans({"å": "aa", "æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "ð": "d", "ł": "l", "đ": "d", "ı": "i"})
_ACCENT = re.compile("[\u0300-\u036f]")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")

BETWEEN = r"(?:[^\w\r\n]|_){0,5}(?:\r?\n(?:[^\w\r\n]|_){0,3})?"
"""What may part two digits of one number: a few signs, and the end of one line."""


BROKEN = r"(?:[-\N{HYPHEN}]\s*|\r?\n\s*)?"
"""What a word has between two letters where it is broken at the end of a line, or where a narrow column ends."""

_AND = r"(?!\W*(?:og|eller|samt|til)\W)"


def fold_digits(text: str) -> str:
    """Every decimal digit of any script as 0-9, sign for sign."""
    return text if text.isascii() else _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)


def fold(text: str) -> str:
    """The text in small letters, composed, its digits 0-9, without signs that nobody sees: made for comparing."""
    if text.isascii():
        return text.lower()
    return fold_digits(unicodedata.normalize("NFKC", _RAISED.sub(" ", _UNSEEN.sub("", text))).casefold())


def fold_letters(text: str) -> str:
    """Folded, and its letters as they are written where a keyboard lacks them: `Åse Søgård` as `aase soegaard`."""
    folded = fold(text).translate(_PLAIN)
    return folded if folded.isascii() else _ACCENT.sub("", unicodedata.normalize("NFD", folded))


@lru_cache(maxsize=256)
def cpr_pattern(cpr: str) -> re.Pattern[str]:
    """Finds that number in folded text, in pairs, with points, slashes, spaces or dashes, alone and not in a longer.

    Between the birthday and the last four digits there may be letters too: `740468 xxxx 1238`. "og" makes two numbers.
    """
    digits = re.sub(r"\D", "", fold_digits(cpr))
    birthday, rest = BETWEEN.join(digits[:6]), BETWEEN.join(digits[6:])
    return re.compile(rf"(?<!\d){birthday}(?:{BETWEEN}|{_AND}[^\d\r\n]{{1,8}}){rest}(?!\d)")


_IN_WORD = r"[\u00ad\u200b-\u200d\u2060*_`\\]{0,4}"
"""What may stand between two digits and is not seen: soft hyphens, and the signs that make letters bold."""

_PAIR = rf"[0-9]{_IN_WORD}[0-9]"
_SIGN = r"[-./\u2010-\u2015\u2212\ufe63\uff0d\u00a0\u2007\u2009\u202f ]"
_CPR = re.compile(
    rf"(?P<birth>{_PAIR}{_IN_WORD}(?P<sign>{_SIGN}?){_IN_WORD}{_PAIR}{_IN_WORD}(?P=sign){_IN_WORD}{_PAIR})"
    r"(?P<between>(?:[^\w,;\r\n]|_){0,7}(?:\r?\n(?:[^\w,;\r\n]|_){0,3})?)"
    rf"(?P<rest>{_PAIR}{_IN_WORD}{_SIGN}?{_IN_WORD}{_PAIR})"
    rf"(?!{_IN_WORD}[0-9]|-{_IN_WORD}[0-9]|[.,/][0-9]|[^\W_])"
)
_DASH = re.compile(r"[-\u2010-\u2015\u2212\ufe63\uff0d]")
_NO_BEGINNING = re.compile(r"[0-9][-./,]?$|\w-$|[^\W\d_]$")
_GOES_ON = re.compile(r"\s\d")
_LABEL = re.compile(r"(?:cpr|nr|nummer)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Key:
    """Letters and digits in a row, by which a search finds the texts where a value may stand."""

    letters: str
    beside: str = ""
    """What must stand in the text too, as a word of its own: an initial, a house number."""


@dataclass(frozen=True, slots=True)
class WrittenCpr:
    """A number in a text that may be a CPR number; `certain` where nothing else is written so."""

    offset: int
    cpr: str
    certain: bool


def find_cpr_numbers(text: str) -> Iterator[WrittenCpr]:
    """Ten digits of which the first six are a date, in pairs or not, whatever signs part them.

    A dash between the six and the four makes it certain, unless the six may be a date that is written with points.
    """
    for found in _CPR.finditer(fold_digits(text)):
        before = text[max(0, found.start() - 8) : found.start()]
        dashed = _DASH.search(found["between"]) is not None
        certain = dashed and (not found["sign"] or not re.search(r"\s", found["between"]))
        in_row = (before[-2:-1].isdigit() and before[-1:].isspace()) or _GOES_ON.match(text, found.end())
        if (_NO_BEGINNING.search(before) and not _LABEL.search(before)) or (in_row and not certain):
            continue
        try:
            cpr = parse_cpr(re.sub(r"[^0-9]", "", found["birth"] + found["rest"]))
        except ValueError:
            continue
        yield WrittenCpr(found.start(), cpr, certain)
