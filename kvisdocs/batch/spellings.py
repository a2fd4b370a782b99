"""How a mark may be written in a finished paper, and how it is known again: by whole words, not by letters in a row.

`Hanna Holmgaard` does not stand in `Johanna Holmgaarden`; she does stand in `Holmgaard, Hanna` and in `H. Holmgaards`.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from kvisdocs.cases.spellings import cpr_pattern, fold


class MarkKind(StrEnum):
    """What a mark is, in the words of a message."""

    CPR = "the CPR number"
    NAME = "the name"
    FIRM = "the name of the firm"
    PRACTICE = "the practice"
    PROVIDER = "the provider number"
    ADDRESS = "the address"
    PHONE = "the phone number"
    EMAIL = "the e-mail address"
    CASE_NUMBER = "the case number"
    TITLE = "the title"
    SENDER = "the sender"


_NO_LETTER = re.compile(r"[\W_]+")
_CHUNK = re.compile(r"[^\W_]+")
_BROKEN = r"(?:[-\N{HYPHEN}]\s*)?"
"""What a word broken at the end of a line has between two of its letters."""
_GENITIVE = r"(?:['\N{RIGHT SINGLE QUOTATION MARK}]?s)?"
_HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
_BEGIN, _END = r"(?<![^\W_])", r"(?![^\W_])"
_MOST_WORDS = 6
"""The words of the longest name that is looked for in other orders."""


def squeeze(text: str) -> str:
    """Letters and digits alone, in small letters, composed: what is left of a text whatever its line breaks."""
    return _NO_LETTER.sub("", fold(text))


@lru_cache(maxsize=4096)
def spell(kind: MarkKind, text: str) -> tuple[str, ...]:
    """All ways a value is looked for, first the one in the case. Of a person: last name first, initials, no middle."""
    words = text.split()
    if kind is not MarkKind.NAME or not 2 <= len(words) <= _MOST_WORDS or is_right_to_left(text):
        return (text,)
    return tuple(dict.fromkeys((text, *_turned(words), *_shortened(words), *initial(text))))


def _turned(words: list[str]) -> Iterator[str]:
    for at in range(1, len(words)):
        yield f"{' '.join(words[at:])}, {' '.join(words[:at])}"


def _shortened(words: list[str]) -> Iterator[str]:
    if len(words) > 2:
        yield f"{words[0]} {words[-1]}"


def initial(name: str) -> Iterator[str]:
    """A person's name with initials for the first names, and for the middle ones alone."""
    *given, last = name.split()
    if given:
        letters = [f"{each[0]}." for each in given]
        yield " ".join((*letters, last))
        yield " ".join((given[0], *letters[1:], last))


def is_right_to_left(text: str) -> bool:
    """Whether some of it is read from the right: the words of a PDF's line are then handed back in another order."""
    return not text.isascii() and any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)


def key(kind: MarkKind, spelled: str) -> str:
    """What must stand in the squeezed words of a paper, for the spelling to stand in it."""
    if is_right_to_left(spelled):
        return max(_CHUNK.findall(fold(spelled)), key=len, default="")
    return squeeze(spelled)


def stands_in(kind: MarkKind, spelled: str, folded: str) -> bool:
    """Whether a spelling stands among the folded words of a paper, whole, however it is broken over lines."""
    if is_right_to_left(spelled):
        return _letters(spelled) <= _letters(folded)
    return _pattern(kind, spelled).search(folded) is not None


def _letters(text: str) -> set[str]:
    """Its words, each by its letters sorted: a PDF hands back words in the order of the line, and `لا` as `ال`."""
    return {"".join(sorted(word)) for word in _CHUNK.findall(fold(text))}


@lru_cache(maxsize=1024)
def _pattern(kind: MarkKind, spelled: str) -> re.Pattern[str]:
    text = fold(spelled)
    if kind is MarkKind.CPR:
        return cpr_pattern(spelled)
    if kind is MarkKind.PROVIDER:
        return re.compile(rf"(?<!\d){squeeze(text)}(?!\d|-[\dx])")
    if kind is MarkKind.PHONE:
        return re.compile(r"(?<!\d)" + r"[\s./-]{0,2}".join(squeeze(text)) + r"(?!\d)")
    return re.compile(_BEGIN + _in_order(text, kind) + (_GENITIVE if _has_genitive(kind) else "") + _END)


def _has_genitive(kind: MarkKind) -> bool:
    return kind in (MarkKind.NAME, MarkKind.FIRM, MarkKind.PRACTICE, MarkKind.SENDER)


def _in_order(text: str, kind: MarkKind) -> str:
    """The words one after the other. What a hyphen joins may be written apart or as one word."""
    chunks = list(_CHUNK.finditer(text))
    pattern = "".join(map(_word, chunks[:1]))
    for before, after in pairwise(chunks):
        pattern += _gap(text[before.end() : after.start()], kind) + _word(after)
    return pattern


def _word(chunk: re.Match[str]) -> str:
    return _BROKEN.join(map(re.escape, chunk[0]))


def _gap(signs: str, kind: MarkKind) -> str:
    if kind is MarkKind.NAME and signs.startswith("."):
        return r"\.[\s-]*"  # an initial
    if kind is MarkKind.NAME and signs.strip() in tuple(_HYPHENS):
        return r"[\W_]*"
    return r"[\W_]+"
