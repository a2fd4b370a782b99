"""Whether a letter still is what it was made from: its case, its templates, its profile, its rules, the program."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from kvisdocs.application.job import PlannedCase
from kvisdocs.application.journal.letter_cases import LetterCases
from kvisdocs.application.journal.letters import LetterStatus
from kvisdocs.application.reading import CaseReader
from kvisdocs.application.store.change_detection import ChangeDetector
from kvisdocs.application.store.digests import REASONS, DigestBook
from kvisdocs.application.store.manifest import Record
from kvisdocs.application.store.session import Session
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity
from kvisdocs.templating.documents import Document, find_doubts
from kvisdocs.templating.html import Assets

RENDER_AGAIN = N_("have it made again, and look at it")


@dataclass(frozen=True)
class Ground:
    """What a letter is made from, read again today, and found to be the same."""

    case: LoadedCase
    raw: bytes
    """The bytes of its file."""
    document: Document
    record: Record
    planned: PlannedCase
    day: date
    along: tuple[str, ...]
    warnings: tuple[Problem, ...]
    """What is to be said of the case, and of the letter's date beside it."""


@dataclass
class GroundReader:
    """Reads letters' cases again, each once."""

    session: Session
    assets: Assets
    documents: Mapping[str, Document]
    folder: Path | None = None
    """Where the cases are now, if not where they were."""
    _books: dict[date, DigestBook] = field(default_factory=dict)

    @cached_property
    def cases(self) -> LetterCases:
        """The letters' cases."""
        return LetterCases(self.session.store.output, self.session.manifest, CaseReader(self.assets), self.folder)

    def read(self, letter: LetterStatus) -> Ground:
        """What the letter is made from. Raises KvisdocsError where anything of it has changed, or is gone."""
        record = self._find_record(letter)
        document = self.documents.get(letter.document)
        if document is None:
            what = message("approval.document.gone", 'there is no document "{name}" any more', name=letter.document)
            raise KvisdocsError(_problem(letter, what))
        file = self._find_case(letter)
        raw, case, problems = self.cases.read(file)
        if case is None:
            raise KvisdocsError(each for each in problems if each.severity is Severity.ERROR)
        inputs = next(iter(record.files.values())).inputs
        day, along = date.fromisoformat(inputs["date"]), tuple(inputs.get("run", "").split())
        programme = case.case.programme if isinstance(case.case, CitizenCase) else ""
        planned = PlannedCase(
            case.id,
            file,
            self.session.manifest.keyed(raw),
            case.case.municipality,
            programme,
            (document,),
            related=case.related,
        )
        self._compare(letter, record, planned, document, day)
        said = [*problems, *find_doubts(case, (document,), day)]
        warnings = tuple(each for each in said if each.severity is Severity.WARNING)
        return Ground(case, raw, document, record, planned, day, along, warnings)

    def _find_record(self, letter: LetterStatus) -> Record:
        manifest = self.session.manifest
        record = manifest.records.get(manifest.key_of(letter.case_id, letter.document))
        known = [{format: file.sha256 for format, file in files.items()} for files in (letter.made.files, letter.files)]
        if record is None or {format: file.sha256 for format, file in record.files.items()} not in known:
            what = message("approval.letter.superseded", "is not the newest that was made")
            raise KvisdocsError(_problem(letter, what))
        return record

    def _find_case(self, letter: LetterStatus) -> Path:
        file = self.cases.find(letter)
        if not file.is_file():
            what = message("approval.case.gone", "its case is not where it was when the letter was made")
            raise KvisdocsError(_problem(letter, what, N_("say where it is now: --cases FOLDER")))
        return file

    def _compare(
        self, letter: LetterStatus, record: Record, planned: PlannedCase, document: Document, day: date
    ) -> None:
        if day not in self._books:
            self._books[day] = DigestBook(self.assets, day)
        changes = ChangeDetector(self._books[day], self.session.manifest, self.session.store, tuple(record.files))
        for format, file in record.files.items():
            now = {**changes.inputs(planned, document, format), "run": file.inputs.get("run")}
            changed = [reason.said for part, reason in REASONS.items() if now.get(part) != file.inputs.get(part)]
            if changed:
                what = message(
                    "approval.letter.changed", "would not be made so today: {changed}", changed=listed(changed)
                )
                raise KvisdocsError(_problem(letter, what))


def _problem(letter: LetterStatus, what: Message, todo: Message = RENDER_AGAIN) -> Problem:
    return Problem(Position(str(next(iter(letter.files.values())).path)), what, todo)
