"""Who may approve a letter, and when it has been approved by enough."""

from collections.abc import Sequence
from typing import Literal

from kvisdocs.messages import Message, message

Wanted = Literal["none", "one", "two"]
"""What a profile's `approval` asks for."""


def find_objection(wanted: Wanted, maker: str, earlier: Sequence[str], by: str) -> Message | None:
    """Why that person may not approve a letter of that maker, which the `earlier` have approved; None if they may.

    `one` is one person other than the maker. `two` are two different persons, of whom one may be the maker: the other
    is not, then.
    """
    if wanted == "one" and is_same(by, maker):
        return message("approval.person.made_it", "{by} made it, and may not be the only one who approves it", by=by)
    if wanted == "two" and any(is_same(by, each) for each in earlier):
        return message("approval.person.twice", "{by} has approved it already; somebody else is wanted too", by=by)
    return None


def is_enough(wanted: Wanted, earlier: Sequence[str], by: str) -> bool:
    """Whether the letter is approved with that person's word."""
    return wanted != "two" or any(not is_same(by, each) for each in earlier)


def is_same(one: str, other: str) -> bool:
    """Whether two names are one person's."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
