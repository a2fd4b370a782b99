"""What a text must hold for a rule to say anything of it, told without reading its Markdown.

Most texts hold a number or two and nothing to compare them with, and to look for the words that every rule needs takes
a hundredth of the time of the rules. A text may be let through for nothing, but none is held back that would get a
remark: each condition below is less than what its rule asks for. A test compares the two on drawn texts.
"""

import re
from typing import NamedTuple

from kvisdocs.cases.model.values import MONTHS
from kvisdocs.programme.prose.dates import may_misdate
from kvisdocs.programme.prose.quantities import LENGTHS
from kvisdocs.programme.prose.read_prose import read_loosely, without_signs
from kvisdocs.programme.prose.shares import FRACTION_STEMS, OVER_ALL

_NUMBER = re.compile(r"\d\d*")  # of which re looks for the first digit faster than for `\d+`
_LISTED = re.compile(r"^[^\S\n]*(?:[-+*]|\d{1,9}[.)])[^\S\n]", re.MULTILINE)
_PLACED = re.compile(r"\A\s*\d|[:–-]\s?\d[\d.]*(?:\s[a-zæøå]+)?\.?\s*$", re.MULTILINE | re.IGNORECASE)
_LOST_DATE = re.compile(rf"\d\.[ \t]+(?:{'|'.join(MONTHS)})", re.IGNORECASE)
_MARKS = re.compile(r"[\W\d_]*")
_STRANGE = re.compile(r"[|>\r\f\v\x1c-\x1e\x85\u2028\u2029]")
"""Tables, quotations, code and strange line ends: too much for a glance."""

_TWICE_MILLIONS = re.compile(r"\d\d\d\.?\d{3}(?:,\d+)?(?:,-)?\s?mi", re.IGNORECASE)
_RATIO = re.compile(
    rf"\d(?!\.?\s(?:{LENGTHS})\b)(?:\s[a-zæøå-]+){{0,2}}\s(?:ud\s)?af\s(?:(?:de|i alt|alle|vores|projektets)\s)*\d",
    re.IGNORECASE,
)
_ADDS = (
    *("i alt", "ialt", "saml", "sammenlagt", "tilsammen", "total", "sum", "fordel", "består"),
    *("heraf", "hvoraf", "deraf", "af dette beløb", "af beløbet", "af disse"),
)
_PART_WORDS = ("heraf", "hvoraf", "deraf", "af disse", "af dem", "af hvilke", "blandt disse", "blandt dem")
_SEXES = ("mænd", "mand", "kvinde")
_WHOLES = (
    *("i alt", "ialt", "sum", "total", "saml"),
    *("borger", "person", "sygemeldt", "deltager", "ledige", "kvinder", "mænd", "unge", "ansatte", "medarbejder"),
    *("elev", "børn", "forløb", "sag", "visitere", "virksomhed", "patient", "kursist", "beboere", "familie", "henvist"),
)


class Doubts(NamedTuple):
    """Which rules might have something to say of a text: those over dates, over money, over counts and shares."""

    dates: bool
    money: bool
    counts: bool


NO_DOUBTS = Doubts(dates=False, money=False, counts=False)
ALL_DOUBTS = Doubts(dates=True, money=True, counts=True)


def find_doubts(words: str) -> Doubts:
    """What might be wrong with a line of words."""
    numbers = len(_NUMBER.findall(words))
    if not numbers:
        return NO_DOUBTS
    folded = words.casefold()
    money = _may_miscount_money(words, folded)
    counts = (numbers > 1 and _may_miscount(words, folded, numbers)) or OVER_ALL.search(words) is not None
    return Doubts(may_misdate(words), money, counts)


def find_doubts_in_markdown(text: str) -> Doubts:
    """What might be wrong with a text in Markdown, or with a part of one."""
    if not _NUMBER.search(text):
        return NO_DOUBTS
    if _STRANGE.search(text) or "```" in text or "~~~" in text:
        return ALL_DOUBTS
    words = read_loosely(text)
    dates, money, counts = find_doubts(words)
    return Doubts(dates or _may_lose_date(text), money, counts or _may_miscount_list(text, words))


def _may_miscount_money(words: str, folded: str) -> bool:
    amounts = folded.count("kr") + folded.count("dkk")
    if not amounts:
        return False
    return _TWICE_MILLIONS.search(words) is not None or (amounts > 1 and any(word in folded for word in _ADDS))


def _may_miscount(words: str, folded: str, numbers: int) -> bool:
    """Parts of a whole, `107 af 304`; with a third number, shares in words and what everybody has one of."""
    if any(word in folded for word in _PART_WORDS) or (" af " in folded and _RATIO.search(words)):
        return True
    if numbers == 2:
        return False
    if any(word in folded for word in FRACTION_STEMS):
        return True
    return folded.count("uddannelse") > 1 or sum(folded.count(word) for word in _SEXES) > 1


def _may_miscount_list(text: str, words: str) -> bool:
    """A list whose items begin or end with a count, and a whole of people or a total."""
    _, *items = _LISTED.split(text)
    if not items or len(_NUMBER.findall(words)) < 3:
        return False
    folded = words.casefold()
    return any(word in folded for word in _WHOLES) and any(_PLACED.search(without_signs(item)) for item in items)


def _may_lose_date(text: str) -> bool:
    """A number before a month where nothing but marks stands before it on its line."""
    starts = (found.start() for found in _LOST_DATE.finditer(text))
    return any(_MARKS.fullmatch(text, text.rfind("\n", 0, start) + 1, start) for start in starts)
