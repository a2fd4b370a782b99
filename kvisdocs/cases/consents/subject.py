"""Whether a consent is for this receiver and this case: another firm's name, another case or another time is none.

A consent is given to somebody, in a case, for a purpose (VEJ 9330 of 21-03-2019, pt. 117). A case that is copied from
last year's, or a new employer under an old consent, shows in its words and its day.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from kvisdocs.cases.consents.consent import Consent, ConsentKind, Party, consents_in_force
from kvisdocs.cases.consents.disclosure import PARTY_NAMES, Refusal
from kvisdocs.cases.consents.reading import read_consent
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.model.identifiers import find_birth_date
from kvisdocs.cases.yaml.source import Step
from kvisdocs.messages import N_, NOTHING, Message, message

Named = tuple[tuple[Step, ...], str]
"""A text of a consent and its path."""

_COMPANY = r"(?:A/S|ApS|I/S|K/S|P/S|IVS|A\.?m\.?b\.?a\.?|Fmba|SMBA|Holding|& Co\.?|& Søn(?:ner)?|Group)(?![\w/])"
_WORD = r"(?:[A-ZÆØÅ][\w'’.-]*|[0-9]+|&|og(?= [A-ZÆØÅ]))"
_FIRM = re.compile(rf"{_WORD}(?: {_WORD}){{0,5}} {_COMPANY}")
_AT = re.compile(
    rf"\b(?:hos|arbejdsgiver(?:en)?|virksomheden|firmaet|praktikstedet|arbejdspladsen),? ({_WORD}(?: {_WORD})*)"
)
_NUMBER = re.compile(
    r"\b(?:sag(?:en)?s?(?:nr|nummer)?\.?|j(?:ournal)?\.?(?:nr|nummer)\.?)[ :]*(?:nr\.? ?|nummer )?"
    r"([0-9][\w]*(?:[./-][\w]+)+|[0-9]{5,})",
    re.IGNORECASE,
)
_OTHER_CASE = re.compile(r"\b(\w{3,}sag(?:en|er|erne|ens)?)\b")
_OWN_CASE = re.compile(
    r"syge|opfølgning|kvis|fravær|^(?:hoved|bi|små|sær|under)?sag|årsag|jobcenter|^denne|beskæftigelses"
)
_OTHER_MATTER = re.compile(
    r"\b(?:førtidspension|kontanthjælp|boligstøtte|boligsikring|børnebidrag|efterløn|hjælpemid\w+|byggetilladelse|fleksjob"
    r"|ressourceforløb|uddannelseshjælp|forsikring)\w*"
)
"""What else a municipality or an insurer has a case about."""
_YEAR = re.compile(r"(?<![\w./-])(?:19|20)[0-9]{2}(?![\w/-])")
_PUBLIC_WORDS = """
jobcenter jobcentret jobcenteret kommune kommunen center ceb kvis region regionen a-kasse team afdeling lægehuset
lægehus lægerne lægeklinikken læge klinik klinikken praksis dr doktor hr fru fr egen den og a/s aps i/s k/s p/s ivs
holding group co søn sønner amba danmark dk på ved af for til
"""
_PUBLIC = frozenset(_PUBLIC_WORDS.split())
"""Words that tell no name from another."""


def find_other_subject(case: CitizenCase, number: int) -> Refusal | None:
    """Why the case's `number`th consent is about something or somebody else; None where it speaks of this case."""
    return next(_find(case, case.consents[number], number), None)


def find_other_consent(case: CitizenCase, party: Party, day: date) -> Refusal | None:
    """As `find_other_subject`, of the consent on which a letter to the party would rest that day, if there is one."""
    consent = case.consent_to(party, day)
    number = next((number for number, each in enumerate(case.consents) if each is consent), None)
    return None if number is None else find_other_subject(case, number)


def may_obtain(case: CitizenCase, party: Party, day: date) -> bool:
    """Whether data may be asked of the party that day: a consent to obtain them is in force, and is one."""
    return any(
        consent.kind is ConsentKind.OBTAIN
        and consent.party is party
        and read_consent(consent).fault is None
        and find_other_subject(case, case.consents.index(consent)) is None
        for consent in consents_in_force(case.consents, day)
    )


def _find(case: CitizenCase, consent: Consent, number: int) -> Iterator[Refusal]:
    ask = N_("ask the citizen for a consent in this case, or correct what stands here")
    at: tuple[Step, ...] = ("consents", number)
    name = PARTY_NAMES[consent.party]
    if early := tell_too_early(case, consent.given):
        what = message(
            "consent.given.too_early",
            "the consent to {party} was given {given}, {early}",
            party=name,
            given=consent.given,
            early=early,
        )
        yield Refusal((*at, "given"), what, ask)
    if consent.party_name and not _is_receiver(consent.party_name, case, consent.party):
        what = message(
            "consent.party.other_name",
            'the consent is for "{name}", who is not {party} of this case',
            name=consent.party_name,
            party=name,
        )
        yield Refusal((*at, "party_name"), what, ask)
    for path, text in _texts(consent, at):
        for found in _names_in(text):
            if not _is_known(found, _all_words(_known_names(case))):
                what = message(
                    "consent.subject.nobody", 'the consent speaks of "{name}", which is nobody of this case', name=found
                )
                yield Refusal(path, what, ask)
        for found in _cases_in(text, case.case_number, path[-1] == "purpose"):
            what = message("consent.subject.other_case", 'the consent speaks of another case, "{case}"', case=found)
            yield Refusal(path, what, ask)
        years = [int(year) for year in _YEAR.findall(text)]
        if years and max(years) < case.sickness.first_day.year:
            what = message(
                "consent.subject.old_year", "the consent speaks of {year}, before this case began", year=max(years)
            )
            yield Refusal(path, what, ask)


def tell_too_early(case: CitizenCase, day: date) -> Message:
    """`before the citizen was born` or `before the first day of sickness, …`; empty for a day within the course."""
    first = case.sickness.first_day
    if day < find_birth_date(case.citizen.cpr) <= first:  # born later than that, it is the number that is wrong
        return N_("before the citizen was born")
    return N_("before the first day of sickness, {first}", first=first) if day < first else NOTHING


def _texts(consent: Consent, at: tuple[Step, ...]) -> Iterator[Named]:
    for line, text in enumerate(consent.covers):
        yield (*at, "covers", line), unicodedata.normalize("NFC", text)
    if consent.purpose:
        yield (*at, "purpose"), unicodedata.normalize("NFC", consent.purpose)


def _receiver(case: CitizenCase, party: Party) -> Iterator[str]:
    """The names that the receiver of this case goes by; none where the case does not say them."""
    employer, plan, gp = case.employment.employer, case.return_plan, case.gp
    if party is Party.EMPLOYER and employer is not None:
        yield from (employer.name, employer.contact.name if employer.contact else "")
    if party is Party.PLACEMENT and plan is not None:
        yield from (plan.host.name if plan.host else "", plan.place or "")
        yield plan.host.contact.name if plan.host and plan.host.contact else ""
    if party is Party.GP and gp is not None:
        yield from (gp.name, gp.practice or "")


def _known_names(case: CitizenCase) -> Iterator[str]:
    for party in (Party.EMPLOYER, Party.PLACEMENT, Party.GP):
        yield from _receiver(case, party)
    yield from (case.caseworker.name, case.caseworker.unit or "", case.citizen.name, case.municipality)
    yield case.employment.employer.address.city if case.employment.employer and case.employment.employer.address else ""
    yield from (each.party_name or "" for each in case.consents if each.party not in ("gp", "employer", "placement"))


def _names_in(text: str) -> Iterator[str]:
    firms = [found[0] for found in _FIRM.finditer(text)]
    yield from firms
    for found in _AT.finditer(text):
        if found[1][0].isalpha() and not any(found[1] in firm for firm in firms):
            yield found[1]


def _cases_in(text: str, own: str, is_purpose: bool) -> Iterator[str]:
    for found in _NUMBER.finditer(text):
        if _squeeze(found[1]) != _squeeze(own):
            yield found[0]
    for found in _OTHER_CASE.finditer(text.casefold()):
        if not _OWN_CASE.search(found[1]):
            yield found[1]
    if is_purpose and (matter := _OTHER_MATTER.search(text.casefold())):
        yield matter[0]


def _words(text: str) -> set[str]:
    """The words that tell a name from others, in small letters, without the ending of a genitive."""
    found = re.findall(r"[\w/]+", unicodedata.normalize("NFC", text).casefold())
    return {word.removesuffix("s") for word in found if len(word) > 1 and word not in _PUBLIC}


def _all_words(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in _words(name)}


def _is_receiver(name: str, case: CitizenCase, party: Party) -> bool:
    """Whether it names the party of this case, as far as the case names it."""
    words = _all_words(_receiver(case, party))
    return not words or _is_known(name, words)


def _is_known(name: str, known: set[str]) -> bool:
    """Whether more than half of a name's words are known: a firm may be named without its department."""
    words = _words(name)
    return len(words & known) * 2 > len(words) or not words


def _squeeze(number: str) -> str:
    return re.sub(r"[\W_]+", "", number).casefold()
