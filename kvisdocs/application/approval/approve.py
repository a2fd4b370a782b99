"""The work behind `kvisdocs approve`: letters are made once more without UDKAST, judged, and put in their places.

A letter is approved by its bytes. Nothing is approved that is not what its draft was made from, or whose files were
changed; and what speaks against a letter wants a reason that is written down.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kvisdocs.application.approval.doubts import Final, Judge, find_doubts, find_profile, find_proof, judge_by_gate
from kvisdocs.application.approval.finals import Files, MakeFinals, make_in_turn
from kvisdocs.application.approval.rules import find_objection, is_enough
from kvisdocs.application.approval.selection import is_withdrawable
from kvisdocs.application.approval.unchanged import RENDER_AGAIN, Ground, GroundReader
from kvisdocs.application.job import FileCheck
from kvisdocs.application.journal.entry import Entry, Event, NamedFile
from kvisdocs.application.journal.letters import LetterStatus, State, find_letters, write_entry
from kvisdocs.application.journal.scribe import Scribe, name_files
from kvisdocs.application.store.atomic_files import cannot_write
from kvisdocs.application.store.change_detection import record_file
from kvisdocs.application.store.manifest import Place
from kvisdocs.application.store.output_store import Finished
from kvisdocs.application.store.session import Session, open_output
from kvisdocs.application.template_folders import copy_assets, find_assets
from kvisdocs.messages import N_, NOTHING, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Word
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets

AT_A_TIME = 100
"""So many letters are made and judged, then put in their places: no more are lost where the program is stopped."""

OTHER_BYTES = message("approval.letter.other_bytes", "would have other bytes if it were made today")

PATIENCE_S = 30
"""For a run that is at work in the same folder."""


class Verdict(Word):
    """What became of a letter that was to be approved."""

    APPROVED = N_("approved")
    WAITS = N_("waits for another approval")
    WITHDRAWN = N_("approval withdrawn")
    REFUSED = N_("not approved")


@dataclass(frozen=True, slots=True)
class ApprovalOutcome:
    """One letter: what became of it, why not, and where its files are now."""

    letter: LetterStatus
    verdict: Verdict
    problems: tuple[Problem, ...] = ()
    files: tuple[Path, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether what was asked for was not done."""
        return self.verdict is Verdict.REFUSED


@dataclass(frozen=True)
class ApprovalRequest:
    """What is to be approved, and by whom. `is_wanted` picks among the letters of the folder."""

    output: Path
    scribe: Scribe
    is_wanted: Callable[[LetterStatus], bool]
    reason: str = ""
    templates: Path | None = None
    cases: Path | None = None
    make: MakeFinals = make_in_turn
    judge: Judge | None = judge_by_gate
    hear: Callable[[ApprovalOutcome], None] = lambda outcome: None
    """Told of each letter as soon as it is known what became of it."""


def approve_letters(request: ApprovalRequest) -> list[ApprovalOutcome]:
    """Approve letters, each whole or not at all. Raises KvisdocsError where the folder or its journal cannot be had, or
    the journal is not whole.
    """
    with (
        open_output(request.output, patience_s=PATIENCE_S, scribe=request.scribe) as session,
        copy_assets(find_assets(request.templates)) as assets,
    ):
        letters = [each for each in read_letters(session) if request.is_wanted(each)]
        return _Approving(request, session, assets).go(letters)


def withdraw_approvals(
    output: Path, scribe: Scribe, is_wanted: Callable[[LetterStatus], bool], reason: str
) -> list[ApprovalOutcome]:
    """Take approvals back of letters that were not sent. Raises as `approve_letters`."""
    done = []
    with open_output(output, patience_s=PATIENCE_S, scribe=scribe) as session:
        for letter in filter(is_wanted, read_letters(session)):
            if not is_withdrawable(letter):
                what = message("approval.withdraw.none", "has no approval that can be taken back")
                done.append(refuse(letter, what))
                continue
            entry = write_entry(scribe, Event.WITHDRAWN, letter, letter.named_files)
            entry = replace(entry, draft=letter.is_draft, reason=reason)
            session.store.journal.append([entry])
            done.append(ApprovalOutcome(letter, Verdict.WITHDRAWN))
    return done


def read_letters(session: Session) -> list[LetterStatus]:
    """All letters of the folder. Raises KvisdocsError where its journal is not whole."""
    return find_letters(session.store.output, session.store.journal.read_whole())


def take_up(session: Session, letter: LetterStatus) -> tuple[Path, ...]:
    """The final files of a letter that was approved, where the program was stopped while they were moved."""
    store, manifest = session.store, session.manifest
    record = manifest.records.get(manifest.key_of(letter.case_id, letter.document))
    if not letter.is_unfinished or record is None or record.draft:
        return ()
    try:
        store.recover(letter.case_id, record)
        record = manifest.records[record.key]
        if letter.edited:
            store.remove_others(letter.case_id, record, letter.edited)
    except OSError as error:
        raise cannot_write(store.output / letter.case_id, error) from None
    return tuple(store.path_of(letter.case_id, record, format) for format in record.files)


def find_obstacle(letter: LetterStatus) -> tuple[Message, Message] | None:
    """Why a letter that stands so cannot be approved, and what to do."""
    if letter.state in {State.APPROVED, State.SENT} or (letter.state is State.PRINTED and letter.approvals):
        return message("approval.letter.done", "is approved already"), NOTHING
    if letter.state is State.GONE:
        return message("approval.letter.gone", "is not there any more"), NOTHING
    return None


def _find_edit(letter: LetterStatus) -> tuple[Message, Message] | None:
    if letter.edited or not all(file.is_as_made for file in letter.files.values()):
        what = message("approval.letter.by_hand", "is not as it was made: somebody has changed it")
        return what, N_("see what differs, and approve the Word file as it is: kvisdocs approve --edited")
    return None


@dataclass(frozen=True)
class _Approving:
    """One call of `approve_letters`, with the folder's lock."""

    request: ApprovalRequest
    session: Session
    assets: Assets

    def go(self, letters: Sequence[LetterStatus]) -> list[ApprovalOutcome]:
        """What became of each, which is told as soon as it is known."""
        done = []
        for outcome in self._go(letters):
            self.request.hear(outcome)
            done.append(outcome)
        return done

    def _go(self, letters: Sequence[LetterStatus]) -> Iterator[ApprovalOutcome]:
        reader = GroundReader(self.session, self.assets, load_documents(self.assets), self.request.cases)
        grounds: list[tuple[LetterStatus, Ground]] = []
        for letter in letters:
            try:
                if paths := take_up(self.session, letter):
                    yield ApprovalOutcome(letter, Verdict.APPROVED, (), paths)
                    continue
                if obstacle := find_obstacle(letter) or _find_edit(letter):
                    yield refuse(letter, *obstacle)
                    continue
                ground = reader.read(letter)
                if said := self._find_objection(letter, ground):
                    yield refuse(letter, said)
                    continue
            except KvisdocsError as error:
                yield ApprovalOutcome(letter, Verdict.REFUSED, error.problems)
                continue
            grounds.append((letter, ground))
        proof = find_proof((ground for _, ground in grounds), self.assets)
        for start in range(0, len(grounds), AT_A_TIME):
            yield from self._judge_and_put(grounds[start : start + AT_A_TIME], proof)

    def _find_objection(self, letter: LetterStatus, ground: Ground) -> Message | None:
        if letter.is_unfinished:
            return None
        earlier = [each.by for each in letter.approvals]
        return find_objection(
            find_profile(ground, self.assets).approval, letter.made.by, earlier, self.request.scribe.by
        )

    def _judge_and_put(
        self, several: Sequence[tuple[LetterStatus, Ground]], proof: FileCheck
    ) -> Iterator[ApprovalOutcome]:
        made = list(self.request.make([ground for _, ground in several], self.assets))
        finals: list[Final] = []
        for (letter, ground), files in zip(several, made, strict=True):
            if isinstance(files, KvisdocsError):
                yield ApprovalOutcome(letter, Verdict.REFUSED, files.problems)
            else:
                finals.append(Final(letter, ground, files))
        doubts = find_doubts(finals, proof, self.request.judge)
        for final, said, gate in zip(finals, doubts.problems, doubts.gates, strict=True):
            if said and not self.request.reason:
                what = message("approval.reason.missing", "is approved only with a reason: something speaks against it")
                problem = Problem(Position(str(final.path)), what, N_("read what is said of it; then --reason TEXT"))
                yield ApprovalOutcome(final.letter, Verdict.REFUSED, (problem, *said))
            else:
                yield self._put(final, said, gate)

    def _put(self, final: Final, said: tuple[Problem, ...], gate: str) -> ApprovalOutcome:
        """The letter, approved as far as it is by this person's word."""
        letter, ground, files = final.letter, final.ground, final.files
        details = {"gate": gate} if gate else {}
        wanted, earlier = find_profile(ground, self.assets).approval, [each.by for each in letter.approvals]
        try:
            if not letter.is_draft:
                paths = self._approve_as_it_is(letter, ground, files, details)
            elif letter.is_unfinished or is_enough(wanted, earlier, self.request.scribe.by):
                paths = self._finish(letter, ground, files, details)
            else:
                self.session.store.journal.append([self._entry(letter, letter.named_files, details)])
                return ApprovalOutcome(letter, Verdict.WAITS, said, tuple(each.path for each in letter.files.values()))
        except KvisdocsError as error:
            return ApprovalOutcome(letter, Verdict.REFUSED, error.problems)
        return ApprovalOutcome(letter, Verdict.APPROVED, said, tuple(paths))

    def _approve_as_it_is(
        self, letter: LetterStatus, ground: Ground, files: Files, details: Mapping[str, str]
    ) -> list[Path]:
        """A letter that is no draft: its bytes are those that would be made, and they stay where they are."""
        store, record = self.session.store, ground.record
        if any(record_file(files[format], file.inputs).sha256 != file.sha256 for format, file in record.files.items()):
            raise KvisdocsError(Problem(find_position(letter), OTHER_BYTES, RENDER_AGAIN))
        if record.place is Place.HELD_BACK:
            store.take_back(letter.case_id, replace(record, place=Place.READY, hold=None))
            record = self.session.manifest.records[record.key]
        store.journal.append([self._entry(letter, name_files(record), details)])
        self.session.manifest.append([replace(record, by_hand=True)])  # no run moves it to those held back
        return [store.path_of(letter.case_id, record, format) for format in record.files]

    def _finish(self, letter: LetterStatus, ground: Ground, files: Files, details: Mapping[str, str]) -> list[Path]:
        """The final files in the place of the draft."""
        store = self.session.store
        made = {format: record_file(file, ground.record.files[format].inputs) for format, file in files.items()}
        record = replace(ground.record, files=made, place=Place.READY, hold=None, by_hand=True, draft=False)
        drafts = " ".join(sorted(file.sha256 for file in letter.files.values()))

        def tell(finished: Finished) -> list[Entry]:
            if letter.is_unfinished:  # it was written down before the program was stopped
                return []
            return [
                replace(self._entry(letter, name_files(finished.record), {**details, "drafts": drafts}), draft=False)
            ]

        data = {format: file.data for format, file in files.items()}
        for error in store.put([Finished(letter.case_id, record, data, ground.planned.file)], tell).values():
            raise error
        record = self.session.manifest.records[record.key]
        return [store.path_of(letter.case_id, record, format) for format in record.files]

    def _entry(self, letter: LetterStatus, files: Mapping[str, NamedFile], details: Mapping[str, str]) -> Entry:
        entry = write_entry(self.request.scribe, Event.APPROVED, letter, files)
        return replace(entry, draft=letter.is_draft, reason=self.request.reason, details=details)


def find_position(letter: LetterStatus) -> Position:
    """Its first file."""
    return Position(str(next(iter(letter.files.values())).path))


def refuse(letter: LetterStatus, what: Message, todo: Message = NOTHING) -> ApprovalOutcome:
    """A letter that is not approved, and why."""
    return ApprovalOutcome(letter, Verdict.REFUSED, (Problem(find_position(letter), what, todo),))
