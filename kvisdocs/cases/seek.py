"""Where one value stands in a YAML text, found without reading the rest of it.

Most cases with something to be placed have one or two such things: to read the whole file for them with all its places
takes three times as long.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import yaml

from kvisdocs.cases.positions import Path
from kvisdocs.cases.tree import Loader

_OPEN = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_CLOSED = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


class Spot(NamedTuple):
    """Where a value begins and where its key does, as line and column from 1; a list's item has no key.

    `written` is a scalar as the file writes it, with its quotes or its block's indents.
    """

    value: tuple[int, int]
    key: tuple[int, int] | None
    written: str | None


def seek(text: str, path: Path) -> Spot | None:
    """Where the value at a path stands; None if it is not there, or only by way of an anchor."""
    get_event: Callable[[], Any] = Loader(text).get_event
    get_event(), get_event()  # the stream and the document begin
    event: Any = get_event()
    key = None
    for step in path:
        if getattr(event, "anchor", None) is not None:
            return None
        key = None
        if isinstance(event, yaml.MappingStartEvent) and isinstance(step, str):
            key = _find_key(get_event, step)
            if key is None:
                return None
        elif isinstance(event, yaml.SequenceStartEvent) and isinstance(step, int):
            for _ in range(step):
                if not _skip(get_event):
                    return None
        else:
            return None
        event = get_event()
    if not isinstance(event, (*_OPEN, yaml.ScalarEvent)) or event.anchor is not None:
        return None
    return Spot(_place(event), _place(key) if key else None, _written(text, event))


def _find_key(get_event: Callable[[], Any], name: str) -> Any | None:
    """The first key of that name in the mapping that has begun; what stands before it is passed over."""
    while isinstance(key := get_event(), yaml.ScalarEvent):
        if key.value == name:
            return key
        _skip(get_event)
    return None  # the end, or a key that is no text


def _skip(get_event: Callable[[], Any]) -> bool:
    """Pass over one value; False if there is none, since what it would stand in ends."""
    depth = 0
    while True:
        kind = type(get_event())
        if kind in _OPEN:
            depth += 1
        elif kind in _CLOSED:
            depth -= 1
        if depth <= 0:
            return depth == 0


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _written(text: str, event: Any) -> str | None:
    if not isinstance(event, yaml.ScalarEvent):
        return None
    marks: Any = event  # of which the stubs say that there may be none
    return text[marks.start_mark.index : marks.end_mark.index]
