"""Where a sign of a value stands in the YAML that it was written in.

YAML changes a scalar on the way to its value: it takes away indents, folds lines, reads escapes. None of these
touches a sign that is not white space, except an escape, which stands for one. So the n-th such sign of the value is
the n-th of what was written (YAML 1.1, 9.1 to 9.3), and no style of scalar needs rules of its own.

Where one value stands in a YAML text, found without reading the rest of it.

Most cases with something to be placed have one or two such things: to read the whole file for them with all its places
takes three times as long.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import accumulate, islice
from typing import Any, NamedTuple

import yaml

from kvisdocs.cases.yaml.yaml_builder import Loader, Path

_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
_BLOCK_HEADER = re.compile(r"[|>][^\r\n]*")
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r\n|.)", re.DOTALL)
_NAMED = {"0": "\0", "a": "\a", "b": "\b", "e": "\x1b", '"': '"', "/": "/", "\\": "\\"}


def find_place(written: str, value: str, offset: int) -> int:
    """The index in `written` of the sign at `offset` in `value`; for white space, of the first sign after it.

    `written` is a scalar as it stands in the file, with its quotes or its block's header.
    """
    if written.startswith("|") and (place := _place_in_block(written, value, offset)) is not None:
        return place
    wanted = len("".join(value[:offset].split()))
    begin = _end(_PROPERTIES.match(written))
    if written[begin : begin + 1] not in {'"', "'"}:
        return _place_in_words(written, begin, wanted)
    places = list(islice(_signs(written), wanted + 1))
    return places[-1] if places else 0


def _place_in_block(written: str, value: str, offset: int) -> int | None:
    """The place in a block that begins with `|`: its lines are the value's but for an indent. None if they are not."""
    begin = value.rfind("\n", 0, offset) + 1
    end = value.find("\n", begin)
    line = value[begin : end if end >= 0 else len(value)]
    start = 0
    for _ in range(value.count("\n", 0, begin) + 1):
        start = written.find("\n", start) + 1
        if not start:
            return None
    end = written.find("\n", start)
    indent = (end if end >= 0 else len(written)) - start - len(line)
    if value[offset : offset + 1].isspace() or indent < 0 or not written.startswith(line, start + indent):
        return None
    return start + indent + offset - begin


def _place_in_words(written: str, begin: int, wanted: int) -> int:
    """The place of that sign where nothing but white space is YAML's: line by line, then word by word."""
    if written[begin : begin + 1] in {"|", ">"}:
        begin += _end(_BLOCK_HEADER.match(written[begin:]))
    counts, starts = _signs_by_line(written, begin)
    number = bisect_right(counts, wanted) - 1
    if number == len(starts):
        return max(len(written.rstrip()) - 1, 0)
    end = starts[number + 1] if number + 1 < len(starts) else len(written)
    line = written[starts[number] : end]
    return next(islice(_places_in_line(line, starts[number]), wanted - counts[number], None))


@lru_cache(maxsize=1)
def _signs_by_line(written: str, begin: int) -> tuple[list[int], list[int]]:
    """How many signs stand before each line, and before the end; and where each line begins. Kept for one text.

    There are often several remarks on a long text, and the lines are the same for all.
    """
    lines = written[begin:].splitlines(keepends=True)
    counts = accumulate((len("".join(line.split())) for line in lines), initial=0)
    starts = accumulate((len(line) for line in lines[:-1]), initial=begin) if lines else ()
    return list(counts), list(starts)


def _places_in_line(line: str, begin: int) -> Iterator[int]:
    return (begin + place for place, sign in enumerate(line) if not sign.isspace())


def _signs(written: str) -> Iterator[int]:
    """The places of all signs between quotes that are no white space, without those that belong to YAML."""
    at = _end(_PROPERTIES.match(written))
    opening = written[at : at + 1]
    if opening == '"':
        yield from _double_quoted(written, at + 1, len(written) - 1)
        return
    inside = re.sub("''", "' ", written[at + 1 : -1])
    yield from (at + 1 + place for place, sign in enumerate(inside) if not sign.isspace())


def _end(found: "re.Match[str] | None") -> int:
    return found.end() if found else 0


def _double_quoted(written: str, at: int, end: int) -> Iterator[int]:
    while at < end:
        escape = _ESCAPE.match(written, at)
        if escape is None:
            meant, length = written[at], 1
        else:
            code = escape[1]
            meant = chr(int(code[1:], 16)) if len(code) > 1 and code[0] in "xuU" else _NAMED.get(code, " ")
            length = len(escape[0])
        if not meant.isspace():
            yield at
        at += length


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
