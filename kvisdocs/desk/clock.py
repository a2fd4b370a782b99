"""Which day it is: the letter date of whatever the desk makes."""

from datetime import date


def today() -> date:
    """The town hall's own day."""
    return date.today()  # noqa: DTZ011
