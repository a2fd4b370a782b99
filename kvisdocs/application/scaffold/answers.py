"""What somebody gives for a field: read as a case would be, with what `check` would say of it."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from kvisdocs.cases.load import KINDS, find_hidden
from kvisdocs.cases.model.base import inner_choice, inner_model
from kvisdocs.cases.validation import validation_problems
from kvisdocs.cases.yaml.source import scan_text
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, printable, suggest

Path_ = tuple[str, ...]

_DIVIDED = re.compile(r"\s*;\s*")


def leaf_paths(model: type[BaseModel], path: Path_ = ()) -> Iterator[tuple[Path_, FieldInfo]]:
    """The fields that hold no fields of their own, by path, but for those in lists; and not the kind of the case."""
    for name, field in model.model_fields.items():
        inner, many = inner_model(field.annotation)
        if inner is None and (*path, name) != ("kind",):
            yield (*path, name), field
        elif inner is not None and not many:
            yield from leaf_paths(inner, (*path, name))


def parse_given(given: tuple[str, ...], kind: str, known: Mapping[Path_, Any]) -> dict[Path_, Any]:
    """`citizen.last_name=Prøve` by path, with what is known already. What is wrong with any of them is an error."""
    fields = {".".join(path): (path, field) for path, field in leaf_paths(KINDS[kind])}
    found = dict(known)
    problems: list[Problem] = []
    for each in given:
        name, sign, value = (part.strip() for part in each.partition("="))
        at = Position("--set")
        if not sign:
            what = message("new.field.no_value", '"{given}" gives no value', given=each)
            problems.append(Problem(at, what, N_("write it as citizen.last_name=Prøve")))
        elif name not in fields:
            what = message("new.field.unknown", 'there is no field "{field}" that takes one value', field=name)
            problems.append(Problem(at, what, suggest(name, fields)))
        elif fields[name][0] in found:
            what = message("new.field.twice", 'the field "{field}" is given twice', field=name)
            problems.append(Problem(at, what, N_("give it once")))
        elif value:
            path, field = fields[name]
            try:
                found[path] = read_answer(KINDS[kind], path, field, value)
            except KvisdocsError as error:
                problems += [replace(problem, position=at) for problem in error.problems]
    if problems:
        raise KvisdocsError(problems)
    return found


def read_answer(model: type[BaseModel], path: Path_, field: FieldInfo, answer: str) -> Any:
    """The value as it goes into a file: a word of a closed list may be given in Danish, a list is divided by `;`.

    Raises KvisdocsError with what `check` would say of the value.
    """
    if (seen := printable(answer)) != answer:
        what = message("new.field.no_text", '"{value}" holds bytes that are no text', value=seen)
        raise KvisdocsError(Problem(Position(""), what, N_("write it again")))
    word = _read_word(field, answer.strip())
    faults = find_faults(model, path, word)
    if not any(each.code == "schema.list.none" for each in faults):
        return _return(word, faults)
    words = [_read_word(field, each) for each in _DIVIDED.split(answer.strip()) if each]
    return _return(words, find_faults(model, path, words))


def _return(value: Any, faults: list[Problem]) -> Any:
    if faults:
        raise KvisdocsError(faults)
    return value


def _read_word(field: FieldInfo, word: str) -> str:
    choices = inner_choice(field.annotation)
    return found.value if choices and (found := choices.by_word(word)) else word


def find_faults(model: type[BaseModel], path: Path_, value: Any) -> list[Problem]:
    """What `check` would say of one value of a file of which there is nothing else yet."""
    data = value
    for key in reversed(path):
        data = {key: data}
    source = scan_text(dump(data), "")
    if found := [*source.problems, *find_hidden(source)]:
        return found
    try:
        model.model_validate(source.data)
    except ValidationError as error:
        found = validation_problems(error, source, model)
    return [each for each in found if each.code != "schema.key.missing"]


def dump(value: Any, flow: bool = False) -> str:
    """YAML as people write it."""
    file = io.StringIO()
    yaml.safe_dump(value, file, allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=flow)
    return file.getvalue().removesuffix("...\n")
