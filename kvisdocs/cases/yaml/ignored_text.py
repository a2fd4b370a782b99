"""Text that YAML silently drops from a value: a remark that was meant as text, and a name for a value.

`job: kok #2` is the text `kok`, since # after a blank begins a remark; `firm: &Holm` is nothing called "Holm". Both are
sound YAML (1.1, 6.6 and 6.9.2), so that only how they are written tells that they were hardly meant.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from kvisdocs.cases.yaml.decode import line_and_column
from kvisdocs.cases.yaml.source import Source
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Position, Problem, Severity, say_first

_GLUED = re.compile(r"#[^\s#][^\n]*")
"""A # without a blank behind it: a remark has one, `# as here`."""

_NAMED = re.compile(r"&\w")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Piece(NamedTuple):
    """Where something is not read, what, and what to do."""

    at: int
    what: Message
    todo: Message


def find_unread(source: Source) -> list[Problem]:
    """A warning for each piece of a case file that was most likely meant as text, and is not read."""
    text = source.text
    glued = [found for found in _GLUED.finditer(text) if _stands_behind(text, found.start())]
    if not glued and not ("&" in text and _NAMED.search(text)):
        return []
    return list(say_first(list(_look(source, glued)), lambda piece: _problem(source, *piece)))


def _look(source: Source, glued: "list[re.Match[str]]") -> Iterator[Piece]:
    """The file is read once more for it, since few have such signs."""
    text = source.text
    events: list[Any] = list(yaml.parse(text, Loader=_Loader))
    scalars: list[Any] = [each for each in events if isinstance(each, yaml.ScalarEvent)]
    starts = [each.start_mark.index for each in scalars]
    for found in glued:
        at = found.start()
        before = scalars[bisect_right(starts, at) - 1] if bisect_right(starts, at) else None
        if before is not None and (at < before.end_mark.index or before.style in {'"', "'"}):
            continue
        what = message(
            "yaml.ignored.remark",
            '"{text}" is not read, since # after a blank begins a remark',
            text=found[0].strip(),
        )
        yield Piece(at, what, N_('put quotes around the whole value, or write "# " if it is a remark'))
    used = {each.anchor for each in events if isinstance(each, yaml.AliasEvent)}
    for event in events:
        name = getattr(event, "anchor", None)
        if name and name not in used and not isinstance(event, yaml.AliasEvent):
            what = message(
                "yaml.ignored.anchor", '"&{name}" is not read: it gives the value a name, which nothing uses', name=name
            )
            yield Piece(event.start_mark.index, what, N_("put quotes around the whole value"))


def _stands_behind(text: str, at: int) -> bool:
    """Whether a # stands after a blank behind something else than a remark, on its line."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    return before[-1:].isspace() and "#" not in before and bool(before.strip())


def _problem(source: Source, at: int, what: Message, todo: Message) -> Problem:
    return Problem(Position(source.file, *line_and_column(source.text, at)), what, todo, Severity.WARNING)
