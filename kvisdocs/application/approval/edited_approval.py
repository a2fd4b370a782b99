"""An edited Word file that somebody approved: where it and what goes with it lie then, and what the journal says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from kvisdocs.application.approval.approve import OTHER_BYTES, ApprovalRequest
from kvisdocs.application.approval.differences import Differences
from kvisdocs.application.approval.finals import Files
from kvisdocs.application.approval.unchanged import RENDER_AGAIN, Ground
from kvisdocs.application.journal.entry import Entry, Event, NamedFile
from kvisdocs.application.journal.letters import LetterFile, LetterStatus, write_entry
from kvisdocs.application.journal.scribe import name_files
from kvisdocs.application.store.change_detection import record_file
from kvisdocs.application.store.manifest import Place, Record, name_file
from kvisdocs.application.store.output_store import Finished
from kvisdocs.application.store.session import Session
from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.writers import WriterOutput


@dataclass(frozen=True)
class EditedLetter:
    """A letter with its edited Word file: as it lies, and without UDKAST."""

    letter: LetterStatus
    ground: Ground
    data: bytes
    final: bytes
    made: Files
    """What would be made of its case today."""
    differences: Differences

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.letter.files["docx"].path

    @property
    def sha256(self) -> str:
        """Of the file as it lies."""
        return sha256(self.data).hexdigest()

    @property
    def named(self) -> NamedFile:
        """The same as a line of the journal names it."""
        return NamedFile(self.path.name, self.sha256)

    @property
    def files(self) -> dict[str, WriterOutput]:
        """What would be approved: the Word file, and the PDF that says the same."""
        word = {"docx": WriterOutput(self.final)}
        return {**self.made, **word} if self.differences.is_same else word

    @property
    def pdf(self) -> LetterFile | None:
        """The PDF that says other words, where it lies."""
        pdf = self.letter.files.get("pdf")
        return pdf if pdf is not None and pdf.is_there and not self.differences.is_same else None


@dataclass(frozen=True)
class EditedApproval:
    """One approval of such a letter. `gate` is what the gate said of it."""

    request: ApprovalRequest
    session: Session
    edited: EditedLetter
    gate: str

    def wait(self) -> None:
        """Write it down where another person must approve it too. Raises KvisdocsError."""
        lying = {"docx": self.edited.named}
        self.session.store.journal.append([*self._tell_edit(), self._approval(lying, self.edited.letter.is_draft)])

    def finish(self) -> tuple[Path, ...]:
        """The files in their places, and nothing else of that letter beside them. Raises KvisdocsError and OSError."""
        letter, store = self.edited.letter, self.session.store
        record = self._replace_draft() if letter.is_draft else self._approve_as_it_is()
        store.remove_others(letter.case_id, record, self.edited.sha256)
        return tuple(store.path_of(letter.case_id, record, format) for format in record.files)

    def _record(self) -> Record:
        before = self.edited.ground.record
        files = {format: record_file(file, before.files[format].inputs) for format, file in self.edited.files.items()}
        return replace(before, files=files, place=Place.READY, hold=None, by_hand=True, draft=False, edited=True)

    def _replace_draft(self) -> Record:
        """The file without UDKAST in the place of the draft."""
        edited, record = self.edited, self._record()

        def tell(finished: Finished) -> list[Entry]:
            if edited.letter.is_unfinished and edited.letter.edited == edited.sha256:  # written down before
                return []
            return [*self._tell_edit(), self._approval(name_files(finished.record))]

        data = {format: file.data for format, file in edited.files.items()}
        finished = Finished(edited.letter.case_id, record, data, edited.ground.planned.file)
        for error in self.session.store.put([finished], tell).values():
            raise error
        return self.session.manifest.records[record.key]

    def _approve_as_it_is(self) -> Record:
        """A letter that is no draft: the file stays as it is, where it is; what was held back comes to its place."""
        edited, before, record = self.edited, self.edited.ground.record, self._record()
        others = [format for format in record.files if format != "docx"]
        if any(record.files[format].sha256 != before.files[format].sha256 for format in others):
            raise KvisdocsError(Problem(Position(str(edited.path)), OTHER_BYTES, RENDER_AGAIN))
        own = edited.path.name == name_file(record.stem, "docx")
        word = replace(record.files["docx"], name="" if own else edited.path.name)
        names = {format: replace(record.files[format], name=before.files[format].name) for format in others}
        record = replace(record, files={**names, "docx": word})
        self.session.store.journal.append([*self._tell_edit(), *self._tell_gone(), self._approval(name_files(record))])
        if edited.letter.is_held_back:
            self.session.store.take_back(edited.letter.case_id, record)
        else:
            self.session.manifest.append([record])
        return self.session.manifest.records[record.key]

    def _tell_edit(self) -> list[Entry]:
        """That somebody has edited the file, unless that was written down."""
        if self.session.store.journal.is_told_changed(self.edited.sha256):
            return []
        return [self._entry(Event.CHANGED, {"docx": self.edited.named})]

    def _tell_gone(self) -> list[Entry]:
        """That the PDF goes, where it says other words."""
        pdf = self.edited.pdf
        return [self._entry(Event.REPLACED, {"pdf": NamedFile(pdf.path.name, pdf.sha256)})] if pdf else []

    def _approval(self, files: Mapping[str, NamedFile], draft: bool = False) -> Entry:
        drafts = " ".join(sorted(file.sha256 for file in self.edited.letter.files.values()))
        details = {"edited": self.edited.sha256, "drafts": drafts, **({"gate": self.gate} if self.gate else {})}
        return replace(self._entry(Event.APPROVED, files), draft=draft, reason=self.request.reason, details=details)

    def _entry(self, event: Event, files: Mapping[str, NamedFile]) -> Entry:
        letter = self.edited.letter
        return replace(write_entry(self.request.scribe, event, letter, files), draft=letter.is_draft)
