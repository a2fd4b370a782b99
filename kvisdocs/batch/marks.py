"""What tells a case from all others: numbers, names and addresses, and how to know them again on a finished paper.

A paper shows a value otherwise than the case holds it: a CPR number with or without its hyphen, a name broken over two
lines, an address on three. So a mark is compared by its letters and digits alone, and by whole words.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pydantic import BaseModel

from kvisdocs.cases.citizen import CitizenCase
from kvisdocs.cases.committee import CommitteeItem, make_public
from kvisdocs.cases.load import Case
from kvisdocs.cases.people import Address
from kvisdocs.cases.views import Audience
from kvisdocs.templating.profiles import Profile

SHORTEST = 5
"""Letters and digits of the shortest mark that is looked for; a shorter one is found in other words by chance."""

WORDS_OF_A_TITLE = 3
"""A shorter title ("Orientering") may stand in anybody's paper."""

_NO_LETTER = re.compile(r"[\W_]+")
_CHUNK = re.compile(r"[^\W_]+")
_BROKEN = "(?:[-\N{SOFT HYPHEN}\N{HYPHEN}]\\s*)?"
"""What a word broken at the end of a line has between two of its letters."""


class MarkKind(StrEnum):
    """What a mark is, in the words of a message."""

    CPR = "the CPR number"
    NAME = "the name"
    ADDRESS = "the address"
    PHONE = "the phone number"
    EMAIL = "the e-mail address"
    CASE_NUMBER = "the case number"
    TITLE = "the title"
    SENDER = "the sender"


@dataclass(frozen=True, slots=True)
class Mark:
    """A value that belongs to some cases and not to the others."""

    kind: MarkKind
    text: str

    @property
    def squeezed(self) -> str:
        """Its letters and digits, in small letters."""
        return squeeze(self.text)

    def stands_in(self, words: str) -> bool:
        """Whether it stands among the words of a paper, whole, however it is broken over lines."""
        return _pattern(self.kind, self.text).search(unicodedata.normalize("NFKC", words)) is not None


def squeeze(text: str) -> str:
    """Letters and digits alone, in small letters, composed: what is left of a text whatever its line breaks."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=256)
def _pattern(kind: MarkKind, text: str) -> re.Pattern[str]:
    text = unicodedata.normalize("NFKC", text)
    if kind in (MarkKind.CPR, MarkKind.PHONE):
        digits = squeeze(text)
        parts = [digits[:6], digits[6:]] if kind is MarkKind.CPR else re.findall("..?", digits)
        return re.compile(r"(?<!\d)" + r"[\s-]{0,2}".join(parts) + r"(?!\d)")
    chunks = (_BROKEN.join(map(re.escape, chunk)) for chunk in _CHUNK.findall(text))
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(chunks) + r"(?![^\W_])", re.IGNORECASE)


def find_marks(case: Case, profile: Profile) -> tuple[Mark, ...]:
    """All marks of a case and of its sender. Those too short to be looked for are left out."""
    marks = [Mark(MarkKind.SENDER, profile.name)]
    marks += _of_citizen(case) if isinstance(case, CitizenCase) else _of_item(case)
    return tuple(dict.fromkeys(mark for mark in marks if len(mark.squeezed) >= SHORTEST))


def _of_citizen(case: CitizenCase) -> Iterator[Mark]:
    citizen = case.citizen
    yield Mark(MarkKind.CASE_NUMBER, case.case_number)
    yield Mark(MarkKind.CPR, citizen.cpr)
    yield Mark(MarkKind.NAME, citizen.name)
    yield Mark(MarkKind.ADDRESS, _one_line(citizen.address))
    yield Mark(MarkKind.NAME, case.caseworker.name)
    for person in (citizen, case.caseworker):
        if person.phone:
            yield Mark(MarkKind.PHONE, person.phone)
    if case.caseworker.email:
        yield Mark(MarkKind.EMAIL, case.caseworker.email)
    if case.gp is not None:
        yield Mark(MarkKind.NAME, case.gp.name)
        yield Mark(MarkKind.ADDRESS, _one_line(case.gp.address))
    if case.employment.employer is not None:
        yield Mark(MarkKind.NAME, case.employment.employer.name)
    if case.return_plan is not None and case.return_plan.host is not None:
        yield Mark(MarkKind.NAME, case.return_plan.host.name)


def _one_line(address: Address) -> str:
    """Street to postcode; the c/o name stands above, and the town may be written in another way."""
    return " ".join(filter(None, (address.street, address.place, address.postcode)))


def _of_item(item: CommitteeItem) -> Iterator[Mark]:
    if len(_CHUNK.findall(item.title)) >= WORDS_OF_A_TITLE:
        yield Mark(MarkKind.TITLE, item.title)
    if item.case_number:
        yield Mark(MarkKind.CASE_NUMBER, item.case_number)


def find_own_words(case: Case, profile: Profile) -> str:
    """Every text of the case and of its sender, squeezed, a line each: what a paper of this case may well hold.

    Somebody of the same name, a shared doctor or a spouse who is named in both cases is so no stranger.
    """
    return "\n".join(squeeze(text) for model in (case, profile) for text in _texts(model))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Address):
        yield _one_line(value)
        yield from value.lines
    elif isinstance(value, BaseModel):
        if isinstance(name := getattr(value, "name", None), str):
            yield name  # of a citizen it is put together from two fields
        for field in type(value).model_fields:
            yield from _texts(getattr(value, field))
    elif isinstance(value, dict):
        yield from (text for each in (*value.keys(), *value.values()) for text in _texts(each))
    elif isinstance(value, tuple):
        yield from (text for each in value for text in _texts(each))


def expected_marks(case: Case, audience: Audience, profile: Profile) -> tuple[Mark, ...]:
    """What every paper of this case for that audience must hold: its sender, whom it is about, and whom it is to."""
    marks = [Mark(MarkKind.SENDER, profile.name)]
    if not isinstance(case, CitizenCase):
        shown = make_public(case) if profile.brief.closed_items == "neutral" else case
        return (*marks, Mark(MarkKind.TITLE, shown.title))
    marks.append(Mark(MarkKind.NAME, case.citizen.name))
    if audience is Audience.GP and case.gp is not None:
        marks += [Mark(MarkKind.CPR, case.citizen.cpr), Mark(MarkKind.NAME, case.gp.name)]
    if audience is Audience.EMPLOYER and case.workplace is not None:
        marks.append(Mark(MarkKind.NAME, case.workplace.name))
    return tuple(marks)
