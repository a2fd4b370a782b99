"""What was handed over to be sent, and what became of it: read from the journal, which is the outbox's ledger.

Before a message leaves, the journal says so; after the answer it says what the answer was. A program that is stopped
between the two leaves a letter of which nobody here knows whether it was taken: it is never sent again by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kvisdocs.application.journal.entry import Entry, Event


@dataclass(frozen=True, slots=True)
class Delivery:
    """The last that is known of a letter's sending. `message` is the id of the message."""

    entry: Entry

    @property
    def message(self) -> str:
        """The id by which Digital Post knows the message."""
        return self.entry.details.get("message", "")

    @property
    def is_open(self) -> bool:
        """Whether it was handed over, and nothing is known of what came then."""
        return self.entry.event is Event.SENDING


_EVENTS = {Event.SENDING, Event.SENT, Event.NOT_SENT}


def find_deliveries(entries: Iterable[Entry]) -> dict[str, Delivery]:
    """The last of each file that was handed over, by its SHA-256."""
    return {digest: Delivery(entry) for entry in entries if entry.event in _EVENTS for digest in entry.digests}


def find_exports(entries: Iterable[Entry]) -> dict[str, Entry]:
    """What was written for doctors' systems, by the SHA-256 of each letter: its last line."""
    return {digest: entry for entry in entries if entry.event is Event.EXPORTED for digest in entry.digests}
