"""What is known of a value before there is one: the names below it, what a list holds. Lint reads templates by it.

A shape that is not known is `UNKNOWN`, of which nothing is said: lint does not cry wolf.
"""

import dataclasses
import types
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

Paths = tuple[tuple[str, ...], ...]
_WHOLE: Paths = ((),)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Anything."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A text, a number, a day: a value of that Python type. `value` is a true or false written out."""

    type: type
    value: bool | None = None


@dataclass(frozen=True, slots=True)
class Several:
    """A list or a tuple of like things; `item` is None while it is empty."""

    item: "Shape | None"


@dataclass(frozen=True, slots=True)
class Fixed:
    """A tuple of which each part is known, such as `("nået", "good")`."""

    parts: tuple["Shape", ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A dict whose keys are not looked into."""

    value: "Shape"


@dataclass(frozen=True, eq=False)
class Record:
    """Named values. `place` is how messages call it: `case.gp`; `hidden` are names that the audience does not see."""

    fields: Mapping[str, "Shape"]
    place: str
    audience: str = ""
    hidden: frozenset[str] = frozenset()


@dataclass(eq=False)
class Box:
    """A namespace(): its names grow while the template runs."""

    fields: dict[str, "Shape"] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Callable:
    """A macro, whatever the reader of templates keeps of it."""

    macro: Any


Shape: TypeAlias = Unknown | Plain | Several | Fixed | Words | Record | Box | Callable
UNKNOWN = Unknown()
TEXT = Plain(str)


def shape_model(model: type[BaseModel], place: str, paths: tuple[str, ...] | None = None, audience: str = "") -> Record:
    """The names that a `View` of the model has: all of them, or those at the dotted paths (as `view_model`)."""
    split = _WHOLE if paths is None else tuple(tuple(path.split(".")) for path in paths)
    return _model(model, place, split, audience)


def shape_dataclass(kind: type, place: str) -> Record:
    """The names of a dataclass that templates see as it is: its fields and properties."""
    hints = get_type_hints(kind)
    names = [each.name for each in dataclasses.fields(kind)]
    fields = {name: _annotated(hints[name], f"{place}.{name}", _WHOLE, "") for name in names}
    return Record({**fields, **_properties(kind, place)}, place)


def _model(model: type[BaseModel], place: str, paths: Paths, audience: str) -> Record:
    computed = _properties(model, place)
    hints = get_type_hints(model, include_extras=True)
    if () in paths:
        paths = tuple((name,) for name in (*model.model_fields, *computed))
    fields: dict[str, Shape] = {}
    for name in dict.fromkeys(path[0] for path in paths):
        below = tuple(path[1:] for path in paths if path[0] == name)
        known = name in computed
        fields[name] = computed[name] if known else _annotated(hints[name], f"{place}.{name}", below, audience)
    return Record(fields, place, audience, frozenset({*model.model_fields, *computed} - fields.keys()))


def _properties(kind: type, place: str) -> dict[str, Shape]:
    return {
        name: _annotated(get_type_hints(member.fget).get("return", Any), f"{place}.{name}", _WHOLE, "")
        for each in kind.__mro__
        if each not in (object, BaseModel)
        for name, member in vars(each).items()
        if isinstance(member, property) and not name.startswith("_") and not name.startswith("model_")
    }


def _annotated(hint: Any, place: str, paths: Paths, audience: str) -> Shape:
    """The shape of a field by its annotation; that a value may be left out does not change it."""
    origin = get_origin(hint)
    if origin is Annotated:
        return _annotated(get_args(hint)[0], place, paths, audience)
    if origin in (Union, types.UnionType):
        kinds = [each for each in get_args(hint) if each is not type(None)]
        return _annotated(kinds[0], place, paths, audience) if len(kinds) == 1 else UNKNOWN
    if origin is Literal:
        return TEXT
    if origin is tuple:
        return Several(_annotated(get_args(hint)[0], f"{place}[]", paths, audience))
    if origin is dict:
        return Words(_annotated(get_args(hint)[1], f"{place}[]", paths, audience))
    if hint is Any or not isinstance(hint, type):
        return UNKNOWN
    if issubclass(hint, BaseModel):
        return _model(hint, place, paths, audience)
    return TEXT if issubclass(hint, Enum) else Plain(hint)


def join(one: Shape, other: Shape) -> Shape:
    """What is known of a value that is one or the other."""
    if one == other:
        return one
    if isinstance(one, Several) and isinstance(other, Several):
        if one.item is None or other.item is None:
            return other if one.item is None else one
        return Several(join(one.item, other.item))
    if isinstance(one, Record) and isinstance(other, Record) and one.fields.keys() == other.fields.keys():
        return one
    return UNKNOWN


def item_of(shape: Shape) -> Shape:
    """What a loop over the value meets."""
    if isinstance(shape, Several):
        return shape.item or UNKNOWN
    if isinstance(shape, Fixed):
        found = shape.parts[0] if shape.parts else UNKNOWN
        for part in shape.parts[1:]:
            found = join(found, part)
        return found
    texts = isinstance(shape, Words) or (isinstance(shape, Plain) and shape.type is str)
    return TEXT if texts else UNKNOWN
