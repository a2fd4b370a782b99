"""Where Danish words may be divided at the end of a line of the PDF.

Pyphen's patterns know few compounds, and often put the s that joins two words with the second: `fravær-ssamtale`. Word
divides words by a list of its own.
"""

import re
from functools import cache
from itertools import pairwise

import pyphen

_VOWEL = re.compile("[aeiouyæøåéüöä]")

_NO_BEGINNING = re.compile("s(?!hop|how)[bdfghrsz]")
"""An s and what follows it in no Danish word's beginning, so that the s ends the word before."""

_JOINED_BY_S = re.compile(
    "(?:vær|ansvar|forsvar|alder|medlem|forløb|erhverv|tilsyn|ophold|arbejd|hed|skab|[gn]dom|ning|else|[st]ion|itet)$"
)
"""Ends of words that a compound joins to the next by an s: fraværs-tid, visitations-tal."""


@cache
def improve_hyphens() -> None:
    """Have WeasyPrint divide Danish words by `_Danish`: it takes its patterns from Pyphen's cache."""
    path = pyphen.LANGUAGES[pyphen.language_fallback("da")]
    pyphen.hdcache[path] = _Danish(path)


class _Danish(pyphen.HyphDict):  # type: ignore[misc]  # Pyphen has no types
    """Pyphen's patterns, and what they get wrong about an s between two words put right."""

    def positions(self, word: str) -> list[int]:
        """The places where the word may be divided, counted from its beginning."""
        lower = word.lower()
        moved = {_behind_s(lower, place) for place in super().positions(word)}
        places = sorted(moved - {len(lower)})
        return [pyphen.DataInt(a) for a, b in pairwise([*places, len(lower)]) if _VOWEL.search(lower, a, b)]


def _behind_s(word: str, place: int) -> int:
    """The place, or the one behind the s there, where it joins what is before to what follows."""
    joins = word.startswith("s", place) and _JOINED_BY_S.search(word, 0, place)
    return place + 1 if joins or _NO_BEGINNING.match(word, place) else place
