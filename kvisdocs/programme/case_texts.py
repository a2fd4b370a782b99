"""All that a case holds as text, each with its path. Words from a list of words (an Enum) are none."""

from datetime import date, time
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.source import Data, Step

_NO_TEXT = (date, time, int, float, Decimal, Enum, NoneType)

Texts = list[tuple[tuple[Step, ...], str]]
"""Paths, and what the file says there."""


def find_texts(loaded: LoadedCase) -> Texts:
    """A case's texts in the models' order; those it leaves out are none."""
    found: Texts = []
    _walk(loaded.case, loaded.source.data, (), found)
    return found


def is_prose(path: tuple[Step, ...]) -> bool:
    """Whether documents show the text at a path as Markdown with paragraphs, lists and tables."""
    if path[0] in {"fields", "legal_basis"}:
        return True
    return path[-1] == "text" and (path[0] == "decisions" or path[:2] == ("plan", "decision"))


def _walk(value: Any, data: Data, path: tuple[Step, ...], found: Texts) -> None:
    if isinstance(value, str):
        if isinstance(data, str) and not isinstance(value, Enum):
            found.append((path, data))
    elif isinstance(value, tuple):
        if isinstance(data, list):
            for number, (inner, there) in enumerate(zip(value, data, strict=False)):
                _walk(inner, there, (*path, number), found)
    elif isinstance(data, dict):
        if isinstance(value, BaseModel):
            for name in _fields_with_text(type(value)):
                if (there := data.get(name)) is not None:
                    inner = getattr(value, name)
                    if type(inner) is str is type(there):  # what most are
                        found.append(((*path, name), there))
                    else:
                        _walk(inner, there, (*path, name), found)
        elif isinstance(value, dict):
            for key, inner in value.items():
                _walk(inner, data.get(key), (*path, key), found)


@cache
def _fields_with_text(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(name for name, field in model.model_fields.items() if _may_be_text(field.annotation))


def _may_be_text(kind: Any) -> bool:
    """Whether a field of that type may hold a text, or something that does. What is not known may."""
    inner = get_args(kind)
    if get_origin(kind) is Annotated:
        return _may_be_text(inner[0])
    if get_origin(kind) is dict:
        return _may_be_text(inner[1])
    if inner:
        return any(_may_be_text(each) for each in inner if each is not Ellipsis)
    if isinstance(kind, type):
        return not issubclass(kind, _NO_TEXT)
    return True
