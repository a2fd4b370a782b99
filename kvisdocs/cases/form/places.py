"""Which part of a form a problem belongs to: the one at its line and column, or the one that is missing there."""

from bisect import bisect_right
from collections.abc import Collection, Iterator
from functools import cached_property

from kvisdocs.cases.yaml.source import Source
from kvisdocs.cases.yaml.yaml_builder import Path
from kvisdocs.messages import Message
from kvisdocs.problems import Position, Problem

Place = tuple[int, int]


class Places:
    """What stands where in a source."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def find_path(self, problem: Problem, known: Collection[Path]) -> Path:
        """The path of the part that a problem belongs to, among those of a form; `()` for none."""
        path = self._at(problem.position, problem.what)
        if problem.code == "schema.key.missing" and (key := _missing_key(problem)):
            path = (*path, key)
        while path and path not in known:
            path = path[:-1]
        return path

    def _at(self, position: Position, what: Message) -> Path:
        """What stands at a place: what begins there, or else the last value that begins before it.

        A group begins where its first key does: the problem's own words tell which of them is meant.
        """
        place = (position.line, position.column)
        if not position.line:
            return ()
        if starts := self._starts.get(place):
            said = set(_texts(what))
            return next((path for path in starts if path and _dotted(path) in said), starts[0])
        number = bisect_right(self._in_order, place, key=lambda each: each[0])
        return self._in_order[number - 1][2] if number else ()

    @cached_property
    def _starts(self) -> dict[Place, list[Path]]:
        """What begins at each place, the outermost value first."""
        found: dict[Place, list[Path]] = {}
        for table in (self.source.values, self.source.keys):
            for path, at in sorted(table.items(), key=lambda each: len(each[0])):
                found.setdefault((at.line, at.column), []).append(path)
        return found

    @cached_property
    def _in_order(self) -> list[tuple[Place, int, Path]]:
        found = [((at.line, at.column), len(path), path) for path, at in self.source.values.items()]
        return sorted(found, key=lambda each: each[:2])


def _dotted(path: Path) -> str:
    """`plan.health.activities[2].due`, as messages name a field."""
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _texts(what: object) -> Iterator[str]:
    """The values that a message tells, and those of messages in it."""
    if isinstance(what, Message):
        for each in what.values.values():
            yield from _texts(each)
    yield str(what)


def _missing_key(problem: Problem) -> str:
    """The key that a group has not."""
    said = problem.what.values.get("key")
    key = said.values.get("key", "") if isinstance(said, Message) else str(said or "").strip('"')
    return str(key)
