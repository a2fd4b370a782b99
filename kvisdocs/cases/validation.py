"""pydantic's findings as problems in our words, each where it stands in the source."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from pydantic import BaseModel, ValidationError

from kvisdocs.cases.model.base import Choice, FieldError, inner_choice, inner_model
from kvisdocs.cases.yaml.source import Source, Step
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import MOST_SAID, Position, Problem, nearest, say_first, suggest

Said = tuple[Message, Message]
"""What is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a kind of file is called where something is missing in it, and the page that tells of its fields."""

    whole: Message
    page: Message


CASE = Form(N_("the case"), N_("see docs/cases.md"))

Context = Mapping[str, Any]
"""What pydantic knows of an error: the limit that was passed."""


def validation_problems(
    error: ValidationError, source: Source, model: type[BaseModel], form: Form = CASE
) -> list[Problem]:
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
    found += say_first(others, lambda detail: _problem(detail, tuple(detail["loc"]), source, model, form))
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
    todo = N_('did you mean "{near}"?', near=meant) if meant else suggest(key, known)
    if meant is None and (homes := sorted(set(_homes(key, model)))):
        todo = N_("it belongs under {groups}", groups=reduce(_either, homes[:3]))
    return Problem(source.locate_key(path), unknown_key(key), todo)


def unknown_key(key: str) -> Message:
    """That a group has no such key."""
    return message("schema.key.unknown", 'the key "{key}" is not known here', key=key)


def _either(one: str, other: str) -> Message:
    return N_("{one} or {other}", one=one, other=other)


def _homes(key: str, model: type[BaseModel], above: tuple[str, ...] = ()) -> Iterator[str]:
    """The groups that have a key of that name."""
    if len(above) > 4:
        return
    for name, each in model.model_fields.items():
        inner = inner_model(each.annotation)[0]
        if inner is not None:
            if key in inner.model_fields:
                yield f'"{".".join((*above, name))}"'
            yield from _homes(key, inner, (*above, name))


def _problem(detail: Any, path: tuple[Step, ...], source: Source, model: type[BaseModel], form: Form) -> Problem:
    kind, value, context = detail["type"], detail.get("input"), detail.get("ctx", {})
    name = _name(path)
    if kind == "missing":
        group = _name(path[:-1]) or form.whole
        what = message("schema.key.missing", '{group} has no "{key}"', group=group, key=path[-1])
        return Problem(source.locate_key(path[:-1]), what, N_('add the line "{key}: …"', key=path[-1]))
    if value is None:
        return Problem(source.locate_key(path), *_empty(name, holds_keys=kind in {"model_type", "dict_type"}))
    position = source.locate(path)
    if said := _say_how_written(kind, value, position, source, name):
        return Problem(position, *said)
    if kind == "value_error":  # the code is the validator's own
        fault: FieldError = context["error"]
        return Problem(position, N_("{name}: {what}", name=name, what=fault.what).coded(fault.what.code), fault.todo)
    if kind in {"enum", "literal_error"}:
        what = message("schema.value.not_in_list", '{name}: "{value}" is not one of the values', name=name, value=value)
        if kind == "enum" and (meant := _find_by_danish(str(value), inner_choice(_annotation(model, path)))):
            todo = N_('write {value}, which means "{danish}"', value=meant.value, danish=meant.danish)
        else:
            known = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
            todo = suggest(str(value), known)
        return Problem(position, what, todo)
    what, todo = _SAID[kind](name, context) if kind in _SAID else _not_as_it_should_be(name, form)
    if not isinstance(value, (list, dict)) and str(value).strip():
        what = N_('{what} ("{value}")', what=what, value=value).coded(what.code)
    return Problem(position, what, todo)


def _divided(path: tuple[Step, ...], detail: Any, source: Source) -> Problem | None:
    """A piece of a text between { and }, which ends at each comma: `{about: Talk, at the office}`."""
    key = str(path[-1])
    if detail["input"] is not None or not re.search(r"[^\w-]", key) or source.sign_at(source.locate(path[:-1])) != "{":
        return None
    what = message(
        "schema.text.divided",
        'the comma before "{key}" divides the text, since a comma between {{ and }} begins a new key',
        key=key,
    )
    return Problem(source.locate_key(path), what, _WHOLE)


def _say_how_written(kind: str, value: Any, position: Position, source: Source, name: str) -> Said | None:
    """What YAML made of a text by a sign in it, where that is why it is not what it should be."""
    if isinstance(value, str) and _CURLY.match(value.strip()):
        what = message(
            "schema.text.curly_quotes",
            '{name}: "{value}" holds quotes that are none to YAML',
            name=name,
            value=value,
        )
        return what, N_('write " instead, or no quotes at all')
    if kind != "string_type":
        return None
    if isinstance(value, dict) and len(value) == 1:
        what = message(
            "schema.text.cut_at_colon",
            '{name} is cut in two after "{key}", since ": " divides a key from its value',
            name=name,
            key=next(iter(value)),
        )
        return what, _WHOLE
    sign = source.sign_at(position) if isinstance(value, (dict, list)) else ""
    if sign == "[":
        what = message("schema.text.made_list", '{name} begins with "[", which makes a list of it', name=name)
        return what, _WHOLE
    if sign == "{":
        what = message("schema.text.made_keys", '{name} begins with "{{", which makes keys of it', name=name)
        return what, _WHOLE
    return None


_CURLY = re.compile("[“”„‘’»«](?=.)")
_WHOLE = N_("put quotes around the whole text")


def _empty(name: str, holds_keys: bool = False) -> Said:
    what = message("schema.value.empty", "{name} is empty", name=name)
    if holds_keys:
        return what, N_("write its keys below, two spaces further in, or delete the line")
    return what, N_("write a value, or delete the line")


def _one_value(name: str, context: Context) -> Said:
    what = message("schema.value.lines", "{name} should be one value, but holds lines of its own", name=name)
    return what, N_("write it on one line, after the colon")


def _text(name: str, context: Context) -> Said:
    what = message("schema.text.lines", "{name} should be a text, but holds lines of its own", name=name)
    return what, N_("write it on one line, or after a | sign")


def _long_text(name: str, context: Context) -> Said:
    most = context["max_length"]
    what = message("schema.text.too_long", "{name} is a text of more than {most:,} signs", name=name, most=most)
    return what, N_("divide it, or delete what was pasted too much")


def _keys(name: str, context: Context) -> Said:
    what = message("schema.value.no_keys", "{name} should hold keys of its own", name=name)
    return what, N_("write them below, two spaces further in")


def _list(name: str, context: Context) -> Said:
    what = message("schema.list.none", "{name} should be a list", name=name)
    return what, N_('write each item on a line that begins with "- "')


def _few_items(name: str, context: Context) -> Said:
    what = message("schema.list.too_few", "{name} has too few items", name=name)
    return what, N_("write at least {least}", least=context["min_length"])


def _many_items(name: str, context: Context) -> Said:
    what = message("schema.list.too_many", "{name} has too many items", name=name)
    return what, N_("write at most {most}", most=context["max_length"])


def _decimals(name: str, context: Context) -> Said:
    what = message("schema.number.decimals", "{name} has too many decimals", name=name)
    return what, N_("write at most {most}: 18,5 or 18,25", most=context["decimal_places"])


def _small(name: str, context: Context) -> Said:
    what = message("schema.number.too_small", "{name} is too small", name=name)
    if "gt" in context:
        return what, N_("write more than {least}", least=context["gt"])
    return what, N_("write {least} or more", least=context["ge"])


def _large(name: str, context: Context) -> Said:
    what = message("schema.number.too_large", "{name} is too large", name=name)
    return what, N_("write {most} or less", most=context["le"])


def _not_as_it_should_be(name: str, form: Form) -> Said:
    what = message("schema.value.wrong", "{name} is not as it should be", name=name)
    return what, form.page


_SAID: Mapping[str, Callable[[str, Context], Said]] = {
    "string_type": _text,
    "string_too_long": _long_text,
    "string_too_short": lambda name, context: _empty(name),
    **dict.fromkeys(("bool_type", "date_type", "decimal_type", "int_type", "time_type"), _one_value),
    "model_type": _keys,
    "dict_type": _keys,
    "tuple_type": _list,
    "too_short": _few_items,
    "too_long": _many_items,
    "decimal_max_places": _decimals,
    "greater_than": _small,
    "greater_than_equal": _small,
    "less_than_equal": _large,
}
"""pydantic's error types in our words."""


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
            inner = inner_model(field.annotation)[0] if field else None
            if inner is None:
                return None
            model = inner
    return model


def _annotation(model: type[BaseModel], path: tuple[Step, ...]) -> Any:
    """The type of the field that a path ends in; None where the path leaves the model."""
    *above, last = [step for step in path if isinstance(step, str)]
    group = _model_at(model, tuple(above))
    return group.model_fields[last].annotation if group and last in group.model_fields else None


def _find_by_danish(word: str, choices: type[Choice] | None) -> Choice | None:
    """The one value whose meaning is, or has a word that begins with, what was written: `ledig` is `unemployed`."""
    fold = word.strip().casefold()
    for fits in (fold.__eq__, lambda danish: any(part.startswith(fold) for part in danish.split())):
        found = [each for each in choices or () if fits(each.danish.casefold())]
        if len(found) == 1 and len(fold) > 2:
            return found[0]
    return None
