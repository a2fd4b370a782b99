"""What tells a case from all others: numbers, names and addresses, and how to know them again on a finished paper.

A paper shows a value otherwise than the case holds it: a CPR number with or without its hyphen, a name broken over two
lines, an address on three. So a mark is compared by its letters and digits alone, and by whole words.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from kvisdocs.application.recipient_check.spelling_patterns import (
    SHORTEST,
    MarkKind,
    find_keys,
    initial,
    is_strange,
    normalise_mark,
    stands_in,
)
from kvisdocs.cases.load import Case
from kvisdocs.cases.model.agreements import AgreementRegister
from kvisdocs.cases.model.citizen import Citizen, CitizenCase, Employer
from kvisdocs.cases.model.committee import CommitteeItem, make_public
from kvisdocs.cases.model.meeting import CommitteeMeeting
from kvisdocs.cases.model.people import Address, Person
from kvisdocs.cases.model.plan import Host
from kvisdocs.cases.model.statistics import StatisticsAnnex
from kvisdocs.cases.spellings.normalisation import Key, fold, fold_letters
from kvisdocs.cases.views import Audience
from kvisdocs.templating.profiles import Profile

WORDS_OF_A_TITLE = 3
"""A shorter title ("Orientering") may stand in anybody's paper."""

PARTED = "\n\N{MODIFIER LETTER LOW VERTICAL LINE}\n"
"""Between two texts of a case: a sign that counts as a letter, so that no name is read over their border."""

_CHUNK = re.compile(r"[^\W_]+")
_DATE = re.compile(r"\d{1,2}\W+\d{1,2}\W+(?:\d{2}|\d{4})|\d{4}\W\d{1,2}\W\d{1,2}|\d{1,2}\W+[^\W\d_]+\W+\d{4}")


@dataclass(frozen=True, slots=True)
class IdentifyingMark:
    """A value that belongs to some cases and not to the others."""

    kind: MarkKind
    text: str

    @property
    def squeezed(self) -> str:
        """Its letters and digits, in small letters."""
        return normalise_mark(self.text)

    @property
    def keys(self) -> tuple[Key, ...]:
        """What is looked for in the squeezed words of a paper; every spelling has one of them."""
        return find_keys(self.kind, self.text)

    def stands_in(self, words: str) -> bool:
        """Whether it stands among the words of a paper as the case has it, whole, however it is broken over lines."""
        return stands_in(self.kind, self.text, fold(words))

    def is_said_by(self, labels: str, words: frozenset[str]) -> bool:
        """Whether it is a name that templates have of themselves: as a label, or as one of their words."""
        own = fold_letters(self.text).split()
        if len(own) == 1 and self.kind in (MarkKind.NAME, MarkKind.FIRM, MarkKind.PRACTICE):
            return own[0] in words
        is_named = self.kind in (MarkKind.FIRM, MarkKind.PRACTICE, MarkKind.TITLE)
        return is_named and stands_in(self.kind, self.text, labels)

    def is_strange(self, paper: str, own: str, said: frozenset[str]) -> bool:
        """Whether a spelling of it stands in the paper, and none in the own case's words; both by `fold_letters`."""
        return is_strange(self.kind, self.text, paper, own, said)


def find_marks(case: Case, profile: Profile) -> tuple[IdentifyingMark, ...]:
    """All marks of a case and of its sender. Those too short to be looked for are left out."""
    marks = [IdentifyingMark(MarkKind.SENDER, profile.name)]
    if isinstance(case, CitizenCase):
        marks += _of_citizen(case)
    elif isinstance(case, CommitteeItem):
        marks += _of_item(case)
    return tuple(dict.fromkeys(mark for mark in marks if len(mark.squeezed) >= SHORTEST))


def find_citizen_marks(case: CitizenCase) -> tuple[IdentifyingMark, ...]:
    """The marks of the citizen alone, and of the case: not those of a caseworker, a doctor or a firm."""
    found = dict.fromkeys((*_of_person_at_home(case), *_by_middle_names(case)))
    return tuple(mark for mark in found if len(mark.squeezed) >= SHORTEST)


def _by_middle_names(case: CitizenCase) -> Iterator[IdentifyingMark]:
    """Many are called by their second name."""
    for name in case.citizen.first_names.split()[1:]:
        yield IdentifyingMark(MarkKind.NAME, f"{name} {case.citizen.last_name}")


def _of_person_at_home(case: CitizenCase) -> Iterator[IdentifyingMark]:
    citizen = case.citizen
    if not _DATE.fullmatch(case.case_number.strip()):  # any paper has dates
        yield IdentifyingMark(MarkKind.CASE_NUMBER, case.case_number)
    yield IdentifyingMark(MarkKind.CPR, citizen.cpr)
    yield IdentifyingMark(MarkKind.NAME, citizen.name)
    if citizen.called:
        yield IdentifyingMark(MarkKind.NAME, f"{citizen.called} {citizen.last_name}")
    yield IdentifyingMark(MarkKind.ADDRESS, _street_to_postcode(citizen.address))
    if citizen.phone:
        yield IdentifyingMark(MarkKind.PHONE, citizen.phone)


def _of_citizen(case: CitizenCase) -> Iterator[IdentifyingMark]:
    gp = case.gp
    yield from _of_person_at_home(case)
    yield from _of_person(case.caseworker)
    if gp is not None:
        yield IdentifyingMark(MarkKind.NAME, gp.name)
        yield IdentifyingMark(MarkKind.PROVIDER, gp.provider_number)
        yield IdentifyingMark(MarkKind.ADDRESS, _street_to_postcode(gp.address))
        if gp.practice:
            yield IdentifyingMark(MarkKind.PRACTICE, gp.practice)
    for firm in (case.employment.employer, case.return_plan.host if case.return_plan else None):
        if firm is not None:
            yield from _of_firm(firm)


def _of_person(person: Person) -> Iterator[IdentifyingMark]:
    yield IdentifyingMark(MarkKind.NAME, person.name)
    if person.phone:
        yield IdentifyingMark(MarkKind.PHONE, person.phone)
    if person.email:
        yield IdentifyingMark(MarkKind.EMAIL, person.email)


def _of_firm(firm: Employer | Host) -> Iterator[IdentifyingMark]:
    yield IdentifyingMark(MarkKind.FIRM, firm.name)
    if firm.contact is not None:
        yield from _of_person(firm.contact)
    if firm.address is not None:
        yield IdentifyingMark(MarkKind.ADDRESS, _street_to_postcode(firm.address))


def _street_to_postcode(address: Address) -> str:
    """Street to postcode; the c/o name stands above, and the town may be written in another way."""
    return "\n".join(filter(None, (address.street, address.place, address.postcode)))


def _of_item(item: CommitteeItem) -> Iterator[IdentifyingMark]:
    if len(_CHUNK.findall(item.title)) >= WORDS_OF_A_TITLE:
        yield IdentifyingMark(MarkKind.TITLE, item.title)
    if item.case_number:
        yield IdentifyingMark(MarkKind.CASE_NUMBER, item.case_number)


def find_own_words(case: Case, profile: Profile, along: Iterable[str] = ()) -> str:
    """Every text of the case and of its sender, by `fold_letters`, kept apart: what its paper may well hold.

    `along` are the texts of what goes with it: an agenda holds its items, which are cases of their own. Somebody of the
    same name, a shared doctor or a spouse who is named in both cases is so no stranger.
    """
    return PARTED.join(fold_letters(text) for text in (*list_texts(case), *list_texts(profile), *along))


def list_texts(value: object) -> Iterator[str]:
    """Every text of a model, and what its persons may be called besides."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Address):
        yield _street_to_postcode(value)
        yield from value.lines
    elif isinstance(value, BaseModel):
        if isinstance(name := getattr(value, "name", None), str):
            yield name  # of a citizen it is put together from two fields
            yield from initial(name)
        if isinstance(value, Citizen) and value.called:
            yield f"{value.called} {value.last_name}"
        for field in type(value).model_fields:
            yield from list_texts(getattr(value, field))
    elif isinstance(value, dict):
        yield from (text for each in (*value.keys(), *value.values()) for text in list_texts(each))
    elif isinstance(value, tuple):
        yield from (text for each in value for text in list_texts(each))


def expected_marks(
    case: Case, audience: Audience, profile: Profile, printed: frozenset[str] = frozenset()
) -> tuple[IdentifyingMark, ...]:
    """What every paper of this case for that audience must hold: its sender, whom it is about, and whom it is to.

    Of the receiver's address, contact, practice and provider number, what its template prints (`find_printed`).
    """
    marks = [IdentifyingMark(MarkKind.SENDER, profile.name)]
    if isinstance(case, (AgreementRegister, CommitteeMeeting)):
        return tuple(marks)
    if isinstance(case, StatisticsAnnex):
        return (*marks, IdentifyingMark(MarkKind.TITLE, case.title))
    if not isinstance(case, CitizenCase):
        shown = make_public(case) if profile.brief.closed_items == "neutral" else case
        return tuple(marks) if "{{" in shown.title else (*marks, IdentifyingMark(MarkKind.TITLE, shown.title))
    marks.append(IdentifyingMark(MarkKind.NAME, case.citizen.name))
    if audience is Audience.GP and case.gp is not None:
        marks += [IdentifyingMark(MarkKind.CPR, case.citizen.cpr), IdentifyingMark(MarkKind.NAME, case.gp.name)]
    if audience is Audience.EMPLOYER and case.workplace is not None:
        marks.append(IdentifyingMark(MarkKind.FIRM, case.workplace.name))
    marks += [mark for field, mark in _of_receiver(case) if f"case.{field}" in printed]
    return tuple(dict.fromkeys(marks))


def _of_receiver(case: CitizenCase) -> Iterator[tuple[str, IdentifyingMark]]:
    """What a letter may print of the one whom it is to, each with its field."""
    gp = case.gp
    yield "citizen.address.lines", IdentifyingMark(MarkKind.ADDRESS, _street_to_postcode(case.citizen.address))
    if gp is not None:
        yield "gp.address.lines", IdentifyingMark(MarkKind.ADDRESS, _street_to_postcode(gp.address))
        yield "gp.provider_number", IdentifyingMark(MarkKind.PROVIDER, gp.provider_number)
        if gp.practice:
            yield "gp.practice", IdentifyingMark(MarkKind.PRACTICE, gp.practice)
    for field, firm in (("workplace", case.workplace), ("employment.employer", case.employment.employer)):
        if firm is not None and firm.address is not None:
            yield f"{field}.address.lines", IdentifyingMark(MarkKind.ADDRESS, _street_to_postcode(firm.address))
        if firm is not None and firm.contact is not None:
            yield f"{field}.contact.name", IdentifyingMark(MarkKind.NAME, firm.contact.name)
