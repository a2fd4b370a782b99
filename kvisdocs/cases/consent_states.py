"""Which consents have come to their end on a day: what the citizen once allowed, and what has become of it.

A consent that was given and has lapsed is not one that was never given, and a letter may not say so.
"""

from collections.abc import Iterator
from datetime import date

from kvisdocs.cases.consent import Consent, ConsentKind, Party, consents_in_force


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
