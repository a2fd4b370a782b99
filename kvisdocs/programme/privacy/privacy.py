"""A person beside a word of illness in a committee's paper: such a paper is published.

That 142 of 304 have stress is what the paper is for. That somebody has who can be known is not: a name, a number, an
address or an age with a home, in the sentence of the word or in the one before ("… er 44 år. Hun har en depression").

What a case should not say of people, and what a consent fails to say. Problems are handed back.

A committee's papers are published, and CPR numbers in them have been a matter for Datatilsynet (2004-313-0247 of
23-06-2005). Names cannot be told from other words, so only numbers are looked for.
"""

import re
from collections.abc import Iterator
from functools import cache

from kvisdocs.cases.consents.consent import Consent
from kvisdocs.cases.consents.disclosure import Refusal, find_unspecific
from kvisdocs.cases.consents.reading import find_unspoken, read_consent
from kvisdocs.cases.consents.subject import find_other_subject, tell_too_early
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.model.identifiers import mask_cpr
from kvisdocs.cases.spellings.normalisation import WrittenCpr, find_cpr_numbers
from kvisdocs.cases.texts import Texts
from kvisdocs.cases.yaml.source import Step
from kvisdocs.messages import N_, message
from kvisdocs.problems import Problem, Severity
from kvisdocs.programme.privacy.sensitive_words import Plain, find_sensitive, little_words, read_lists, read_plain
from kvisdocs.programme.prose.prose import Remark, place_remarks

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
            what = message(
                "privacy.paper.ill_person",
                '"{word}" beside "{person}": the paper is published, and says who is ill',
                word=found.word,
                person=person,
            )
            yield Remark(at, what, N_("count, and name nobody"))
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


Path = tuple[Step, ...]

_WRITTEN_TO = ("gp", "employer", "placement")
_NUMBERED = {("case_number",), ("number",)}
"""Keys that hold a number of another kind."""


def check_privacy(loaded: LoadedCase, texts: Texts) -> list[Problem]:
    """CPR numbers in a committee item; consents that carry no letter, or more data than their words speak of.

    Six digits that are a date, a hyphen and four digits are an error: nothing else is written so. Without the hyphen
    they are a warning, since account and document numbers may look the same. Digits of any script, in pairs, with
    other signs between them or in bold are the same number.
    """
    if not isinstance(loaded.case, CitizenCase):
        return list(_cpr_numbers(loaded, texts))
    found: list[Refusal] = []
    for number, consent in enumerate(loaded.case.consents):
        if consent.kind == "disclose" and consent.party in _WRITTEN_TO and consent.withdrawn is None:
            fault = find_unspecific(consent, number) or find_other_subject(loaded.case, number)
            found += [fault] if fault is not None else [*_unspoken(consent, number), *_left_out(consent, number)]
        elif early := tell_too_early(loaded.case, consent.given):
            what = message(
                "privacy.consent.too_early", "the consent was given {given}, {early}", given=consent.given, early=early
            )
            found.append(Refusal(("consents", number, "given"), what, N_("check both dates")))
    locate = loaded.source.locate
    return [Problem(locate(fault.path), fault.what, fault.todo, Severity.WARNING) for fault in found]


def _unspoken(consent: Consent, number: int) -> Iterator[Refusal]:
    """What the letter would be given, though the citizen's words do not speak of it."""
    for place in find_unspoken(consent):
        data = consent.data[place]
        what = message(
            "privacy.consent.data_unspoken",
            '"data" has "{data}" ({danish}), of which no word in "covers" speaks',
            data=data,
            danish=data.danish,
        )
        todo = N_("delete it, or ask the citizen for a consent that says so")
        yield Refusal(("consents", number, "data", place), what, todo)


def _left_out(consent: Consent, number: int) -> Iterator[Refusal]:
    """What `data` has, and the citizen's words say no to: the letter is not given it."""
    without = read_consent(consent).without
    for place, data in enumerate(consent.data):
        if data in without:
            what = message(
                "privacy.consent.data_refused",
                '"data" has "{data}" ({danish}), to which "covers" says no',
                data=data,
                danish=data.danish,
            )
            yield Refusal(("consents", number, "data", place), what, N_("delete it, since the letter is not given it"))


def _cpr_numbers(loaded: LoadedCase, texts: Texts) -> Iterator[Problem]:
    for path, text in texts:
        if path in _NUMBERED:
            continue
        yield from place_remarks(loaded.source, path, map(_remark, find_cpr_numbers(text)))


def _remark(found: WrittenCpr) -> Remark:
    shown = mask_cpr(found.cpr)
    if found.certain:
        what = message(
            "privacy.paper.cpr_number", 'the CPR number "{number}" stands in a paper that is published', number=shown
        )
        return Remark(found.offset, what, N_("take it out"), Severity.ERROR)
    what = message(
        "privacy.paper.perhaps_cpr_number",
        'ten digits that may be a CPR number, "{number}", stand in a paper that is published',
        number=shown,
    )
    return Remark(found.offset, what, N_("take them out if they are"))
