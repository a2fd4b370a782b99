"""What a writer hands back: the file's bytes and what it has to say of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from kvisdocs.messages import N_, Message
from kvisdocs.problems import Problem


class Where(StrEnum):
    """What a text does not stay in."""

    CELL = "its cell"
    PAGE = "the page"
    PLACE = "its place on the page"
    TEXT = "another text"
    LINE = "one line"


@dataclass(frozen=True, slots=True)
class Outside:
    """A text that sticks out, and the `data-at` mark of the element that it stands in."""

    where: Where
    text: str
    mark: str | None


def tell_once(messages: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each kind of message once in a file, at its first place, with the number of places where it has several."""
    kinds: dict[tuple[object, ...], list[Problem]] = {}
    for each in dict.fromkeys(messages):
        kinds.setdefault((each.position.file, each.what, each.todo, each.severity), []).append(each)
    return tuple(
        replace(min(found), what=_in_places(found[0].what, len(found))) if len(found) > 1 else found[0]
        for found in kinds.values()
    )


def _in_places(what: Message, number: int) -> Message:
    return N_("{what} (in {number} places)", what=what, number=number).coded(what.code)


@dataclass(frozen=True, slots=True)
class WriterOutput:
    """A finished file. `messages` are remarks that did not stop it: what the writer could not honour, and where."""

    data: bytes
    messages: tuple[Problem, ...] = ()
    pages: int | None = None
    """How many pages it has; None where only the reader's program will know, as with Word."""
    outside: tuple[Outside, ...] = ()
    """The texts that stick out of what they should stand in, as far as the writer knows where they stand."""
    objections: tuple[Problem, ...] = ()
    """What speaks against sending it, at the case's line: whoever makes one file is told, and a run holds it back."""
