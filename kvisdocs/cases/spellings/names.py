"""A person's name in its usual spellings: last name first, with initials, without middle names, å as aa.

`Karoline Østergaard-Lindqvist` stands in `Lindqvist, Karoline`, in `K. Ø. Lindqvists plan` and in `KAROLINE
OESTERGAARD`; she does not stand in `Karoline Lindqvistsen`. All patterns are for text of `fold_letters`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kvisdocs.cases.spellings.normalisation import BROKEN, Key, fold_letters

_HYPHENS = "\N{HYPHEN}-"
_SEPARATOR = re.compile(rf"[\s{_HYPHENS}]+")
_NO_LETTER = re.compile(r"[\W_]+")
_GENITIVE = r"(?:['\N{RIGHT SINGLE QUOTATION MARK}]?s|['\N{RIGHT SINGLE QUOTATION MARK}])?"
_LETTER = r"[^\W_]"
_BEGIN, _END = f"(?<!{_LETTER})", f"(?!{_LETTER})"
_NO_LETTER_NEXT = r"(?![^\W\d_])"
"""A digit may follow a name: the number of a footnote."""

_APART = r"(?:[^\w,;.]|_|\.(?!\s))+"
"""Between first and last name: neither the comma of a turned name nor the end of a sentence."""

_INITIALS = re.compile(r"(?<![^\W_])(?:[A-ZÆØÅÄÖ]{1,3}|Aa|Ae|Oe|[^\W\d_a-z])(?![^\W_])")
_DIGRAPHS = ("aa", "ae", "oe")
"""Letters that may be one in an initial: `Aa. Søgaard`."""

_WORDS_OF_ONE_LETTER = ("i", "aa", "oe")
"""In Danish; without a point after it such a letter is no initial."""


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name as it was found: its first name or the initial of it, and its last name or a part of that."""

    first: str
    last: str
    turned: bool = False
    """Last name first, and no comma between: two names beside each other may look so."""

    def is_said_in(self, others: Iterable["WrittenName"]) -> bool:
        """Whether one of the others is the same name, in the same words or with more of the first name."""
        return any(
            each.last == self.last
            and (each.first == self.first or (self.is_initial and each.first[0] == self.first[0]))
            for each in others
        )

    @property
    def is_initial(self) -> bool:
        """Whether the first name is its initial."""
        return len(self.first) == 1 or self.first in _DIGRAPHS


@dataclass(frozen=True, slots=True)
class _Parts:
    """A name's words: the first, those between, and the parts of the last name, of which one may stand for all."""

    first: str
    between: tuple[str, ...]
    last: tuple[str, ...]

    @classmethod
    def of(cls, name: str) -> "_Parts | None":
        words = [parts for word in fold_letters(name).split() if (parts := _split(word))]
        if len(words) < 2:
            return None
        parts = [part for word in words for part in word]
        return cls(parts[0], tuple(parts[1:-1]), tuple(words[-1]))


def _split(word: str) -> list[str]:
    return [part for each in _SEPARATOR.split(word) if (part := _NO_LETTER.sub("", each))]


def find_initials(text: str) -> frozenset[str]:
    """The letters that stand alone in a text as initials do, in capitals, two or three in a row at most."""
    return frozenset(letter for found in _INITIALS.findall(text) for letter in fold_letters(found))


def name_keys(name: str) -> tuple[Key, ...]:
    """One of these stands in every text with the name, however it is spelled; none of a name of one word."""
    parts = _Parts.of(name)
    if parts is None:
        return ()
    keys = set()
    for last in parts.last:
        keys |= {Key(last + parts.first), Key(last + parts.first[0], parts.first[0])}
        for word in (parts.first, *parts.between):
            if word != last:
                starts = {word[0], word[:2]} if word.startswith(_DIGRAPHS) else {word[0]}
                keys |= {Key(word + last), *(Key(start + last, word[0]) for start in starts)}
    return tuple(sorted(keys, key=lambda key: key.letters))


def find_names(name: str, text: str) -> Iterator[WrittenName]:
    """Where a name of several words stands in the text, in any of its spellings."""
    for turned, pattern in _patterns(name):
        for found in pattern.finditer(text):
            groups = found.groupdict()
            first = groups.get("first") or groups["letter"]
            yield WrittenName(_NO_LETTER.sub("", first), _NO_LETTER.sub("", groups["last"]), turned)


@lru_cache(maxsize=1024)
def _patterns(name: str) -> tuple[tuple[bool, re.Pattern[str]], ...]:
    parts = _Parts.of(name)
    if parts is None:
        return ()
    first, initial = f"(?P<first>{_word(parts.first)})", f"(?P<letter>{_initial(parts.first)})"
    last, begun = _last(parts, _word), _last(parts, _beginning)
    pointed = r"\." if parts.first.startswith(_WORDS_OF_ONE_LETTER) else r"\.?"
    full = "".join(rf"(?:[\W_]*(?:{_word(word)}{_GENITIVE}|{_initial(word)}\.?{_END}))?" for word in parts.between)
    short = "".join(rf"(?:[\s{_HYPHENS}]{{0,2}}(?:{_word(word)}|{_initial(word)}\.?))?" for word in parts.between)
    forms = (
        (False, rf"(?P<first>{_beginning(parts.first)}){_GENITIVE}{full}{_APART}{last}{_GENITIVE}"),
        (False, rf"{_BEGIN}{initial}{pointed}{short}(?:[\s{_HYPHENS}]{{1,3}}|(?<=\.)){last}{_GENITIVE}"),
        (False, rf"{begun}[,;]\s{{0,3}}(?:{first}{_GENITIVE}|{initial}\.?)"),
        (True, rf"{begun}[^\S\n]{{1,3}}(?:{first}{_GENITIVE}|{initial}\.)"),
    )
    return tuple((turned, re.compile(form + _NO_LETTER_NEXT)) for turned, form in forms)


def _last(parts: _Parts, begin: Callable[[str], str]) -> str:
    whole = r"[\W_]*".join((begin(parts.last[0]), *map(_word, parts.last[1:])))
    return f"(?P<last>{'|'.join(dict.fromkeys((whole, *map(begin, parts.last))))})"


def _beginning(word: str) -> str:
    """The word where nothing stands before it. Its first letter comes first, since a search is quick by that."""
    letter = re.escape(word[0])
    return f"{letter}(?<!{_LETTER}{letter}){BROKEN}{_word(word[1:])}" if word[1:] else f"{_BEGIN}{letter}"


def _word(word: str) -> str:
    return BROKEN.join(map(re.escape, word))


def _initial(word: str) -> str:
    """The first letter; of one that is written as two, either."""
    return f"{word[0]}{word[1]}?" if word.startswith(_DIGRAPHS) else re.escape(word[0])
