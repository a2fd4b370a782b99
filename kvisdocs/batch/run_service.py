"""The work behind `kvisdocs batch`: plan, run and report. A `Watcher` hears of it."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kvisdocs.application.job import FileCheck, RunSettings
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.keeping.inputs import InputStore
from kvisdocs.application.outcome import Outcome
from kvisdocs.application.recipient_check.recipient_check import OtherCases, RecipientCheck
from kvisdocs.application.stopping import Stopped
from kvisdocs.application.store.atomic_files import write_atomically
from kvisdocs.application.store.change_detection import ChangeDetector, tell_gone
from kvisdocs.application.store.digests import DigestBook
from kvisdocs.application.store.manifest import ManifestReader
from kvisdocs.application.store.output_store import OutputStore
from kvisdocs.application.store.session import Session, open_output
from kvisdocs.application.template_folders import check_templates, copy_assets, find_assets
from kvisdocs.batch.plan import Plan, Planner
from kvisdocs.batch.pool.worker import start_pool
from kvisdocs.batch.reporting.report import RunReport, write_json
from kvisdocs.batch.reporting.report_page import Setting, find_way, write_html
from kvisdocs.batch.run import Run
from kvisdocs.messages import N_, Message, counted, message
from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.templating.documents import Document, choose_documents, load_documents
from kvisdocs.templating.html import Assets


class Watcher:
    """Hears how a run goes. This one tells nobody."""

    def say(self, text: Message) -> None:
        """A line about the run as a whole."""

    def follow(self, total: int) -> AbstractContextManager[Callable[[Outcome], None]]:
        """What hears of each of so many documents, as long as they are made."""
        return nullcontext(lambda _: None)


@dataclass(frozen=True)
class RunRequest:
    """What was asked for."""

    paths: tuple[Path, ...]
    names: tuple[str, ...]
    formats: tuple[str, ...]
    output: Path
    day: date | None
    today: date
    strict: bool = False
    worker_count: int = 1
    redate: bool = False
    overwrite: bool = False
    again: bool = False
    all_or_nothing: bool = False
    report: Path | None = None
    time_limit: float = 120
    templates: Path | None = None
    scheduler: str | None = None
    language: str = "da"
    """Of the report where it is a page."""
    scribe: Scribe | None = None
    """Who starts it, for the journal."""
    municipalities: tuple[str, ...] = ()
    """Only cases of these; of all where none is named."""
    keep_inputs: bool = False
    """Whether what letters are made of is kept."""
    assets: Assets | None = None
    """The templates, where somebody has them already: then `templates` is not asked."""


@dataclass
class Told:
    """What there is to tell when it is over, whole or not."""

    is_plan: bool = False

    outcomes: dict[tuple[str, str], Outcome] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    day: date | None = None
    resumed: bool = False
    planned: tuple[tuple[str, str], ...] = ()
    """Case and document of all there is to see to."""
    compared: int = 0

    def report(self, today: date, seconds: float, stopped: bool) -> RunReport:
        """All of it, sorted."""
        outcomes = tuple(sorted(self.outcomes.values(), key=lambda each: (each.case_id, each.document)))
        undone = tuple(sorted(key for key in self.planned if key not in self.outcomes))
        problems = tuple(self.problems)
        day = self.day or today
        return RunReport(day, outcomes, problems, seconds, self.resumed, stopped, undone, self.compared, self.is_plan)


@dataclass(frozen=True)
class RunResult:
    """What a run came to. `stopped` is the signal that ended it early; `unwritten` says why there is no report file."""

    report: RunReport
    unwritten: tuple[Problem, ...]
    stopped: Stopped | None

    @property
    def is_well(self) -> bool:
        """Whether all was made, and told of."""
        return self.report.is_well and not self.unwritten and self.stopped is None


def run_batch(order: RunRequest, watcher: Watcher | None = None) -> RunResult:
    """Do it. Problems stand in the report; raises UnknownNameError for a document that is not there."""
    told, begun, watcher = Told(), time.monotonic(), watcher or Watcher()
    documents: list[Document] = []
    stopped: Stopped | None = None
    try:
        with open_assets(order, told) as assets:
            documents = choose_documents(order.names, load_documents(assets))
            with open_output(order.output, order.overwrite, scribe=order.scribe) as session:
                _run(order, session, assets, documents, told, watcher)
    except KvisdocsError as error:
        told.problems += error.problems
    except Stopped as stop:
        stopped = stop
    report = told.report(order.today, time.monotonic() - begun, stopped is not None)
    return RunResult(report, write_report(order, report, documents), stopped)


def open_assets(order: RunRequest, told: Told) -> AbstractContextManager[Assets]:
    """The templates as they are now, for as long as it takes."""
    if order.assets is not None:
        return nullcontext(order.assets)
    told.problems += check_templates(order.templates)
    return copy_assets(find_assets(order.templates))


def plan_run(
    order: RunRequest,
    manifest: ManifestReader,
    store: OutputStore,
    assets: Assets,
    documents: list[Document],
    told: Told,
    watcher: Watcher,
) -> tuple[Planner, Plan, ChangeDetector]:
    """Read the whole list, and what lies in the output folder. Nothing is made."""
    unfinished = manifest.unfinished
    told.day = order.day or unfinished or order.today
    told.resumed = unfinished == told.day
    if told.resumed:
        said = N_("going on with the run of {day} that was not finished", day=told.day)
        watcher.say(said if order.day else N_("{said}; --date sets another", said=said))
    book = DigestBook(assets, told.day)
    review_digest, municipalities = book.review_digest(documents), frozenset(order.municipalities)
    planner = Planner(assets, documents, told.day, manifest, review_digest, municipalities)
    plan = planner.plan(order.paths)
    told.problems += plan.problems
    if plan.case_ids is not None:
        told.problems += tell_gone(store, manifest, order.paths, plan.case_ids)
    told.outcomes |= {(each.case_id, each.document): each for each in plan.settled}
    told.planned = tuple((case.case_id, document.name) for case in plan.cases for document in case.documents)
    watcher.say(
        N_(
            "{documents} of {cases} to see to",
            documents=counted(len(told.planned), "{number} document", "{number} documents"),
            cases=counted(len(plan.cases), "{number} case", "{number} cases"),
        )
    )
    options = (order.formats, order.strict, order.again, order.redate, plan.duplicates)
    changes = ChangeDetector(book, manifest, store, *options)
    return planner, plan, changes


def _run(
    order: RunRequest, session: Session, assets: Assets, documents: list[Document], told: Told, watcher: Watcher
) -> None:
    planner, plan, changes = plan_run(order, session.manifest, session.store, assets, documents, told, watcher)
    if order.all_or_nothing and plan.has_errors:
        watcher.say(N_("nothing was made, since the list has errors (--all-or-nothing)"))
        return
    changes.read_inputs(plan.cases)
    if changes.is_anything_to_make(plan.cases):
        planner.read_unreviewed(plan)
    settings = RunSettings(assets, told.day or order.today, order.formats, order.strict, True, order.time_limit)
    _make(order, session, settings, plan, changes, told, watcher)


def _make(
    order: RunRequest,
    session: Session,
    settings: RunSettings,
    plan: Plan,
    changes: ChangeDetector,
    told: Told,
    watcher: Watcher,
) -> None:
    documents = tuple({each.name: each for case in plan.cases for each in case.documents}.values())
    told.compared = len(plan.marks)
    proofs = (
        () if plan.unreviewed else (RecipientCheck.of(settings.assets, OtherCases(plan.marks)),)
    )  # then nothing is made
    with (
        _workers(order, session, settings, documents, proofs, told) as (engine, worker_count),
        watcher.follow(len(told.planned)) as follow,
    ):
        settled = {(each.case_id, each.document) for each in plan.settled}

        def hear(outcome: Outcome) -> None:
            if (outcome.case_id, outcome.document) not in settled:
                follow(outcome)

        inputs = InputStore(order.output) if order.keep_inputs else None
        run = Run(plan, settings, session.manifest, session.store, changes, hear, told.outcomes, inputs)
        run.go(engine, worker_count)


@contextmanager
def _workers(
    order: RunRequest,
    session: Session,
    settings: RunSettings,
    documents: tuple[Document, ...],
    proofs: tuple[FileCheck, ...],
    told: Told,
) -> Iterator[tuple[Executor, Callable[[], int]]]:
    """Who makes it, and how many can at a time: processes here, or a cluster. KvisdocsError where there is none."""
    if order.scheduler is None:
        workers = start_pool(order.worker_count, settings, documents, proofs)
        try:
            yield workers, lambda: order.worker_count
        finally:
            workers.shutdown()
        return
    try:
        from kvisdocs.batch.cluster.cluster import join
    except ModuleNotFoundError as error:
        what = message(
            "cluster.package.missing", "a cluster needs {package}, which is not installed", package=error.name
        )
        todo = N_("{command}", command='pip install "kvisdocs[cluster]"')
        raise KvisdocsError(Problem(Position("--scheduler"), what, todo)) from None
    with join(order.scheduler, settings, documents, proofs, session.store.output) as cluster:
        try:
            yield cluster, cluster.worker_count
        finally:
            told.problems += cluster.problems
    session.store.sweep()  # what a worker that went had put among the parts


def write_report(order: RunRequest, report: RunReport, documents: list[Document]) -> tuple[Problem, ...]:
    """The file that --report asks for; the problems where it cannot be written."""
    path = order.report
    if path is None:
        return ()
    if path.suffix.lower() == ".json":
        data = write_json(report)
    else:
        titles = {document.name: document.title for document in documents}
        data = write_html(report, Setting(order.language, titles, find_way(path, order.output)))
    try:
        write_atomically({path: data})
    except KvisdocsError as error:
        return error.problems
    return ()
