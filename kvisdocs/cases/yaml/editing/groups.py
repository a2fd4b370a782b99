"""How groups and lists are written: a line for each key and item, or in brackets where they stand in brackets."""

from dataclasses import dataclass

from kvisdocs.cases.yaml.editing.scalars import Place, Written, write_key, write_scalar
from kvisdocs.cases.yaml.editing.spans import BLOCK, Node
from kvisdocs.cases.yaml.yaml_builder import Data


@dataclass(frozen=True)
class Habits:
    """How a file indents: what stands below a key, and the hyphens of a list below one."""

    step: int = 2
    hyphen: int = 2
    quoted: bool = False
    """Whether every text is to be written in quotes, in which anything can be."""


def find_habits(root: Node | None) -> Habits:
    """The habits of a file, by the first group and the first list in it."""
    habits = Habits()
    if root is None:
        return habits
    found: dict[str, int] = {}
    _look(root, found)
    return Habits(found.get("step", 2), found.get("hyphen", 2))


def _look(node: Node, found: dict[str, int]) -> None:
    for entry in node.entries:
        value = entry.value
        if node.style == value.style == BLOCK and not node.is_list:
            name = "hyphen" if value.is_list else "step"
            inner = value.column - node.column
            if 0 < inner < 10 or (value.is_list and not inner):
                found.setdefault(name, inner)
        if len(found) < 2:
            _look(value, found)


def write_value(value: Data, place: Place, habits: Habits) -> Written:
    """Any value behind a key or a hyphen at `place.parent`."""
    if not isinstance(value, dict | list):
        ways = list(write_scalar(value, place))
        return ways[-1 if habits.quoted else 0]
    if not value or place.flow:
        return Written(_in_brackets(value))
    below = habits.hyphen if isinstance(value, list) else habits.step
    return Written("", tuple(write_rows(value, place.parent + below, habits)))


def write_rows(value: "dict[str, Data] | list[Data]", column: int, habits: Habits) -> list[str]:
    """The lines of a group or a list at a column."""
    if isinstance(value, dict):
        return [row for key, each in value.items() for row in write_pair(key, each, column, habits)]
    return [row for each in value for row in write_item(each, column, habits)]


def write_pair(key: str, value: Data, column: int, habits: Habits) -> list[str]:
    """The lines of a key and its value."""
    written = write_value(value, Place(False, column, column + habits.step), habits)
    return [f"{' ' * column}{write_key(key, False)}:{_gap(written)}", *written.body]


def write_item(value: Data, column: int, habits: Habits) -> list[str]:
    """The lines of a list's item."""
    if isinstance(value, dict | list) and value:
        rows = write_rows(value, column + 2, habits)
        return [f"{' ' * column}- {rows[0].lstrip(' ')}", *rows[1:]]
    written = write_value(value, Place(False, column, column + 2), habits)
    return [f"{' ' * column}-{_gap(written)}", *written.body]


def write_flow(value: Data) -> str:
    """A value as it stands in brackets."""
    if isinstance(value, dict | list):
        return _in_brackets(value)
    return next(write_scalar(value, Place(True))).inline


def _in_brackets(value: "dict[str, Data] | list[Data]") -> str:
    if isinstance(value, dict):
        pairs = (f"{write_key(key, True)}: {write_flow(each)}" for key, each in value.items())
        return "{" + ", ".join(pairs) + "}"
    return "[" + ", ".join(map(write_flow, value)) + "]"


def _gap(written: Written) -> str:
    return f" {written.inline}" if written.inline else ""
