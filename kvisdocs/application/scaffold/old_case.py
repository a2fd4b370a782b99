"""What a new case takes over from an old one: what is the office's own, and which parts there are."""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from kvisdocs.application.scaffold.answers import Path_, find_faults, leaf_paths
from kvisdocs.cases.load import KINDS
from kvisdocs.cases.model.base import inner_model
from kvisdocs.cases.old_words import with_new_words
from kvisdocs.cases.yaml.source import read_source
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, show_path

_KEPT: Mapping[str, Collection[str]] = {
    "citizen": ("municipality", "programme", "caseworker"),
    "committee": (
        "municipality", "meeting.committee", "meeting.time", "meeting.place", "type", "decided_by", "legal_basis",
        "routing",
    ),
}  # fmt: skip
"""What is the office's own, and says nothing of any citizen. Who else works with one says what is done for him."""

_HISTORY = {
    "consents",
    "contacts",
    "self_ratings",
    "web_registrations",
    "outcome",
    "decisions",
    "attachments",
    "course",
}
"""Lists that begin anew with each case: those of an old one are not laid out."""

_CPR = re.compile(r"(?<!\d)\d{6}[ -]?\d{4}(?!\d)")


def read_old(path: Path, kind: str) -> dict[str, Any]:
    """The data of an old case. Raises KvisdocsError where it is of another kind, or no sound YAML."""
    source = with_new_words(read_source(path, show_path(path)))
    if not isinstance(source.data, dict) or source.data.get("kind") != kind:
        what = message("new.from.other_kind", "this is no case of the kind {kind}", kind=kind)
        raise KvisdocsError(Problem(Position(show_path(path)), what, N_("name another file")))
    return source.data


def keep(kind: str, old: Mapping[str, Any], choices: Mapping[str, Collection[str]]) -> dict[Path_, Any]:
    """The values that are taken over, by path: those that are the office's own, and sound.

    `choices` are the values that there are now, by key.
    """
    found = {}
    for path, _ in leaf_paths(KINDS[kind]):
        if any(path[: len(kept)] == kept for kept in (tuple(each.split(".")) for each in _KEPT[kind])):
            value = _value_at(old, path)
            known = choices.get(".".join(path))
            is_known = known is None or value in known
            if value and is_known and not _tells_of_a_person(value) and not find_faults(KINDS[kind], path, value):
                found[path] = value
    return found


def _value_at(data: Any, path: Path_) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def _tells_of_a_person(value: Any) -> bool:
    """Names cannot be told from other words, so only numbers are looked for."""
    return _CPR.search(str(value)) is not None


def find_parts(data: Mapping[str, Any], model: type[BaseModel], path: Path_ = ()) -> Iterator[Path_]:
    """The optional parts that an old case has, by path."""
    for name, field in model.model_fields.items():
        value = data.get(name)
        inner, many = inner_model(field.annotation)
        if inner is None or not value or name in _HISTORY:
            continue
        here = (*path, name)
        yield here
        first = value[0] if many and isinstance(value, list) else value
        if isinstance(first, Mapping):
            yield from find_parts(first, inner, here)
