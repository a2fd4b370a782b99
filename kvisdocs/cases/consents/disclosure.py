"""Whether a case's consents allow a letter to somebody outside, and if not, which line says why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from kvisdocs.cases.consents.consent import Consent, DataType, Party, find_consent, find_general_line
from kvisdocs.cases.consents.reading import Fault, find_allowed, read_consent
from kvisdocs.cases.yaml.source import Step
from kvisdocs.messages import N_, Message, listed, message

PARTY_NAMES: Mapping[Party, Message] = {
    Party.GP: N_("the GP"),
    Party.EMPLOYER: N_("the employer"),
    Party.PLACEMENT: N_("the placement host"),
    Party.HOSPITAL: N_("the hospital"),
    Party.UNEMPLOYMENT_FUND: N_("the unemployment fund"),
    Party.OTHER: N_("others"),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing may be told: where in the case, what, and what to do."""

    path: tuple[Step, ...]
    what: Message
    todo: Message


def find_refusal(consents: tuple[Consent, ...], party: Party, least: DataType, day: date) -> Refusal | None:
    """Why the party may not be written to on that day; None where the newest consent in force allows it.

    It must be specific, in the citizen's words (`covers`) and in ours (`data`), and cover at least `least`, which the
    letter tells by being sent at all (VEJ 9330 of 21-03-2019, pt. 117; Ankestyrelsen R-12-06).
    """
    consent = find_consent(consents, party, day)
    if consent is None:
        return _nothing_in_force(consents, party, day)
    number = next(number for number, each in enumerate(consents) if each is consent)
    if fault := find_unspecific(consent, number):
        return fault
    if least not in find_allowed(consent):
        what = message(
            "consent.data.not_covered",
            'the consent to disclose to {party} does not cover "{data}", which the letter tells',
            party=PARTY_NAMES[party],
            data=least,
        )
        todo = N_(
            "ask the citizen, and add a consent of kind disclose, party {party}, given no later than {day}, "
            "that covers all which the letter tells",
            party=party,
            day=day,
        )
        return Refusal(("consents", number, "data"), what, todo)
    return None


def find_unspecific(consent: Consent, number: int) -> Refusal | None:
    """Why the consent, the case's `number`th, is too general to disclose anything on; None where it is specific."""
    name = PARTY_NAMES[consent.party]
    line = find_general_line(consent)
    if line is not None:
        what = message(
            "consent.covers.not_specific",
            'the consent to disclose to {party} is not specific: "{line}" names no kind of data',
            party=name,
            line=consent.covers[line],
        )
        todo = N_("ask the citizen for a consent that says which data (VEJ 9330 of 2019, pt. 117), and write those")
        return Refusal(("consents", number, "covers", line), what, todo)
    reading = read_consent(consent)
    if reading.fault:
        what = _FAULTS[reading.fault](name, consent.covers[reading.line])
        todo = N_("ask the citizen, and write only what may be told, one line for each kind of data")
        return Refusal(("consents", number, "covers", reading.line), what, todo)
    if not consent.data:
        what = message("consent.data.missing", 'the consent to disclose to {party} has no "data"', party=name)
        todo = N_('add "data", with those of {known} that the citizen has allowed', known=listed(DataType))
        return Refusal(("consents", number), what, todo)
    return None


_FAULTS: Mapping[Fault, Callable[[Message, str], Message]] = {
    Fault.REFUSES: lambda party, line: message(
        "consent.covers.refuses",
        'the consent to disclose to {party} carries no letter: "{line}" says no, or names nothing that may be told',
        party=party,
        line=line,
    ),
    Fault.CONDITION: lambda party, line: message(
        "consent.covers.condition",
        'the consent to disclose to {party} carries no letter: "{line}" makes it depend on something that only a '
        "person can judge",
        party=party,
        line=line,
    ),
    Fault.UNCLEAR: lambda party, line: message(
        "consent.covers.unclear",
        'the consent to disclose to {party} carries no letter: "{line}" says no to something, and it is not clear '
        "to what",
        party=party,
        line=line,
    ),
}


def _nothing_in_force(consents: tuple[Consent, ...], party: Party, day: date) -> Refusal:
    todo = N_(
        "ask the citizen, and add a consent of kind disclose, party {party}, given no later than {day}",
        party=party,
        day=day,
    )
    those = [(n, each) for n, each in enumerate(consents) if each.kind == "disclose" and each.party == party]
    if not those:
        path: tuple[Step, ...] = ("consents",) if consents else ()
        what = message(
            "consent.party.none", "the case holds no consent to disclose to {party}", party=PARTY_NAMES[party]
        )
        return Refusal(path, what, todo)
    number, newest = max(those, key=lambda pair: (pair[1].given <= day, pair[1].given, pair[0]))
    return Refusal(("consents", number), _why_invalid(newest, day), todo)


def _why_invalid(consent: Consent, day: date) -> Message:
    name = PARTY_NAMES[consent.party]
    if consent.given > day:
        return message(
            "consent.given.after_letter",
            "the consent to disclose to {party} is given {given}, after the letter's date {day}",
            party=name,
            given=consent.given,
            day=day,
        )
    if consent.withdrawn_on(day):
        return message(
            "consent.withdrawn.by_letter",
            "the consent to disclose to {party} was withdrawn {withdrawn}",
            party=name,
            withdrawn=consent.withdrawn,
        )
    return message(
        "consent.expires.before_letter",
        "the consent to disclose to {party} expired {expires}, before the letter's date {day}",
        party=name,
        expires=consent.expires,
        day=day,
    )
