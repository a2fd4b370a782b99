"""Documents for the desk: made in worker processes by what `render` makes them by, each with its time limit."""

from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from anyio import CapacityLimiter

from kvisdocs.application.generate import describe_timeout, remarks
from kvisdocs.application.job import Job, RunSettings
from kvisdocs.application.reading import find_case_reader
from kvisdocs.batch.pool.pool import TaskTimeout, WorkerDied
from kvisdocs.batch.pool.worker import make_case, start_pool
from kvisdocs.batch.run import explain
from kvisdocs.cases.yaml.source import read_raw
from kvisdocs.messages import message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity
from kvisdocs.templating.documents import Document, concerns, find_blockers
from kvisdocs.templating.html import Assets
from kvisdocs.writers import WriterOutput

FORMATS = ("html", "pdf", "docx")


@dataclass(frozen=True)
class Order:
    """One document in one format, as a worker is handed it."""

    file: Path
    document: str
    known: tuple[Document, ...]
    settings: RunSettings
    data: bytes | None = None
    """The case's text, where it is not the file's."""

    @property
    def limit_s(self) -> float:
        """How long it may take before its worker is ended."""
        return self.settings.document_limit_s


@dataclass(frozen=True)
class Made:
    """A finished file with what there is to say of it; without data, what stopped it."""

    data: bytes | None
    problems: tuple[Problem, ...] = ()


def make_order(order: Order) -> Made:
    """The document as `render` makes it: with the same documents going along."""
    data = order.data if order.data is not None else read_raw(order.file, str(order.file))[0]
    loaded, problems = find_case_reader(order.settings.assets).read_bytes(data, order.file)
    if loaded is None:
        return Made(None, tuple(problem for problem in problems if problem.severity is Severity.ERROR))
    day = order.settings.day
    fit = [each for each in order.known if concerns(each, loaded.case) and not find_blockers(loaded, each, day)]
    wanted = next((each for each in order.known if each.name == order.document), None)
    if wanted is None or not concerns(wanted, loaded.case):
        what = message("desk.document.unknown", 'the case has no document "{name}"', name=order.document)
        return Made(None, (Problem(Position(str(order.file)), what),))
    if wanted not in fit:
        return Made(None, tuple(find_blockers(loaded, wanted, day)))
    along = [wanted] if wanted.on_request else [each for each in fit if not each.on_request]
    names = tuple(each.name for each in along)
    job = Job(loaded.id, str(order.file), data, (wanted,), order.settings, names, loaded.related)
    (result,) = make_case(job)
    written = {format: each for format, each in result.files.items() if isinstance(each, WriterOutput)}
    if result.problems:
        return Made(None, result.problems)
    said = dict.fromkeys((*result.objections, *remarks(written)))
    return Made(next(iter(written.values())).data, tuple(said))


class Maker:
    """Makes documents; the workers are begun with the first.

    Whoever waits for one does so in one of the threads of `turns`, which answer no other page: a template that hangs
    may have a hundred waiting.
    """

    def __init__(self, assets: Assets, documents: Sequence[Document], worker_count: int, seconds: float) -> None:
        self.assets, self.documents, self.seconds = assets, tuple(documents), seconds
        self.titles = {each.name: each.title for each in documents}
        self.turns = CapacityLimiter(2 * worker_count)
        self._workers = start_pool(worker_count, self._settings(date.min, FORMATS), self.documents, ())

    def _settings(self, day: date, formats: tuple[str, ...]) -> RunSettings:
        return RunSettings(self.assets, day, formats, document_limit_s=self.seconds)

    def make(self, file: Path, document: str, format: str, day: date, data: bytes | None = None) -> Made:
        """One document in one format, with that letter date; of another text than the file's, where one is given.

        Waits for it; raises nothing.
        """
        order = Order(file, document, self.documents, self._settings(day, (format,)), data)
        try:
            try:
                return self._workers.submit(make_order, order).result()
            except WorkerDied:  # it may have died of something else
                return self._workers.submit(make_order, order).result()
        except KvisdocsError as error:
            return Made(None, error.problems)
        except TaskTimeout as error:
            return Made(None, (describe_timeout(document, str(file), error.limit_s),))
        except (WorkerDied, BrokenExecutor, MemoryError) as error:
            return Made(None, explain(error, str(file), document).problems)

    def close(self) -> None:
        """End the workers."""
        self._workers.shutdown()
