"""Saving a case: whole or not at all, never over what somebody else has written, and to be undone.

What was there before lies in the memory of the desk, not in the folder: it is personal data, of which no copies are to
gather beside the cases. It is gone when the desk is closed.
"""

import contextlib
import os
import stat
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from kvisdocs.application.scaffold.places import refuse_overwriting
from kvisdocs.application.store.atomic_files import write_atomically
from kvisdocs.cases.yaml.source import read_raw

ABSENT = ""
"""The digest of a file that is not there."""

MOST_UNDONE, MOST_BYTES = 20, 32 * 2**20
"""So many saves of one file can be undone, and so many bytes are kept of all together."""


def digest_of(data: bytes | None) -> str:
    """What tells two versions of a file apart."""
    return ABSENT if data is None else sha256(data).hexdigest()


class ChangedMeanwhileError(Exception):
    """The file is not the one that was opened. `now` are its bytes; None where it is gone."""

    def __init__(self, now: bytes | None) -> None:
        super().__init__()
        self.now = now


@dataclass(frozen=True)
class _Save:
    file: str
    before: bytes
    after: str
    """The digest of what was saved: only that may be undone."""


@dataclass
class Saver:
    """Saves the files of a folder, and remembers what was there."""

    _saves: list[_Save] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def save(self, path: Path, data: bytes, opened: str) -> None:
        """Put the bytes in the file's place. `opened` is the digest of the version that was changed.

        Raises ChangedMeanwhileError, or KvisdocsError where it cannot be written; then the file is as it was.
        """
        real = Path(os.path.realpath(path))
        with self._lock, _held(real.parent):
            now = _read(real)
            if digest_of(now) != opened:
                raise ChangedMeanwhileError(now)
            if now == data:
                return
            _write(real, data)
            if now is not None:
                self._remember(_Save(str(real), now, digest_of(data)))

    def create(self, files: Mapping[Path, bytes]) -> None:
        """Write new files, all or none. Raises KvisdocsError where one is there already, or cannot be written."""
        with self._lock:
            refuse_overwriting(files)
            write_atomically(files)

    def can_undo(self, path: Path, data: bytes) -> bool:
        """Whether the file is as it was saved here last."""
        last = self._last(os.path.realpath(path))
        return last is not None and last.after == digest_of(data)

    def undo(self, path: Path) -> bool:
        """Put back what was there before the last save; False where there is none, or somebody wrote since.

        Raises KvisdocsError where it cannot be written.
        """
        real = Path(os.path.realpath(path))
        with self._lock, _held(real.parent):
            last = self._last(str(real))
            if last is None or digest_of(_read(real)) != last.after:
                return False
            _write(real, last.before)
            self._saves.remove(last)
            return True

    def _last(self, file: str) -> _Save | None:
        return next((save for save in reversed(self._saves) if save.file == file), None)

    def _remember(self, save: _Save) -> None:
        self._saves.append(save)
        own = [each for each in self._saves if each.file == save.file]
        if len(own) > MOST_UNDONE:
            self._saves.remove(own[0])
        while sum(len(each.before) for each in self._saves) > MOST_BYTES:
            del self._saves[0]


def _read(path: Path) -> bytes | None:
    if not path.exists():
        return None
    return read_raw(path, str(path))[0]


def _write(path: Path, data: bytes) -> None:
    """The file keeps its rights."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError:
        mode = None
    write_atomically({path: data}, mode)


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[None]:
    """The folder for this desk alone, so that two of them do not write one file between each other's reading."""
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
