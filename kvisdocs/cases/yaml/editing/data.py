"""Plain data by paths: what is there, and where a group or list stands."""

from collections.abc import Iterable
from typing import Any

from kvisdocs.cases.yaml.yaml_builder import Data, Path


def look_up(data: Data, path: Path) -> tuple[bool, Data]:
    """Whether the data has something at a path (a key without a value is something), and what."""
    found: Any = data
    for step in path:
        if isinstance(found, dict):
            is_there = isinstance(step, str) and step in found
        else:
            is_there = isinstance(found, list) and isinstance(step, int) and 0 <= step < len(found)
        if not is_there:
            return False, None
        found = found[step]
    return True, found


def copy(data: Data) -> Data:
    """The data with each group and list standing once, though the file may repeat them by anchors."""
    if isinstance(data, dict):
        return {key: copy(value) for key, value in data.items()}
    return [copy(value) for value in data] if isinstance(data, list) else data


def wrap(path: Path, value: Data) -> Data:
    """The value in the groups and lists that lead to it."""
    for step in reversed(path):
        value = {step: value} if isinstance(step, str) else [value]
    return value


def path_of(data: Data, sought: Data, path: Path = ()) -> Path | None:
    """Where a group or list stands in the data; by identity, since others may be empty too."""
    if data is sought:
        return path
    steps: Iterable[tuple[str | int, Data]] = ()
    if isinstance(data, dict):
        steps = data.items()
    elif isinstance(data, list):
        steps = enumerate(data)
    found = (path_of(each, sought, (*path, step)) for step, each in steps)
    return next((each for each in found if each is not None), None)
