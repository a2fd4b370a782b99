"""JSON Schema of a rule file, for editors that complete and check YAML while it is written."""

from typing import Any

from kvisdocs.programme.rules import Programme


def programme_schema() -> dict[str, Any]:
    """The schema of a rule file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Programme.model_json_schema()}
