"""Keys that stand outside of their group, since they are not indented below it: told once, whatever else it entails.

    address:
    street: Ærøvej 14

gives pydantic an empty `address` and keys that nobody knows, here one problem.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic import BaseModel

from kvisdocs.cases.meanings import find_group
from kvisdocs.cases.model.base import inner_model
from kvisdocs.cases.yaml.source import Source, Step
from kvisdocs.messages import N_, message
from kvisdocs.problems import Problem

Path = tuple[Step, ...]


class Run(NamedTuple):
    """Keys after each other that belong into the group before them."""

    group: Path
    is_empty: bool
    keys: tuple[Path, ...]

    def explains(self, kind: str, path: Path) -> bool:
        """Whether what pydantic found at a path comes of it."""
        if kind == "missing":
            return path[:-1] == self.group and any(key[-1] == path[-1] for key in self.keys)
        return path in self.keys or (self.is_empty and path == self.group)


def find_runs(unknown: Sequence[Path], source: Source, model: type[BaseModel]) -> list[Run]:
    """All such keys among those that are not known where they stand."""
    parents = dict.fromkeys(path[:-1] for path in unknown)
    return [run for parent in parents for run in _find_below(parent, set(unknown), source, model)]


def _find_below(parent: Path, unknown: set[Path], source: Source, model: type[BaseModel]) -> Iterator[Run]:
    here = source.data_at(parent)
    group: Path | None = None
    keys: list[Path] = []
    for name in here if isinstance(here, dict) else ():
        path = (*parent, name)
        home = None
        if path in unknown:
            home = group if keys and group and _lacks(group, name, source, model) else None
            home = home or _find_home(parent, group, name, source, model)
        if keys and (home is None or home != group):
            yield Run(group or (), source.data_at(group or ()) is None, tuple(keys))
            keys = []
        if home is not None:
            group = home
            keys.append(path)
        elif path not in unknown:
            group = path
    if keys:
        yield Run(group or (), source.data_at(group or ()) is None, tuple(keys))


def _find_home(parent: Path, group: Path | None, name: str, source: Source, model: type[BaseModel]) -> Path | None:
    """The innermost of the groups that end right before a key, if it lacks that key."""
    homes = []
    while group is not None and len(group) > len(parent) and find_group(model, group) is not None:
        homes.append(group)
        inside = source.data_at(group)
        group = (*group, list(inside)[-1]) if isinstance(inside, dict) and inside else None
    return next((home for home in reversed(homes) if _lacks(home, name, source, model)), None)


def _lacks(group: Path, name: str, source: Source, model: type[BaseModel]) -> bool:
    """Whether a group of keys has one of that name, and this one does without."""
    found, above = find_group(model, group), find_group(model, group[:-1])
    if found is None or above is None or name not in found.model_fields:
        return False
    inside, field = source.data_at(group), above.model_fields.get(str(group[-1]))
    is_many = field is not None and inner_model(field.annotation)[1]
    return not is_many and (inside is None or (isinstance(inside, dict) and name not in inside))


def describe_run(run: Run, name: str, source: Source) -> Problem:
    """One problem, at the first of the keys; `name` is the group's."""
    key, last = str(run.keys[0][-1]), str(run.keys[-1][-1])
    what = message(
        "schema.key.not_indented",
        '"{key}" is not indented, so that it stands outside of {group}',
        key=key,
        group=name,
    )
    spaces = source.locate_key(run.group).column + 1
    if len(run.keys) == 1:
        todo = N_("begin the line with {spaces} spaces", spaces=spaces)
    else:
        todo = N_('begin the lines from "{key}" to "{last}" with {spaces} spaces', key=key, last=last, spaces=spaces)
    return Problem(source.locate_key(run.keys[0]), what, todo)
