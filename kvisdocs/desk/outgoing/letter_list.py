"""The letters of the output folder as the page of approval shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kvisdocs.application.approval.selection import UNFINISHED, key_of
from kvisdocs.application.journal.letters import LetterStatus, State, list_letters
from kvisdocs.application.store.output_store import HELD_BACK

MOST_LETTERS = 2000
"""So many can be chosen in one form."""


@dataclass(frozen=True)
class ListedFile:
    """A file of a letter, by its way from the output folder."""

    format: str
    path: str


@dataclass(frozen=True)
class ListedLetter:
    """A letter, and what it is called in a form."""

    status: LetterStatus
    key: str
    files: tuple[ListedFile, ...]

    @property
    def can_be_approved(self) -> bool:
        """Whether an approval may be asked for; whether it is given is decided elsewhere."""
        return self.status.state in UNFINISHED - {State.CHANGED} and not self.is_edited

    @property
    def is_edited(self) -> bool:
        """Whether somebody has changed its Word file, which can be approved as it is."""
        word = self.status.files.get("docx")
        is_waiting = self.status.state in UNFINISHED and bool(self.status.edited)
        is_changed = self.status.state is State.CHANGED and word is not None and word.is_there and not word.is_as_made
        return is_changed or is_waiting

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether its approval may be taken back."""
        return bool(self.status.approvals) and self.status.state is not State.SENT


def list_outgoing(output: Path) -> list[ListedLetter]:
    """The letters that lie there, by case and document. Raises KvisdocsError where the journal cannot be read."""
    return [_listed(each, output) for each in list_letters(output) if each.state is not State.GONE]


def pick(letters: Iterable[ListedLetter], keys: Iterable[str]) -> list[LetterStatus]:
    """The letters that a form names."""
    wanted = set(keys)
    return [each.status for each in letters if each.key in wanted]


def _listed(letter: LetterStatus, output: Path) -> ListedLetter:
    folder = f"{HELD_BACK}/" if letter.is_held_back else ""
    files = tuple(
        ListedFile(format, f"{folder}{letter.case_id}/{file.path.name}")
        for format, file in letter.files.items()
        if file.is_there
    )
    return ListedLetter(letter, "/".join(key_of(letter)), files)
