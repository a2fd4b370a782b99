"""A person beside a word of illness in a committee's paper: such a paper is published.

That 142 of 304 have stress is what the paper is for. That somebody has who can be known is not: a name, a number, an
address or an age with a home, in the sentence of the word or in the one before ("… er 44 år. Hun har en depression").
"""

import re
from collections.abc import Iterator
from functools import cache

from kvisdocs.cases.committee import CommitteeItem
from kvisdocs.cases.source import Step
from kvisdocs.programme.case_texts import Texts
from kvisdocs.programme.prose import Remark
from kvisdocs.programme.sensitive_words import Plain, find_sensitive, little_words, read_lists, read_plain

_NOT_PROSE = {"attachments", "signers", "caseworker", "meeting", "municipality", "kind", "legal_basis"}
_SENTENCE = re.compile(r"(?<![Hh]r\.)(?<!fr\.)(?<!dr\.)(?<!nr\.)(?<=[.!?:])\s+(?=[A-ZÆØÅ])|\n\s*\n|\n(?=\s*[-*#|\d])")
_GOES_ON = re.compile(r"^\W*(?:hun|han|hendes|hans|vedkommende|personen|hen)\b", re.IGNORECASE)
_CAPITAL = r"(?:[A-ZÆØÅ][\w'’-]*[a-zæøå][\w'’-]*)"
_NAME = re.compile(rf"\b{_CAPITAL}(?: (?:[A-ZÆØÅ]\.|de|von|van|af|el|{_CAPITAL})){{0,3}} {_CAPITAL}")
_OTHERWISE = re.compile(
    r"\b(?:hr|fru|frk)\.? [A-ZÆØÅ]\w+"
    r"|\b[A-ZÆØÅ]\.\s?[A-ZÆØÅ]\.(?= (?:har|er|lider|fik|blev|var))"
    r"|\b\d{1,2}[ -]?årig\w* \w+\b[^.]{0,40}\b(?:fra|i|på) [A-ZÆØÅ]\w+"
    r"|\b[A-ZÆØÅ]\w+(?:vej|gade|allé|vænget|parken|stræde|torvet) \d+"
    r"|(?<!\d)\d{6}[- ]?(?:\d{4}|x{4})(?!\d)"
)
_PARTY = re.compile(r",? ?\([A-ZÆØÅ]{1,2}\)")

Exposed = tuple[tuple[Step, ...], str, list[Remark]]


def find_exposed(item: CommitteeItem, texts: Texts) -> Iterator[Exposed]:
    """The texts of an item that say of a person what illness it has."""
    officials = _officials(texts)
    for path, text in texts:
        if path[0] not in _NOT_PROSE:
            remarks = list(_remarks(read_plain(text), officials))
            if remarks:
                yield path, text, remarks


def _remarks(plain: Plain, officials: str) -> Iterator[Remark]:
    if next(find_sensitive(plain), None) is None:
        return
    start, before = 0, ""
    for end in (*(hit for hit in _SENTENCE.finditer(plain.text)), None):
        sentence = plain.text[start : end.start() if end else len(plain.text)]
        person = _find_person(sentence, officials)
        if not person and _GOES_ON.match(sentence):
            person = before
        for found in find_sensitive(Plain(sentence), [person] if person else ()) if person else ():
            at = plain.found(start + found.offset, start + found.offset).offset
            what = f'"{found.word}" beside "{person}": the paper is published, and says who is ill'
            yield Remark(at, what, "count, and name nobody")
        before = person
        start = end.end() if end else 0


def _find_person(sentence: str, officials: str) -> str:
    """Whoever a sentence lets its reader know, or nothing."""
    for hit in _NAME.finditer(sentence):
        name = hit[0]
        words = name.split()
        if words[0].casefold() in little_words():
            words = words[1:]
        before = re.findall(r"\w+", sentence[max(0, hit.start() - 30) : hit.start()])
        if _titles().intersection(word.casefold() for word in (words[0], *before[-1:])):
            continue
        if len(words) < 2 or any(_is_organisation(word) for word in words):
            continue
        if _PARTY.match(sentence, hit.end()) or " ".join(words).casefold() in officials:
            continue
        return " ".join(words)
    other = _OTHERWISE.search(sentence)
    return other[0] if other else ""


def _is_organisation(word: str) -> bool:
    small = word.casefold().strip(".,")
    return small in _organisations() or small.removesuffix("s") in _organisations() or small.endswith(_endings())


@cache
def _organisations() -> frozenset[str]:
    return frozenset(read_lists("persons")["organisations"])


@cache
def _endings() -> tuple[str, ...]:
    """A compound of a long one is one as well: Beskæftigelsesudvalget."""
    return tuple(word for word in read_lists("persons")["organisations"] if len(word) > 5)


@cache
def _titles() -> frozenset[str]:
    return frozenset(read_lists("persons")["titles"])


def _officials(texts: Texts) -> str:
    """Who signs, works on the item or sits in the committee: they are named for that."""
    found = (text for path, text in texts if path[0] in ("caseworker", "signers", "meeting", "decided_by", "decisions"))
    return "\n".join(found).casefold()
