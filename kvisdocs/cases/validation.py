"""pydantic's findings as problems in our words, each where it stands in the source."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from pydantic import BaseModel, ValidationError

from kvisdocs.cases.meanings import (
    find_annotation,
    find_group,
    find_homes,
    find_label,
    find_meant_choice,
    find_meant_key,
    is_needed,
    show_choice,
)
from kvisdocs.cases.model.base import Choice, FieldError, inner_choice
from kvisdocs.cases.outdented import describe_run, find_runs
from kvisdocs.cases.yaml.foreign_signs import CURLY, describe_item
from kvisdocs.cases.yaml.source import Source, Step
from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import MOST_SAID, Position, Problem, nearest, say_first, suggest

Said = tuple[Message, Message]
"""What is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a kind of file is called where something is missing in it, and the page that tells of its fields."""

    whole: Message
    page: Message


CASE = Form(N_("the case"), N_("see: kvisdocs docs cases"))

Context = Mapping[str, Any]
"""What pydantic knows of an error: the limit that was passed."""


def validation_problems(
    error: ValidationError, source: Source, model: type[BaseModel], form: Form = CASE
) -> list[Problem]:
    """What the model finds wrong with a source's data, but for what the source has said already.

    One slip is one problem: a key that is nearly one that is missing, or keys that are not indented below their group.
    """
    details = [each for each in error.errors(include_url=False) if not _is_told(each, source, model)]
    unknown = [tuple(each["loc"]) for each in details if each["type"] == "extra_forbidden"]
    runs = find_runs(unknown[:MOST_SAID], source, model)
    details = [each for each in details if not any(run.explains(each["type"], tuple(each["loc"])) for run in runs)]
    left = [each for each in details if each["type"] == "extra_forbidden"]
    near_misses = {_nearly(tuple(each["loc"]), model) for each in left[:MOST_SAID]}

    def say_unknown(detail: Any) -> Problem:
        path = tuple(detail["loc"])
        if _begins_with_key(path, model):
            return _unknown_key(path, source, model)
        return _divided(path, detail, source, model) or _unknown_key(path, source, model)

    others = [each for each in details if each["type"] != "extra_forbidden" and not _is_nearly_there(each, near_misses)]
    found = [describe_run(run, _name(run.group, model), source) for run in runs]
    found += say_first(left, say_unknown)
    found += say_first(others, lambda detail: _problem(detail, tuple(detail["loc"]), source, model, form))
    return found


def _begins_with_key(path: tuple[Step, ...], model: type[BaseModel]) -> bool:
    """Whether a key and its value were read as one key, since there is no space after the colon."""
    head, colon, _ = str(path[-1]).partition(":")
    group = find_group(model, path[:-1])
    return bool(colon) and group is not None and head in group.model_fields


def _nearly(path: tuple[Step, ...], model: type[BaseModel]) -> tuple[Step, ...]:
    """The path of the key that an unknown one is meant for."""
    return (*path[:-1], find_meant_key(str(path[-1]), find_group(model, path[:-1])) or "")


def _is_nearly_there(detail: Any, near_misses: set[tuple[Step, ...]]) -> bool:
    """Whether what is missing stands there under another key, or is a town that stands behind its postcode."""
    path = tuple(detail["loc"])
    if detail["type"] != "missing":
        return False
    postcode = detail["input"].get("postcode") if path[-1] == "city" and isinstance(detail["input"], dict) else None
    return path in near_misses or (isinstance(postcode, str) and re.search(r"\d[ ,]+[^\W\d]", postcode) is not None)


def _is_told(detail: Any, source: Source, model: type[BaseModel]) -> bool:
    path = tuple(detail["loc"])
    if detail["type"] == "missing" and path[-1] not in model.model_fields and (path[-1],) in source.spoilt:
        return True  # it lost its indent, and stands at the margin in a part that could not be read
    count = len(detail["input"]) if isinstance(detail["input"], list) else 0
    if detail["type"] == "too_short" and count >= detail["ctx"]["min_length"]:  # pydantic counts the good items only
        return True
    lost = detail["type"] == "missing" and len(path) == 1 and () in source.spoilt
    return lost or source.is_unreliable(path)


def _unknown_key(path: tuple[Step, ...], source: Source, model: type[BaseModel]) -> Problem:
    key = str(path[-1])
    group = find_group(model, path[:-1])
    meant = find_meant_key(key, group)
    todo = (
        N_('did you mean "{near}"?', near=meant) if meant else suggest(key, list(group.model_fields) if group else [])
    )
    if meant is None and (homes := sorted(set(find_homes(key, model)))):
        of_name = [f'"{home}"' for home, name in homes if name == key]
        if of_name:
            todo = N_("it belongs under {groups}", groups=reduce(_either, of_name[:3]))
        else:
            todo = N_("did you mean {keys}?", keys=reduce(_either, [f'"{home}.{name}"' for home, name in homes[:3]]))
    if meant and key.startswith(f"{meant}:"):
        todo = N_('write it as "{key}: {value}"', key=meant, value=key.partition(":")[2].strip())
    return Problem(source.locate_key(path), unknown_key(key), todo)


def unknown_key(key: str) -> Message:
    """That a group has no such key."""
    return message("schema.key.unknown", 'the key "{key}" is not known here', key=key)


def _either(one: str, other: str) -> Message:
    return N_("{one} or {other}", one=one, other=other)


def _problem(detail: Any, path: tuple[Step, ...], source: Source, model: type[BaseModel], form: Form) -> Problem:
    kind, value, context = detail["type"], detail.get("input"), detail.get("ctx", {})
    name = _name(path, model)
    if kind == "missing":
        above = _name(path[:-1], model) if path[:-1] else form.whole
        label = find_label(model, path)
        key = N_('"{key}"', key=path[-1], label=label) if label else f'"{path[-1]}"'
        what = message("schema.key.missing", "{group} has no {key}", group=above, key=key)
        return Problem(source.locate_key(path[:-1]), what, N_('add the line "{key}: …"', key=path[-1]))
    if value is None:
        what, todo = _empty(name, kind in {"model_type", "dict_type"}, is_needed(model, path))
        choices = inner_choice(find_annotation(model, path)) if kind == "enum" else None
        return Problem(source.locate_key(path), what, _list_choices(choices) if choices else todo)
    position = source.locate(path)
    if kind == "tuple_type" and (said := _foreign_items(value)):
        return Problem(position, *said)
    if said := _say_how_written(kind, value, position, source, name):
        return Problem(position, *said)
    if kind == "value_error":  # the code is the validator's own
        fault: FieldError = context["error"]
        return Problem(position, N_("{name}: {what}", name=name, what=fault.what).coded(fault.what.code), fault.todo)
    if kind in {"enum", "literal_error"}:
        what = message("schema.value.not_in_list", '{name}: "{value}" is not one of the values', name=name, value=value)
        known = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        return Problem(position, what, _suggest_value(str(value), known, find_annotation(model, path)))
    if kind == "string_too_short":
        return Problem(position, *_empty(name, needed=is_needed(model, path)))
    what, todo = _SAID[kind](name, context) if kind in _SAID else _not_as_it_should_be(name, form)
    if kind == "model_type" and (group := find_group(model, path)):
        keys = listed(key for key, field in group.model_fields.items() if field.is_required())
        todo = N_("write them below, two spaces further in: {keys}", keys=keys) if keys else todo
    if not isinstance(value, (list, dict)) and str(value).strip():
        what = N_('{what} ("{value}")', what=what, value=value).coded(what.code)
    return Problem(position, what, todo)


def _suggest_value(word: str, known: list[str], annotation: Any) -> Message:
    """Which value of a closed list is meant, or which there are, with their Danish where they have some."""
    choices = inner_choice(annotation)
    if meant := find_meant_choice(word, choices):
        return N_('write {value}, which means "{danish}"', value=meant.value, danish=meant.danish)
    if choices is None or nearest(word, known):
        return suggest(word, known)
    return _list_choices(choices)


def _list_choices(choices: Iterable[Choice]) -> Message:
    return N_("use one of: {names}", names=listed(map(show_choice, choices)))


def _foreign_items(value: Any) -> Said | None:
    """What stands where a list should, since its items begin with dashes or bullets of an office program."""
    texts = [value] if isinstance(value, str) else list(value) if isinstance(value, dict) else []
    return next((said for text in texts if (said := describe_item(text))), None)


def _divided(path: tuple[Step, ...], detail: Any, source: Source, model: type[BaseModel]) -> Problem | None:
    """A piece of a text between { and }, which ends at each comma: `{about: Talk, at the office}`."""
    key = str(path[-1])
    if detail["input"] is not None or not re.search(r"[^\w-]", key) or source.sign_at(source.locate(path[:-1])) != "{":
        return None
    here = source.data_at(path[:-1])
    keys = list(here) if isinstance(here, dict) else [key]
    before = (*path[:-1], keys[keys.index(key) - 1])
    if CURLY.match(source.text_at(before)):
        return Problem(source.locate(before), *_curly(_name(before, model), source.text_at(before)))
    what = message(
        "schema.text.divided",
        'the comma before "{key}" divides the text, since a comma between {{ and }} begins a new key',
        key=key,
    )
    return Problem(source.locate_key(path), what, _WHOLE)


def _curly(name: str, value: str) -> Said:
    what = message(
        "schema.text.curly_quotes", '{name}: "{value}" holds quotes that are none to YAML', name=name, value=value
    )
    return what, N_('write " instead, or no quotes at all')


def _say_how_written(kind: str, value: Any, position: Position, source: Source, name: str) -> Said | None:
    """What YAML made of a text by a sign in it, where that is why it is not what it should be."""
    if isinstance(value, str) and CURLY.match(value.strip()):
        return _curly(name, value)
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


_WHOLE = N_("put quotes around the whole text")


def _empty(name: str, holds_keys: bool = False, needed: bool = False) -> Said:
    what = message("schema.value.empty", "{name} is empty", name=name)
    if holds_keys and needed:
        return what, N_("write its keys below, two spaces further in")
    if holds_keys:
        return what, N_("write its keys below, two spaces further in, or delete the line")
    return what, N_("write a value") if needed else N_("write a value, or delete the line")


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


def _name(path: tuple[Step, ...], model: type[BaseModel]) -> str:
    """`plan.health.activities[2].due`, in Danish with the field's name; items are counted from 1, as people count."""
    shown = ""
    for step in path:
        shown += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if shown else step
    label = "" if isinstance(path[-1], int) else find_label(model, path)
    return N_("{field}", field=shown, label=label) if label else shown
