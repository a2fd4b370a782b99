"""Which day it is, the letter date of whatever the desk makes; and the time, for the journal."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

_fixed: list[date] = []


def today() -> date:
    """The town hall's own day."""
    return _fixed[-1] if _fixed else date.today()  # noqa: DTZ011


def now() -> datetime:
    """The moment."""
    return datetime.now(UTC)


@contextmanager
def stopped_at(day: date) -> Iterator[None]:
    """Have the pages of this process show that day, so that a picture of them stays true."""
    _fixed.append(day)
    try:
        yield
    finally:
        _fixed.pop()
