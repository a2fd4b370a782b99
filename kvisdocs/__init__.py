"""Follow-up plans, GP letters and committee briefs from YAML, as accessible PDF and Word, from one template.

The names here are the ones to build on; they are loaded when first used, so that `kvisdocs --help` stays quick.
"""

from importlib import import_module

_HOMES = {
    "KvisdocsError": "kvisdocs.problems",
    "Position": "kvisdocs.problems",
    "Problem": "kvisdocs.problems",
    "Severity": "kvisdocs.problems",
    "load_case": "kvisdocs.cases.load",
    "check_case": "kvisdocs.programme.checks",
    "Assets": "kvisdocs.templating.html",
    "HtmlDocument": "kvisdocs.templating.html",
    "load_documents": "kvisdocs.templating.documents",
    "Renderer": "kvisdocs.templating.render",
    "WRITERS": "kvisdocs.writers",
    "WriterOutput": "kvisdocs.writers",
}

__all__ = [
    "WRITERS",
    "Assets",
    "HtmlDocument",
    "KvisdocsError",
    "Position",
    "Problem",
    "Renderer",
    "Severity",
    "WriterOutput",
    "check_case",
    "load_case",
    "load_documents",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
