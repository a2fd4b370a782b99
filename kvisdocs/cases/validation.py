"""pydantic's findings as problems in our words, each where it stands in the source."""

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from kvisdocs.cases.model.enums import Choice, inner_choice
from kvisdocs.cases.yaml.source import Source, Step
from kvisdocs.problems import MOST_SAID, Position, Problem, nearest, say_first, suggest


def validation_problems(error: ValidationError, source: Source, model: type[BaseModel]) -> list[Problem]:
    """What the model finds wrong with a source's data, but for what the source has said already.

    A key that is nearly one that is missing is one problem, not two.
    """
    near_misses: set[tuple[Step, ...]] = set()
    details = [each for each in error.errors(include_url=False) if not _is_told(each, source)]
    unknown = [each for each in details if each["type"] == "extra_forbidden"]
    for detail in unknown[:MOST_SAID]:
        path = tuple(detail["loc"])
        near_misses.add((*path[:-1], _meant(str(path[-1]), _model_at(model, path[:-1])) or ""))

    def say_unknown(detail: Any) -> Problem:
        path = tuple(detail["loc"])
        return _divided(path, detail, source) or _unknown_key(path, source, model)

    def is_near_miss(detail: Any) -> bool:
        return detail["type"] == "missing" and tuple(detail["loc"]) in near_misses

    others = [each for each in details if each["type"] != "extra_forbidden" and not is_near_miss(each)]
    found = [*say_first(unknown, say_unknown)]
    found += say_first(others, lambda detail: _problem(detail, tuple(detail["loc"]), source, model))
    return found


def _is_told(detail: Any, source: Source) -> bool:
    path = tuple(detail["loc"])
    count = len(detail["input"]) if isinstance(detail["input"], list) else 0
    if detail["type"] == "too_short" and count >= detail["ctx"]["min_length"]:  # pydantic counts the good items only
        return True
    lost = detail["type"] == "missing" and len(path) == 1 and () in source.spoilt
    return lost or source.is_unreliable(path)


def _unknown_key(path: tuple[Step, ...], source: Source, model: type[BaseModel]) -> Problem:
    key = str(path[-1])
    group = _model_at(model, path[:-1])
    known = list(group.model_fields) if group else []
    meant = _meant(key, group)
    todo = f'did you mean "{meant}"?' if meant else suggest(key, known)
    if meant is None and (homes := sorted(set(_homes(key, model)))):
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


def _problem(detail: Any, path: tuple[Step, ...], source: Source, model: type[BaseModel]) -> Problem:
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
    if said := _say_how_written(kind, value, position, source):
        return Problem(position, f"{name}{said[0]}", said[1])
    if kind == "value_error":
        what, _, todo = str(context["error"]).partition("; ")
        return Problem(position, f"{name}: {what}", todo)
    if kind == "enum" and (danish := _find_by_danish(str(value), inner_choice(_annotation(model, path)))):
        todo = f'write {danish.value}, which means "{danish.danish}"'
        return Problem(position, f'{name}: "{value}" is not one of the values', todo)
    if kind in {"enum", "literal_error"}:
        known = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        return Problem(position, f'{name}: "{value}" is not one of the values', suggest(str(value), known))
    shown = "" if isinstance(value, (list, dict)) or not str(value).strip() else f' ("{value}")'
    if kind not in _WORDS:
        return Problem(position, f"{name} is not as it should be{shown}", "see docs/cases.md")
    what, todo = _WORDS[kind]
    return Problem(position, f"{name} {what.format(**context)}{shown}", todo.format(**context))


def _divided(path: tuple[Step, ...], detail: Any, source: Source) -> Problem | None:
    """A piece of a text between { and }, which ends at each comma: `{about: Talk, at the office}`."""
    key = str(path[-1])
    if detail["input"] is not None or not re.search(r"[^\w-]", key) or source.sign_at(source.locate(path[:-1])) != "{":
        return None
    what = f'the comma before "{key}" divides the text, since a comma between {{ and }} begins a new key'
    return Problem(source.locate_key(path), what, "put quotes around the whole text")


def _say_how_written(kind: str, value: Any, position: Position, source: Source) -> tuple[str, str] | None:
    """What YAML made of a text by a sign in it, where that is why it is not what it should be: what, todo."""
    if isinstance(value, str) and _CURLY.match(value.strip()):
        return f': "{value}" holds quotes that are none to YAML', 'write " instead, or no quotes at all'
    if kind != "string_type":
        return None
    if isinstance(value, dict) and len(value) == 1:
        key = next(iter(value))
        return f' is cut in two after "{key}", since ": " divides a key from its value', _WHOLE
    if isinstance(value, (dict, list)) and (sign := source.sign_at(position)) in {"{", "["}:
        return f' begins with "{sign}", which makes {"a list" if sign == "[" else "keys"} of it', _WHOLE
    return None


_CURLY = re.compile("[“”„‘’»«](?=.)")
_WHOLE = "put quotes around the whole text"
_ONE_VALUE = ("should be one value, but holds lines of its own", "write it on one line, after the colon")


_WORDS = {
    "string_type": ("should be a text, but holds lines of its own", "write it on one line, or after a | sign"),
    "string_too_long": ("is a text of more than {max_length:,} signs", "divide it, or delete what was pasted too much"),
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
    "decimal_max_places": ("has too many decimals", "write at most {decimal_places}: 18,5 or 18,25"),
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


def _meant(key: str, group: type[BaseModel] | None) -> str | None:
    """The key of a group that another is nearly, or whose Danish description begins as it: `borger` is `citizen`."""
    if group is None:
        return None
    if near := nearest(key, group.model_fields):
        return near
    fold = key.casefold().replace("_", " ")
    danish = {name: (each.description or "").casefold() for name, each in group.model_fields.items()}
    found = [
        name
        for name, said in danish.items()
        if len(fold) > 3 and re.match(rf"{re.escape(fold)}(?:e?[nt]|e?ne)?\b", said)
    ]
    return found[0] if len(found) == 1 else None


def _model_at(model: type[BaseModel], path: tuple[Step, ...]) -> type[BaseModel] | None:
    """The group of keys that the model has at a path; None where the path leaves the model."""
    for step in path:
        if isinstance(step, str):
            field = model.model_fields.get(step)
            inner = _model_in(field.annotation) if field else None
            if inner is None:
                return None
            model = inner
    return model


def _annotation(model: type[BaseModel], path: tuple[Step, ...]) -> Any:
    """The type of the field that a path ends in; None where the path leaves the model."""
    *above, last = [step for step in path if isinstance(step, str)]
    for step in above:
        field = model.model_fields.get(step)
        inner = _model_in(field.annotation) if field else None
        if inner is None:
            return None
        model = inner
    return model.model_fields[last].annotation if last in model.model_fields else None


def _find_by_danish(word: str, choices: type[Choice] | None) -> Choice | None:
    """The one value whose meaning is, or has a word that begins with, what was written: `ledig` is `unemployed`."""
    fold = word.strip().casefold()
    for fits in (fold.__eq__, lambda danish: any(part.startswith(fold) for part in danish.split())):
        found = [each for each in choices or () if fits(each.danish.casefold())]
        if len(found) == 1 and len(fold) > 2:
            return found[0]
    return None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside `X | None`, `tuple[X, ...]` or `Annotated[X, …]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None
