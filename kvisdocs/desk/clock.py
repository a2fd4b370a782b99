"""Which day it is, the letter date of whatever the desk makes; and the time, for the journal."""

from datetime import UTC, date, datetime


def today() -> date:
    """The town hall's own day."""
    return date.today()  # noqa: DTZ011


def now() -> datetime:
    """The moment."""
    return datetime.now(UTC)
