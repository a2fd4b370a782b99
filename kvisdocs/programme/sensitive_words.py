"""Words of illness, treatment and private trouble in a text, and the marks of a person: where a reader would stop.

The words are data (`words/sensitive.yaml`, `words/persons.yaml`), since a list like this is never finished.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kvisdocs.cases.source import read_source

_FOLDER = Path(__file__).parent / "words"
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
    words = _words(is_paper)
    if not (words.stems.search(plain.text) or _CODE.search(plain.text)):
        return
    masked = words.harmless.sub(_blank, plain.text)
    for name in sorted(filter(None, known), key=len, reverse=True):
        masked = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _blank, masked, flags=re.IGNORECASE)
        for surname in words.surnames.intersection(name.casefold().split()):
            masked = re.sub(rf"\b{surname.title()}\b", _blank, masked)
    after = 0
    for hit in (*_CODE.finditer(masked), *words.stems.finditer(masked)):
        start, end = _whole_word(masked, hit)
        if start < after and hit.re is words.stems:
            continue
        if not _is_name(masked, start, end, words.surnames):
            yield plain.found(start, end)
        after = end if hit.re is words.stems else 0


def find_stems(text: str) -> set[str]:
    """The listed beginnings and parts of words that a text holds, in small letters."""
    return {found[0].casefold() for found in _words().stems.finditer(text)}


@cache
def little_words() -> frozenset[str]:
    """Words that have a capital where they begin a sentence, and are no names."""
    return frozenset(read_lists("persons")["little_words"])


@dataclass(frozen=True, slots=True)
class _Lists:
    stems: re.Pattern[str]
    harmless: re.Pattern[str]
    surnames: frozenset[str]


@cache
def _words(is_paper: bool = False) -> _Lists:
    lists = read_lists("sensitive")
    stems = [_stem(entry) for kind in _KINDS if kind != "general" or not is_paper for entry in lists[kind]]
    harmless = [rf"\b{_entry(entry)}\b" for entry in lists["harmless"]]
    return _Lists(
        re.compile("|".join(stems), re.IGNORECASE),
        re.compile("|".join(harmless), re.IGNORECASE),
        frozenset(lists["surnames"]),
    )


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


def _blank(found: re.Match[str]) -> str:
    return "·" * len(found[0])


def _whole_word(text: str, hit: re.Match[str]) -> tuple[int, int]:
    start, end = hit.span()
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


def _is_name(text: str, start: int, end: int, surnames: frozenset[str]) -> bool:
    """Whether a word with a capital is a person's or a firm's: `Peter Angst`, `Nordisk Medicin A/S`."""
    word = text[start:end]
    if not word.istitle():
        return False
    if _FIRM.match(text, end):
        return True
    before = re.search(r"(\w[\w.-]*) $", text[max(0, start - 40) : start])
    is_beside = before is not None and before[1].istitle() and before[1].casefold() not in little_words()
    return word.casefold() in surnames and (
        is_beside or bool(re.search(r"\b(?:hr|fru|frk|fr)\.? $", text[:start], re.I))
    )
