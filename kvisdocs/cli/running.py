"""The work behind `kvisdocs batch`: plan, run, report, and what the terminal shows of it."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import click

from kvisdocs.batch.changes import Comparison
from kvisdocs.batch.digests import DigestBook
from kvisdocs.batch.files import write_whole
from kvisdocs.batch.job import Proof, Recipe
from kvisdocs.batch.outcome import Outcome, Status
from kvisdocs.batch.plan import Plan, Planner
from kvisdocs.batch.proof import Strangers
from kvisdocs.batch.proving import Recipients
from kvisdocs.batch.report import RunReport, write_json
from kvisdocs.batch.report_page import write_html
from kvisdocs.batch.run import Run
from kvisdocs.batch.session import Session, open_output
from kvisdocs.batch.staying import tell_gone
from kvisdocs.batch.worker import hire
from kvisdocs.cli.folders import check_templates, copy_assets, find_assets
from kvisdocs.cli.progress import follow
from kvisdocs.cli.stopping import Stopped
from kvisdocs.cli.telling import FirstHits, show_report
from kvisdocs.problems import KvisdocsError, Position, Problem, UnknownNameError, plural
from kvisdocs.templating.documents import Document, choose_documents, load_documents
from kvisdocs.templating.html import Assets


@dataclass(frozen=True)
class Order:
    """What was asked for on the command line."""

    paths: tuple[Path, ...]
    names: tuple[str, ...]
    formats: tuple[str, ...]
    output: Path
    day: date | None
    today: date
    strict: bool
    hands: int
    redate: bool
    overwrite: bool
    again: bool
    all_or_nothing: bool
    report: Path | None
    time_limit: float
    templates: Path | None
    scheduler: str | None


@dataclass
class _Told:
    """What there is to tell when it is over, whole or not."""

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
        return RunReport(day, outcomes, problems, seconds, self.resumed, stopped, undone, self.compared)


def run_order(order: Order) -> int:
    """Do it; gives the exit code."""
    told, begun = _Told(), time.monotonic()
    told.problems += check_templates(order.templates)
    documents: list[Document] = []
    stopped: Stopped | None = None
    try:
        with copy_assets(find_assets(order.templates)) as assets:
            documents = choose_documents(order.names, load_documents(assets))
            with open_output(order.output, order.overwrite) as session:
                _run(order, session, assets, documents, told)
    except KvisdocsError as error:
        told.problems += error.problems
    except UnknownNameError as error:
        raise click.BadParameter(str(error), param_hint="'-d' / '--document'") from None
    except Stopped as stop:
        stopped = stop
    report = told.report(order.today, time.monotonic() - begun, stopped is not None)
    unwritten = _write_report(order.report, report, documents)
    show_report(report, unwritten, order.output, order.report)
    if stopped:
        click.echo(f"{stopped}; what was finished is in its place. Run the same command again to go on.", err=True)
        return stopped.code
    return 0 if report.is_well and not unwritten else 1


def _run(order: Order, session: Session, assets: Assets, documents: list[Document], told: _Told) -> None:
    unfinished = session.manifest.unfinished
    told.day = order.day or unfinished or order.today
    told.resumed = unfinished == told.day
    if told.resumed:
        said = "" if order.day else "; --date sets another"
        click.echo(f"going on with the run of {told.day} that was not finished{said}", err=True)
    book = DigestBook(assets, told.day)
    planner = Planner(assets, documents, told.day, session.manifest, book.ground(documents))
    plan = planner.plan(order.paths)
    told.problems += plan.problems
    if plan.case_ids is not None:
        told.problems += tell_gone(session.places, session.manifest, order.paths, plan.case_ids)
    told.outcomes |= {(each.case_id, each.document): each for each in plan.settled}
    told.planned = tuple((case.case_id, document.name) for case in plan.cases for document in case.documents)
    click.echo(f"{plural(len(told.planned), 'document')} of {plural(len(plan.cases), 'case')} to see to", err=True)
    if order.all_or_nothing and plan.has_errors:
        click.echo("nothing was made, since the list has errors (--all-or-nothing)", err=True)
        return
    options = (order.formats, order.strict, order.again, order.redate, plan.doubles)
    comparison = Comparison(book, session.manifest, session.places, *options)
    comparison.read_inputs(plan.cases)
    if comparison.is_anything_to_make(plan.cases):
        planner.read_rest(plan)
    recipe = Recipe(assets, told.day, order.formats, order.strict, True, order.time_limit)
    _make(order, session, recipe, plan, comparison, told)


def _make(order: Order, session: Session, recipe: Recipe, plan: Plan, comparison: Comparison, told: _Told) -> None:
    documents = tuple({each.name: each for case in plan.cases for each in case.documents}.values())
    told.compared = len(plan.marks)
    proofs = () if plan.unread else (Recipients.of(recipe.assets, Strangers(plan.marks)),)  # then nothing is made
    with (
        _workers(order, session, recipe, documents, proofs, told) as (engine, hands),
        follow(len(told.planned)) as progress,
    ):
        settled = {(each.case_id, each.document) for each in plan.settled}
        first_hits = FirstHits(progress)

        def hear(outcome: Outcome) -> None:
            if (outcome.case_id, outcome.document) not in settled:
                first_hits.hear(outcome)
                progress.advance(outcome.status is not Status.UNCHANGED)

        Run(plan, recipe, session.manifest, session.places, comparison, hear, told.outcomes).go(engine, hands)


@contextmanager
def _workers(
    order: Order,
    session: Session,
    recipe: Recipe,
    documents: tuple[Document, ...],
    proofs: tuple[Proof, ...],
    told: _Told,
) -> Iterator[tuple[Executor, Callable[[], int]]]:
    """Who makes it, and how many can at a time: processes here, or a cluster. KvisdocsError where there is none."""
    if order.scheduler is None:
        workers = hire(order.hands, recipe, documents, proofs)
        try:
            yield workers, lambda: order.hands
        finally:
            workers.shutdown()
        return
    try:
        from kvisdocs.batch.joining import join
    except ModuleNotFoundError as error:
        what, todo = f"a cluster needs {error.name}, which is not installed", 'pip install "kvisdocs[cluster]"'
        raise KvisdocsError(Problem(Position("--scheduler"), what, todo)) from None
    with join(order.scheduler, recipe, documents, proofs, session.places.output) as cluster:
        try:
            yield cluster, cluster.hands
        finally:
            told.problems += cluster.problems
    session.places.sweep()  # what a worker that went had put among the parts


def _write_report(path: Path | None, report: RunReport, documents: list[Document]) -> tuple[Problem, ...]:
    """The file that --report asks for; the problems where it cannot be written."""
    if path is None:
        return ()
    titles = {document.name: document.title for document in documents}
    data = write_json(report) if path.suffix.lower() == ".json" else write_html(report, titles)
    try:
        write_whole({path: data})
    except KvisdocsError as error:
        return error.problems
    return ()
