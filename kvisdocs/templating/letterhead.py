"""The letterhead that a profile names (`word_reference:`): opened with limits, checked, and found fit or not."""

from functools import lru_cache

from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.templating.letterhead_checks import find_faults
from kvisdocs.templating.letterhead_package import LetterheadFile, RefusedError, unpack


def open_letterhead(data: bytes, name: str, position: Position) -> LetterheadFile:
    """The letterhead in a file's bytes.

    Raises KvisdocsError at `position` with all that is wrong with it; `name` is what messages call it.
    """
    found = _examine(data)
    if isinstance(found, LetterheadFile):
        return found
    raise KvisdocsError(Problem(position, f'the letterhead "{name}" {what}', todo) for what, todo in found)


@lru_cache(maxsize=4)
def _examine(data: bytes) -> LetterheadFile | tuple[tuple[str, str], ...]:
    """The file, or what is wrong with it. A batch of letters examines it once."""
    try:
        file = unpack(data)
        return tuple(find_faults(file)) or file
    except RefusedError as refused:
        return ((refused.what, refused.todo),)
