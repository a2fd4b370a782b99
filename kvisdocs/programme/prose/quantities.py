"""The numbers in a Danish sentence: amounts of money, counts of people or things, shares in per cent.

What only looks like a count is left out: years, dates, §§, phone and case numbers, ranges (8-10), ordinals (1. samtale)
and lengths (6 uger, 37 timer). Words are matched as the papers of Herning and København write them, with or without the
full stop and the no-break space.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kvisdocs.cases.model.values import MONTHS
from kvisdocs.programme.prose.prose import NEXT_TO, before

SENTENCES = 128
"""So many are remembered: every rule asks for the numbers of the same sentences, one rule after the other."""

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_UNIT = r"mio\.?|mill\.?|millioner|million|mia\.?|milliarder|milliard|t\.(?=\s?kr)|t(?=kr)|tusind(?:e)?"
_MONEY = re.compile(
    rf"(?<![\w.,/])(?:(?P<a>{_NUMBER})(?:,-)?\s?(?P<u>{_UNIT})?\s?(?:kr\b\.?|kroner\b|DKK\b)(?:,-)?"
    rf"|(?:\bkr\.?|\bDKK)\s?(?P<b>{_NUMBER})(?![\d/-])\s?(?P<v>{_UNIT})?(?:,-)?)",
    re.IGNORECASE,
)
_FACTORS = {"mi": 10**6, "ma": 10**9, "t": 1000}
_VAGUE = re.compile(
    r"\b(?:ca\.?|cirka|omkring|omtrent|knap|godt|næsten|op til|over|under|mere end|mindre end|mindst|mindste|højst|"
    r"maks\.?|max\.?|maksimalt|minimum|mellem|pr\.|á|à|a)\s(?:de\s|kr\.?\s)?$",
    re.IGNORECASE,
)
_RANGE_AFTER = re.compile(r"\s?[-–]\s?\d|\s(?:til|og)\s(?=[\d.,]+\s?(?:mio|mia|kr)[^,]*$)")
_RANGE_BEFORE = re.compile(r"\d\s?(?:kr\.?\s?)?[-–]\s?$|[-–−]$")  # or below zero

_MONTH = "|".join(f"{month}|{month[:3]}\\." for month in MONTHS)
LENGTHS = (
    r"uge|ugers|uger|ugentlig|dag|dage|dages|døgn|måned|måneder|måneders|år|års|årig|årige|time|timer|timers|minut|"
    r"minutter|gang|gange|trin|point|procentpoint|promille|km|m2|m²|meter|kg|pct|procent|kr|kroner|mio|mia|million|"
    r"millioner|milliard|milliarder|kvartal|halvår|tusind|x|gb|mb|sider|side|grader|decimaler"
)
_COUNT = re.compile(
    rf"(?P<n>\d(?<![\w.,:/§–+-]\d)(?:\d{{0,2}}(?:\.\d{{3}})+|\d*))(?![\w–/-]|[.,:]\d|\s?[%‰½]|,-|\s?[-–]\s?\d|\s\d)"
    rf"(?!\.?\s(?:{_MONTH}))(?!\.?\s(?:-\s)?(?:{LENGTHS})\b)(?!\.\s?[a-zæøå(-])"
)
_LABEL = re.compile(
    r"(?:\b(?:nr\.?|numre|nummer|pkt\.?|punkt|punkterne|uge|uger|ugerne|kl\.?|side|sider|s\.|bilag|bilagene|tabel|figur|"
    r"kapitel|kap\.?|stk\.?|kategori|spor|år|§|§§|tlf\.?|telefon|lokal|lov|fase|version|trin|registrering|afsnit|model|"
    r"matchgruppe|gruppe|vej|vejen|gade|gaden|allé|lokale|etage|sal|alderen|artikel|art\.?|litra|"
    r"skala|klasse|område|distrikt|postnr\.?|cvr\.?|ean|sagsnr\.?|dok\.?nr\.?|j\.?nr\.?|journalnummer|kr\.?|dkk)"
    r"[\s:]+(?:ca\. )?|\d\s|\d\s?[-–]\s?|[§+]\s?)$",
    re.IGNORECASE,
)
_PERCENT = re.compile(rf"(?<![\w.,-])(?P<n>{_NUMBER})\s?(?:pct\b\.?|procent\b(?!point)|%)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its place: `start` and `end` in the passage. `value` is in kroner, in heads or in per cent.

    `step` is the last digit's weight (4,5 mio.: 100.000), so that rounded figures can be added up; `vague` marks
    `ca.`, `op til`, ranges and the like; `wrong_unit` a number of full kroner that is followed by mio. or mia.
    """

    value: Decimal
    start: int
    end: int
    shown: str
    step: Decimal = Decimal(1)
    vague: bool = False
    wrong_unit: bool = False


@lru_cache(maxsize=SENTENCES)
def find_amounts(text: str) -> tuple[Quantity, ...]:
    """The amounts of money, in kroner. Where the unit is plainly wrong, the number is taken as full kroner."""
    found = []
    folded = text.casefold()
    for match in _MONEY.finditer(text) if "kr" in folded or "dkk" in folded else ():
        digits, unit = match["a"] or match["b"], (match["u"] or match["v"] or "").casefold()
        number, step = parse_danish(digits)
        wrong = unit[:2] in {"mi", "ma"} and number >= 100_000
        kind = "ma" if unit.startswith(("mia", "millia")) else unit[:2] if unit.startswith("mi") else unit[:1]
        factor = 1 if wrong else _FACTORS.get(kind, 1)
        vague = bool(
            _VAGUE.search(before(text, match.start(), NEXT_TO))
            or _RANGE_BEFORE.search(before(text, match.start(), NEXT_TO))
            or _RANGE_AFTER.match(text, match.end())
        )
        start = match.start("a") if match["a"] else match.start("b")
        shown = match[0].strip()
        found.append(Quantity(number * factor, start, match.end(), shown, step * factor, vague, wrong))
    return tuple(found)


@lru_cache(maxsize=SENTENCES)
def find_counts(text: str) -> tuple[Quantity, ...]:
    """The counts of people or things. A bare number from 1900 to 2099 is a year."""
    found = []
    for match in _COUNT.finditer(text):
        digits = match["n"]
        words = before(text, match.start(), NEXT_TO)
        value, _ = parse_danish(digits)
        if (len(digits) == 4 and 1900 <= value < 2100) or len(digits.replace(".", "")) > 7 or _LABEL.search(words):
            continue
        if digits.startswith("0") and digits != "0":
            continue
        found.append(Quantity(value, *match.span("n"), digits, vague=bool(_VAGUE.search(words))))
    return tuple(found)


@lru_cache(maxsize=SENTENCES)
def find_percentages(text: str) -> tuple[Quantity, ...]:
    """The shares: `51 pct.`, `35,2 %`, `80 procent`."""
    found = []
    folded = text.casefold()
    for match in _PERCENT.finditer(text) if "pct" in folded or "procent" in folded or "%" in folded else ():
        value, step = parse_danish(match["n"])
        vague = bool(_VAGUE.search(before(text, match.start(), NEXT_TO)))
        found.append(Quantity(value, *match.span(), match[0], step, vague))
    return tuple(found)


def parse_danish(digits: str) -> tuple[Decimal, Decimal]:
    """`3.286.600` or `4,5` → the number and the weight of its last digit."""
    number = Decimal(digits.replace(".", "").replace(",", "."))
    return number, Decimal(1).scaleb(int(number.as_tuple().exponent)) if "," in digits else Decimal(1)


def format_danish(number: Decimal) -> str:
    """`4500000` → `4.500.000`, `4.50` → `4,5`."""
    whole, _, rest = f"{number:,f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def format_sum(parts: "list[Decimal] | tuple[Decimal, ...]") -> str:
    """`350.000 + 3.050.000 = 3.400.000`; of many parts the first and the last."""
    shown = [format_danish(part) for part in parts]
    if len(shown) > 8:
        shown = [*shown[:3], "…", shown[-1]]
    return f"{' + '.join(shown)} = {format_danish(sum(parts, Decimal(0)))}"
