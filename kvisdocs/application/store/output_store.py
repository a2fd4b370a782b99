"""Where a run's files lie, and how they get there: parts first, then the manifest's line, then into place.

    OUTPUT/<case id>/<document>.<format>              ready
    OUTPUT/<case id>/<document> (ny).<format>         the same, beside a file that must stay (find_keeper)
    OUTPUT/<case id>/<document> 2012-11-14.<format>   the same, beside one that was approved, printed or sent
    OUTPUT/<case id>/<document>-UDKAST.<format>       a draft that waits for approval
    OUTPUT/held-back/<case id>/<document>.<format>    to be looked at by somebody
    OUTPUT/.kvisdocs/parts/<key>-<sha256>.<format>    on the way

A file in place has its line. A line whose file is missing has its part, which `recover` moves. A part without a line
belongs to nobody, and `sweep` removes it.
"""

import contextlib
import errno
import itertools
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from glob import escape
from pathlib import Path

from kvisdocs.application.job import StagedFile
from kvisdocs.application.journal.entry import Entry, Event, NamedFile
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.journal.scribe import Scribe, name_files
from kvisdocs.application.store.atomic_files import cannot_write
from kvisdocs.application.store.keepers import APPROVED, find_keeper, read_digest
from kvisdocs.application.store.manifest import ManifestReader, Place, Record, name_file, name_stem
from kvisdocs.messages import N_, Message
from kvisdocs.problems import KvisdocsError
from kvisdocs.writers import FORMATS

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
    inputs: str = ""
    """The list of its inputs, where they are kept."""


Tell = Callable[[Finished], Sequence[Entry]]
"""What the journal says of a document that goes to its place."""


class OutputStore:
    """The folders of one output folder, by its manifest. Raises KvisdocsError where nobody can say what is final."""

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
        self._prepare()

    @cached_property
    def final(self) -> set[str]:
        """The digests of what was approved, printed or sent. Raises KvisdocsError where nobody can say."""
        return self.journal.find_final()

    def _prepare(self) -> None:
        """The folder of the parts; and nothing is begun where nobody can say what is final."""
        self.final = self.journal.find_final()
        if self._parts.is_symlink():  # its files would be swept, and they are somebody's
            raise FileExistsError(errno.EEXIST, N_("a link is in the way"), str(self._parts))
        self._parts.mkdir(mode=0o700, exist_ok=True)

    def path(self, case_id: str, name: str, place: Place = Place.READY) -> Path:
        """Where a file of that name belongs."""
        folder = self.output / HELD_BACK if place is Place.HELD_BACK else self.output
        return folder / case_id / name

    def path_of(self, case_id: str, record: Record, format: str) -> Path:
        """Where a record says that its file is."""
        return self.path(case_id, record.name_of(format), record.place)

    def find_keeper(self, case_id: str, record: Record, format: str, place: Place, name: str = "") -> Message | None:
        """Why what lies there must stay, as the end of a sentence. Raises OSError where nobody can look."""
        path = self.path(case_id, name or name_file(record.stem, format), place)
        if self._is_final(path, record.files[format].sha256):
            return APPROVED
        written = {record.files[format].sha256, *self._manifest.written(record.key, format)}
        return find_keeper(path, written)

    def _is_final(self, path: Path, sha256: str) -> bool:
        """Whether a file there was approved, printed or sent, and other bytes are to take its place."""
        digest = read_digest(path) if self.final else None
        return digest in self.final and digest != sha256

    def put(self, several: Sequence[Finished], tell: Tell | None = None) -> dict[str, KvisdocsError]:
        """Put documents in their places, each whole or not at all; gives those that could not be written, by key.

        They share one flush of the manifest. Nothing stands in a place before it stands in the journal and in the
        manifest. `tell` gives the journal's lines where they are not those of a making.
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
            self._write_down(written, tell or self._tell_made)
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

    def _write_down(self, several: Sequence[Finished], tell: Tell) -> None:
        """The journal's lines of what is to go to its place; before it does, so that nothing lies there without one."""
        entries = [entry for each in several for entry in tell(each)]
        self.journal.append(entries)
        for entry in entries:
            if entry.event is Event.APPROVED:
                self.final |= entry.digests

    def _tell_made(self, finished: Finished) -> list[Entry]:
        if self._scribe is None:
            return []
        case_id, record = finished.case_id, finished.record
        made = self._scribe.write_made(
            case_id, record, list(finished.data), finished.source, self.output, finished.inputs
        )
        earlier = self._manifest.records.get(record.key)
        if earlier is None:
            return [made]
        found = {
            Event.CHANGED: self._find_changed(finished, earlier),
            Event.REPLACED: self._find_replaced(finished, earlier),
        }
        return [*(self._scribe.write(event, case_id, earlier, files) for event, files in found.items() if files), made]

    def _find_changed(self, finished: Finished, earlier: Record) -> dict[str, NamedFile]:
        """The files of an earlier making that somebody has changed, as they are now; each once."""
        found = {}
        for format in finished.data:
            if format in earlier.files:
                path = self.path_of(finished.case_id, earlier, format)
                digest = read_digest(path)
                ours = finished.record.files[format].sha256, earlier.files[format].sha256
                known = {*ours, *self._manifest.written(earlier.key, format)}
                if digest and digest not in known and not self.journal.is_told_changed(digest):
                    found[format] = NamedFile(path.name, digest)
        return found

    def _find_replaced(self, finished: Finished, earlier: Record) -> dict[str, NamedFile]:
        """The files of an earlier making that go, since others come in their place."""
        new = finished.record.files
        named = {
            format: file
            for format, file in name_files(earlier).items()
            if format in finished.data and earlier.is_own(format)
        }
        return {
            format: file
            for format, file in named.items()
            if new[format].sha256 != file.sha256
            and file.sha256 not in self.final
            and self.locate(finished.case_id, earlier, format)
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
        lying = [each for each in lying if record.files[each].sha256 not in self.final]
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
            for name in dict.fromkeys((record.name_of(format), name_file(record.stem, format))):
                path = self.path(case_id, name, place)
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
            files[format] = replace(files[format], name=self.find_name(case_id, record, format))
        return replace(record, files=files)

    def find_name(self, case_id: str, record: Record, format: str) -> str:
        """The name of a free place: empty for its own, dated beside what was approved, else beside with a number."""
        keeper = self.find_keeper(case_id, record, format, record.place)
        if keeper is None or (self.overwrite and keeper is not APPROVED):
            return ""
        day = record.files[format].inputs.get("date", "")
        stem, first = (f"{record.stem} {day}", 0) if keeper is APPROVED else (record.stem, 1)
        names = _list_beside(stem, format, first)
        return next(name for name in names if self.find_keeper(case_id, record, format, record.place, name) is None)

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
            for path in self._list_lying(case_id, record, format, place):
                if path != target and not self.find_keeper(case_id, record, format, place, path.name):
                    path.unlink()

    def remove_others(self, case_id: str, record: Record, edited: str) -> None:
        """Remove what else lies of a document that was approved as somebody edited it: what kvisdocs wrote of it, and
        the draft with that digest, whose words are those of the approved file. Raises OSError.
        """
        own = {self.path_of(case_id, record, format) for format in record.files}
        for format, place in itertools.product(FORMATS, Place):
            written = {edited, *self._manifest.written(record.key, format)} - self.final
            for path in self._list_lying(case_id, record, format, place):
                if path not in own and read_digest(path) in written and not find_keeper(path, written):
                    path.unlink()

    def _list_lying(self, case_id: str, record: Record, format: str, place: Place) -> Iterator[Path]:
        """What lies there of a document, under all names that it may bear."""
        for draft in (False, True):
            stem = name_stem(record.document, draft)
            dated = self.path(case_id, "", place).glob(f"{escape(stem)} [0-9]*.{format}")
            first = self.path(case_id, name_file(stem, format), place)
            yield from (path for path in (first, *sorted(dated)) if os.path.lexists(path))
            beside = (self.path(case_id, name, place) for name in _list_beside(stem, format, 1))
            yield from itertools.takewhile(os.path.lexists, beside)

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
        return cannot_write(self.path_of(finished.case_id, finished.record, formats[0]), error)


def _list_beside(stem: str, format: str, first: int) -> Iterator[str]:
    """Names of that number and after it."""
    return (name_file(stem, format, number) for number in itertools.count(first))


def _make_folder(folder: Path) -> None:
    """The case's folder and those above it. A file in the way is an OSError."""
    folder.mkdir(parents=True, exist_ok=True)
