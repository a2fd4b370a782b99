"""What an edited Word file says otherwise than the letter as it would be made, and what speaks against those words."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import chain
from pathlib import Path

from kvisdocs.application.approval.unchanged import Ground
from kvisdocs.application.approval.word_file import read_struck
from kvisdocs.application.dispatch.last_look import find_numbers
from kvisdocs.application.read_back.alignment import Changes, FieldChange, TextChange, compare
from kvisdocs.application.read_back.word_text import read_word
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Position, Problem, Severity
from kvisdocs.templating.disclosure_check import find_doubts_in, find_leaks
from kvisdocs.verify.blocks import canonical
from kvisdocs.verify.docx.body import read_docx_blocks
from kvisdocs.verify.parity import list_items
from kvisdocs.writers.text_extraction import read_docx_words

MOST_SHOWN = 50
"""So many differences are told of."""


@dataclass(frozen=True)
class Differences:
    """`changes` are those of words; `is_same`: the files say the same, in pictures, links and struck-out text too."""

    changes: Changes
    is_same: bool

    @property
    def texts(self) -> list[tuple[Message, str, str]]:
        """Where something was said otherwise, and what it was and is."""
        changes: Iterable[FieldChange | TextChange] = chain(self.changes.fields, self.changes.texts)
        return [(each.place, each.before, each.after) for each in changes]


def find_differences(ours: bytes, theirs: bytes) -> Differences:
    """What theirs says otherwise than ours. Raises KvisdocsError for what is no Word file."""
    with tempfile.TemporaryDirectory(prefix="kvisdocs-") as folder:
        files = [Path(folder, name) for name in ("ours.docx", "theirs.docx")]
        for file, data in zip(files, (ours, theirs), strict=True):
            file.write_bytes(data)
        changes = compare(*map(read_word, files))
        one, other = ([canonical(item.text) for item in list_items(read_docx_blocks(file))] for file in files)
    is_said = bool(changes.fields or changes.texts)
    return Differences(changes, not is_said and one == other and read_struck(ours) == read_struck(theirs))


def tell_differences(found: Differences, file: Path) -> Iterator[Problem]:
    """A note for each difference."""
    position = Position(str(file))
    for place, before, after in found.texts[:MOST_SHOWN]:
        yield Problem(position, _tell(place, before, after), severity=Severity.NOTE)
    if (more := len(found.texts) - MOST_SHOWN) > 0:
        what = message("approval.edited.differs_more", "{number} more places have changed", number=more)
        yield Problem(position, what, N_("see all of them: kvisdocs read-back {file}", file=file), Severity.NOTE)
    if not found.texts and not found.is_same:
        what = message(
            "approval.edited.other_parts", "pictures, links or struck-out words are others than in the letter"
        )
        yield Problem(position, what, N_("look at both"), Severity.NOTE)


def _tell(place: Message, before: str, after: str) -> Message:
    if not after:
        return message("approval.edited.deleted", '{place}: "{text}" was deleted', place=place, text=before)
    if not before:
        return message("approval.edited.added", '{place}: "{text}" was added', place=place, text=after)
    return message(
        "approval.edited.differs", '{place}: "{before}" has become "{after}"', place=place, before=before, after=after
    )


def find_forbidden(found: Differences, ours: bytes, theirs: bytes, ground: Ground, file: Path) -> Iterator[Problem]:
    """What the new words must not say to this reader: a number of somebody else, a protected address. Warnings are
    what may be meant in another way.
    """
    case, position = ground.case, Position(str(file))
    own = {"".join(filter(str.isdigit, case.case.citizen.cpr))} if isinstance(case.case, CitizenCase) else set()
    if find_numbers(read_docx_words(theirs)[0]) - find_numbers(read_docx_words(ours)[0]) - own:
        what = message("approval.edited.other_number", "holds a CPR number that is not that of its case")
        yield Problem(position, what, N_("take it out"))
    new = escape("\n".join(after for _, _, after in found.texts))
    for each in (*find_leaks(new, case, ground.document), *find_doubts_in(new, case, ground.document, str(file))):
        yield replace(each, position=position)
