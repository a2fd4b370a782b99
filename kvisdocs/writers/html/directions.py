"""Text from right to left: which stretches of a text Word must be told of (`w:rtl`; ECMA-376, 17.3.2.30).

Word orders runs, and knows of a run only what it is told. So the rules for a paragraph (UAX #9, W7, N1 and N2) are
worked out here: digits go with the letters before them, spaces and signs with the letters on both sides, else with the
direction around.
"""

import re
from itertools import groupby
from unicodedata import bidirectional

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""The blocks of Hebrew, Arabic and their like: where none of them stands, nothing needs to be worked out."""

_STRONG = {"L": False, "R": True, "AL": True, "AN": True}


def split_directions(text: str, rtl: bool) -> list[tuple[str, bool]]:
    """The stretches of a text in order, each with whether it runs from right to left. `rtl`: the text around does."""
    if not rtl and not RIGHT_TO_LEFT.search(text):
        return [(text, False)]
    ways: list[bool | None] = []
    before = rtl
    for character in text:
        kind = bidirectional(character)
        way = before if kind == "EN" else _STRONG.get(kind)
        before = before if way is None else way
        ways.append(way)
    return [
        ("".join(character for character, _ in run), way)
        for way, run in groupby(zip(text, _settle(ways, rtl), strict=True), key=lambda pair: pair[1])
    ]


def _settle(ways: list[bool | None], rtl: bool) -> list[bool]:
    """Spaces and signs go with their neighbours where both run one way."""
    found: list[bool] = []
    before = rtl
    for way, run in groupby(ways):
        length = len(list(run))
        if way is not None:
            before = way
            found += [way] * length
            continue
        behind = next((each for each in ways[len(found) + length :] if each is not None), rtl)
        found += [before if before == behind else rtl] * length
    return found
