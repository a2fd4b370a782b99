"""A YAML file of the templates folder (a profile, a document.yaml) → its model, or every fault in it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from kvisdocs.cases.source import Source, scan_source
from kvisdocs.cases.validation import validation_problems
from kvisdocs.problems import KvisdocsError, Problem
from kvisdocs.templating.html import Assets

Model = TypeVar("Model", bound=BaseModel)

_NOTHING: Mapping[str, str] = MappingProxyType({})


def read_settings(
    name: str, assets: Assets, model: type[Model], given: Mapping[str, str] = _NOTHING
) -> tuple[Model, Source]:
    """The model in a file that is there, and the source that problems point into.

    `given` are fields that the file's place says, and that cannot stand in it. Raises KvisdocsError with all faults.
    """
    path = assets.find(name)
    assert path is not None, name
    source = scan_source(path, assets.shown(name))
    problems = list(source.problems)
    if not isinstance(source.data, dict):
        if problems:
            raise KvisdocsError(problems)
        what = "the file is empty" if source.data is None else "the file holds no keys"
        raise KvisdocsError(Problem(source.locate(()), what, f'begin with "{_first(model, given)}: …"'))
    for key in given:
        if key in source.data:
            what = f'the key "{key}" cannot stand here'
            problems.append(Problem(source.locate_key((key,)), what, "delete it; the folder's name says it"))
    try:
        settings = model.model_validate({**source.data, **given})
    except ValidationError as error:
        problems += map(_about_a_file, validation_problems(error, source, model))
    if problems:
        raise KvisdocsError(problems)
    return settings, source


def _first(model: type[BaseModel], given: Mapping[str, str]) -> str:
    return next(field for field in model.model_fields if field not in given)


def _about_a_file(problem: Problem) -> Problem:
    """The problem in words for a file that is no case."""
    what = problem.what.replace("the case has no", "the file has no")
    todo = problem.todo.replace("docs/cases.md", "docs/templates.md")
    return Problem(problem.position, what, todo, problem.severity)
