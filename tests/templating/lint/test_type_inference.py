"""What lint believes of a template's values is what the renderer gives it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kvisdocs.cases.load import load_case
from kvisdocs.cases.views import View
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.lint.expressions import FOR_SOME
from kvisdocs.templating.lint.scope import shape_context
from kvisdocs.templating.lint.type_inference import (
    TEXT,
    UNKNOWN,
    Fixed,
    Plain,
    Record,
    Several,
    Shape,
    Words,
    item_of,
    join,
    shape_model,
)
from kvisdocs.templating.render import Renderer
from kvisdocs.templating.samples import SAMPLE_DAY, cut_down, load_sample

ROOT = Path(__file__).parents[3]
ASSETS = Assets((ROOT / "templates",))
DOCUMENTS = load_documents(ASSETS)


def differences(shape: Shape | None, value: object, path: str) -> Iterator[str]:
    """Where a value is not of the shape."""
    if isinstance(value, View) or hasattr(value, "__dataclass_fields__"):
        names = set(dir(value)) if isinstance(value, View) else {*value.__dataclass_fields__, "tone"}
        if not isinstance(shape, Record):
            yield f"{path} is a group"
        elif set(shape.fields) != names:
            yield f"{path}: {sorted(set(shape.fields) ^ names)}"
        else:
            for name in names:
                yield from differences(shape.fields[name], getattr(value, name), f"{path}.{name}")
    elif isinstance(value, tuple):
        for each in value:
            yield from differences(item_of(shape or UNKNOWN), each, f"{path}[]")
    elif value is not None and isinstance(shape, (Record, Several)):
        yield f"{path} is {type(value).__name__}"
    elif value is not None and isinstance(shape, Plain) and not isinstance(value, shape.type):
        yield f"{path} is {type(value).__name__}, not {shape.type.__name__}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_shapes_are_those_of_the_values_that_a_template_gets(name: str) -> None:
    document = DOCUMENTS[name]
    sample = load_sample(document, ASSETS)
    assert sample is not None
    renderer = Renderer(ASSETS)
    values = renderer._values(sample, document, SAMPLE_DAY)
    renderer._attach(sample, document, values)
    shapes = shape_context(document)
    assert set(shapes) == set(values)
    assert [each for key in shapes for each in differences(shapes[key], values[key], key)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_sample_holds_whatever_a_case_can(name: str) -> None:
    document = DOCUMENTS[name]
    sample = load_sample(document, ASSETS)
    assert sample is not None
    case = Renderer(ASSETS)._values(sample, document, SAMPLE_DAY)["case"]
    assert isinstance(case, View)
    empty = [key for key in dir(case) if getattr(case, key) in (None, (), {})]
    assert empty == []


def test_least_sample_holds_only_what_must_be_there() -> None:
    document = DOCUMENTS["gp-letter"]
    sample = load_sample(document, ASSETS)
    assert sample is not None
    least = cut_down(sample.case, document)
    there = {name for name in type(least).model_fields if getattr(least, name) not in (None, (), {})}
    assert there == {
        *("kind", "municipality", "programme", "case_number", "caseworker", "citizen", "sickness", "employment"),
        *("gp", "consents"),
    }
    assert least.gp.practice is None
    assert least.consent_to("gp", SAMPLE_DAY) is not None


def test_names_that_only_some_documents_have_are_listed() -> None:
    contexts = [set(shape_context(document)) for document in DOCUMENTS.values()]
    assert set(FOR_SOME) == set.union(*contexts) - set.intersection(*contexts)


def test_join_knows_what_both_are() -> None:
    person = Record({"name": TEXT}, "one")
    assert join(Several(None), Several(person)) == Several(person)
    assert join(TEXT, TEXT) == TEXT
    assert join(TEXT, Plain(date)) == UNKNOWN
    assert join(person, Record({"name": TEXT}, "other")) is person
    assert item_of(Fixed((TEXT, Plain(int)))) == UNKNOWN
    assert item_of(Words(UNKNOWN)) == TEXT


def test_hidden_names_are_those_the_audience_does_not_see() -> None:
    case = load_case(ROOT / "cases_yaml" / "2012" / "committee" / "herning-punkt-87.yaml").case
    shape = shape_model(type(case), "case", ("title", "meeting.date"), "committee")
    assert set(shape.fields) == {"title", "meeting"}
    meeting = shape.fields["meeting"]
    assert isinstance(meeting, Record)
    assert meeting.hidden == {"committee", "time", "end", "place", "present", "absent"}
