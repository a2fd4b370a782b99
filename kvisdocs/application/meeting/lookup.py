"""The items of a meeting's list as people name them: by their number on the agenda, or by their file."""

import os
import re
from pathlib import Path

from kvisdocs.application.meeting.draft import Draft
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Problem, suggest

_NUMBER = re.compile(r"(?:(?:punkt|item)\s+)?(\d+)\.?", re.IGNORECASE)


def find_index(draft: Draft, said: str) -> int:
    """Where an item stands in the meeting's list: `3`, `punkt 3`, or its file. Raises KvisdocsError."""
    if found := _NUMBER.fullmatch(said.strip()):
        return _find_number(draft, found[1])
    for index, entry in enumerate(draft.entries):
        if said == entry.file or os.path.realpath(said) == os.path.realpath(draft.path_of(entry)):
            return index
    files = [entry.file for entry in draft.entries]
    what = message("meeting.item.not_on", '"{file}" is not on the meeting', file=said)
    raise KvisdocsError(Problem(draft.source.locate(("items",)), what, suggest(Path(said).name, files)))


def _find_number(draft: Draft, number: str) -> int:
    row = next((each for each in draft.rows if each.number == number), None)
    if row is None:
        what = message("meeting.item.unknown", "there is no item {number} on the meeting", number=number)
        todo = suggest(number, [each.number for each in draft.rows])
        raise KvisdocsError(Problem(draft.source.locate(("items",)), what, todo))
    if row.fixed is not None:
        what = message(
            "meeting.item.fixed",
            'item {number} is "{title}", which every meeting has',
            number=number,
            title=row.title,
        )
        raise KvisdocsError(Problem(draft.source.locate(("items",)), what, N_("choose an item that has a file")))
    return row.slot.index


def find_place(draft: Draft, index: int, said: str) -> int:
    """The place, in its part of the agenda, of the item that another is to take the number of. Raises KvisdocsError."""
    other, part = find_index(draft, said), draft.find_part(index)
    if other in part:
        return part.index(other)
    what = message("meeting.item.other_part", "one of the two items is on the agenda, the other on the supplement")
    todo = N_("move it there first: kvisdocs meeting supplement")
    raise KvisdocsError(Problem(draft.source.locate(("items", index)), what, todo))
