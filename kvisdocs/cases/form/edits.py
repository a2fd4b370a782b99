"""What a filled form changes in a case's text: a field that was left as it was shown changes nothing."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel

from kvisdocs.cases.form.kinds import Kind, write_value
from kvisdocs.cases.form.parts import Part, walk
from kvisdocs.cases.meanings import find_group
from kvisdocs.cases.yaml.edit import Edit, Move, Put, Remove, edit_bytes
from kvisdocs.cases.yaml.yaml_builder import Data, Path
from kvisdocs.problems import printable

Filled = Mapping[str, Sequence[str]]
"""What a form holds: for the name of each of its parts, all that was filled in. What is not there is left as it is."""

_BREAK = re.compile(r"\r\n?")

ADD, REMOVE, UP, DOWN = "add", "remove", "up", "down"


def fill_in(
    text: bytes, file: str, form: Part, model: type[BaseModel], filled: Filled, more: Sequence[Edit] = ()
) -> bytes:
    """The text with what was filled in, and then further edits. `form` is how the text was laid out.

    Raises KvisdocsError for what cannot stand in a case.
    """
    edits = [*find_edits(form, filled), *more]
    if not edits:
        return text

    def order(path: Path) -> Sequence[str]:
        group = find_group(model, path)
        return list(group.model_fields) if group else ()

    return edit_bytes(text, file, edits, order)


def find_edits(form: Part, filled: Filled) -> Iterator[Edit]:
    """An edit for each field that holds something else than the form showed."""
    for part in walk(form):
        sent = [_as_shown(each) for each in filled.get(part.name, ())]
        if not sent:
            continue
        if part.kind is Kind.CHOICES:
            yield from _choose(part, [each for each in sent if each])
        elif part.choices is not None or part.kind not in {Kind.OTHER, Kind.GROUP, Kind.LIST, Kind.TABLE}:
            yield from _write(part, sent[-1])


def _as_shown(text: str) -> str:
    """What a browser makes of a text: its lines end in one way."""
    return printable(_BREAK.sub("\n", text))


def _write(part: Part, sent: str) -> Iterator[Edit]:
    if sent == _as_shown(part.value):
        return
    value = write_value(part.kind, sent, part.written)
    if value is not None:
        yield Put(part.path, value)
    elif part.written:
        yield Put(part.path, None) if part.is_needed else Remove(part.path)


def _choose(part: Part, sent: list[str]) -> Iterator[Edit]:
    if Counter(sent) == Counter(map(_as_shown, part.chosen)):
        return
    kept = [each for each in part.chosen if _as_shown(each) in sent]
    new: list[Data] = [*kept, *(each for each in sent if each not in kept)]
    if new:
        yield Put(part.path, new)
    elif part.is_given:
        yield Remove(part.path)


def find_change(form: Part, action: str, name: str, key: str = "") -> tuple[Edit, Path] | None:
    """What a button of the form does, and the part that has the focus after it; None for what it cannot do."""
    part = next((each for each in walk(form) if each.name == name), None)
    if part is None or not part.path:
        return None
    path, last = part.path, part.path[-1]
    if action == ADD and part.kind is Kind.LIST and part.can_grow:
        new = (*path, len(part.parts))
        return Put(new, _empty_item(part.model)), new
    if action == ADD and part.takes_names and key.strip():
        new = (*path, key.strip())
        return Put(new, None), new
    if action == REMOVE:
        return Remove(path), path if isinstance(last, str) and part.kind is Kind.GROUP else path[:-1]
    if action in {UP, DOWN} and isinstance(last, int):
        to = last - 1 if action == UP else last + 1
        count = sum(each.path[:-1] == path[:-1] and len(each.path) == len(path) for each in walk(form))
        return (Move(path, to), (*path[:-1], to)) if 0 <= to < count else None
    return None


def _empty_item(model: type[BaseModel] | None) -> Data:
    """A new item of a list: the keys that it must have, with nothing behind them."""
    if model is None:
        return None
    needed = [key for key, field in model.model_fields.items() if field.is_required()]
    return dict.fromkeys(needed or list(model.model_fields)[:1])
