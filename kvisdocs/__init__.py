"""Follow-up plans, GP letters and committee briefs from YAML, as accessible PDF and Word, from one template.

The names here are the ones to build on (docs/python.md). Each is loaded when it is first used, so that
`kvisdocs --help` stays quick. A name that is to go is kept for two minor versions, with a DeprecationWarning.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kvisdocs.application.outcome import Outcome, Status
    from kvisdocs.application.store.atomic_files import write_atomically
    from kvisdocs.batch.reporting.report import RunReport
    from kvisdocs.cases.load import LoadedCase, load_case
    from kvisdocs.problems import KvisdocsError, Position, Problem, Severity
    from kvisdocs.templating.documents import Document
    from kvisdocs.verify.gate import verify_files
    from kvisdocs.workspace import Workspace, open_workspace
    from kvisdocs.writers.output import WriterOutput

_HOMES = {
    "Document": "kvisdocs.templating.documents",
    "KvisdocsError": "kvisdocs.problems",
    "LoadedCase": "kvisdocs.cases.load",
    "Outcome": "kvisdocs.application.outcome",
    "Position": "kvisdocs.problems",
    "Problem": "kvisdocs.problems",
    "RunReport": "kvisdocs.batch.reporting.report",
    "Severity": "kvisdocs.problems",
    "Status": "kvisdocs.application.outcome",
    "Workspace": "kvisdocs.workspace",
    "WriterOutput": "kvisdocs.writers.output",
    "load_case": "kvisdocs.cases.load",
    "open_workspace": "kvisdocs.workspace",
    "verify_files": "kvisdocs.verify.gate",
    "write_atomically": "kvisdocs.application.store.atomic_files",
}

__all__ = [
    "Document",
    "KvisdocsError",
    "LoadedCase",
    "Outcome",
    "Position",
    "Problem",
    "RunReport",
    "Severity",
    "Status",
    "Workspace",
    "WriterOutput",
    "load_case",
    "open_workspace",
    "verify_files",
    "write_atomically",
]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
