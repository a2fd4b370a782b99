"""JSON Schema of the cases, for editors that complete and check YAML while it is written."""

from typing import Any

from pydantic import TypeAdapter

from kvisdocs.cases.load import KINDS, Case

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def case_schema(kind: str | None = None) -> dict[str, Any]:
    """The schema of one kind of case, or of any case, in Danish. An unknown kind is a KeyError."""
    if kind is None:
        return {"$schema": _DIALECT, "title": "kvisdocs-sag", **TypeAdapter(Case).json_schema()}
    return {"$schema": _DIALECT, **KINDS[kind].model_json_schema()}
