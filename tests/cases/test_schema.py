"""What an editor is told of a case: in Danish, an example for every field, and nothing that the program refuses."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, ClassVar

import jsonschema
import pytest
import yaml
from pydantic import BaseModel, Field, TypeAdapter
from pydantic.fields import FieldInfo

from kvisdocs.cases.load import KINDS, check_source, find_case_files
from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.schema import case_schema, example_of, example_of_field, find_models
from kvisdocs.cases.yaml.source import parse_source

ROOT = Path(__file__).parents[2]
MODELS = {model: path for kind in KINDS.values() for path, model in find_models(kind)}
FIELDS = [pytest.param(model, name, id=f"{model.__name__}.{name}") for model in MODELS for name in model.model_fields]
EXAMPLES = [*sorted((ROOT / "cases_yaml").rglob("*.yaml")), *sorted((ROOT / "templates").glob("*/sample.yaml"))]
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")


class EditorLoader(yaml.SafeLoader):
    """YAML as the language server reads it (1.2, core schema): numbers and true or false, but no dates and no ja."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


for tag, pattern, first in (
    ("bool", r"true|false|True|False", "tfTF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)", "-+.0123456789"),
    ("null", r"~|null|", "~n"),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


def read_as_text(value: object) -> Any:
    """A value as it comes back from a case's file: its scalars are text."""
    written = yaml.safe_dump({"value": value}, allow_unicode=True)
    data = parse_source(written, "example.yaml").data
    assert isinstance(data, dict)
    return data["value"]


def kind_of(path: Path) -> str:
    found = re.search(r"^kind: (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    return found[1]


def validator(kind: str | None) -> Any:
    schema = case_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


# ---- every field ----


@pytest.mark.parametrize(("model", "name"), FIELDS)
def test_every_field_is_described_in_danish(model: type[BaseModel], name: str) -> None:
    description = model.model_fields[name].description
    assert description
    assert description[0].isupper() or description.startswith("c/o")
    assert not re.search(r"\b(the|of|and|is)\b", description)


@pytest.mark.parametrize(("model", "name"), FIELDS)
def test_every_field_has_an_example_that_its_own_field_takes(model: type[BaseModel], name: str) -> None:
    field = model.model_fields[name]
    for example in field.examples or [example_of_field(field)]:
        TypeAdapter(field_type(field)).validate_python(read_as_text(example))


def field_type(field: FieldInfo) -> Any:
    """The field's type with its limits, as pydantic checks it."""
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_examples_of_a_group_fit_together(model: type[BaseModel]) -> None:
    model.model_validate(read_as_text(example_of(model)))


def test_the_examples_of_all_fields_make_a_case() -> None:
    for kind, model in KINDS.items():
        case = check_source(parse_source(yaml.safe_dump(example_of(model), allow_unicode=True), "example.yaml"))
        assert case.kind == kind


def test_a_field_without_an_example_is_found_out() -> None:
    class Lacking(Value):
        plain: str = Field(description="Uden eksempel")

    with pytest.raises(LookupError, match='the field described as "Uden eksempel" has no example'):
        example_of(Lacking)


# ---- the schema ----


def parts(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object of the schema and its name."""
    yield "whole", schema
    yield from schema["$defs"].items()


@pytest.mark.parametrize("kind", KINDS)
def test_every_property_is_told_with_an_example(kind: str) -> None:
    for name, definition in parts(case_schema(kind)):
        for key, told in definition.get("properties", {}).items():
            assert told["description"], (name, key)
            assert told["examples"], (name, key)


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_of_a_closed_list_is_told_in_danish(kind: str) -> None:
    lists = {name: each for name, each in parts(case_schema(kind)) if "enum" in each}
    assert len(lists) >= {"agreements": 0, "meeting": 2, "statistics": 1}.get(kind, 4)
    for name, each in lists.items():
        assert len(each["enumDescriptions"]) == len(each["enum"]), name
        assert all(meaning[0].isupper() for meaning in each["enumDescriptions"]), name
    inline = re.findall(r'"enum": (\[[^\]]*\]),? ?("enumDescriptions")?', json.dumps(case_schema(kind)))
    assert {values for values, told in inline if not told} <= {'["ja", "nej", true, false]'}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_example_is_right_to_an_editor_too(path: Path) -> None:
    data = yaml.load(path.read_text(encoding="utf-8"), EditorLoader)
    for kind in (kind_of(path), None):
        assert [error.message for error in validator(kind).iter_errors(data)] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("first_day:", "first_dya:"), ("status: in_job", "status: in_jobs"), ("kind: citizen\n", "kind: citizen\nx: 1\n")],
)
def test_an_editor_marks_what_the_program_refuses(old: str, new: str) -> None:
    path = ROOT / "cases_yaml" / "2012" / "citizens" / "karoline-oestergaard-lindqvist.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    data = yaml.load(text.replace(old, new, 1), EditorLoader)
    assert list(validator("citizen").iter_errors(data))


# ---- where editors find it ----


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_first_line_of_an_example_leads_to_the_schema_of_its_kind(path: Path) -> None:
    found = MODELINE.fullmatch(path.read_text(encoding="utf-8").splitlines()[0])
    assert found
    schema = json.loads((path.parent / found[1]).read_text(encoding="utf-8"))
    assert schema["properties"]["kind"]["const"] == kind_of(path)


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_files_are_current(kind: str) -> None:
    schema = json.loads((ROOT / "cases_yaml" / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    assert schema == case_schema(kind), "run python docs/generate.py"


def test_the_schemas_are_not_taken_for_cases() -> None:
    found = find_case_files([ROOT / "cases_yaml"])
    assert found
    assert {path.suffix for path in found} == {".yaml"}


def test_the_schema_of_any_kind_holds_those_of_all() -> None:
    assert case_schema()["$defs"].keys() >= case_schema("citizen")["$defs"].keys() | {"CommitteeItem"}
