"""What lies in an output folder and should no longer: of no case any more, too old, or without its consent.

Only files that lie there as they were made are deleted; what somebody changed is told of, and stays.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kvisdocs.application.journal.entry import Event, NamedFile
from kvisdocs.application.journal.letter_cases import LetterCases
from kvisdocs.application.journal.letters import LetterStatus, find_letters, write_entry
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.keeping.inputs import InputStore
from kvisdocs.application.reading import ENDINGS, CaseReader
from kvisdocs.application.store.atomic_files import cannot_write
from kvisdocs.application.store.output_store import OWN
from kvisdocs.application.store.session import Session, open_output, tell_nothing_made
from kvisdocs.application.template_folders import find_assets
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.views import LEAST
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity, Word
from kvisdocs.templating.documents import Document, load_documents

PATIENCE_S = 30
"""For a run that is at work in the same folder."""


class Surplus(Word):
    """Why a letter need not be kept."""

    CASE_GONE = N_("belongs to no case any more")
    TOO_OLD = N_("older than it is kept")
    CONSENT = N_("its consent was withdrawn")


@dataclass(frozen=True, slots=True)
class SurplusLetter:
    """A letter that need not be kept, and why. `files` may be deleted: they lie there as they were made."""

    letter: LetterStatus
    why: Surplus
    files: tuple[Path, ...]
    is_deleted: bool = False


@dataclass(frozen=True)
class Tidying:
    """What was found, and what of it is to be said."""

    surplus: tuple[SurplusLetter, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class TidyRequest:
    """What is to be looked through. Nothing is deleted unless it `deletes`."""

    output: Path
    scribe: Scribe
    today: date
    deletes: bool = False
    templates: Path | None = None
    cases: Path | None = None
    """Where the cases are now, if not where they were when the letters were made."""


def tidy(request: TidyRequest) -> Tidying:
    """Look through an output folder. Raises KvisdocsError where nothing was made in it, or it or its journal cannot be
    had or is not whole.
    """
    if not (request.output / OWN).is_dir():
        raise KvisdocsError(tell_nothing_made(request.output))
    assets = find_assets(request.templates)
    with open_output(request.output, patience_s=PATIENCE_S, scribe=request.scribe) as session:
        entries = session.store.journal.read_whole()
        letters = [each for each in find_letters(request.output, entries) if each.lies_there]
        cases = LetterCases(request.output, session.manifest, CaseReader(assets), request.cases)
        search = _Search(request, cases, load_documents(assets))
        found = [_take(letter, why) for letter in letters if (why := search.judge(letter))]
        problems = [*search.problems, *_tell_changed(found)]
        if request.deletes:
            found = [_delete(session, request.scribe, each) for each in found]
            InputStore(request.output).sweep(session.store.journal.read().entries)
        return Tidying(tuple(found), tuple(dict.fromkeys(problems)))


@dataclass
class _Search:
    """One look through a folder."""

    request: TidyRequest
    cases: LetterCases
    documents: dict[str, Document]
    problems: list[Problem] = field(default_factory=list)

    def judge(self, letter: LetterStatus) -> Surplus | None:
        """Why the letter need not be kept; None where it must be, or nobody can say."""
        source = letter.made.details.get("source", "")
        is_file = Path(source).suffix in ENDINGS - {""}  # else it came through a pipe, which is never there again
        file = self._find_case(letter) if is_file else None
        if file is None:
            return None
        if not file.is_file():
            return Surplus.CASE_GONE
        case = self._read(file)
        if case is None:
            return None
        months = self.cases.reader.profile(case).keep_months
        lines = letter.made, *letter.printed, *letter.sent
        last = max([*(each.at for each in lines), *(each.at for each in letter.approvals)])
        if months is not None and add_months(last.date(), months) < self.request.today:
            return Surplus.TOO_OLD
        is_withdrawn = not letter.is_out and self._is_withdrawn(case, letter)
        return Surplus.CONSENT if is_withdrawn else None

    def _find_case(self, letter: LetterStatus) -> Path | None:
        """Where the case is or would be; None where its whole folder is away, as a drive that is not connected."""
        file = self.cases.find(letter)
        if self.request.cases is not None or file.parent.is_dir():
            return file
        what = message("tidy.folder.gone", "the folder of the cases is not there, so their letters stay")
        todo = N_("say where it is now: --cases FOLDER")
        self.problems.append(Problem(Position(str(file.parent)), what, todo, Severity.WARNING))
        return None

    def _read(self, file: Path) -> LoadedCase | None:
        try:
            _, case, problems = self.cases.read(file)
        except KvisdocsError as error:
            case, problems = None, list(error.problems)
        if case is None:
            self.problems += [each for each in problems if each.severity is Severity.ERROR]
        return case

    def _is_withdrawn(self, loaded: LoadedCase, letter: LetterStatus) -> bool:
        """Whether the letter rests on a consent that was withdrawn, with none in its place."""
        document, case = self.documents.get(letter.document), loaded.case
        if document is None or document.audience not in LEAST or not isinstance(case, CitizenCase):
            return False
        party, _ = LEAST[document.audience]
        if case.consent_to(party, self.request.today) is not None:
            return False
        days = [each.withdrawn for each in case.consents if each.party == party and each.withdrawn is not None]
        return any(day <= self.request.today for day in days)


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 0, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)


def _take(letter: LetterStatus, why: Surplus) -> SurplusLetter:
    return SurplusLetter(letter, why, tuple(file.path for file in letter.files.values() if file.is_as_made))


def _tell_changed(found: Sequence[SurplusLetter]) -> Iterator[Problem]:
    for each in found:
        for file in each.letter.files.values():
            if file.is_there and not file.is_as_made:
                what = message(
                    "tidy.file.by_hand", "{why}, but somebody has changed it, so it stays", why=each.why.said
                )
                yield Problem(Position(str(file.path)), what, N_("delete it yourself"), Severity.WARNING)


def _delete(session: Session, scribe: Scribe, surplus: SurplusLetter) -> SurplusLetter:
    """Written down first: whoever is stopped in between has it deleted by the next look."""
    letter = surplus.letter
    named = {format: NamedFile(file.path.name, file.sha256) for format, file in letter.files.items() if file.is_as_made}
    if not named:
        return surplus
    entry = write_entry(scribe, Event.DELETED, letter, named)
    session.store.journal.append([replace(entry, draft=letter.is_draft, reason=str(surplus.why))])
    _remove(surplus.files)
    return replace(surplus, is_deleted=True)


def _remove(files: Iterable[Path]) -> None:
    """The files, and their folders where nothing else is in them."""
    for file in files:
        try:
            file.unlink(missing_ok=True)
            if not any(file.parent.iterdir()):
                file.parent.rmdir()
        except OSError as error:
            raise cannot_write(file, error) from None
