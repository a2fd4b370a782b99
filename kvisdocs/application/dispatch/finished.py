"""The finished documents of an output folder, each with its case: only what lies there as it was made, and may go out.

The journal tells what was made of which case, and how it stands since.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kvisdocs.application.dispatch.outbox import find_deliveries, find_exports
from kvisdocs.application.journal.entry import Entry
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.journal.letter_cases import LetterCases
from kvisdocs.application.journal.letters import LetterStatus, State, find_letters
from kvisdocs.application.reading import CaseReader
from kvisdocs.application.store.output_store import OWN
from kvisdocs.application.store.output_view import look_into
from kvisdocs.application.store.session import open_output, tell_nothing_made
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity
from kvisdocs.templating.documents import Document, choose_documents, find_blockers, load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import Profile


@dataclass(frozen=True, slots=True)
class FinishedFile:
    """A finished document in one format."""

    loaded: LoadedCase
    letter: LetterStatus
    document: Document
    profile: Profile
    format: str
    path: Path
    data: bytes
    sha256: str
    day: date
    """The letter date."""

    @property
    def case_number(self) -> str:
        """The number of the case; empty where it has none."""
        return str(getattr(self.loaded.case, "case_number", None) or "")

    @property
    def person(self) -> str:
        """Whom the case is about; an item's or a meeting's own title."""
        case = self.loaded.case
        if isinstance(case, CitizenCase):
            return case.citizen.name
        return str(getattr(case, "title", "") or getattr(case, "committee", ""))

    @property
    def caseworker(self) -> str:
        """Who has the case; empty where nobody is named."""
        caseworker = getattr(self.loaded.case, "caseworker", None) or ""
        return str(getattr(caseworker, "name", caseworker))


@dataclass(frozen=True)
class Found:
    """What can go out, and why the rest cannot."""

    files: tuple[FinishedFile, ...]
    problems: tuple[Problem, ...]


def find_finished(output: Path, assets: Assets, formats: Sequence[str], names: Sequence[str], today: date) -> Found:
    """The finished documents for the record, by case and document. Without `names` all of them.

    What was printed or sent is taken as it went out, whatever became of its case since. Left out with a problem:
    drafts, what was handed over to be sent and may have been taken, held back, changed by hand or taken away, what was
    made of an earlier version of its case, and what may not be made any more, as where a consent was withdrawn. Raises
    KvisdocsError where `output` is no output folder, its journal is not whole, or another run is at work in it;
    UnknownNameError for a document that there is not.
    """
    with open_search(output, assets, names, today) as search:
        return replace(search, is_for_record=True).find(Journal(output).read_whole(), formats)


Again = Callable[[LetterStatus], bool]
"""Whether a letter that was printed may go out once more."""


def nothing_again(letter: LetterStatus) -> bool:
    """What was printed stays."""
    return False


def printed_on(day: date | None) -> Again:
    """What was printed on that day may go out once more."""
    return lambda letter: any(each.day == day for each in letter.printed)


@contextmanager
def open_search(
    output: Path,
    assets: Assets,
    names: Sequence[str],
    today: date,
    alone: bool = True,
    again: Again = nothing_again,
) -> Iterator["Search"]:
    """Look through an output folder. If `alone`, nobody else works in it meanwhile. Raises as `find_finished`."""
    if not (output / OWN / "manifest.jsonl").is_file():
        raise KvisdocsError(tell_nothing_made(output))
    known = load_documents(assets)
    wanted = frozenset(each.name for each in choose_documents(names, known)) if names else frozenset(known)
    reader = CaseReader(assets)
    if not alone:
        yield Search(LetterCases(output, look_into(output).manifest, reader), known, wanted, today, again)
        return
    with open_output(output) as session:
        yield Search(LetterCases(output, session.manifest, reader), known, wanted, today, again)


@dataclass(frozen=True)
class Search:
    """One look at an output folder."""

    cases: LetterCases
    known: dict[str, Document]
    wanted: frozenset[str]
    """The documents asked for, by name."""
    today: date
    again: Again = nothing_again
    is_for_record: bool = False
    """Whether what went out is taken too, as it was."""

    def find(
        self,
        entries: Sequence[Entry],
        formats: Sequence[str],
        exported: bool = True,
        is_meant: Callable[[LetterStatus], bool] = lambda letter: True,
    ) -> Found:
        """What can go out of the letters of which these lines tell; without `exported` none that was written for a
        doctor's system.
        """
        found: dict[Path, FinishedFile] = {}  # a letter approved as PDF, then made in Word too, is two with one PDF
        problems: list[Problem] = []
        deliveries, exports = find_deliveries(entries), {} if exported else find_exports(entries)
        for letter in filter(is_meant, find_letters(self.cases.output, entries)):
            if letter.document not in self.wanted or (letter.state is State.GONE and not letter.is_missing):
                continue
            for each in self.take(letter, formats):
                if isinstance(each, Problem):
                    problems.append(each)
                elif (delivery := deliveries.get(each.sha256)) and delivery.is_open:
                    what = message("dispatch.file.handed_over", "was handed over to be sent, and may have been taken")
                    problems.append(_left_out(each.path, what, N_("find out whether it was: kvisdocs send OUTPUT")))
                elif export := exports.get(each.sha256):
                    day = export.day
                    what = message("dispatch.file.exported", "was written for the doctor's system on {day}", day=day)
                    problems.append(_left_out(each.path, what, N_("print it too: kvisdocs print --exported")))
                else:
                    found.setdefault(each.path, each)
        return Found(tuple(found.values()), tuple(dict.fromkeys(problems)))

    def take(self, letter: LetterStatus, formats: Sequence[str]) -> Iterator[FinishedFile | Problem]:
        """The letter in each format, or why it stays."""
        loaded = self._find_case(letter)
        if isinstance(loaded, Problem):
            yield loaded
        else:
            yield from (self._read(letter, each, loaded, self.known[letter.document]) for each in formats)

    def _find_case(self, letter: LetterStatus) -> LoadedCase | Problem:
        """The case by which the letter may be taken, or why it stays."""
        first = next(iter(letter.files.values())).path
        went_out = self.is_for_record and letter.state in {State.PRINTED, State.SENT}
        if not went_out and (said := self._say_state(letter)):
            return _left_out(first, *said)
        source = self.cases.find(letter)
        if not source.is_file():
            what = message(
                "dispatch.case.gone", "its case is not where it was when the letter was made: {case}", case=source
            )
            return _left_out(first, what, N_("put the case back, or have the letter made again where the case is now"))
        try:
            raw, loaded, said_of_case = self.cases.read(source)
        except KvisdocsError as error:
            raw, loaded, said_of_case = b"", None, list(error.problems)
        if loaded is None:
            fault = next(each for each in said_of_case if each.severity is Severity.ERROR)
            what = N_("its case has a fault: {why}", why=fault.what).coded("dispatch.case.faulty")
            return _left_out(first, what, N_("see what is wrong: kvisdocs check {case}", case=source))
        if went_out:
            return loaded
        if blockers := find_blockers(loaded, self.known[letter.document], self.today):
            what = N_("may not go out any more: {why}", why=blockers[0].what).coded("dispatch.file.blocked")
            return _left_out(first, what, blockers[0].todo)
        if self.cases.is_changed(letter, loaded, raw):
            what = message("dispatch.file.stale", "was made before its case was changed")
            return _left_out(first, what, N_("make it again: kvisdocs render {case}", case=source))
        return loaded

    def _say_state(self, letter: LetterStatus) -> tuple[Message, Message] | None:
        """Why a letter that stands so stays, and what to do."""
        if letter.is_held_back:
            what = message("dispatch.file.held_back", "was held back, and stays")
            return what, N_("look at the reason in the run's report, and release it or mend the case")
        if letter.state is State.PRINTED and not self.again(letter):
            return _say_printed(letter)
        return _STAYS.get(letter.state)

    def _read(
        self, letter: LetterStatus, format: str, loaded: LoadedCase, document: Document
    ) -> FinishedFile | Problem:
        file = letter.files.get(format)
        if file is None and letter.edited:
            what = message(
                "dispatch.file.edited", "was approved as somebody edited it in Word, and has no PDF of its words"
            )
            path = letter.files["docx"].path
            todo = N_(
                "send the Word file yourself, or write the change into the case: kvisdocs read-back {file} --apply",
                file=path,
            )
            return _left_out(path, what, todo)
        if file is None:
            path = next(iter(letter.files.values())).path.with_suffix(f".{format}")
            what = message("dispatch.file.not_made", "was not made in this format")
            todo = N_("make it: kvisdocs render {case} --to {format}", case=loaded.source.file, format=format)
            return _left_out(path, what, todo)
        try:
            data = file.path.read_bytes()
        except OSError:
            return _left_out(file.path, _GONE, N_("make it again"))
        if hashlib.sha256(data).hexdigest() != file.sha256:
            return _left_out(file.path, *_STAYS[State.CHANGED])
        day = date.fromisoformat(letter.day)
        profile = self.cases.reader.profile(loaded)
        return FinishedFile(loaded, letter, document, profile, format, file.path, data, file.sha256, day)


_GONE = message("dispatch.file.gone", "is not there any more")

_STAYS: dict[State, tuple[Message, Message]] = {
    State.DRAFT: (
        message("dispatch.file.draft", "is a draft that nobody has approved yet"),
        N_("have it approved first"),
    ),
    State.CHANGED: (
        message("dispatch.file.changed", "was changed by hand since it was made, and nobody has checked it"),
        N_("make it again, or send it by hand"),
    ),
    State.SENT: (message("dispatch.file.sent", "was sent already"), N_("make it again where it is to go once more")),
    State.WITHDRAWN: (message("dispatch.file.withdrawn", "was withdrawn"), N_("make it again where it is to go out")),
    State.GONE: (_GONE, N_("make it again")),
}
"""How a letter stands that stays, and what to do."""

WENT_OUT = frozenset({"dispatch.file.printed", "dispatch.file.sent"})
"""The codes of problems of letters that stay since they went out before: nothing is to be done about them."""


def _say_printed(letter: LetterStatus) -> tuple[Message, Message]:
    day = letter.printed[-1].day
    what = message("dispatch.file.printed", "was printed on {day}", day=day)
    return what, N_("where it is to go out all the same, say --printed {day}", day=day)


def _left_out(path: Path, what: Message, todo: Message) -> Problem:
    return Problem(Position(str(path)), what, todo, Severity.WARNING)
