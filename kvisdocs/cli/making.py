"""The work behind `kvisdocs render`: from case files to files in the output folder, and what is to be said of it."""

import tempfile
import traceback
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import click

from kvisdocs.cases.load import LoadedCase
from kvisdocs.cli.files import cannot_write, prepare_folder, write_whole
from kvisdocs.cli.folders import check_templates, find_assets
from kvisdocs.cli.progress import watch
from kvisdocs.cli.reading import CaseReader, find_files
from kvisdocs.cli.report import shown
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity, suggest
from kvisdocs.templating.documents import Document, find_obstacles, load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer
from kvisdocs.writers import WRITERS
from kvisdocs.writers.time_limit import DOCUMENT_S, TookTooLongError, limit_time

Job = tuple[LoadedCase, Document]


@dataclass
class Making:
    """One call of `render`: what was made, what was left out and why, and what went wrong."""

    output: Path
    day: date
    formats: Sequence[str]
    problems: list[Problem] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)
    made: int = 0
    strict: bool = False
    """Whether a message of a writer stops its document."""
    seconds: float = DOCUMENT_S
    """How long one document may take."""

    def make(self, paths: Iterable[Path], names: Sequence[str], templates: Path | None) -> None:
        """Make everything; problems are collected, and a fault in one document leaves the others alone."""
        self.problems += check_templates(templates)
        assets = find_assets(templates)
        try:
            documents = choose(names, load_documents(assets))
            jobs = [job for case in self._read(paths, assets) for job in self._plan(case, documents, bool(names))]
            if jobs:
                prepare_folder(self.output)
        except KvisdocsError as error:
            self.problems += error.problems
            return
        renderer = Renderer(assets)
        with watch(jobs) as (watched, may_print):
            for case, document in watched:
                made = self._make(case, document, renderer)
                self.made += len(made)
                if may_print:
                    for path in made:
                        click.echo(shown(path))

    def _read(self, paths: Iterable[Path], assets: Assets) -> Iterator[LoadedCase]:
        """The cases that can be read, but for those that share an output folder: whose letters would lie there?"""
        files, problems = find_files(paths)
        self.problems += problems
        by_id: dict[str, list[Path]] = {}
        for file in files:
            by_id.setdefault(_fold(file.stem), []).append(file)
        reader = CaseReader(assets)
        for first, *others in by_id.values():
            if others:
                self.problems += [_same_id(first, other) for other in others]
                continue
            case, problems = reader.read(first)
            self.problems += problems
            if case is not None:
                yield case

    def _plan(self, case: LoadedCase, documents: Iterable[Document], asked: bool) -> Iterator[Job]:
        """What to make. What a case is not fit for is an error where it was asked for, and a note elsewhere."""
        for document in documents:
            obstacles = find_obstacles(case, document, self.day)
            if not obstacles:
                yield case, document
            elif asked:
                self._fail(case, document, obstacles)
            elif case.case.kind == document.kind:
                self.left_out.append(_as_note(obstacles[0]))
                self._warn_of_earlier(case, document)

    def _make(self, case: LoadedCase, document: Document, renderer: Renderer) -> list[Path]:
        """One document in all its formats: all of them, or none if one fails. Gives the files made."""
        try:
            with limit_time(self.seconds):
                html = renderer.render(case, document, self.day)
                written = {self._path(case, document, format): WRITERS[format](html) for format in self.formats}
            if self.strict and (said := [message for result in written.values() for message in result.messages]):
                raise KvisdocsError(replace(message, severity=Severity.ERROR) for message in said)
            write_whole({path: result.data for path, result in written.items()})
        except TookTooLongError:
            what = f"{document.name} took more than {self.seconds:g} seconds, and was stopped"
            todo = "look for a table, a list or a rule of the stylesheet that makes it endless"
            self._fail(case, document, [Problem(Position(case.source.file), what, todo)])
            return []
        except Exception as error:  # hundreds of other letters must not wait for the one that breaks a library
            self._fail(case, document, _problems_of(error, case, document))
            return []
        self.problems += [message for result in written.values() for message in result.messages]
        return list(written)

    def _fail(self, case: LoadedCase, document: Document, problems: Iterable[Problem]) -> None:
        self.problems += problems
        self._warn_of_earlier(case, document)

    def _warn_of_earlier(self, case: LoadedCase, document: Document) -> None:
        """A letter that may not be made today, and lies there from yesterday, must not be sent by mistake."""
        for path in (self._path(case, document, format) for format in WRITERS):
            if path.exists():
                what, todo = "is from an earlier run, and was not made again", "delete it unless you need it"
                self.problems.append(Problem(Position(str(path)), what, todo, Severity.WARNING))

    def _path(self, case: LoadedCase, document: Document, format: str) -> Path:
        return self.output / case.id / f"{document.name}.{format}"


def choose(names: Sequence[str], known: dict[str, Document]) -> list[Document]:
    """The documents named, or all of them; a name that is not known is wrong usage."""
    for name in names:
        if name not in known:
            todo = suggest(Path(name).name, known)
            raise click.BadParameter(f'there is no document "{name}"; {todo}', param_hint="'-d' / '--document'")
    return [known[name] for name in dict.fromkeys(names)] or list(known.values())


def _fold(case_id: str) -> str:
    """Two ids that fold to the same text are one folder on Windows or on a Mac."""
    return unicodedata.normalize("NFC", case_id).casefold()


def _same_id(first: Path, other: Path) -> Problem:
    what = f'has the same case id as {first}, "{other.stem}", so their documents would lie in one folder'
    return Problem(Position(str(other)), what, "rename one of the files; neither was made")


def _problems_of(error: Exception, case: LoadedCase, document: Document) -> Iterable[Problem]:
    """What stopped a document, as problems: those it brings, or the system's refusal, or a fault of ours."""
    if isinstance(error, KvisdocsError):
        return error.problems
    if isinstance(error, OSError) and error.errno is not None:  # a full /tmp, where WeasyPrint lays its fonts
        return cannot_write(Path(error.filename or tempfile.gettempdir()), error).problems
    if isinstance(error, MemoryError):
        what, todo = f"{document.name} needs more memory than there is", "look for what makes it so large"
        return [Problem(Position(case.source.file), what, todo)]
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = "/".join(Path(frame.filename).parts[-2:])
    what = f"{document.name} cannot be made: {type(error).__name__}: {error} ({where}, line {frame.lineno})"
    todo = "this is a fault in kvisdocs, or a template that it cannot cope with; please report it with this line"
    return [Problem(Position(case.source.file), what, todo)]


def _as_note(obstacle: Problem) -> Problem:
    todo = f"to have it made, {obstacle.todo}" if obstacle.todo else ""
    return replace(obstacle, todo=todo, severity=Severity.NOTE)
