"""How wide the columns of a table in prose must be, so that words stay whole, and amounts and dates always do.

Columns are equal where that is enough. Else each gets what its longest word asks for; where that is more than the page
has, long words may be divided, and then the letters get smaller. What does not even fit then, the layout tells of.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ROOM = 49.5
"""A text's width (166 mm) in letters' heights of 9.5 points, as house.css has them in tables."""

PADDING = 0.85
"""What a cell keeps free beside its text, in letters' heights."""

SIZES = (("", 1.0), ("dense", 0.85), ("denser", 0.73))
"""Classes of `table` in house.css, and how high their letters are beside those of other tables."""

LONG, PART = 12, 9
"""A word of so many letters may be divided, into parts of about so many."""

_WORD = re.compile(r"[^ \t\n\u200b\xad]+")
_PARTS = re.compile(r"[^-/–—]*[-/–—]*")
_NARROW, _THIN, _WIDE = "fijlrtI.,;:!'()[]-\u00a0|/", '"J*°', "mwMWæÆ%@–—"


@dataclass(frozen=True, slots=True)
class Need:
    """What a column asks for, in letters' heights: its longest word, and the longest part where words are divided."""

    whole: float
    divided: float


def measure_word(word: str) -> float:
    """About how wide a word is in Carlito, in letters' heights; bold is a little wider."""
    width = 0.0
    for sign in word:
        if sign in _NARROW:
            width += 0.32
        elif sign in _WIDE:
            width += 0.86
        elif sign.isupper():
            width += 0.63
        else:
            width += 0.42 if sign in _THIN else 0.52
    return width


def find_need(texts: Iterable[str]) -> Need:
    """What the texts of one column ask for."""
    whole = divided = 0.0
    for text in texts:
        for word in _WORD.findall(text):
            for part in _PARTS.findall(word) if not any(map(str.isdigit, word)) else [word]:
                width = measure_word(part)
                whole = max(whole, width)
                divided = max(divided, width * PART / len(part) if len(part) >= LONG and _is_divisible(part) else width)
    return Need(whole, divided)


def _is_divisible(word: str) -> bool:
    """Words, addresses and names of files are; amounts, dates and numbers are not."""
    return sum(map(str.isalpha, word)) * 2 > len(word)


def fit_columns(needs: Sequence[Need]) -> tuple[str, list[float]]:
    """The table's class and its columns' shares in percent; no shares where equal ones are enough."""
    asked: list[float] = []
    for name, size in SIZES:
        room = ROOM / size
        for asked in ([each.whole + PADDING for each in needs], [each.divided + PADDING for each in needs]):
            if max(asked) <= room / len(asked):
                return name, []
            if sum(asked) <= room:
                return name, _share(asked, room)
    return SIZES[-1][0], _share(asked, sum(asked))


def _share(asked: Sequence[float], room: float) -> list[float]:
    """Each gets what it asks for; those that ask for little share evenly what is left."""
    level = room / len(asked)
    for _ in asked:
        wide = [each for each in asked if each > level]
        level = (room - sum(wide)) / max(1, len(asked) - len(wide))
    return [round(100 * max(each, level) / room, 3) for each in asked]
