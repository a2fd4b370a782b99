"""What a run would do: the same plan and the same comparison with what lies there, and nothing is written or locked."""

import time
from collections.abc import Iterator

from kvisdocs.application.job import PlannedCase
from kvisdocs.application.outcome import Outcome, Reason, Status
from kvisdocs.application.stopping import Stopped
from kvisdocs.application.store.atomic_files import cannot_write
from kvisdocs.application.store.change_detection import ChangeDetector
from kvisdocs.application.store.digests import find_change
from kvisdocs.application.store.keepers import APPROVED
from kvisdocs.application.store.manifest import FileRecord, Place, Record, name_file
from kvisdocs.application.store.output_view import look_into
from kvisdocs.batch.run_service import RunRequest, RunResult, Told, Watcher, open_assets, plan_run, write_report
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity
from kvisdocs.templating.documents import Document, choose_documents, load_documents


def look_ahead(order: RunRequest, watcher: Watcher | None = None) -> RunResult:
    """What `run_batch` would do with the order, as far as can be told before anything is made.

    Problems stand in the report; raises UnknownNameError for a document that is not there.
    """
    told, begun, watcher = Told(is_plan=True), time.monotonic(), watcher or Watcher()
    documents: list[Document] = []
    stopped: Stopped | None = None
    try:
        with open_assets(order, told) as assets:
            documents = choose_documents(order.names, load_documents(assets))
            store = look_into(order.output, order.overwrite)
            _, plan, changes = plan_run(order, store.manifest, store, assets, documents, told, watcher)
            for case in plan.cases:
                for document in case.documents:
                    told.outcomes[case.case_id, document.name] = _look_at(changes, case, document)
    except KvisdocsError as error:
        told.problems += error.problems
    except OSError as error:
        told.problems += cannot_write(order.output, error).problems
    except Stopped as stop:
        stopped = stop
    report = told.report(order.today, time.monotonic() - begun, stopped is not None)
    return RunResult(report, write_report(order, report, documents), stopped)


def _look_at(changes: ChangeDetector, case: PlannedCase, document: Document) -> Outcome:
    found = changes.find_reason(case, document)
    if not isinstance(found, Reason):
        return found
    return Outcome(case.case_id, document.name, Status.TO_MAKE, found, tuple(_tell_staying(changes, case, document)))


def _tell_staying(changes: ChangeDetector, case: PlannedCase, document: Document) -> Iterator[Problem]:
    """A note for each file that lies where one is to go, or beside it, and is not to be overwritten."""
    store = changes.store
    for format in changes.formats:
        expected = _expect(changes, case, document, format)
        for name in dict.fromkeys((name_file(expected.stem, format), name_file(document.name, format))):
            why = store.find_keeper(case.case_id, expected, format, Place.READY, name)
            if why is None or (store.overwrite and why is not APPROVED):
                continue
            what = message("output.file.stays", "{why}, so it stays", why=why)
            todo = N_("what is made will lie beside it")
            if why is APPROVED:
                new = store.find_name(case.case_id, expected, format) or name_file(expected.stem, format)
                todo = N_(
                    'what is made will lie beside it as "{file}"; then see which of the two is to go out', file=new
                )
            yield Problem(Position(str(store.path(case.case_id, name))), what, todo, Severity.NOTE)


def _expect(changes: ChangeDetector, case: PlannedCase, document: Document, format: str) -> Record:
    """The record of what is to be made: with the digest of what was made before where it is to be the same again."""
    key = changes.manifest.key_of(case.case_id, document.name)
    inputs = changes.inputs(case, document, format)
    before = changes.manifest.records.get(key)
    file = before.files.get(format) if before else None
    sha256 = file.sha256 if file and find_change(file.inputs, inputs) is None else ""
    expected = FileRecord(sha256, size=0, pages=None, remarks=0, inputs=inputs)
    draft = changes.book.is_draft(document, case.municipality)
    return Record(key, document.name, {format: expected}, draft=draft)
