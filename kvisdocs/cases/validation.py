"""pydantic's findings as problems in our words, each where it stands in the source."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from kvisdocs.cases.source import Source, Step
from kvisdocs.problems import Problem, nearest, suggest


def validation_problems(error: ValidationError, source: Source, model: type[BaseModel]) -> list[Problem]:
    """What the model finds wrong with a source's data, but for what the source has said already.

    A key that is nearly one that is missing is one problem, not two.
    """
    found = []
    near_misses: set[tuple[Step, ...]] = set()
    details = [each for each in error.errors(include_url=False) if not _is_told(each, source)]
    for detail in details:
        if detail["type"] == "extra_forbidden":
            path = tuple(detail["loc"])
            near_misses.add((*path[:-1], nearest(str(path[-1]), _fields(model, path[:-1])) or ""))
            found.append(_unknown_key(path, source, model))
    for detail in details:
        path = tuple(detail["loc"])
        if detail["type"] == "extra_forbidden" or (detail["type"] == "missing" and path in near_misses):
            continue
        found.append(_problem(detail, path, source))
    return found


def _is_told(detail: Any, source: Source) -> bool:
    path = tuple(detail["loc"])
    count = len(detail["input"]) if isinstance(detail["input"], list) else 0
    if detail["type"] == "too_short" and count >= detail["ctx"]["min_length"]:  # pydantic counts the good items only
        return True
    lost = detail["type"] == "missing" and len(path) == 1 and () in source.spoilt
    return lost or source.is_spoilt(path)


def _unknown_key(path: tuple[Step, ...], source: Source, model: type[BaseModel]) -> Problem:
    key = str(path[-1])
    known = _fields(model, path[:-1])
    todo = suggest(key, known)
    if nearest(key, known) is None and (homes := sorted(set(_homes(key, model)))):
        todo = f"it belongs under {' or '.join(homes[:3])}"
    return Problem(source.locate_key(path), f'the key "{key}" is not known here', todo)


def _homes(key: str, model: type[BaseModel], above: tuple[str, ...] = ()) -> Iterator[str]:
    """The groups that have a key of that name."""
    if len(above) > 4:
        return
    for name, each in model.model_fields.items():
        inner = _model_in(each.annotation)
        if inner is not None:
            if key in inner.model_fields:
                yield f'"{".".join((*above, name))}"'
            yield from _homes(key, inner, (*above, name))


def _problem(detail: Any, path: tuple[Step, ...], source: Source) -> Problem:
    kind, value, context = detail["type"], detail.get("input"), detail.get("ctx", {})
    name = _name(path)
    if kind == "missing":
        parent = _name(path[:-1])
        where = f"{parent} has no" if path[:-1] else "the case has no"
        return Problem(source.locate_key(path[:-1]), f'{where} "{path[-1]}"', f'add the line "{path[-1]}: …"')
    position = source.locate(path)
    if value is None:
        holds_keys = kind in {"model_type", "dict_type"}
        todo = "write its keys below, two spaces further in" if holds_keys else "write a value"
        return Problem(source.locate_key(path), f"{name} is empty", f"{todo}, or delete the line")
    if kind == "value_error":
        what, _, todo = str(context["error"]).partition("; ")
        return Problem(position, f"{name}: {what}", todo)
    if kind in {"enum", "literal_error"}:
        known = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        return Problem(position, f'{name}: "{value}" is not one of the values', suggest(str(value), known))
    shown = "" if isinstance(value, (list, dict)) or not str(value).strip() else f' ("{value}")'
    if kind not in _WORDS:
        return Problem(position, f"{name} is not as it should be{shown}", "see docs/cases.md")
    what, todo = _WORDS[kind]
    return Problem(position, f"{name} {what.format(**context)}{shown}", todo.format(**context))


_ONE_VALUE = ("should be one value, but holds lines of its own", "write it on one line, after the colon")


_WORDS = {
    "string_type": ("should be a text, but holds lines of its own", "write it on one line, or after a | sign"),
    "string_too_short": ("is empty", "write a value, or delete the line"),
    "bool_type": _ONE_VALUE,
    "date_type": _ONE_VALUE,
    "decimal_type": _ONE_VALUE,
    "int_type": _ONE_VALUE,
    "time_type": _ONE_VALUE,
    "model_type": ("should hold keys of its own", "write them below, two spaces further in"),
    "dict_type": ("should hold keys of its own", "write them below, two spaces further in"),
    "tuple_type": ("should be a list", 'write each item on a line that begins with "- "'),
    "too_short": ("has too few items", "write at least {min_length}"),
    "too_long": ("has too many items", "write at most {max_length}"),
    "greater_than": ("is too small", "write more than {gt}"),
    "greater_than_equal": ("is too small", "write {ge} or more"),
    "less_than_equal": ("is too large", "write {le} or less"),
}
"""pydantic's error types in our words: what, todo."""


def _name(path: tuple[Step, ...]) -> str:
    """`plan.health.activities[2].due`; items are counted from 1, as people count."""
    shown = ""
    for step in path:
        shown += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if shown else step
    return shown


def _fields(model: type[BaseModel], path: tuple[Step, ...]) -> list[str]:
    """The keys that the model knows at a path; none where the path leaves the model."""
    for step in path:
        if isinstance(step, str):
            field = model.model_fields.get(step)
            inner = _model_in(field.annotation) if field else None
            if inner is None:
                return []
            model = inner
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside `X | None`, `tuple[X, ...]` or `Annotated[X, …]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None
