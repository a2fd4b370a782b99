"""The fields of a case as a table can hold them: which are one value, which are lists, and what each is called."""

import re
import types
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from kvisdocs.cases.model.base import Choice, inner_choice, inner_model

_SHORT = re.compile(r"[,;.(]|(?<!\d):| \d–")
_UNFINISHED = {"Andre", "Dagen", "De", "Den", "Det", "Hvem", "Hvad", "Hvor", "Om"}
"""A description that begins so says too little up to its first comma."""

LONGEST_HEADING = 60


class Form(Enum):
    """What stands under a field."""

    VALUE = auto()
    """One value: a cell."""
    VALUES = auto()
    """Several values: a cell that divides them."""
    GROUP = auto()
    """Fields of its own: columns."""
    LIST = auto()
    """Several groups: a sheet."""
    KEYS = auto()
    """Keys that the user chooses, with a value each: columns."""


@dataclass(frozen=True)
class Field:
    """One field of a model. `kind` is the type of its values, `str` for what stays text."""

    name: str
    form: Form
    required: bool
    description: str
    example: Any
    kind: type
    model: type[BaseModel] | None = None
    choice: type[Choice] | None = None


@cache
def fields_of(model: type[BaseModel]) -> dict[str, Field]:
    """The fields of a model by their names, in its order."""
    found = {}
    for name, info in model.model_fields.items():
        core, many = _core(info.annotation), False
        form = Form.VALUE
        if get_origin(core) is tuple:
            core, many = _core(get_args(core)[0]), True
            form = Form.VALUES
        elif get_origin(core) is dict:
            core, form = _core(get_args(core)[1]), Form.KEYS
        inner, _ = inner_model(core)
        if inner is not None:
            form = Form.LIST if many else Form.GROUP
        kind = core if isinstance(core, type) else str
        example = info.examples[0] if info.examples else None
        found[name] = Field(
            name, form, info.is_required(), info.description or name, example, kind, inner, inner_choice(core)
        )
    return found


def _core(annotation: Any) -> Any:
    """The type inside `X | None` and `Annotated[X, …]`."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _core(get_args(annotation)[0])
    if origin in {Union, types.UnionType}:
        return _core(next(each for each in get_args(annotation) if each is not type(None)))
    return annotation


def find_fields(model: type[BaseModel], path: tuple[str, ...]) -> list[Field]:
    """The field at each step of a path, as far as the model knows them; a key that the user chooses is a field too."""
    found: list[Field] = []
    at: type[BaseModel] | None = model
    for number, step in enumerate(path):
        if found and found[-1].form is Form.KEYS and number == len(path) - 1:
            above = found[-1]
            found.append(Field(step, Form.VALUE, False, above.description, None, above.kind, None, above.choice))
            return found
        field = fields_of(at).get(step) if at else None
        if field is None:
            return found
        found.append(field)
        at = field.model if field.form is Form.GROUP else None
    return found


def walk(model: type[BaseModel], above: tuple[Field, ...] = ()) -> Iterator[tuple[Field, ...]]:
    """Every field that is no group, with the groups that it stands in. Lists are named, and not looked into."""
    for field in fields_of(model).values():
        if field.form is Form.GROUP and field.model is not None:
            yield from walk(field.model, (*above, field))
        else:
            yield (*above, field)


def dotted(fields: tuple[Field, ...]) -> str:
    """`citizen.address.street`."""
    return ".".join(field.name for field in fields)


def short_name(field: Field) -> str:
    """The first words of a description: `Efternavn, med mellemnavne` → `Efternavn`."""
    words = field.description.replace("(e)", "")
    short = _SHORT.split(words)[0].strip()
    if short.partition(" ")[0] in _UNFINISHED:
        short = cut_words(re.split("[;(:]", words)[0].strip(), LONGEST_HEADING)
    return short or field.name


def cut_words(text: str, most: int) -> str:
    """The text, if need be without its last words."""
    return text if len(text) <= most else text[: most + 1].rpartition(" ")[0].rstrip(" ,–")
