"""What a run would do: the same plan and the same comparison with what lies there, and nothing is written or locked."""

import time
from collections.abc import Iterator
from pathlib import Path

from kvisdocs.application.job import PlannedCase
from kvisdocs.application.outcome import Outcome, Reason, Status
from kvisdocs.application.stopping import Stopped
from kvisdocs.application.store.atomic_files import cannot_write
from kvisdocs.application.store.change_detection import ChangeDetector
from kvisdocs.application.store.keepers import find_keeper
from kvisdocs.application.store.manifest import Place
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
    """A note for each file that lies where one is to go, and is not to be overwritten."""
    store = changes.store
    if store.overwrite:
        return
    record = changes.manifest.records.get(changes.manifest.key_of(case.case_id, document.name))
    for format in changes.formats:
        path: Path = store.output / case.case_id / f"{document.name}.{format}"
        if record is not None and format in record.files:
            why = store.find_keeper(case.case_id, record, format, Place.READY)
        else:
            why = find_keeper(path, ())
        if why is not None:
            what = message("output.file.stays", "{why}, so it stays", why=why)
            todo = N_("what is made will lie beside it")
            yield Problem(Position(str(path)), what, todo, Severity.NOTE)
