"""A street address in its usual spellings: with `nr.`, with the house letter apart or not, shortened, å as aa."""

import re
from collections.abc import Iterator

from kvisdocs.cases.people import Address
from kvisdocs.cases.spellings import fold

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
_LETTERS = {"å": "(?:å|aa)", "æ": "(?:æ|ae|ä)", "ø": "(?:ø|oe|ö)", "é": "[ée]", "ü": "[üy]"}
_GAP = r"[\W_]{0,8}"
_NUMBER = rf"{_GAP}(?:(?:husnummer|husnr|hus nr|nummer|hus|nr|no){_GAP})?"
"""Before a house number."""


def address_pattern(address: Address) -> re.Pattern[str]:
    """Finds the address in folded text: street and number, without floor and door, and the c/o name behind "c/o".

    Where a place stands below the street, the street in that place is enough, and so is the number there.
    """
    return re.compile("|".join(rf"(?<![^\W_]){form}" for form in _forms(address)))


def _forms(address: Address) -> Iterator[str]:
    words = re.findall(r"\d+|[^\W\d_]+", fold(address.street))
    at = next((n for n, word in enumerate(words) if n and word.isdigit() and not words[n - 1].isdigit()), None)
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
    plain = word.replace("aa", "å")
    return "".join(_LETTERS.get(letter, re.escape(letter)) for letter in plain)
