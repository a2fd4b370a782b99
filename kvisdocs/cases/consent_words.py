"""Which kinds of data a consent's own words speak of: `covers` beside `data`.

`covers` is what the citizen signed, `data` is what the letter is given. What no word of `covers` speaks of was not
allowed, so the list below is wide: of two readings of a word both count, and the plan as a whole speaks of everything.
"""

import re
import unicodedata
from collections.abc import Mapping

from kvisdocs.cases.consent import Consent, DataType

_WHOLE = "plan opfølgningsplan handlingsplan handleplan helhed"
"""The plan with its three tracks, from which all kinds of data are taken. `optrapningsplan` is only one of them."""

WORDS: Mapping[DataType, str] = {
    DataType.PARTICIPATION: (
        "delta medvirk følger visit henvis tilmeld start slut *kvis *projekt *program *forløb *indsats "
        "*sygemeld *fravær *sygedag *sygeperiode *jobcent *kontakt *rehab"
    ),
    DataType.CATEGORY: "visit *kategori *gruppe",
    DataType.RETURN_GOAL: "*mål tilbage *vende genoptag rask *job *arbejd *virksomhed *stilling *ansæt *uddannelse",
    DataType.RETURN_PLAN: (
        "*optrap *time *tid dato dag uge trin delvis raskmeld genoptag *praktik *opstart start gradvis "
        "*nedsat *skema *opgave *hensyn"
    ),
    DataType.EMPLOYMENT_TRACK: "*mål *status *aftale *arbejd *beskæftigelse spor *job *opgave hvem",
    DataType.SOCIAL: (
        "*social *spor *bolig *lejlighed *husleje *hus *flyt *økonomi *gæld *penge *familie barn børn "
        "*hjem *hverdag *privat liv *ægte *mand *kone *kæreste *samliv *samlever *skilsmisse *forældre "
        "mor far søn datter *pårørende *netværk *venner *ensom *misbrug *alkohol *fritid *støtte *mentor "
        "*personlig *forhold *aflastning *transport"
    ),
}
"""Beginnings of words, in small letters; what has a star stands anywhere in one."""


def find_unspoken(consent: Consent) -> list[int]:
    """The numbers of those in `data` of which no word in `covers` speaks."""
    words = unicodedata.normalize("NFC", " ".join(consent.covers).casefold())  # a Mac may write å as two signs
    return [number for number, data in enumerate(consent.data) if not _PATTERNS[data].search(words)]


def compile_words(words: str) -> re.Pattern[str]:
    """A pattern for beginnings of words; for what has a star, anywhere in one."""
    parts = (word[1:] if word.startswith("*") else rf"\b{word}" for word in words.split())
    return re.compile("|".join(parts))


_PATTERNS = {data: compile_words(f"{_WHOLE} {words}") for data, words in WORDS.items()}
