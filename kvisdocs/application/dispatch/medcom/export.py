"""The run that writes approved letters for doctors' systems into a folder: each once, and nothing half.

Whoever runs the municipality's MedCom connection takes them from there; kvisdocs sends nothing itself.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from kvisdocs.application.dispatch.finished import FinishedFile, Search, open_search, printed_on
from kvisdocs.application.dispatch.last_look import find_obstacle
from kvisdocs.application.dispatch.medcom.care_communication import DoctorLetter, write_message
from kvisdocs.application.dispatch.medcom.edi_text import CHARSET, HEIGHT, replace_signs, write_edi
from kvisdocs.application.dispatch.medcom.letter_text import is_said_by, read_passages, shorten
from kvisdocs.application.dispatch.outbox import find_exports
from kvisdocs.application.dispatch.recipients import is_letter
from kvisdocs.application.journal.entry import Event, NamedFile
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.journal.letters import LetterStatus, State, find_letters
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.store.atomic_files import write_atomically
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.views import Audience
from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity, Word
from kvisdocs.templating.engine.formatting import format_date
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer
from kvisdocs.writers.text_extraction import read_pdf_pages


class Result(Word):
    """What became of a letter."""

    WRITTEN = N_("written")
    BEFORE = N_("written before")
    STAYS = N_("left out")


@dataclass(frozen=True, slots=True)
class Exported:
    """A letter and what became of it. `message` is the id of its message, after which its files are called."""

    result: Result
    path: Path
    problem: Problem | None = None
    message: str = ""


class _StaysError(Exception):
    """Why a letter stays."""

    def __init__(self, what: Message, todo: Message, position: Position | None = None) -> None:
        super().__init__(what)
        self.what, self.todo, self.position = what, todo, position


@dataclass(frozen=True)
class MedComRun:
    """How letters are written."""

    output: Path
    folder: Path
    assets: Assets
    scribe: Scribe
    today: date
    names: Sequence[str] = ()
    again: bool = False
    """Whether what was written before is written once more."""
    printed: date | None = None
    """A day on which letters were printed that are written all the same."""
    hear: Callable[[Exported], None] = lambda done: None
    """Told of each letter as soon as it is known what became of it."""

    def go(self) -> list[Exported]:
        """Write what can be written. Nobody else works in the output folder meanwhile. Raises KvisdocsError."""
        done: list[Exported] = []
        again = printed_on(self.printed)
        with open_search(self.output, self.assets, self.names, self.today, again=again) as search:
            journal = Journal(self.output)
            entries = journal.read_whole()
            exports = find_exports(entries)
            for letter in find_letters(self.output, entries):
                if one := self._take(search, letter, exports, journal):
                    done.append(one)
                    self.hear(one)
        return done

    def _take(self, search: Search, letter: LetterStatus, exports: Iterable[str], journal: Journal) -> Exported | None:
        """One letter; None where it is none to a doctor, or was sent another way."""
        document = search.known.get(letter.document)
        is_meant = letter.document in search.wanted and document is not None and document.audience is Audience.GP
        if not is_meant or letter.state is State.SENT or (letter.state is State.GONE and not letter.is_missing):
            return None
        (file,) = search.take(letter, ("pdf",))
        if isinstance(file, Problem):
            return Exported(Result.STAYS, Path(file.position.file), file)
        if not is_letter(file):
            return None
        if file.sha256 in exports and not self.again:
            return Exported(Result.BEFORE, file.path)
        try:
            return self._export(file, journal)
        except _StaysError as stays:
            position = stays.position or Position(str(file.path))
            return Exported(Result.STAYS, file.path, Problem(position, stays.what, stays.todo, Severity.WARNING))
        except KvisdocsError as error:
            return Exported(Result.STAYS, file.path, error.problems[0])

    def _export(self, file: FinishedFile, journal: Journal) -> Exported:
        if obstacle := find_obstacle(file):
            raise _StaysError(*obstacle)
        letter = self._address(file)
        data = write_message(letter)
        if len(data) > float(letter.medcom.most_megabytes) * 1_000_000:
            what = message(
                "medcom.message.too_large",
                "the message is {size:.1f} MB, and at most {most} may be sent",
                size=len(data) / 1_000_000,
                most=letter.medcom.most_megabytes,
            )
            raise _StaysError(what, N_("print it: kvisdocs print"))
        name = letter.name("bundle")
        text = "".join(f"{line}\r\n" for line in write_edi(letter.plain_lines)).encode(CHARSET)
        write_atomically({self.folder / f"{name}.json": data, self.folder / f"{name}.txt": text})
        made = file.letter.made
        files = {file.format: NamedFile(file.path.name, file.sha256)}
        entry = self.scribe.write_about(Event.EXPORTED, made.case_id, made.document, files, made.made_from)
        journal.append([replace(entry, details={"channel": "medcom", "message": name})])
        return Exported(Result.WRITTEN, file.path, _tell_letters(file, letter), name)

    def _address(self, file: FinishedFile) -> DoctorLetter:
        """The letter with its addresses and its words. Raises _StaysError where something lacks."""
        case, medcom = file.loaded.case, file.profile.medcom
        assert isinstance(case, CitizenCase)  # it is a letter
        assert case.gp is not None  # to a doctor
        if medcom is None:
            what = message("medcom.profile.none", "the profile does not say which unit writes to doctors")
            raise _StaysError(what, N_("add medcom: with its fields to the profile; see: kvisdocs docs municipality"))
        if lacking := [f"gp: {name}" for name in ("sor", "gln") if getattr(case.gp, name) is None]:
            what = message(
                "medcom.doctor.lacks",
                "the case lacks {fields}, by which the doctor's system is found",
                fields=listed(lacking),
            )
            todo = N_("add it, and make the letter again; or print it: kvisdocs print")
            raise _StaysError(what, todo, file.loaded.source.locate(("gp",)))
        page = self._renderer.render(file.loaded, file.document, file.day)
        passages = read_passages(page.text)
        if not is_said_by(passages, read_pdf_pages(file.data)):
            what = message("medcom.text.other", "says other words than its template says today")
            raise _StaysError(what, N_("make it again, and have it approved"))
        reference = f"Uddrag af brev af {format_date(file.day)}. Ring, hvis du vil have det hele."
        short = shorten(
            passages,
            lambda lines, is_short: len(write_edi([*lines, reference] if is_short else lines)) <= HEIGHT,
        )
        if short is None:
            what = message("medcom.text.too_long", "what must be said in plain text does not fit on one screen")
            raise _StaysError(what, N_("shorten the letter's first paragraph, or print it: kvisdocs print"))
        lines, is_short = short
        return DoctorLetter(file, medcom, case.gp, tuple(lines), reference if is_short else "", page.language)

    @cached_property
    def _renderer(self) -> Renderer:
        return Renderer(self.assets)


def _tell_letters(file: FinishedFile, letter: DoctorLetter) -> Problem | None:
    """A note of letters that the plain text writes otherwise, since EDI lacks them."""
    replaced = {sign: plain for line in letter.plain_lines for sign, plain in replace_signs(line)[1].items()}
    if not replaced:
        return None
    pairs = listed([f"{sign} ({plain})" for sign, plain in replaced.items()])
    what = message("medcom.text.signs", "the plain text writes signs otherwise that EDI lacks: {pairs}", pairs=pairs)
    return Problem(Position(str(file.path)), what, N_("see whether a name still can be read"), Severity.NOTE)
