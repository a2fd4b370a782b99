"""The work behind `kvisdocs render`: from case files to files in the output folder, and what is to be said of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kvisdocs.application.duplicates import Identity, describe_duplicates, find_duplicates, find_identity
from kvisdocs.application.exclusions import ask_for
from kvisdocs.application.generate import as_problems, describe_timeout, find_earlier, make_document, remarks
from kvisdocs.application.job import FileCheck, PlannedCase
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.keeping.inputs import InputStore
from kvisdocs.application.outcome import Kept, Outcome, Reason
from kvisdocs.application.reading import CaseReader, find_cases
from kvisdocs.application.store.atomic_files import cannot_write
from kvisdocs.application.store.change_detection import ChangeDetector, tell_kept
from kvisdocs.application.store.digests import DigestBook
from kvisdocs.application.store.output_store import Finished
from kvisdocs.application.store.session import Session, open_output
from kvisdocs.application.template_folders import check_templates, copy_assets, find_assets
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.views import GLOBALS
from kvisdocs.cases.yaml.source import read_raw
from kvisdocs.messages import message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity, group
from kvisdocs.templating.documents import (
    Document,
    choose_documents,
    concerns,
    find_blockers,
    find_doubts,
    load_documents,
)
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer, find_renderer
from kvisdocs.writers import WriterOutput
from kvisdocs.writers.limits import (
    DOCUMENT_BYTES,
    DOCUMENT_S,
    TookTooLongError,
    TooMuchMemoryError,
    limit_memory,
    limit_time,
)

PATIENCE_S = 30
"""For another `render` that is at work in the same folder."""


@dataclass(frozen=True)
class Store:
    """An output folder that is open for one call of `render`."""

    session: Session
    changes: ChangeDetector

    def plan(self, case: LoadedCase, raw: bytes, documents: Iterable[Document]) -> PlannedCase:
        """The case with what is made of it. `raw` are its file's bytes."""
        digest = self.session.manifest.keyed(raw)
        programme = case.case.programme if isinstance(case.case, CitizenCase) else ""
        file = Path(case.source.file)
        return PlannedCase(
            case.id, file, digest, case.case.municipality, programme, tuple(documents), related=case.related
        )

    def find_reason(self, case: PlannedCase, document: Document) -> Reason | Outcome:
        """Why it is made; the outcome of a finished document that was approved as it would be made, or of which nothing
        but the letter date is another. Raises KvisdocsError.
        """
        try:
            found = self.changes.find_reason(case, document)
        except OSError as error:
            raise cannot_write(self.session.store.output / case.case_id, error) from None
        if isinstance(found, Outcome) and found.reason not in {Kept.DATE, Kept.APPROVED}:
            return Reason.AGAIN
        return found

    def put(
        self, case: PlannedCase, document: Document, written: Mapping[str, WriterOutput], inputs: str = ""
    ) -> tuple[list[Path], list[Problem]]:
        """Put a document in its place: where its files are, and what is said of those that must stay. Raises
        KvisdocsError; then none of them is in its place.
        """
        store, manifest = self.session.store, self.session.manifest
        record = self.changes.record(case, document, written, by_hand=True)
        data = {format: file.data for format, file in written.items()}
        for error in store.put([Finished(case.case_id, record, data, case.file, inputs)]).values():
            raise error
        record = manifest.records[record.key]
        paths = [store.path_of(case.case_id, record, format) for format in written]
        return paths, list(tell_kept(store, case.case_id, record, list(written)))


@contextmanager
def open_store(
    output: Path,
    assets: Assets,
    day: date,
    formats: Sequence[str],
    strict: bool,
    overwrite: bool,
    redate: bool,
    scribe: Scribe | None = None,
) -> Iterator[Store]:
    """The folder, for this call alone. Raises KvisdocsError where it cannot be had."""
    with open_output(output, overwrite, PATIENCE_S, scribe) as session:
        session.store.sweep()
        book = DigestBook(assets, day)
        changes = ChangeDetector(book, session.manifest, session.store, tuple(formats), strict, redate=redate)
        yield Store(session, changes)


def without(case: PlannedCase, names: Iterable[str]) -> PlannedCase:
    """The case with only those of its documents."""
    return replace(case, documents=tuple(each for each in case.documents if each.name in set(names)))


Job = tuple[LoadedCase, Document]
Hear = Callable[[Path, Reason], None]
Track = Callable[[Sequence[Job]], AbstractContextManager[tuple[Iterable[Job], Hear]]]
"""Shows those who wait how far it is: hands on one job after the other, and hears of each file with its reason."""


@contextmanager
def track_silently(jobs: Sequence[Job]) -> Iterator[tuple[Iterable[Job], Hear]]:
    """The jobs as they are; nobody is told."""
    yield jobs, lambda path, reason: None


@dataclass
class RenderJob:
    """One call of `render`: what was made, what was left out and why, and what went wrong."""

    output: Path
    day: date
    formats: Sequence[str]
    problems: list[Problem] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)
    made: int = 0
    kept: int = 0
    """The finished documents of which only the letter date would be another."""
    overwrite: bool = False
    """Whether files may be replaced that kvisdocs did not write."""
    redate: bool = False
    strict: bool = False
    """Whether a message of a writer stops its document."""
    seconds: float = DOCUMENT_S
    """How long one document may take."""
    track: Track = track_silently
    scribe: Scribe | None = None
    """Who makes it, for the journal."""
    inputs: InputStore | None = None
    """Where what letters are made of is kept, if it is."""
    _proof: FileCheck | None = None
    _raw: dict[str, bytes] = field(default_factory=dict)
    """The bytes of each case's file, by the case's id."""

    def make(self, paths: Iterable[Path], names: Sequence[str], templates: Path | None) -> None:
        """Make everything; problems are collected, and a fault in one document leaves the others alone."""
        self.problems += check_templates(templates)
        try:
            with copy_assets(find_assets(templates)) as assets:
                self._make_from(assets, paths, names)
        except KvisdocsError as error:
            self.problems += error.problems

    def make_of(self, case: LoadedCase, raw: bytes, names: Sequence[str], templates: Path | None) -> None:
        """As `make`, of a case that was put together without a file. `raw` are the bytes that it would be read from."""
        self.problems += check_templates(templates)
        self._raw[case.id] = raw
        try:
            with copy_assets(find_assets(templates)) as assets:
                self._make_cases(assets, [case], names)
        except KvisdocsError as error:
            self.problems += error.problems

    def _make_from(self, assets: Assets, paths: Iterable[Path], names: Sequence[str]) -> None:
        self._make_cases(assets, self._read(paths, assets), names)

    def _make_cases(self, assets: Assets, found: Iterable[LoadedCase], names: Sequence[str]) -> None:
        documents = choose_documents(names, load_documents(assets))
        cases = list(found)
        jobs = [job for case in cases for job in self._plan(case, documents, bool(names))]
        if jobs:
            self._proof = _find_proof(cases, assets)
            options = (self.formats, self.strict, self.overwrite, self.redate, self.scribe)
            with open_store(self.output, assets, self.day, *options) as store:
                self._make_all(jobs, store, Renderer(assets))

    def _make_all(self, jobs: Sequence[Job], store: Store, renderer: Renderer) -> None:
        planned = self._plan_cases(jobs, store)
        said: list[tuple[str, Problem]] = []
        try:
            with self.track(jobs) as (tracked, hear):
                for case, document in tracked:
                    reason = self._find_reason(planned[case.id], document, store)
                    if reason is None:
                        continue
                    made = self._make(case, document, renderer, said, store, planned[case.id])
                    self.made += len(made)
                    if not made:
                        rest = [name for name in planned[case.id].along if name != document.name]
                        planned[case.id] = without(planned[case.id], rest)
                    for path in made:
                        hear(path, reason)
        finally:  # also what was said before somebody stopped it
            self.problems += [each for each in group(said) if each not in self.problems]  # the reader has told some

    def _plan_cases(self, jobs: Iterable[Job], store: Store) -> dict[str, PlannedCase]:
        """Each case with its documents, by its id."""
        documents: dict[str, list[Document]] = {}
        for case, document in jobs:
            documents.setdefault(case.id, []).append(document)
        cases = {case.id: case for case, _ in jobs}
        return {key: store.plan(cases[key], self._raw[key], found) for key, found in documents.items()}

    def _find_reason(self, case: PlannedCase, document: Document, store: Store) -> Reason | None:
        """Why the document is made; None where it stays as it is, since nothing but the letter date is another."""
        try:
            found = store.find_reason(case, document)
        except KvisdocsError:  # whoever writes there will be told
            return Reason.NEW
        if isinstance(found, Reason):
            return found
        self.kept += 1
        self.problems += found.problems or [_tell_approved(store.session.store.output, found)]
        return None

    def _read(self, paths: Iterable[Path], assets: Assets) -> Iterator[LoadedCase]:
        """The cases that can be read, but for those that share an output folder."""
        files, problems = find_cases(paths)
        self.problems += problems
        reader = CaseReader(assets)
        identities: dict[Path, Identity] = {}
        for file in files:
            try:
                raw, _ = read_raw(file, str(file))
            except KvisdocsError as error:
                self.problems += error.problems
                continue
            case, problems = reader.read_bytes(raw, file)
            self.problems += problems
            if case is not None:
                self._raw[case.id] = raw
                identities[file] = find_identity(case.case)
                yield case
        self.problems += describe_duplicates(find_duplicates(identities))

    def _plan(self, case: LoadedCase, documents: Iterable[Document], asked: bool) -> list[Job]:
        """What to make. What a case is not fit for is an error where it was asked for, and a note elsewhere."""
        fit = []
        for document in documents:
            obstacles = find_blockers(case, document, self.day)
            if not obstacles:
                fit.append(document)
            elif asked:
                self._fail(case, document, obstacles)
            elif concerns(document, case.case):
                self.left_out.append(_as_note(obstacles[0]))
                self._warn_of_earlier(case, document)
        self.problems += find_doubts(case, fit, self.day)
        return [(case, document) for document in sorted(fit, key=_tells_of_others)]

    def _make(
        self,
        case: LoadedCase,
        document: Document,
        renderer: Renderer,
        said: list[tuple[str, Problem]],
        store: Store,
        planned: PlannedCase,
    ) -> list[Path]:
        """One document in all its formats: all of them, or none if one fails. Gives the files made.

        What is wrong goes into `said` with the case's name: a fault of a template comes back with every case.
        """
        try:
            with limit_time(self.seconds), limit_memory(DOCUMENT_BYTES):
                written = make_document(case, document, self.day, self.formats, renderer, self.strict, planned.along)
                strange = self._proof(case, document, written) if self._proof is not None else []
            paths, kept = store.put(planned, document, written, self._keep(case, planned, renderer.assets))
        except TookTooLongError:
            self._fail(case, document, [describe_timeout(document.name, case.source.file, self.seconds)])
            return []
        except TooMuchMemoryError:
            self._fail(case, document, as_problems(MemoryError(), case.source.file, document.name).problems)
            return []
        except KvisdocsError as error:
            said += [(case.source.file, problem) for problem in error.problems]
            self._warn_of_earlier(case, document)
            return []
        self.problems += kept
        self.problems += [replace(each, severity=Severity.WARNING) for each in strange]
        said += [(case.source.file, message) for message in remarks(written)]
        return paths

    def _keep(self, case: LoadedCase, planned: PlannedCase, assets: Assets) -> str:
        """Keep what the document is made of, where that is asked for."""
        if self.inputs is None:
            return ""
        return self.inputs.keep(planned.file.name, self._raw[case.id], case.related, assets, planned.along)

    def _fail(self, case: LoadedCase, document: Document, problems: Iterable[Problem]) -> None:
        self.problems += problems
        self._warn_of_earlier(case, document)

    def _warn_of_earlier(self, case: LoadedCase, document: Document) -> None:
        self.problems += find_earlier(self.output / case.id, document.name)


def _find_proof(cases: Sequence[LoadedCase], assets: Assets) -> FileCheck | None:
    """That no document holds another case's data, where there are several; of a run's proof this half alone."""
    if len(cases) < 2:
        return None
    from kvisdocs.application.recipient_check.recipient_check import OtherCases, RecipientCheck

    known = []
    for case in cases:
        with suppress(KvisdocsError):  # its documents tell of a profile that is not there
            profile = find_renderer(assets).profile(case.case.municipality, case.source.locate(("municipality",)))
            known.append((case.id, case.case, profile))
    return RecipientCheck.of(assets, OtherCases.of(known), expects=False)


def _tells_of_others(document: Document) -> bool:
    """Whether it says how the case's other letters stand, and so must wait for them."""
    return "steps" in GLOBALS[document.audience]


def _tell_approved(output: Path, outcome: Outcome) -> Problem:
    path = output / (outcome.files[0].path if outcome.files else outcome.case_id)
    what = message("output.file.approved_unchanged", "is approved, and nothing has changed since, so it stays")
    return Problem(Position(str(path)), what, severity=Severity.NOTE)


def _as_note(obstacle: Problem) -> Problem:
    return replace(obstacle, todo=ask_for(obstacle.todo), severity=Severity.NOTE)
