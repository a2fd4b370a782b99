"""A citizen's consent: what it is for, whether it is in force on a day, what it says it covers, and how it ended.

A consent is specific: which kinds of data, to or from whom, for which case; "everything relevant" is not enough (VEJ
9330 of 21-03-2019, pt. 117). Giving data to the GP is not covered by a consent to obtain them (Ankestyrelsen R-12-06).
A consent that was given and has lapsed is not one that was never given, and a letter may not say so (`find_lapsed`).
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from pydantic import Field, model_validator

from kvisdocs.cases.model.base import Choice, FieldError
from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.values import Day, FirmName, Text
from kvisdocs.messages import N_, message


class ConsentKind(Choice):
    """Which way the data go."""

    DISCLOSE = "disclose", "Videregive: kommunen må give oplysninger til modtageren"
    OBTAIN = "obtain", "Indhente: kommunen må hente oplysninger hos kilden"


class Party(Choice):
    """To or from whom."""

    GP = "gp", "Egen læge"
    EMPLOYER = "employer", "Arbejdsgiveren"
    PLACEMENT = "placement", "Praktikstedet, hvis et andet end arbejdsgiveren"
    HOSPITAL = "hospital", "Sygehuset"
    UNEMPLOYMENT_FUND = "unemployment_fund", "A-kassen"
    OTHER = "other", "En anden; skriv hvem i party_name"


class DataType(Choice):
    """The kinds of data that a letter can tell of a case. docs/views.md says which fields are of which kind."""

    PARTICIPATION = "participation", "At borgeren deltager, fra hvornår og til hvornår"
    CATEGORY = "category", "Visitationskategorien"
    RETURN_GOAL = "return_goal", "Målet for tilbagevenden til arbejdet"
    RETURN_PLAN = "return_plan", "Optrapningsplanens datoer og timer"
    SOCIAL = "social", "Det sociale spor"
    EMPLOYMENT_TRACK = "employment_track", "De mål i spor 1, der er mærket shared: ja"


class Consent(Value):
    """What the citizen has allowed. A consent is specific: which data, to or from whom, for which case.

    `covers` is what the citizen signed, and is printed; `data` says the same in the program's words, and decides what
    the receiver's letter is given.
    """

    kind: ConsentKind = Field(description="Videregive eller indhente", examples=["disclose"])
    party: Party = Field(description="Modtager eller kilde", examples=["gp"])
    party_name: FirmName | None = Field(
        None, description="Modtagerens eller kildens navn", examples=["Lægehuset Lyngtoften"]
    )
    covers: tuple[Text, ...] = Field(
        min_length=1,
        description="Hvilke oplysninger, en linje for hver slags, med ordene i samtykket",
        examples=[["målet for tilbagevenden til arbejdet", "datoer og timer i optrapningsplanen"]],
    )
    data: tuple[DataType, ...] = Field(
        (),
        description="Det samme som en lukket liste: hvad brevet til modtageren må fortælle (kun ved videregivelse)",
        examples=[["return_goal", "return_plan"]],
    )
    purpose: Text | None = Field(
        None, description="Hvilken sag og hvilket formål", examples=["opfølgning i sygedagpengesagen"]
    )
    given: Day = Field(description="Givet den", examples=["2012-10-31"])
    expires: Day | None = Field(None, description="Gælder til og med", examples=["2013-04-30"])
    withdrawn: Day | None = Field(None, description="Trukket tilbage den", examples=["2013-01-15"])

    @model_validator(mode="after")
    def _data_are_disclosed(self) -> "Consent":
        if self.kind == "obtain" and self.data:
            what = message(
                "consent.data.of_obtain", 'a consent to obtain has no "data", which is what a letter may tell'
            )
            raise FieldError(what, N_("delete the line"))
        return self

    def valid_on(self, day: date) -> bool:
        """Whether it is given, not expired and not withdrawn on that day. On the day of withdrawal it is no more."""
        if self.given > day or (self.expires is not None and self.expires < day):
            return False
        return not self.withdrawn_on(day)

    def withdrawn_on(self, day: date) -> bool:
        """Whether the citizen has taken it back by that day."""
        return self.withdrawn is not None and self.withdrawn <= day


_NAMES_NOTHING = (
    # everything, all, whatever
    "alt al alle samtlige enhver ethvert hele fuld fulde fuldt hvad hvilken hvilke som helst øvrige andre andet "
    # relevant, necessary, of importance
    "relevant relevante nødvendig nødvendige nødvendigt fornøden fornødne fornødent betydning vigtig vigtige "
    # information, data, matters, the case
    "oplysning oplysninger oplysningerne oplysningen information informationer data forhold forholdene "
    "sag sagen sagens sager forløb forløbet forløbets situation "
    # me, the citizen
    "mig min mit mine jeg borger borgeren borgerens "
    # words that only join the others
    "de den det der er og eller i om fra til for af på ved vedrørende angående kan må være have har ham hende"
)
_SAYS_NOTHING = frozenset(_NAMES_NOTHING.split())


def find_general_line(consent: Consent) -> int | None:
    """The number of the first line in `covers` that names no kind of data: `alle relevante oplysninger i sagen`.

    A line is specific as soon as one word says which: `alle datoer i optrapningsplanen`.
    """
    for number, line in enumerate(consent.covers):
        if names_nothing(re.findall(r"\w+", line.casefold())):
            return number
    return None


def names_nothing(words: Iterable[str]) -> bool:
    """Whether none of the words, in small letters, says which data are meant."""
    return all(word in _SAYS_NOTHING for word in words)


def consents_in_force(consents: tuple[Consent, ...], day: date) -> tuple[Consent, ...]:
    """Those that can be relied on that day, in the case's order.

    A consent does not come back to life when the newer one that took its place, for the same party and some of the same
    data, is withdrawn: the citizen's last word counts. A withdrawn consent does nothing to one given later.
    """
    return tuple(
        consent
        for consent in consents
        if consent.valid_on(day) and not any(_undoes(other, consent, day) for other in consents)
    )


def _undoes(later: Consent, consent: Consent, day: date) -> bool:
    same = (later.kind, later.party) == (consent.kind, consent.party)
    newer = consent.given < later.given <= day and later.withdrawn_on(day)
    return same and newer and not set(later.data).isdisjoint(consent.data)


def find_consent(consents: tuple[Consent, ...], party: Party, day: date) -> Consent | None:
    """The newest consent to disclose to the party that is in force on that day, or None; of one day's, the last."""
    found = [each for each in consents_in_force(consents, day) if each.kind == "disclose" and each.party == party]
    return max(reversed(found), key=lambda consent: consent.given, default=None)


def find_lapsed(consents: tuple[Consent, ...], day: date) -> tuple[Consent, ...]:
    """For each party and way of which no consent is in force on that day, the last that has been; in the case's order.

    `expires` or `withdrawn` says what ended it: the newest that somebody took back, where one was taken back.
    """
    alive = {_whom(consent) for consent in consents_in_force(consents, day)}
    last: dict[tuple[ConsentKind, Party, str], Consent] = {}
    for consent in _given(consents, day):
        if _whom(consent) not in alive:
            last[_whom(consent)] = consent
    return tuple(consent for consent in consents if any(consent is each for each in last.values()))


def _given(consents: tuple[Consent, ...], day: date) -> Iterator[Consent]:
    """Those that were given by that day, the newest last; of one day's, the last in the case."""
    yield from sorted((each for each in consents if each.given <= day), key=lambda each: each.given)


def _whom(consent: Consent) -> tuple[ConsentKind, Party, str]:
    """The way and the party; others are told apart by their name."""
    name = (consent.party_name or "").casefold() if consent.party is Party.OTHER else ""
    return consent.kind, consent.party, name
