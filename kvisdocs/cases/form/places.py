"""Which part of a form a problem belongs to: the one at its line and column, or the one that is missing there."""

from collections.abc import Collection

from kvisdocs.cases.yaml.source import Source
from kvisdocs.cases.yaml.yaml_builder import Path
from kvisdocs.messages import Message
from kvisdocs.problems import Position, Problem


def find_part_path(problem: Problem, source: Source, known: Collection[Path]) -> Path:
    """The path of the part that a problem belongs to, among those of a form; `()` for none."""
    path = _at(problem.position, source)
    if problem.code == "schema.key.missing" and (key := _missing_key(problem)):
        path = (*path, key)
    while path and path not in known:
        path = path[:-1]
    return path


def _missing_key(problem: Problem) -> str:
    """The key that a group has not."""
    said = problem.what.values.get("key")
    key = said.values.get("key", "") if isinstance(said, Message) else str(said or "").strip('"')
    return str(key)


def _at(position: Position, source: Source) -> Path:
    """What stands at a place: the value that begins there, the key, or else the last that begins before it."""
    place = (position.line, position.column)
    if not position.line:
        return ()
    for table in (source.values, source.keys):
        if found := [path for path, at in table.items() if (at.line, at.column) == place]:
            return min(found, key=len)
    before = [
        ((at.line, at.column), len(path), path) for path, at in source.values.items() if (at.line, at.column) <= place
    ]
    return max(before, key=lambda each: each[:2])[2] if before else ()
