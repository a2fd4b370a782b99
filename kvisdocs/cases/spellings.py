"""One text for all ways to write it, and the patterns that know a CPR number again however it is spelled.

A search for what must not stand in a paper is only as good as this: `74 04 68–1238`, `740468/1238` and a number with a
soft hyphen in it are read by people as one and the same.
"""

import re
import unicodedata
from functools import lru_cache

_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f]"
)
"""Soft hyphens, joiners, marks of direction: signs that nobody sees."""

_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉]")
"""The number of a footnote, which is no part of the word before it."""

_OTHER_DIGIT = re.compile(r"[^\D0-9]")

BETWEEN = r"(?:[^\w\r\n]|_){0,5}(?:\r?\n(?:[^\w\r\n]|_){0,3})?"
"""What may part two digits of one number: a few signs, and the end of one line."""


def fold_digits(text: str) -> str:
    """Every decimal digit of any script as 0-9, sign for sign."""
    return text if text.isascii() else _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)


def fold(text: str) -> str:
    """The text in small letters, composed, its digits 0-9, without signs that nobody sees: made for comparing."""
    if text.isascii():
        return text.lower()
    return fold_digits(unicodedata.normalize("NFKC", _RAISED.sub(" ", _UNSEEN.sub("", text))).casefold())


@lru_cache(maxsize=256)
def cpr_pattern(cpr: str) -> re.Pattern[str]:
    """Finds that number in folded text, in pairs, with points, slashes, spaces or dashes, alone and not in a longer."""
    digits = re.sub(r"\D", "", fold_digits(cpr))
    return re.compile(r"(?<!\d)" + BETWEEN.join(digits) + r"(?!\d)")
