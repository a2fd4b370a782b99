"""Whether a document must be made, and why: its manifest's line against what is there today.

And what is said of files that stay as they are, though something newer was made or might be.
"""

import hashlib
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kvisdocs.application.job import PlannedCase, StagedFile
from kvisdocs.application.outcome import Hold, Kept, MadeFile, Outcome, Reason, Status
from kvisdocs.application.related import is_counted
from kvisdocs.application.scaffold.cases import quote_path
from kvisdocs.application.store.atomic_files import is_there
from kvisdocs.application.store.digests import DigestBook, find_change
from kvisdocs.application.store.keepers import APPROVED
from kvisdocs.application.store.manifest import FileRecord, ManifestReader, Place, Record, name_file
from kvisdocs.application.store.output_store import HELD_BACK, OutputStore
from kvisdocs.cases.views import GLOBALS
from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import Position, Problem, Severity, say_first
from kvisdocs.templating.documents import Document
from kvisdocs.writers import WriterOutput


@dataclass(frozen=True)
class ChangeDetector:
    """Compares a run's documents with what an output folder holds."""

    book: DigestBook
    manifest: ManifestReader
    store: OutputStore
    formats: tuple[str, ...]
    strict: bool = False
    again: bool = False
    redate: bool = False
    """Whether what has another letter date and nothing else is made anew."""
    duplicates: Collection[str] = ()
    """The cases whose person has another one."""
    _found: dict[tuple[str, str], Reason | Outcome] = field(default_factory=dict)

    def inputs(self, case: PlannedCase, document: Document, format: str) -> dict[str, str]:
        """The digests of all that a file of the document is made from."""
        parts = self.book.parts(document, case.municipality, case.programme, format)
        run = {"run": " ".join(case.along)} if "steps" in GLOBALS[document.audience] else {}
        return {**digest_case(self.manifest, case.digest, case.related), **run, **parts}

    def read_inputs(self, cases: Iterable[PlannedCase]) -> None:
        """Take the digests of all that is common to several cases, before any worker reads the same files."""
        for case in cases:
            for document in case.documents:
                for format in self.formats:
                    self.book.parts(document, case.municipality, case.programme, format)

    def is_anything_to_make(self, cases: Iterable[PlannedCase]) -> bool:
        """Whether any document of these cases is to be made, or it cannot be said."""
        try:
            return any(isinstance(self.find_reason(case, each), Reason) for case in cases for each in case.documents)
        except OSError:
            return True

    def find_reason(self, case: PlannedCase, document: Document) -> Reason | Outcome:
        """Why it is to be made; or its outcome, where its files lie there as they would be made. Decided once a run."""
        key = case.case_id, document.name
        if key not in self._found:
            self._found[key] = self._find_reason(case, document)
        return self._found[key]

    def _find_reason(self, case: PlannedCase, document: Document) -> Reason | Outcome:
        record = self.manifest.records.get(self.manifest.key_of(case.case_id, document.name))
        if record is None or not all(format in record.files for format in self._formats_of(record)):
            return Reason.NEW
        if self.again:
            return Reason.AGAIN
        if not record.draft and self._lacks_approval(case, document, record):
            return Reason.UNAPPROVED
        formats = self._formats_of(record)
        changes = [find_change(record.files[each].inputs, self.inputs(case, document, each)) for each in formats]
        if reason := next((each for each in changes if each not in {None, Reason.DATE}), None):
            return reason
        is_dated = Reason.DATE in changes
        if is_dated and self.redate:
            return Reason.DATE
        if self.strict and any(record.files[format].remarks for format in formats):
            return Reason.STRICT
        return self._find_on_disk(case, record, is_dated)

    def _formats_of(self, record: Record) -> tuple[str, ...]:
        """Those that are asked for; of what was approved as somebody edited it, those that there are."""
        return tuple(record.files) if record.edited else self.formats

    def _lacks_approval(self, case: PlannedCase, document: Document, record: Record) -> bool:
        """Whether it was finished without an approval that is wanted, or that was taken back."""
        is_wanted = record.edited or self.book.is_draft(document, case.municipality)
        return is_wanted and not any(file.sha256 in self.store.final for file in record.files.values())

    def _find_on_disk(self, case: PlannedCase, record: Record, is_dated: bool) -> Reason | Outcome:
        self.store.recover(case.case_id, record)
        record = self.store.come_home(case.case_id, self.manifest.records[record.key])
        if record.hold is Hold.SAME_PERSON and case.case_id not in self.duplicates:  # the other is gone
            record = self.store.take_back(case.case_id, replace(record, place=Place.READY, hold=None))
        formats = self._formats_of(record)
        found = {format: self.store.locate(case.case_id, record, format) for format in formats}
        missing = [format for format, lying in found.items() if lying is None]
        if not all(self._is_settled(case, record, format) for format in missing):
            there = all(self.store.exists(case.case_id, record, format) for format in formats)
            return Reason.OUTPUT_CHANGED if there else Reason.OUTPUT_MISSING
        if record.place is Place.READY and any(lying and lying[0] is Place.HELD_BACK for lying in found.values()):
            record = self.store.take_back(case.case_id, record)
            found = {format: self.store.locate(case.case_id, record, format) for format in formats}
        files = tuple(
            made_file(self.store, record, format, lying[1]) for format, lying in found.items() if lying is not None
        )
        is_ready = record.place is Place.READY or any(lying and lying[0] is Place.READY for lying in found.values())
        if missing or is_ready:
            return self._stay(case, record, files, is_dated)
        held = held_outcome(self.store, case.case_id, record, files, N_("an earlier run found it so"))
        return replace(held, is_new=False)

    def _is_settled(self, case: PlannedCase, record: Record, format: str) -> bool:
        """Whether it is somebody else's file that stands there, who has had ours: beside it, or held back."""
        if self.store.overwrite or not (record.files[format].name or record.place is Place.HELD_BACK):
            return False
        return self.store.find_keeper(case.case_id, record, format, Place.READY) is not None

    def _stay(self, case: PlannedCase, record: Record, files: tuple[MadeFile, ...], is_dated: bool) -> Outcome:
        """The outcome of a document that is not made, with what there is to say of its files."""
        formats = self._formats_of(record)
        said = list(tell_kept(self.store, case.case_id, record, formats))
        is_approved = any(file.sha256 in self.store.final for file in record.files.values())
        why = Kept.DATE if is_dated else Kept.BY_HAND if said else Kept.APPROVED if is_approved else None
        if is_dated:
            said.append(tell_dated(self.store, case.case_id, record, formats, self.book.day))
        return Outcome(case.case_id, record.document, Status.UNCHANGED, why, tuple(said), files)

    def record(
        self,
        case: PlannedCase,
        document: Document,
        written: Mapping[str, WriterOutput | StagedFile],
        hold: Hold | None = None,
        by_hand: bool = False,
    ) -> Record:
        """The manifest's line of a document that was made. Files of other formats in the same place stay in it."""
        files = {format: record_file(file, self.inputs(case, document, format)) for format, file in written.items()}
        place = Place.HELD_BACK if hold else Place.READY
        key = self.manifest.key_of(case.case_id, document.name)
        before = self.manifest.records.get(key)
        draft = self.book.is_draft(document, case.municipality)
        if before is not None and before.place is place and before.draft == draft and not before.edited:
            files = {**before.files, **files}
        return Record(key, document.name, files, place, hold, by_hand, self.manifest.name_folders(case.file), draft)


def digest_case(manifest: ManifestReader, digest: str, related: Mapping[str, bytes]) -> dict[str, str]:
    """The digests of a case and of what goes with it: its figures with those counted in them, and the files that
    it names.
    """
    digests = [(name, f"{manifest.keyed(data)} {name}") for name, data in sorted(related.items())]
    parts = {
        "figures": [line for name, line in digests if is_counted(name)],
        "related": [line for name, line in digests if not is_counted(name)],
    }
    return {
        "case": digest,
        **{part: manifest.keyed("\n".join(lines).encode()) for part, lines in parts.items() if lines},
    }


def record_file(written: WriterOutput | StagedFile, inputs: Mapping[str, str]) -> FileRecord:
    """What the manifest says of a file that was made from these inputs."""
    if isinstance(written, StagedFile):
        return FileRecord(written.sha256, written.size, written.pages, len(written.messages), inputs)
    sha256 = hashlib.sha256(written.data).hexdigest()
    return FileRecord(sha256, len(written.data), written.pages, len(written.messages), inputs)


def made_file(store: OutputStore, record: Record, format: str, path: Path) -> MadeFile:
    """A file of a record, with the path it lies at."""
    made = record.files[format]
    return MadeFile(format, path.relative_to(store.output).as_posix(), made.sha256, made.size, made.pages)


def held_outcome(
    store: OutputStore, case_id: str, record: Record, files: tuple[MadeFile, ...], why: Message, *more: Problem
) -> Outcome:
    """The outcome of a document that is held back, with what to do about it."""
    path = store.output / files[0].path
    what = message(
        "document.held_back.to_look_at",
        "is held back: {hold} ({why})",
        hold=record.hold.said if record.hold else "",
        why=why,
    )
    todo = N_(
        'look at it; if it may go: kvisdocs release {case_id} -o {output} --reason "…"',
        case_id=quote_path(Path(case_id)),
        output=quote_path(store.output),
    )
    problem = Problem(Position(str(path)), what, todo)
    return Outcome(case_id, record.document, Status.HELD_BACK, record.hold, (problem, *more), files)


def tell_kept(store: OutputStore, case_id: str, record: Record, formats: Collection[str]) -> Iterator[Problem]:
    """A warning for each file that is not to be overwritten and has what kvisdocs made beside it, naming both; a note
    where there is none. Raises OSError.
    """
    for format in formats:
        made = store.locate(case_id, record, format)
        names = dict.fromkeys((name_file(record.stem, format), name_file(record.document, format)))
        for place, name in itertools.product(Place, names):
            path = store.path(case_id, name, place)
            why = store.find_keeper(case_id, record, format, place, name)
            if why is None or (made and made[1] == path):
                continue
            if made and why is APPROVED:
                what = message(
                    "output.file.approved_beside_new",
                    '{why}, so it stays; the new one is "{file}"',
                    why=why,
                    file=made[1],
                )
                yield Problem(Position(str(path)), what, N_("see which of the two is to go out"), Severity.WARNING)
            elif made:
                what = message(
                    "output.file.kept_beside_new", '{why}, so it stays; the new one is "{file}"', why=why, file=made[1]
                )
                todo = N_("take over what you need, and delete one of the two; or overwrite it with --replace")
                yield Problem(Position(str(path)), what, todo, Severity.WARNING)
            else:
                what = message("output.file.kept", "{why}, and stays", why=why)
                yield Problem(Position(str(path)), what, N_("--replace makes it anew"), Severity.NOTE)


def tell_gone(
    store: OutputStore, manifest: ManifestReader, paths: Iterable[Path], case_ids: Collection[str]
) -> list[Problem]:
    """A warning for each letter that was made of a case in one of the folders in `paths`, where that case is no more.

    `case_ids` are the cases that are in them now. Raises OSError.
    """
    folders = {manifest.name_folder(path): path for path in paths if path.is_dir()}
    known = [each for each in manifest.records.values() if folders.keys() & set(each.folders)]
    names = {each.document for each in known}
    there = {manifest.key_of(case_id, name) for case_id in case_ids for name in names}
    gone = [each for each in known if each.key not in there]
    if not gone:
        return []
    output = store.output
    own = {path.name for folder in (output, output / HELD_BACK) for path in folder.glob("*/")} - set(case_ids)
    owners = {manifest.key_of(case_id, name): case_id for case_id in own for name in names}
    found = []
    for record in (each for each in gone if each.key in owners):
        case_id, folder = owners[record.key], folders[next(each for each in record.folders if each in folders)]
        what = message(
            "output.file.case_gone",
            'was made of the case "{case_id}", which is no longer in {folder}',
            case_id=case_id,
            folder=folder,
        )
        lying = (store.path_of(case_id, record, format) for format in record.files)
        found += [
            Problem(Position(str(path)), what, N_("delete it unless you need it"), Severity.WARNING)
            for path in lying
            if is_there(path)
        ]
    return list(say_first(sorted(found), lambda each: each))


def tell_dated(store: OutputStore, case_id: str, record: Record, formats: Collection[str], day: date) -> Problem:
    """A note that a finished document keeps its letter date."""
    dates = sorted({record.files[format].inputs.get("date", "") for format in formats})
    lying = [found[1] for format in formats if (found := store.locate(case_id, record, format))]
    path = lying[0] if lying else store.path_of(case_id, record, next(iter(formats)))
    what = message(
        "output.file.keeps_date",
        "is dated {dates}, and nothing but the letter date is another now, so it stays",
        dates=listed(dates, N_("and")),
    )
    return Problem(Position(str(path)), what, N_("--redate makes it anew, dated {day}", day=day), Severity.NOTE)
