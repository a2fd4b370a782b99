"""The work of one worker: a job comes in, the bytes of its documents go out. Nothing is written here."""

from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib import import_module

from kvisdocs.application.generate import MakingError, as_problems, make_document
from kvisdocs.application.job import FileCheck, Job, JobResult, RunSettings
from kvisdocs.application.outcome import Failure, Hold
from kvisdocs.batch.pool.pool import Start, Workers
from kvisdocs.batch.pool.worker_process import Renewal
from kvisdocs.cases.load import LoadedCase, check_source
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.views import GLOBALS
from kvisdocs.cases.yaml.source import parse_bytes
from kvisdocs.messages import N_, listed, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity, remember_originals
from kvisdocs.programme.course.deadlines import find_letters_along
from kvisdocs.programme.rules.rule_registry import load_programme
from kvisdocs.templating.documents import Document
from kvisdocs.templating.html import HtmlDocument
from kvisdocs.templating.render import find_renderer
from kvisdocs.writers.formats import FORMATS

ROOM_BYTES = 3 * 1024**3
"""Address space of a worker: ten times what the largest examples need, and little enough to spare the others."""

LOADED = ("kvisdocs.batch.pool.worker",)


def make_case(job: Job) -> tuple[JobResult, ...]:
    """Every document of a job, in order. The case is read once; a fault in one document leaves the others alone."""
    try:
        source = parse_bytes(job.data, job.file)
        case = LoadedCase(job.case_id, check_source(source), source, job.related)
    except KvisdocsError as error:
        return tuple(JobResult(document.name, {}, error.problems, (), Failure.CASE) for document in job.documents)
    made = [_make(case, document, job.settings, job.along) for document in job.documents]
    failed = {each.document for each in made if each.problems}
    return tuple(map(partial(_hold_untrue, case, job, failed), job.documents, made)) if failed else tuple(made)


def _hold_untrue(case: LoadedCase, job: Job, failed: set[str], document: Document, made: JobResult) -> JobResult:
    """What was made, with an objection where it says that a letter goes along which could not be made."""
    if made.problems or "steps" not in GLOBALS[document.audience] or not isinstance(case.case, CitizenCase):
        return made
    programme = load_programme(case.case.programme, job.settings.assets.folders)
    missing = sorted(failed & find_letters_along(case.case, programme, job.settings.day, job.along))
    if not missing:
        return made
    letters = listed(missing, N_("and"))
    what = message(
        "run.document.names_missing_letter",
        "{document} says that {letters} goes along, which could not be made",
        document=document.name,
        letters=letters,
    )
    problem = Problem(Position(case.source.file), what, N_("mend {letters} first, and send both", letters=letters))
    return replace(made, objections=(*made.objections, problem), hold=made.hold or Hold.PROOF)


_PROOFS: list[FileCheck] = []
"""Of this process. They know all cases of the run, too much to send with every job."""


def warm_up(settings: RunSettings, documents: tuple[Document, ...], proofs: tuple[FileCheck, ...] = ()) -> None:
    """Load, compile and parse beforehand what every job needs. Faults are left to the jobs, which tell of them."""
    _PROOFS[:] = proofs
    remember_originals(settings.assets.copies)
    renderer = find_renderer(settings.assets)
    for document in documents:
        with suppress(Exception):
            renderer.environment.get_template(document.template)
        if "pdf" in settings.formats:
            from kvisdocs.writers.pdf.sources import read_sources

            bare = HtmlDocument("", "", document.language, settings.assets, document.stylesheets, document.template)
            with suppress(Exception):
                read_sources(bare)
    for format in settings.formats:
        for module in FORMATS[format].preload:  # the fork server has them already, where there is one
            import_module(module)


def _make(case: LoadedCase, document: Document, settings: RunSettings, along: tuple[str, ...]) -> JobResult:
    renderer = find_renderer(settings.assets)
    try:
        options = (settings.strict, along, settings.final)
        files = make_document(case, document, settings.day, settings.formats, renderer, *options)
    except MakingError as error:
        return JobResult(document.name, {}, error.problems, (), error.failure)
    try:
        if settings.proven and not _PROOFS:
            raise RuntimeError("this worker was set up without proofs")
        objections = [problem for proof in _PROOFS for problem in proof(case, document, files)]
    except Exception as error:  # a proof that breaks has proved nothing
        objections = list(as_problems(error, case.source.file, document.name).problems)
    own = list(dict.fromkeys(problem for file in files.values() for problem in file.objections))
    outside = any(file.outside for file in files.values())
    tells = any(each.severity is not Severity.NOTE for each in own)
    hold = Hold.PROOF if objections else Hold.OUTSIDE if outside else Hold.TELLS if tells else None
    return JobResult(document.name, files, (), (*objections, *own), hold=hold)


def start_pool(
    count: int, settings: RunSettings, documents: tuple[Document, ...], proofs: tuple[FileCheck, ...]
) -> Workers:
    """Workers that have loaded, compiled and parsed what the run needs."""
    modules = [module for format in settings.formats for module in FORMATS[format].preload]
    return Workers(
        count, Start(warm_up, (settings, documents, proofs), (*LOADED, *modules), Renewal(memory_bytes=ROOM_BYTES))
    )
