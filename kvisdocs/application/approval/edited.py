"""The work behind `kvisdocs approve --edited`: a Word file that somebody edited becomes the letter as it is.

It is never written over. A draft loses UDKAST and nothing else. The PDF of the case goes with it only where both say
the same; and without a reason nothing is approved, but all is told that differs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from kvisdocs.application.approval.approve import (
    PATIENCE_S,
    ApprovalOutcome,
    ApprovalRequest,
    Verdict,
    find_obstacle,
    read_letters,
    refuse,
    take_up,
)
from kvisdocs.application.approval.differences import find_differences, find_forbidden, tell_differences
from kvisdocs.application.approval.doubts import Final, find_doubts, find_profile
from kvisdocs.application.approval.edited_approval import EditedApproval, EditedLetter
from kvisdocs.application.approval.rules import find_objection, is_enough, is_same
from kvisdocs.application.approval.unchanged import Ground, GroundReader
from kvisdocs.application.approval.word_file import count_mark, find_leftovers, read_names, remove_mark
from kvisdocs.application.generate import find_disclosed
from kvisdocs.application.journal.letters import LetterStatus
from kvisdocs.application.read_back.comparison import refuse_foreign
from kvisdocs.application.recipient_check.recipient_check import OtherCases, RecipientCheck
from kvisdocs.application.store.atomic_files import cannot_write
from kvisdocs.application.store.keepers import find_keeper
from kvisdocs.application.store.session import Session, open_output
from kvisdocs.application.template_folders import copy_assets, find_assets
from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity
from kvisdocs.templating.documents import find_blockers, load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import find_renderer


def approve_edited(request: ApprovalRequest) -> list[ApprovalOutcome]:
    """Approve Word files that somebody edited, each with what differs. Raises as `approve_letters`."""
    with (
        open_output(request.output, patience_s=PATIENCE_S, scribe=request.scribe) as session,
        copy_assets(find_assets(request.templates)) as assets,
    ):
        reader = GroundReader(session, assets, load_documents(assets), request.cases)
        work = _ApprovingEdited(request, session, assets, reader)
        done = []
        for letter in filter(request.is_wanted, read_letters(session)):
            done.append(work.approve(letter))
            request.hear(done[-1])
        return done


@dataclass(frozen=True)
class _ApprovingEdited:
    """One call of `approve_edited`, with the folder's lock."""

    request: ApprovalRequest
    session: Session
    assets: Assets
    reader: GroundReader

    def approve(self, letter: LetterStatus) -> ApprovalOutcome:
        """What became of the letter."""
        try:
            if paths := take_up(self.session, letter):
                return ApprovalOutcome(letter, Verdict.APPROVED, (), paths)
            if obstacle := find_obstacle(letter) or self._find_obstacle(letter):
                return refuse(letter, *obstacle)
            edited = self._read(letter)
            if said := self._find_objection(edited):
                return refuse(letter, said)
            return self._judge(edited)
        except KvisdocsError as error:
            problems = (
                each if each.position.file else replace(each, position=_locate(letter)) for each in error.problems
            )
            return ApprovalOutcome(letter, Verdict.REFUSED, tuple(problems))
        except OSError as error:
            return ApprovalOutcome(letter, Verdict.REFUSED, cannot_write(_path(letter), error).problems)

    def _find_obstacle(self, letter: LetterStatus) -> tuple[Message, Message] | None:
        word = letter.files.get("docx")
        if word is None or not word.is_there or (word.is_as_made and not letter.edited):
            what = message("approval.edited.not_edited", "nobody has edited its Word file")
            return what, N_("approve it without --edited")
        if any(file.is_there and not file.is_as_made for format, file in letter.files.items() if format != "docx"):
            what = message(
                "approval.edited.pdf_by_hand", "its PDF was changed by hand too, and only Word files are compared"
            )
            return what, N_("move the PDF elsewhere")
        if why := find_keeper(word.path, {sha256(word.path.read_bytes()).hexdigest()}):
            what = N_("is not read: it {why}", why=why).coded("approval.edited.kept")
            return what, N_("save and close it, and have the file itself in the folder")
        return None

    def _read(self, letter: LetterStatus) -> EditedLetter:
        """The file and all that it is compared with. Raises KvisdocsError."""
        path = letter.files["docx"].path
        if left := tuple(find_leftovers(path)):
            raise KvisdocsError(left)
        ground, data = self.reader.read(letter), path.read_bytes()
        if blockers := find_blockers(ground.case, ground.document, self.request.scribe.now().date()):
            what = N_("may not go out any more: {why}", why=blockers[0].what).coded("approval.edited.blocked")
            raise KvisdocsError(Problem(Position(str(path)), what, blockers[0].todo))
        (made,) = self.request.make([ground], self.assets)
        if isinstance(made, KvisdocsError):
            raise made
        ours = made["docx"].data
        final = remove_mark(data, count_mark(ours)) if letter.is_draft else data
        differences = find_differences(ours, final)
        refuse_foreign(differences.changes, path, letter.document, Path(ground.case.source.file))
        return EditedLetter(letter, ground, data, final, made, differences)

    def _find_objection(self, edited: EditedLetter) -> Message | None:
        """Why that person may not approve it: who edited it counts as its maker, as far as the file says who did."""
        wanted, by = find_profile(edited.ground, self.assets).approval, self.request.scribe.by
        names = [name for name in read_names(edited.data) if is_same(name, by)]
        makers = (edited.letter.made.by, *names)
        objections = (find_objection(wanted, maker, self._earlier(edited), by) for maker in makers)
        return None if edited.letter.is_unfinished else next(filter(None, objections), None)

    def _earlier(self, edited: EditedLetter) -> list[str]:
        """Who has approved these very bytes."""
        word = edited.letter.files["docx"]
        return [each.by for each in edited.letter.approvals] if word.sha256 == edited.sha256 else []

    def _judge(self, edited: EditedLetter) -> ApprovalOutcome:
        letter, ground = edited.letter, edited.ground
        ours, path = edited.made["docx"].data, edited.path
        forbidden = [
            *self._check_recipient(ground)(ground.case, ground.document, edited.files),
            *find_disclosed(ground.case, ground.document, edited.files, find_renderer(self.assets)),
            *find_forbidden(edited.differences, ours, edited.final, ground, path),
        ]
        if any(each.severity is Severity.ERROR for each in forbidden):
            return ApprovalOutcome(letter, Verdict.REFUSED, tuple(forbidden))
        final = Final(letter, ground, edited.files)
        doubts = find_doubts([final], lambda case, document, files: [], self.request.judge)
        told = (*tell_differences(edited.differences, path), *forbidden, *self._tell(edited), *doubts.problems[0])
        if not self.request.reason:
            what = message("approval.edited.reason", "is approved as it is only with a reason")
            problem = Problem(Position(str(path)), what, N_("read what differs; then --reason TEXT"))
            return ApprovalOutcome(letter, Verdict.REFUSED, (problem, *told))
        return self._put(edited, told, doubts.gates[0])

    def _check_recipient(self, ground: Ground) -> RecipientCheck:
        """Against all cases that lie beside its own."""
        renderer = find_renderer(self.assets)
        others = (
            (each.id, each.case, renderer.profile(each.case.municipality, each.source.locate(("municipality",))))
            for each in self.reader.cases.read_others(ground.case, ground.planned.file)
        )
        return RecipientCheck.of(self.assets, OtherCases.of(others))

    def _tell(self, edited: EditedLetter) -> Iterator[Problem]:
        """What becomes of the PDF, and whose names are in the file."""
        if pdf := edited.pdf:
            what = message(
                "approval.edited.pdf_other", "says other words than the Word file, and is not approved with it"
            )
            todo = N_(
                "send the Word file yourself, or write the change into the case: kvisdocs read-back {file} --apply",
                file=edited.path,
            )
            yield Problem(Position(str(pdf.path)), what, todo, Severity.WARNING)
        if names := [each for each in read_names(edited.final) if each not in read_names(edited.made["docx"].data)]:
            what = message("approval.edited.names", "its properties name {names}", names=listed(names))
            todo = N_(
                "take the names out in Word, if whoever gets the file is not to see them: File, Info, Inspect Document"
            )
            yield Problem(Position(str(edited.path)), what, todo, Severity.WARNING)

    def _put(self, edited: EditedLetter, told: Iterable[Problem], gate: str) -> ApprovalOutcome:
        letter, approval = edited.letter, EditedApproval(self.request, self.session, edited, gate)
        wanted, by = find_profile(edited.ground, self.assets).approval, self.request.scribe.by
        if letter.is_draft and not letter.is_unfinished and not is_enough(wanted, self._earlier(edited), by):
            approval.wait()
            return ApprovalOutcome(letter, Verdict.WAITS, tuple(told), (edited.path,))
        return ApprovalOutcome(letter, Verdict.APPROVED, tuple(told), approval.finish())


def _path(letter: LetterStatus) -> Path:
    return letter.files["docx"].path


def _locate(letter: LetterStatus) -> Position:
    return Position(str(_path(letter)))
