"""Whether a case's consents allow a letter to somebody outside, and if not, which line says why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kvisdocs.cases.consents.consent import Consent, DataType, Party, find_consent, find_general_line
from kvisdocs.cases.consents.reading import find_allowed, read_consent
from kvisdocs.cases.yaml.source import Step

PARTY_NAMES: Mapping[Party, str] = {
    Party.GP: "the GP",
    Party.EMPLOYER: "the employer",
    Party.PLACEMENT: "the placement host",
    Party.HOSPITAL: "the hospital",
    Party.UNEMPLOYMENT_FUND: "the unemployment fund",
    Party.OTHER: "others",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing may be told: where in the case, what, and what to do."""

    path: tuple[Step, ...]
    what: str
    todo: str


def find_refusal(consents: tuple[Consent, ...], party: Party, least: DataType, day: date) -> Refusal | None:
    """Why the party may not be written to on that day; None where the newest consent in force allows it.

    It must be specific, in the citizen's words (`covers`) and in ours (`data`), and cover at least `least`, which the
    letter tells by being sent at all (VEJ 9330 of 21-03-2019, pt. 117; Ankestyrelsen R-12-06).
    """
    name = PARTY_NAMES[party]
    consent = find_consent(consents, party, day)
    ask = f"ask the citizen, and add a consent of kind disclose, party {party}, given no later than {day}"
    if consent is None:
        return _nothing_in_force(consents, party, day, ask)
    number = next(number for number, each in enumerate(consents) if each is consent)
    if fault := find_unspecific(consent, number):
        return fault
    if least not in find_allowed(consent):
        what = f'the consent to disclose to {name} does not cover "{least}", which the letter tells'
        return Refusal(("consents", number, "data"), what, f"{ask}, that covers all which the letter tells")
    return None


def find_unspecific(consent: Consent, number: int) -> Refusal | None:
    """Why the consent, the case's `number`th, is too general to disclose anything on; None where it is specific."""
    name = PARTY_NAMES[consent.party]
    line = find_general_line(consent)
    if line is not None:
        what = f'the consent to disclose to {name} is not specific: "{consent.covers[line]}" names no kind of data'
        todo = "ask the citizen for a consent that says which data (VEJ 9330 of 2019, pt. 117), and write those"
        return Refusal(("consents", number, "covers", line), what, todo)
    reading = read_consent(consent)
    if reading.fault:
        what = f'the consent to disclose to {name} carries no letter: "{consent.covers[reading.line]}" {reading.fault}'
        todo = "ask the citizen, and write only what may be told, one line for each kind of data"
        return Refusal(("consents", number, "covers", reading.line), what, todo)
    if not consent.data:
        what = f'the consent to disclose to {name} has no "data"'
        known = ", ".join(DataType)
        return Refusal(("consents", number), what, f'add "data", with those of {known} that the citizen has allowed')
    return None


def _nothing_in_force(consents: tuple[Consent, ...], party: Party, day: date, ask: str) -> Refusal:
    name = PARTY_NAMES[party]
    those = [(n, each) for n, each in enumerate(consents) if each.kind == "disclose" and each.party == party]
    if not those:
        path: tuple[Step, ...] = ("consents",) if consents else ()
        return Refusal(path, f"the case holds no consent to disclose to {name}", ask)
    number, newest = max(those, key=lambda pair: (pair[1].given <= day, pair[1].given, pair[0]))
    return Refusal(("consents", number), f"the consent to disclose to {name} {_why_invalid(newest, day)}", ask)


def _why_invalid(consent: Consent, day: date) -> str:
    if consent.given > day:
        return f"is given {consent.given}, after the letter's date {day}"
    if consent.withdrawn_on(day):
        return f"was withdrawn {consent.withdrawn}"
    return f"expired {consent.expires}, before the letter's date {day}"
