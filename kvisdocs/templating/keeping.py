"""Words of prose that belong together on a line: `14. november`, `kl. 9.30`, `§ 9`, `3 mio. kr.`, `H. C. Ørsted`.

The filters of formatting.py keep a value and its unit together as they write it. What a caseworker types is searched
here, and an ordinary space (or line break) in such a pair becomes a no-break space, for which both writers have a sign.
(Folketinget, "Tal eller bogstaver".)
"""

import re

from kvisdocs.cases.values import MONTHS
from kvisdocs.templating.formatting import NBSP

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
