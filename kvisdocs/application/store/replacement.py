"""Files in the places of those that somebody has read and changed: all or none, and never over what others wrote."""

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from kvisdocs.application.store.atomic_files import write_atomically
from kvisdocs.cases.yaml.source import read_whole
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, show_path

ABSENT = ""
"""The digest of a file that is not there."""


def digest_of(data: bytes | None) -> str:
    """What tells two versions of a file apart."""
    return ABSENT if data is None else sha256(data).hexdigest()


class ChangedMeanwhileError(KvisdocsError):
    """Files are not those that were opened. `path` is the first, `now` its bytes; None where it is gone."""

    def __init__(self, changed: Mapping[Path, bytes | None]) -> None:
        what = message("output.file.meanwhile", "somebody saved this file meanwhile; nothing was written")
        todo = N_("look at what they changed, and do it again")
        super().__init__([Problem(Position(show_path(path)), what, todo) for path in changed])
        self.path, self.now = next(iter(changed.items()))


def replace_files(files: Mapping[Path, tuple[bytes, str]]) -> Mapping[Path, bytes | None]:
    """Put the bytes in the places of files that belong together; with each the digest of the version that was read.

    What those that were written held before; one that holds the bytes already is not written. Raises
    ChangedMeanwhileError, or KvisdocsError where one cannot be written; then all are as they were.
    """
    wanted = {Path(os.path.realpath(path)): each for path, each in files.items()}
    with held(wanted):
        before = {path: read_if_there(path) for path in wanted}
        if changed := {path: before[path] for path, (_, opened) in wanted.items() if digest_of(before[path]) != opened}:
            raise ChangedMeanwhileError(changed)
        new = {path: data for path, (data, _) in wanted.items() if before[path] != data}
        old = {path: before[path] for path in new}
        try:
            write_atomically(new, keeps_rights=True)
        except KvisdocsError:
            _put_back(old, new)
            raise
        return old


def _put_back(old: Mapping[Path, bytes | None], new: Mapping[Path, bytes]) -> None:
    """Those that got to their places before another could not."""
    moved = {path: data for path, data in old.items() if data is not None and read_if_there(path) == new[path]}
    write_atomically(moved, keeps_rights=True)


def read_if_there(path: Path) -> bytes | None:
    """A file's bytes; None where it is gone. Raises KvisdocsError where it cannot be read whole."""
    return read_whole(path, str(path)) if path.exists() else None


@contextlib.contextmanager
def held(files: Iterable[Path]) -> Iterator[None]:
    """The folders of files for this process alone, so that two do not write one file between each other's reading."""
    with contextlib.ExitStack() as holds:
        for folder in sorted({path.parent for path in files}):
            holds.enter_context(_held_folder(folder))
        yield


@contextlib.contextmanager
def _held_folder(folder: Path) -> Iterator[None]:
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):  # Windows; whoever writes there will be told
        yield
        return
    try:
        with contextlib.suppress(OSError):  # a network's disk that knows no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
