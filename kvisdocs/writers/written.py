"""What a writer hands back: the file's bytes and what it has to say of them."""

from dataclasses import dataclass

from kvisdocs.problems import Problem


@dataclass(frozen=True, slots=True)
class Written:
    """A finished file. `messages` are remarks that did not stop it: what the writer could not honour, and where."""

    data: bytes
    messages: tuple[Problem, ...] = ()
    pages: int | None = None
    """How many pages it has; None where only the reader's program will know, as with Word."""
