"""Saving a case: whole or not at all, never over what somebody else has written, and to be undone.

What was there before lies in the memory of the desk, not in the folder: it is personal data, of which no copies are to
gather beside the cases. It is gone when the desk is closed.
"""

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kvisdocs.application.scaffold.places import refuse_overwriting
from kvisdocs.application.store.atomic_files import write_atomically
from kvisdocs.application.store.replacement import digest_of, held, read_if_there, replace_files

MOST_UNDONE, MOST_BYTES = 20, 32 * 2**20
"""So many saves of one file can be undone, and so many bytes are kept of all together."""


@dataclass(frozen=True)
class _Save:
    before: Mapping[Path, bytes]
    """What was in the files."""
    after: Mapping[Path, str]
    """The digests of what was saved: only that may be undone."""

    @property
    def size(self) -> int:
        return sum(map(len, self.before.values()))

    @property
    def stands(self) -> bool:
        """Whether nobody has written since."""
        return all(digest_of(read_if_there(path)) == digest for path, digest in self.after.items())


@dataclass
class Saver:
    """Saves the files of a folder, and remembers what was there."""

    _saves: list[_Save] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def save(self, path: Path, data: bytes, opened: str) -> None:
        """Put the bytes in the file's place. `opened` is the digest of the version that was changed.

        Raises ChangedMeanwhileError, or KvisdocsError where it cannot be written; then the file is as it was.
        """
        self.save_all({path: (data, opened)})

    def save_all(self, files: Mapping[Path, tuple[bytes, str]]) -> None:
        """Put the bytes in the places of files that belong together, all or none, as `save` does with one.

        They are undone together too. ChangedMeanwhileError is of the first file that is another.
        """
        with self._lock:
            replaced = replace_files(files)
            old = {path: data for path, data in replaced.items() if data is not None}
            if old and len(old) == len(replaced):
                written = {Path(os.path.realpath(path)): data for path, (data, _) in files.items()}
                self._remember(_Save(old, {path: digest_of(written[path]) for path in old}))

    def create(self, files: Mapping[Path, bytes]) -> None:
        """Write new files, all or none. Raises KvisdocsError where one is there already, or cannot be written."""
        with self._lock:
            refuse_overwriting(files)
            write_atomically(files)

    def can_undo(self, path: Path, data: bytes) -> bool:
        """Whether the file is as it was saved here last."""
        real = Path(os.path.realpath(path))
        last = self._last(real)
        return last is not None and last.after[real] == digest_of(data) and last.stands

    def undo(self, path: Path) -> bool:
        """Put back what was there before the last save, in all its files; False if none, or somebody wrote since.

        Raises KvisdocsError where it cannot be written.
        """
        real = Path(os.path.realpath(path))
        with self._lock:
            last = self._last(real)
            if last is None:
                return False
            with held(last.before):
                if not last.stands:
                    return False
                write_atomically(last.before, keeps_rights=True)
                self._saves.remove(last)
                return True

    def _last(self, file: Path) -> _Save | None:
        return next((save for save in reversed(self._saves) if file in save.before), None)

    def _remember(self, save: _Save) -> None:
        self._saves.append(save)
        for path in save.before:
            own = [each for each in self._saves if path in each.before]
            if len(own) > MOST_UNDONE:
                self._saves.remove(own[0])
        while sum(each.size for each in self._saves) > MOST_BYTES:
            del self._saves[0]
