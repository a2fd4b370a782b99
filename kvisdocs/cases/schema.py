"""JSON Schema of the cases, for editors that complete and check YAML while it is written, and what docs/cases.md tells.

Everything in it is read from the models: the Danish description and the example of each field, and what each value of
a closed list means. English docstrings and the titles that pydantic makes of field names are left out.
"""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kvisdocs.cases.load import KIND_TITLES, KINDS
from kvisdocs.cases.model.base import inner_model

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def case_schema(kind: str | None = None) -> dict[str, Any]:
    """The schema of one kind of case, or of any case, in Danish. An unknown kind is a KeyError."""
    if kind is not None:
        return {"$schema": _DIALECT, "title": KIND_TITLES[kind], **_in_danish(KINDS[kind])}
    schemas = {name: {"title": KIND_TITLES[name], **_in_danish(model)} for name, model in KINDS.items()}
    definitions = {key: value for schema in schemas.values() for key, value in schema.pop("$defs").items()}
    one_of = [{"$ref": f"#/$defs/{model.__name__}"} for model in KINDS.values()]
    wholes = {KINDS[name].__name__: schema for name, schema in schemas.items()}
    return {"$schema": _DIALECT, "title": "kvisdocs-sag", "oneOf": one_of, "$defs": {**definitions, **wholes}}


def _in_danish(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema()
    models = {each.__name__: each for _, each in find_models(model)}
    for name, definition in (*schema["$defs"].items(), (model.__name__, schema)):
        if name in models:
            _tell(definition, models[name])
        elif "enum" in definition:
            definition.pop("title", None)
    return schema


def _tell(definition: dict[str, Any], model: type[BaseModel]) -> None:
    definition.pop("title", None)
    definition.pop("description", None)
    for name, field in model.model_fields.items():
        told = definition["properties"][name]
        told.pop("title", None)
        told["examples"] = [example_of_field(field)]


def find_models(model: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
    """The model and those inside it, each once, with the dotted path where it stands first (`[]`: one of several)."""
    yield from _find_models(model, "", set())


def _find_models(
    model: type[BaseModel], path: str, seen: set[type[BaseModel]]
) -> Iterator[tuple[str, type[BaseModel]]]:
    seen.add(model)
    yield path, model
    for name, field in model.model_fields.items():
        inner, many = inner_model(field.annotation)
        if inner is not None and inner not in seen:
            below = f"{path}.{name}" if path else name
            yield from _find_models(inner, f"{below}[]" if many else below, seen)


def example_of(model: type[BaseModel]) -> dict[str, Any]:
    """A whole example: that of every field, as one would write it in a case."""
    return {name: example_of_field(field) for name, field in model.model_fields.items()}


def example_of_field(field: FieldInfo) -> Any:
    """A field's example: its own, or one put together of the fields below it. A field without any is a LookupError."""
    if field.examples:
        return field.examples[0]
    inner, many = inner_model(field.annotation)
    if inner is None:
        raise LookupError(f'the field described as "{field.description}" has no example')
    return [example_of(inner)] if many else example_of(inner)
