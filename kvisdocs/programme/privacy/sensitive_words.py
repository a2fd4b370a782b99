"""Words of illness, treatment and private trouble in a text, and the marks of a person: where a reader would stop.

The words are data (`words/sensitive.yaml`, `words/persons.yaml`), since a list like this is never finished.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ahocorasick

from kvisdocs.cases.yaml.source import read_source

_FOLDER = Path(__file__).parent.parent / "words"
_KINDS = ("illness", "treatment", "general", "private")
_UNSEEN = "\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{WORD JOINER}*_`"
"""Signs within a word that a reader does not see: what nobody sees, and Markdown's."""
_SEEN_ALL = re.compile(f"[{_UNSEEN}]")
_WORD = re.compile(r"\w+(?:-\w+)*")
_CODE = re.compile(
    r"\bD?F[ -]?[0-9]{2}\.[0-9]{1,2}\b|\bDF[0-9]{2,4}\b"
    r"|(?:\bdiagnose\w*|\b\w*kode|\bICD(?:-?10)?|\bpga\.|\bpå grund af)[ :]*\bD?[A-TV-Z][0-9]{2}(?:\.?[0-9]{1,2})?\b",
    re.IGNORECASE,
)
"""A code of the WHO's classification of diseases: F32.1, DF432, ICD-10 M54."""
_MAY_BE_CODE = re.compile(r"[a-z][ -]?[0-9]{2}")
_NEAR = 24
"""Signs on each side of a word in which what makes it harmless begins."""
_FIRM = re.compile(r" (?:\w+ )?(?:A/S|ApS|I/S|K/S|& Co)(?!\w)")


@dataclass(frozen=True, slots=True)
class Found:
    """A word in a text: where it begins, and what a reader sees there."""

    offset: int
    word: str


@dataclass(frozen=True, slots=True)
class Plain:
    """A text as a reader sees it, and where each of its signs stands in the text as it is written."""

    text: str
    offsets: tuple[int, ...] | None = None

    def found(self, start: int, end: int) -> Found:
        """What stands there."""
        return Found(self.offsets[start] if self.offsets else start, self.text[start:end])


def read_plain(text: str) -> Plain:
    """The text without signs that are not seen."""
    if not _SEEN_ALL.search(text) and unicodedata.is_normalized("NFC", text):
        return Plain(text)
    signs: list[str] = []
    offsets: list[int] = []
    for at, sign in enumerate(text):
        if signs and unicodedata.combining(sign) and len(joined := unicodedata.normalize("NFC", signs[-1] + sign)) == 1:
            signs[-1] = joined
        elif sign not in _UNSEEN:
            signs.append(sign)
            offsets.append(at)
    return Plain("".join(signs), (*offsets, len(text)))


def find_sensitive(plain: Plain, known: Iterable[str] = (), is_paper: bool = False) -> Iterator[Found]:
    """The sensitive words of a text. `known` are names that the reader knows, which tell him nothing.

    A finished paper (`is_paper`) may speak of illness in general: that it says nothing of it.
    """
    hits = sorted({*_find_stems(plain.text, is_paper), *_find_codes(plain.text)})
    if not hits:
        return
    names = _name_spans(plain.text, known)
    after = 0
    for hit in hits:
        start, end = _whole_word(plain.text, *hit)
        if start < after or any(first <= start and end <= last for first, last in names):
            continue
        if not (_is_harmless(plain.text, *hit) or _is_name(plain.text, start, end)):
            after = end
            yield plain.found(start, end)


def find_stems(text: str) -> set[str]:
    """The listed beginnings and parts of words that a text holds, in small letters."""
    return {text[start:end].casefold() for start, end in _find_stems(text, False)}


Span = tuple[int, int]


def _find_stems(text: str, is_paper: bool) -> Iterator[Span]:
    """Where listed words stand: looked up in an automaton, and only there compared with their borders."""
    small = text.lower()
    for last, entries in _screen().iter(small if len(small) == len(text) else text):
        for entry in entries:
            at = max(0, last + 1 - entry.reach)
            if not (is_paper and entry.is_general) and (hit := entry.pattern.search(text, at, last + entry.reach)):
                yield hit.span()


def _find_codes(text: str) -> Iterator[Span]:
    if _MAY_BE_CODE.search(text.lower()):
        yield from (hit.span() for hit in _CODE.finditer(text))


def _name_spans(text: str, known: Iterable[str]) -> list[Span]:
    """Where names stand that the reader knows, and, alone, those of their parts that are illnesses as well."""
    found = []
    for name in filter(None, known):
        found += [hit.span() for hit in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)]
        for surname in _surnames().intersection(name.casefold().split()):
            found += [hit.span() for hit in re.finditer(rf"\b{surname.title()}\b", text)]
    return found


def _is_harmless(text: str, start: int, end: int) -> bool:
    """Whether what was found is a part of something on the list of what tells nothing."""
    first, last = max(0, start - _NEAR), end + _NEAR
    return any(hit.start() <= start < hit.end() for hit in _harmless().finditer(text, first, last))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A listed word: how it is known, and how far it reaches around its longest part."""

    pattern: re.Pattern[str]
    reach: int
    is_general: bool


@cache
def _screen() -> ahocorasick.Automaton:
    """The longest word of each entry, with the entries that have it."""
    found: dict[str, list[_Entry]] = {}
    for kind in _KINDS:
        for entry in read_lists("sensitive")[kind]:
            longest = max(entry.strip("*").split(), key=len)
            pattern = re.compile(_stem(entry), re.IGNORECASE)
            found.setdefault(longest, []).append(_Entry(pattern, len(entry) + _NEAR // 2, kind == "general"))
    screen = ahocorasick.Automaton()
    for longest, entries in found.items():
        screen.add_word(longest, entries)
    screen.make_automaton()
    return screen


@cache
def _harmless() -> re.Pattern[str]:
    entries = (rf"\b{_entry(entry)}\b" for entry in read_lists("sensitive")["harmless"])
    return re.compile("|".join(entries), re.IGNORECASE)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(read_lists("sensitive")["surnames"])


@cache
def little_words() -> frozenset[str]:
    """Words that have a capital where they begin a sentence, and are no names."""
    return frozenset(read_lists("persons")["little_words"])


@cache
def read_lists(name: str) -> dict[str, list[str]]:
    """A file of word lists."""
    data = read_source(_FOLDER / f"{name}.yaml").data
    assert isinstance(data, dict)
    found = {key: value.split() if isinstance(value, str) else value for key, value in data.items()}
    return {key: [str(each) for each in value or ()] for key, value in found.items()}


def _stem(entry: str) -> str:
    """The part of an entry that is sought; the word around it is found afterwards."""
    inner = _entry(entry.strip("*"))
    return ("" if entry.startswith("*") else r"\b") + inner + ("" if entry.endswith("*") else r"\b")


def _entry(entry: str) -> str:
    return re.escape(entry).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")


def _whole_word(text: str, start: int, end: int) -> Span:
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether a word with a capital is a person's or a firm's: `Peter Angst`, `Nordisk Medicin A/S`."""
    word = text[start:end]
    if not word.istitle():
        return False
    if _FIRM.match(text, end):
        return True
    before = re.search(r"(\w[\w.-]*) $", text[max(0, start - 40) : start])
    is_beside = before is not None and before[1].istitle() and before[1].casefold() not in little_words()
    return word.casefold() in _surnames() and (
        is_beside or bool(re.search(r"\b(?:hr|fru|frk|fr)\.? $", text[:start], re.I))
    )
