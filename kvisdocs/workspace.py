"""The program as a library: cases reviewed, documents made, a month's run, without a terminal (docs/python.md)."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kvisdocs.application.generate import describe_timeout, make_document
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.outcome import Outcome
from kvisdocs.application.processes import count_processors
from kvisdocs.application.reading import CaseReader
from kvisdocs.application.template_folders import find_assets
from kvisdocs.batch.reporting.report import RunReport
from kvisdocs.batch.run_service import RunRequest, Watcher, run_batch
from kvisdocs.cases.load import LoadedCase
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, UnknownNameError
from kvisdocs.templating.documents import Document, choose_documents, concerns, find_blockers, load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import find_renderer
from kvisdocs.writers.limits import DOCUMENT_S, TookTooLongError, limit_time
from kvisdocs.writers.output import WriterOutput

Files = Mapping[str, WriterOutput]
"""A document's files by format. `data` are the bytes, `messages` what the writer had to say."""


@dataclass(frozen=True)
class Workspace:
    """A templates folder, with what ships behind it: the documents that there are, and what can be done with a case.

    Nothing is written but by `run_batch`. Every error is a `KvisdocsError` with its problems.
    """

    assets: Assets
    documents: Mapping[str, Document]
    templates: Path | None = None

    def review(self, file: Path | str) -> tuple[LoadedCase | None, list[Problem]]:
        """The case in a file, or None where an error stops it; and all that `kvisdocs check` says of it."""
        return CaseReader(self.assets).read(Path(file))

    def documents_for(self, case: LoadedCase, on: date) -> list[Document]:
        """What can be made of the case with that letter date, without what is made only on request."""
        own = [each for each in self.documents.values() if concerns(each, case.case) and not each.on_request]
        return [each for each in own if not find_blockers(case, each, on)]

    def find_blockers(self, case: LoadedCase, document: str, on: date) -> list[Problem]:
        """Why a document cannot be made of the case, each at its line; empty where it can. Raises KvisdocsError."""
        return find_blockers(case, self._find(document), on)

    def generate(
        self,
        case: LoadedCase,
        document: str,
        on: date,
        formats: Sequence[str] = ("pdf", "docx"),
        seconds: float = DOCUMENT_S,
    ) -> Files:
        """The document as bytes, in every format asked for: all of them, or KvisdocsError.

        `seconds` is how long it may take; the limit needs the main thread and POSIX.
        """
        found = self._find(document)
        try:
            with limit_time(seconds, ends_process=False):
                return make_document(case, found, on, formats, find_renderer(self.assets))
        except TookTooLongError:
            raise KvisdocsError(describe_timeout(document, case.source.file, seconds)) from None

    def run_batch(
        self,
        paths: Sequence[Path | str],
        output: Path | str,
        on: date,
        documents: Sequence[str] = (),
        formats: Sequence[str] = ("pdf", "docx"),
        jobs: int | None = None,
        hear: Callable[[Outcome], None] | None = None,
        scribe: Scribe | None = None,
    ) -> RunReport:
        """A month-end run, as `kvisdocs batch`: what is new or has changed is made, checked and put into `output`.

        `hear` is called with each document's outcome when it is known. `jobs` are the worker processes: one a
        processor unless said. With a `scribe`, what is made stands in the journal.
        """
        request = RunRequest(
            tuple(map(Path, paths)),
            tuple(documents),
            tuple(formats),
            Path(output),
            on,
            on,
            worker_count=jobs or count_processors(),
            templates=self.templates,
            scribe=scribe,
        )
        try:
            return run_batch(request, _Listener(hear)).report
        except UnknownNameError as error:
            raise _no_document(error) from None

    def _find(self, name: str) -> Document:
        try:
            return choose_documents([name], dict(self.documents))[0]
        except UnknownNameError as error:
            raise _no_document(error) from None


def _no_document(error: UnknownNameError) -> KvisdocsError:
    return KvisdocsError(Problem(Position(""), error.what, error.todo))


@dataclass(frozen=True)
class _Listener(Watcher):
    """Hands each outcome on."""

    hear: Callable[[Outcome], None] | None

    def follow(self, total: int) -> AbstractContextManager[Callable[[Outcome], None]]:
        """The caller's own function."""
        return nullcontext(self.hear or (lambda _: None))


def open_workspace(templates: Path | str | None = None) -> Workspace:
    """A templates folder, or, without one, `templates/` here if it is there; what ships stands behind, file by file.

    Raises KvisdocsError with every fault in every document.yaml.
    """
    folder = Path(templates) if templates is not None else None
    if folder is not None and not folder.is_dir():
        what = message("folder.templates.missing", "there is no such folder")
        raise KvisdocsError(Problem(Position(str(folder)), what, N_("check the path")))
    assets = find_assets(folder)
    return Workspace(assets, load_documents(assets), folder)
