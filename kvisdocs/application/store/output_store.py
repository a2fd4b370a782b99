"""Where a run's files lie, and how they get there: parts first, then the manifest's line, then into place.

    OUTPUT/<case id>/<document>.<format>              ready
    OUTPUT/<case id>/<document> (ny).<format>         the same, beside a file that must stay (find_keeper)
    OUTPUT/held-back/<case id>/<document>.<format>    to be looked at by somebody
    OUTPUT/.kvisdocs/parts/<key>-<sha256>.<format>    on the way

A file in place has its line. A line whose file is missing has its part, which `recover` moves. A part without a line
belongs to nobody, and `sweep` removes it.
"""

import contextlib
import errno
import hashlib
import itertools
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kvisdocs.application.job import StagedFile
from kvisdocs.application.journal.entry import Event, NamedFile
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.journal.scribe import Scribe, name_files
from kvisdocs.application.store.atomic_files import cannot_write
from kvisdocs.application.store.manifest import ManifestReader, Place, Record, name_file
from kvisdocs.messages import N_, Message
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
    data: Mapping[str, bytes | StagedFile]
    source: Path = Path()
    """The case's file."""


class OutputStore:
    """The folders of one output folder, by its manifest."""

    def __init__(
        self, output: Path, manifest: ManifestReader, overwrite: bool = False, scribe: Scribe | None = None
    ) -> None:
        self.output = output
        self.journal = Journal(output)
        self._scribe = scribe
        self.overwrite = overwrite
        """Whether files may be replaced that kvisdocs did not write."""
        self._manifest = manifest
        self._parts = output / OWN / PARTS
        self._prepare_parts()

    def _prepare_parts(self) -> None:
        if self._parts.is_symlink():  # its files would be swept, and they are somebody's
            raise FileExistsError(errno.EEXIST, N_("a link is in the way"), str(self._parts))
        self._parts.mkdir(mode=0o700, exist_ok=True)

    def path(self, case_id: str, document: str, format: str, place: Place = Place.READY, name: str = "") -> Path:
        """Where a file belongs, or one of another name beside it."""
        folder = self.output / HELD_BACK if place is Place.HELD_BACK else self.output
        return folder / case_id / (name or name_file(document, format))

    def path_of(self, case_id: str, record: Record, format: str) -> Path:
        """Where a record says that its file is."""
        return self.path(case_id, record.document, format, record.place, record.files[format].name)

    def find_keeper(self, case_id: str, record: Record, format: str, place: Place, name: str = "") -> Message | None:
        """Why what lies there must stay, as the end of a sentence. Raises OSError where nobody can look."""
        written = {record.files[format].sha256, *self._manifest.written(record.key, format)}
        return find_keeper(self.path(case_id, record.document, format, place, name), written)

    def put(self, several: Sequence[Finished]) -> dict[str, KvisdocsError]:
        """Put documents in their places, each whole or not at all; gives those that could not be written, by key.

        They share one flush of the manifest. Nothing stands in a place before it stands in the manifest.
        """
        failed: dict[str, KvisdocsError] = {}
        written: list[Finished] = []
        for finished in several:
            try:
                self._write_parts(finished)
                written.append(replace(finished, record=self._aim(finished.case_id, finished.record, finished.data)))
            except OSError as error:
                failed[finished.record.key] = self._refusal(finished, error)
        try:
            self._flush_folder()
            self._write_down(written)
            self._manifest.append(finished.record for finished in written)
        except (OSError, KvisdocsError) as error:
            refusal = error if isinstance(error, KvisdocsError) else cannot_write(self.output / OWN, error)
            for finished in written:
                self._remove_parts(finished)
                failed[finished.record.key] = refusal
            return failed
        for finished in written:
            try:
                self._move_parts(finished.case_id, finished.record, finished.data)
            except OSError as error:
                failed[finished.record.key] = self._refusal(finished, error)
        return failed

    def _write_down(self, several: Sequence[Finished]) -> None:
        """The journal's lines of what is to go to its place; before it does, so that nothing lies there without one."""
        if self._scribe is None:
            return
        entries = []
        for each in several:
            earlier = self._manifest.records.get(each.record.key)
            if earlier and (replaced := self._find_replaced(each, earlier)):
                entries.append(self._scribe.write(Event.REPLACED, each.case_id, earlier, replaced))
            formats = list(each.data)
            entries.append(self._scribe.write_made(each.case_id, each.record, formats, each.source, self.output))
        self.journal.append(entries)

    def _find_replaced(self, finished: Finished, earlier: Record) -> dict[str, NamedFile]:
        """The files of an earlier making that go, since others come in their place."""
        new = finished.record.files
        named = {format: file for format, file in name_files(earlier).items() if format in finished.data}
        return {
            format: file
            for format, file in named.items()
            if new[format].sha256 != file.sha256 and self.locate(finished.case_id, earlier, format)
        }

    def recover(self, case_id: str, record: Record) -> None:
        """Finish what a run that was killed had written down but not yet moved. OSError where it cannot."""
        waiting = [format for format in record.files if self._part(record, format).exists()]
        for format in list(waiting):
            if read_digest(self._part(record, format)) != record.files[format].sha256:
                waiting.remove(format)  # no part of ours: sweep() removes it
        if waiting:
            self._move_parts(case_id, record, waiting)

    def come_home(self, case_id: str, record: Record) -> Record:
        """The record, with files that lay beside what had to stay under their own names, where nothing stands there any
        more. Raises OSError.
        """
        beside = [format for format, file in record.files.items() if file.name]
        lying = [
            each for each in beside if read_digest(self.path_of(case_id, record, each)) == record.files[each].sha256
        ]
        aimed = self._aim(case_id, record, lying)
        if aimed == record:
            return record
        for format in lying:
            self.path_of(case_id, record, format).replace(self.path_of(case_id, aimed, format))
        self._manifest.append([aimed])
        return self._manifest.records[record.key]

    def hold(self, case_id: str, record: Record) -> Record:
        """Move a document that lies ready to those held back, and write it down. Raises OSError.

        Moved first: a run that is killed in between has `take_back` undo it, and comes to the same end again.
        """
        self._manifest.append([self._carry(case_id, record, Place.READY, Place.HELD_BACK)])
        return self._manifest.records[record.key]

    def take_back(self, case_id: str, record: Record) -> Record:
        """Move files that lie among those held back to where the record has them, ready, and write it down."""
        self._manifest.append([self._carry(case_id, record, Place.HELD_BACK, Place.READY)])
        return self._manifest.records[record.key]

    def release(self, case_id: str, record: Record, reason: str) -> Record:
        """Take back what somebody has looked at: no run holds it back again before it is made anew. Raises OSError, and
        KvisdocsError where the journal cannot be written.
        """
        if self._scribe is not None:
            line = self._scribe.write(Event.RELEASED, case_id, record, name_files(record))
            self.journal.append([replace(line, reason=reason)])
        return self.take_back(case_id, replace(record, place=Place.READY, by_hand=True))

    def _carry(self, case_id: str, record: Record, start: Place, end: Place) -> Record:
        """What is as it was made moves; what somebody changed stays where it is."""
        lying = {format: self.locate(case_id, record, format) for format in record.files}
        found = {format: each[1] for format, each in lying.items() if each and each[0] is start}
        carried = self._aim(case_id, replace(record, place=end), found)
        for format, path in found.items():
            target = self.path_of(case_id, carried, format)
            _make_folder(target.parent)
            path.replace(target)
        return carried

    def locate(self, case_id: str, record: Record, format: str) -> tuple[Place, Path] | None:
        """Where a file of a record lies just as it was made; None where it is missing or changed."""
        file = record.files[format]
        for place in Place:
            for name in dict.fromkeys((file.name, "")):
                path = self.path(case_id, record.document, format, place, name)
                if read_digest(path) == file.sha256:
                    return place, path
        return None

    def exists(self, case_id: str, record: Record, format: str) -> bool:
        """Whether there is a file where one belongs, changed or not."""
        return self.path_of(case_id, record, format).exists()

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
                if isinstance(data, StagedFile):
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

    def _aim(self, case_id: str, record: Record, formats: Iterable[str]) -> Record:
        """The record with the names that its files are to bear: their own, or others beside what must stay."""
        files = dict(record.files)
        for format in formats:
            names = (name_file(record.document, format, number) if number else "" for number in itertools.count())
            free = (each for each in names if self.overwrite or not self._is_kept(case_id, record, format, each))
            files[format] = replace(files[format], name=next(free))
        return replace(record, files=files)

    def _is_kept(self, case_id: str, record: Record, format: str, name: str) -> bool:
        return self.find_keeper(case_id, record, format, record.place, name) is not None

    def _move_parts(self, case_id: str, record: Record, formats: Collection[str]) -> None:
        """Into place, unless somebody has put a file there meanwhile: then beside it."""
        aimed = self._aim(case_id, record, formats)
        if any(aimed.files[format].name != record.files[format].name for format in formats):
            self._manifest.append([aimed])
        for format in formats:
            target = self.path_of(case_id, aimed, format)
            _make_folder(target.parent)
            self._remove_superseded(case_id, aimed, format, target)
            self._part(record, format).replace(target)

    def _remove_superseded(self, case_id: str, record: Record, format: str, target: Path) -> None:
        """What kvisdocs wrote before in the other place, or beside. What is held back takes away what lay ready, since
        making it again would have replaced that.
        """
        for place in Place:
            for number in itertools.count():
                name = name_file(record.document, format, number)
                path = self.path(case_id, record.document, format, place, name)
                if not os.path.lexists(path):
                    if number:
                        break
                elif path != target and not self._is_kept(case_id, replace(record, place=place), format, name):
                    path.unlink()

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


def _make_folder(folder: Path) -> None:
    """The case's folder and those above it. A file in the way is an OSError."""
    folder.mkdir(parents=True, exist_ok=True)


def find_keeper(path: Path, written: Collection[str]) -> Message | None:
    """Why the file must stay as it is, as the end of a sentence; None where there is none, or it may be overwritten.

    `written` are the digests of all that kvisdocs ever wrote there. Raises OSError where nobody can look.
    """
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISLNK(found.st_mode):
        return N_("is a link that somebody made")
    if not stat.S_ISREG(found.st_mode):
        return None  # a folder in the way: the system says so when the file is to be written
    if read_digest(path) not in written:
        return N_("is not the file that kvisdocs wrote")
    if not found.st_mode & stat.S_IWUSR:
        return N_("is write-protected")
    lock = next((each for each in _locks(path) if each.exists()), None)
    return N_('is open in another program ("{name}" lies beside it)', name=lock.name) if lock else None


def read_digest(path: Path) -> str | None:
    """A file's SHA-256 in hexadecimal; None where there is no file to read."""
    try:
        if not path.is_file():  # opening a pipe would wait for somebody to write into it
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _locks(path: Path) -> Iterator[Path]:
    """What Word and LibreOffice lay beside a file while it is open. Word drops up to two letters of its name."""
    for start in range(3):
        yield path.with_name(f"~${path.name[start:]}")
    yield path.with_name(f".~lock.{path.name}#")
