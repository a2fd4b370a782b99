"""Where a run's files lie, and how they get there: parts first, then the manifest's line, then into place.

    OUTPUT/<case id>/<document>.<format>              ready
    OUTPUT/held-back/<case id>/<document>.<format>    to be looked at by somebody
    OUTPUT/.kvisdocs/parts/<key>-<sha256>.<format>    on the way

A file in place has its line. A line whose file is missing has its part, which `recover` moves. A part without a line
belongs to nobody, and `sweep` removes it.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kvisdocs.batch.files import cannot_write
from kvisdocs.batch.job import Laid
from kvisdocs.batch.manifest import Manifest, Place, Record
from kvisdocs.problems import KvisdocsError

OWN = ".kvisdocs"
PARTS = "parts"
HELD_BACK = "held-back"
RESERVED = {OWN, HELD_BACK}
"""Folders of the run itself, which no case can be called."""

_TAKEN = 24
"""Of a digest's digits, those that stand in a part's name."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A document that goes to its place: its record, and by format what is new: bytes, or laid among the parts."""

    case_id: str
    record: Record
    data: Mapping[str, bytes | Laid]


class Places:
    """The folders of one output folder, by its manifest."""

    def __init__(self, output: Path, manifest: Manifest) -> None:
        self.output = output
        self._manifest = manifest
        self._parts = output / OWN / PARTS
        self._parts.mkdir(mode=0o700, exist_ok=True)

    def path(self, case_id: str, document: str, format: str, place: Place = Place.READY) -> Path:
        """Where a file belongs."""
        folder = self.output / HELD_BACK if place is Place.HELD_BACK else self.output
        return folder / case_id / f"{document}.{format}"

    def put(self, several: Sequence[Finished]) -> dict[str, KvisdocsError]:
        """Put documents in their places, each whole or not at all; gives those that could not be written, by key.

        They share one flush of the manifest. Nothing stands in a place before it stands in the manifest.
        """
        failed: dict[str, KvisdocsError] = {}
        written: list[Finished] = []
        for finished in several:
            try:
                self._write_parts(finished)
                written.append(finished)
            except OSError as error:
                failed[finished.record.key] = self._refusal(finished, error)
        try:
            self._flush_folder()
            self._manifest.append(finished.record for finished in written)
        except OSError as error:
            for finished in written:
                self._remove_parts(finished)
                failed[finished.record.key] = cannot_write(self.output / OWN, error)
            return failed
        for finished in written:
            try:
                self._move_parts(finished.case_id, finished.record, finished.data)
            except OSError as error:
                failed[finished.record.key] = self._refusal(finished, error)
        return failed

    def recover(self, case_id: str, record: Record) -> None:
        """Finish what a run that was killed had written down but not yet moved. OSError where it cannot."""
        waiting = [format for format in record.files if self._part(record, format).exists()]
        for format in list(waiting):
            if read_digest(self._part(record, format)) != record.files[format].sha256:
                waiting.remove(format)  # no part of ours: sweep() removes it
        if waiting:
            self._move_parts(case_id, record, waiting)

    def hold(self, case_id: str, record: Record) -> None:
        """Move a document that lies ready to those held back, and write it down. Raises OSError.

        Moved first: a run that is killed in between has `take_back` undo it, and comes to the same end again.
        """
        self._carry(case_id, record, Place.READY, Place.HELD_BACK)
        self._manifest.append([record])

    def take_back(self, case_id: str, record: Record) -> None:
        """Move files that lie among those held back, though their record says ready, to where it says."""
        self._carry(case_id, record, Place.HELD_BACK, Place.READY)

    def _carry(self, case_id: str, record: Record, start: Place, end: Place) -> None:
        for format in record.files:
            path, target = (self.path(case_id, record.document, format, place) for place in (start, end))
            if path.exists():
                _make_folder(target.parent)
                path.replace(target)

    def find(self, case_id: str, record: Record, format: str) -> Place | None:
        """Where a file of a record lies just as it was made; None where it is missing or changed."""
        wanted = record.files[format].sha256
        for place in Place:
            if read_digest(self.path(case_id, record.document, format, place)) == wanted:
                return place
        return None

    def exists(self, case_id: str, record: Record, format: str) -> bool:
        """Whether there is a file where one belongs, changed or not."""
        return self.path(case_id, record.document, format, record.place).exists()

    def sweep(self) -> None:
        """Remove the parts of which the manifest does not know."""
        known = {self._part(each, format).name for each in self._manifest.records.values() for format in each.files}
        for part in self._parts.iterdir():
            if part.name not in known:
                with contextlib.suppress(OSError):
                    part.unlink()

    def _part(self, record: Record, format: str) -> Path:
        return self._parts / f"{record.key}-{record.files[format].sha256[:_TAKEN]}.{format}"

    def _write_parts(self, finished: Finished) -> None:
        try:
            for format, data in finished.data.items():
                part = self._part(finished.record, format)
                if isinstance(data, Laid):
                    (self._parts / data.name).replace(part)
                    continue
                descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
                with os.fdopen(descriptor, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
        except OSError:
            self._remove_parts(finished)
            raise

    def _remove_parts(self, finished: Finished) -> None:
        for format in finished.data:
            with contextlib.suppress(OSError):
                self._part(finished.record, format).unlink()

    def _move_parts(self, case_id: str, record: Record, formats: Iterable[str]) -> None:
        """Into place. What is held back takes away what lay ready: making it again would have replaced that."""
        for format in formats:
            target = self.path(case_id, record.document, format, record.place)
            _make_folder(target.parent)
            other = Place.HELD_BACK if record.place is Place.READY else Place.READY
            self.path(case_id, record.document, format, other).unlink(missing_ok=True)
            self._part(record, format).replace(target)

    def _flush_folder(self) -> None:
        """The parts' names must be on the disk before the line that counts on them. Windows has no such call."""
        if os.name == "posix":
            descriptor = os.open(self._parts, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def _refusal(self, finished: Finished, error: OSError) -> KvisdocsError:
        formats = list(finished.data)
        return cannot_write(self.path(finished.case_id, finished.record.document, formats[0]), error)


def read_digest(path: Path) -> str | None:
    """A file's SHA-256 in hexadecimal; None where there is no file to read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _make_folder(folder: Path) -> None:
    """The case's folder and those above it. A file in the way is an OSError."""
    folder.mkdir(parents=True, exist_ok=True)
