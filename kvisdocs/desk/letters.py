"""What lies in the output folder: as its manifest tells of it, and as the files are now.

Nothing is written, made or locked, so that a run may be at work there meanwhile. A file is read when its time or size
is another; else its digest is remembered.
"""

import os
import stat
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import cached_property
from pathlib import Path

from kvisdocs.application.outcome import Hold
from kvisdocs.application.store.keepers import read_digest
from kvisdocs.application.store.manifest import FileRecord, Place, Record
from kvisdocs.application.store.output_store import HELD_BACK, OWN
from kvisdocs.application.store.output_view import OutputView, look_into
from kvisdocs.desk.folder import CaseFile, NoSuchFileError, Stamp, stamp_of
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, say_refusal

MOST_REMEMBERED = 100_000
"""So many files' digests are remembered; then all are forgotten."""


class FileState(Enum):
    """How a file is, beside what was made."""

    AS_MADE = "as made"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class LetterFile:
    """One file of a letter. `path` is seen from the output folder."""

    format: str
    path: str
    place: Place
    state: FileState


@dataclass(frozen=True)
class Letter:
    """A document that was made of a case."""

    case_id: str
    document: str
    record: Record
    files: tuple[LetterFile, ...]
    is_stale: bool = False
    """Whether the case has changed since."""

    @cached_property
    def lying(self) -> tuple[LetterFile, ...]:
        """The files that are there."""
        return tuple(file for file in self.files if file.state is not FileState.GONE)

    @cached_property
    def is_changed(self) -> bool:
        """Whether somebody has changed a file of it."""
        return any(file.state is FileState.CHANGED for file in self.files)

    @cached_property
    def is_held(self) -> bool:
        """Whether it lies among those held back."""
        return any(file.place is Place.HELD_BACK for file in self.lying)

    @property
    def hold(self) -> Hold | None:
        """Why it was held back, in a word."""
        return self.record.hold

    @property
    def day(self) -> str:
        """Its letter date, as `2012-11-14`; empty where the line does not say."""
        return max((file.inputs.get("date", "") for file in self.record.files.values()), default="")


class Letters:
    """The letters of one output folder."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self._lock = threading.Lock()
        self._view: OutputView | None = None
        self._seen: tuple[Stamp | None, Stamp | None] = (None, None)
        self._keys: dict[tuple[str, str], str] = {}
        self._digests: dict[Path, tuple[Stamp, str | None]] = {}

    def of(self, case_ids: Iterable[str]) -> dict[str, tuple[Letter, ...]]:
        """What was made of each of these cases and lies there still. Raises OSError where nobody may look."""
        with self._lock:
            return self._of(self._look(), case_ids)

    def of_files(self, files: Iterable[CaseFile]) -> dict[str, tuple[Letter, ...]]:
        """The same by the names of the cases' files, which tell whether a case has changed since."""
        by_id = {file.path.stem: file for file in files}
        with self._lock:
            view = self._look()
            found = self._of(view, by_id)
            digests = {case_id: self._digest_case(view, by_id[case_id]) for case_id in found}
        return {
            by_id[case_id].name: tuple(replace(letter, is_stale=_is_stale(letter, digests[case_id])) for letter in each)
            for case_id, each in found.items()
        }

    def _of(self, view: OutputView, case_ids: Iterable[str]) -> dict[str, tuple[Letter, ...]]:
        names = sorted({each.document for each in view.manifest.records.values()})
        found = {case_id: tuple(self._find(view, case_id, names)) for case_id in case_ids}
        return {case_id: letters for case_id, letters in found.items() if letters}

    def unfinished(self) -> date | None:
        """The letter date of a run that was broken off. Raises OSError."""
        with self._lock:
            return self._look().manifest.unfinished

    def held(self) -> list[Letter]:
        """All that is held back, by case. Raises OSError."""
        folder = self.output / HELD_BACK
        case_ids = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
        return [letter for letters in self.of(case_ids).values() for letter in letters if letter.is_held]

    def read(self, path: str) -> tuple[LetterFile, bytes]:
        """A file of a letter, which is called by its way from the output folder. Raises NoSuchFileError for others."""
        *_, case_id, _ = ["", "", *path.split("/")]
        try:
            letters = self.of([case_id]).get(case_id, ())
            file = next((file for letter in letters for file in letter.lying if file.path == path), None)
            if file is None:
                raise NoSuchFileError(path)
            return file, self._read(self.output / path)
        except (OSError, ValueError):
            raise NoSuchFileError(path) from None

    def _read(self, path: Path) -> bytes:
        """Its bytes; OSError for a link, or what lies outside."""
        if not Path(os.path.realpath(path.parent)).is_relative_to(os.path.realpath(self.output)):
            raise FileNotFoundError(path)
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            return file.read()

    def _look(self) -> OutputView:
        """The folder as it is now. What was added to its manifest is read, and all of it only when it is another."""
        own = self.output / OWN
        seen = (_stamp(own / "manifest.jsonl"), _stamp(own / "key"))
        if self._view is None or not _is_longer(self._seen, seen):
            self._view, self._keys, self._digests = look_into(self.output), {}, {}
        elif seen != self._seen:
            self._view.manifest.read_on()
        self._seen = seen
        return self._view

    def _find(self, view: OutputView, case_id: str, names: Iterable[str]) -> Iterator[Letter]:
        for name in names:
            key = self._keys.get((case_id, name))
            if key is None:
                key = self._keys[case_id, name] = view.manifest.key_of(case_id, name)
            record = view.manifest.records.get(key)
            if record is not None:
                files = (self._locate(case_id, record, format, file) for format, file in record.files.items())
                letter = Letter(case_id, name, record, tuple(files))
                if letter.lying:
                    yield letter

    def _locate(self, case_id: str, record: Record, format: str, file: FileRecord) -> LetterFile:
        """Where a file lies as it was made, or else is at all: it may have been moved from those held back."""
        name = record.name_of(format)
        places = (record.place, Place.READY if record.place is Place.HELD_BACK else Place.HELD_BACK)
        there = []
        for place in places:
            way = f"{HELD_BACK}/{case_id}/{name}" if place is Place.HELD_BACK else f"{case_id}/{name}"
            digest = self._digest(self.output / way)
            if digest == file.sha256:
                return LetterFile(format, way, place, FileState.AS_MADE)
            if digest is not None:
                there.append(LetterFile(format, way, place, FileState.CHANGED))
        return next(iter(there), LetterFile(format, way, record.place, FileState.GONE))

    def _digest(self, path: Path) -> str | None:
        try:
            found = path.lstat()
        except (OSError, ValueError):
            return None
        if not stat.S_ISREG(found.st_mode):
            return None
        stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
        kept = self._digests.get(path)
        if kept is None or kept[0] != stamp:
            if len(self._digests) >= MOST_REMEMBERED:
                self._digests.clear()
            kept = self._digests[path] = (stamp, read_digest(path))
        return kept[1]

    def _digest_case(self, view: OutputView, file: CaseFile) -> str | None:
        kept = self._digests.get(file.path)
        if kept is None or kept[0] != file.stamp:
            try:
                digest = view.manifest.keyed(file.path.read_bytes())
            except OSError:
                digest = None
            kept = self._digests[file.path] = (file.stamp, digest)
        return kept[1]


def cannot_read(output: Path, error: OSError) -> KvisdocsError:
    """Why nobody can say what lies in the output folder."""
    what = message("desk.output.unreadable", "what was made cannot be read: {reason}", reason=say_refusal(error))
    return KvisdocsError(Problem(Position(str(output)), what, N_("ask for the right to read the folder")))


def _is_stale(letter: Letter, digest: str | None) -> bool:
    """Whether the case is another than that which it was made of."""
    return digest is not None and {file.inputs.get("case") for file in letter.record.files.values()} != {digest}


def _is_longer(before: tuple[Stamp | None, Stamp | None], now: tuple[Stamp | None, Stamp | None]) -> bool:
    """Whether the manifest is what it was, with lines added at most."""
    (old, old_key), (new, new_key) = before, now
    if old is None or new is None or old_key != new_key:
        return before == now
    return old[2] == new[2] and old[1] <= new[1]


def _stamp(path: Path) -> Stamp | None:
    """Its stamp; None where it is not there. Raises OSError where nobody may look."""
    try:
        return stamp_of(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
