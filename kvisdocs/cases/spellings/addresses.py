"""A street address in its usual spellings: with `nr.`, with the house letter apart or not, shortened, å as aa."""

import re
from collections.abc import Iterator
from functools import lru_cache

from kvisdocs.cases.model.people import Address
from kvisdocs.cases.spellings.normalisation import Key, fold, fold_letters

_SHORT = (
    ("vej", "v", "vj"),
    ("gade", "g", "gd"),
    ("allé", "alle", "all"),
    ("stræde", "str"),
    ("plads", "pl"),
    ("boulevard", "boul", "blvd"),
)
"""How the last part of a street's name is shortened."""

_WORDS = (
    *_SHORT,
    ("gammel", "gl", "gml"),
    ("nørre", "nr", "nørr"),
    ("nordre", "ndr"),
    ("sønder", "sdr"),
    ("søndre", "sdr"),
    ("vester", "v"),
    ("øster", "ø"),
    ("store", "st"),
    ("lille", "ll"),
    ("sankt", "skt", "sct", "st"),
)
_LETTERS = {"å": "(?:å|aa)", "æ": "(?:æ|ae|ä)", "ø": "(?:ø|oe|ö)", "é": "[ée]", "ü": "[üyu]"}
_GAP = r"[\W_]{0,8}"
_NUMBER = rf"{_GAP}(?:(?:husnummer|husnr|hus nr|nummer|hus|nr|no){_GAP})?"
"""Before a house number."""


def address_pattern(address: Address) -> re.Pattern[str]:
    """Finds the address in folded text: street and number, without floor and door, and the c/o name behind "c/o".

    Where a place stands below the street, the street in that place is enough, and so is the number there.
    """
    return re.compile("|".join(rf"(?<![^\W_]){form}" for form in _forms(address)))


@lru_cache(maxsize=1024)
def street_pattern(street: str) -> re.Pattern[str] | None:
    """Finds street and number in folded text, without floor and door; None of a street that has no number."""
    words, at = _parse(street)
    if at is None:
        return None
    return re.compile(rf"(?<![^\W_]){_spaced(words[:at])}{_NUMBER}0*{words[at]}(?!\d)")


def street_key(street: str) -> Key:
    """What every spelling of the street has: of its longest word what is never shortened, and the house number."""
    words, at = _parse(street)
    longest = max(words[:at], key=len, default="")
    endings = (end for full, *short in _SHORT for end in (full, *short[1:]))
    end = next((each for each in endings if longest.endswith(each) and len(longest) - len(each) > 2), "")
    return Key(fold_letters(longest.removesuffix(end)), "" if at is None else words[at])


def _parse(street: str) -> tuple[list[str], int | None]:
    """Its words, and which of them is the house number."""
    words = re.findall(r"\d+|[^\W\d_]+", fold(street))
    return words, next((n for n, word in enumerate(words) if n and word.isdigit() and not words[n - 1].isdigit()), None)


def _forms(address: Address) -> Iterator[str]:
    words, at = _parse(address.street)
    street = _spaced(words[:at])
    if at is None:
        yield rf"{street}(?!\w)"
    else:
        yield rf"{street}{_NUMBER}0*{words[at]}(?!\d)"
        yield rf"{words[at]}[ ,]{{1,3}}{street}(?!\w|[\W_]{{1,3}}(?:nr\W{{0,2}})?\d)"
    if address.place:
        place = _spaced(re.findall(r"\w+", fold(address.place)))
        yield rf"{street}[\W_]{{1,8}}(?:i[\W_]{{1,3}})?{place}(?!\w)"
        if at is not None:
            yield rf"{place}{_GAP}(?:hus)?n(?:umme)?r[\W_]{{0,3}}{words[at]}(?!\d)"
            yield rf"n(?:umme)?r[\W_]{{0,3}}{words[at]}{_GAP}i[\W_]{{1,3}}{place}(?!\w)"
    if address.care_of:
        name = _spaced(re.findall(r"\w+", fold(address.care_of)))
        yield rf"(?:c{_GAP}o|care{_GAP}of|v ?/){_GAP}{name}(?!\w)"


def _spaced(words: list[str]) -> str:
    return _GAP.join(map(_word, words))


def _word(word: str) -> str:
    """The word, or a short form of it or of its last part."""
    for forms in _WORDS:
        if word in forms:
            return "(?:" + "|".join(map(_letters, forms)) + ")"
    for full, *short in _SHORT:
        for end in (full, *short[1:]):
            if word.endswith(end) and len(word) - len(end) > 2:
                return _letters(word.removesuffix(end)) + "(?:" + "|".join(map(_letters, (full, *short))) + ")"
    return _letters(word)


def _letters(word: str) -> str:
    """Its letters in all spellings. A narrow column may end between any two of them."""
    plain = word.replace("aa", "å")
    return r"(?:\r?\n)?".join(_LETTERS.get(letter, re.escape(letter)) for letter in plain)
