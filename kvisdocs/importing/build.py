"""A row → the data of a case, on the ground of the base case, with the cell that each value came from."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from kvisdocs.cases.yaml.source import Source, Step
from kvisdocs.importing.fields import Field, Form, find_fields
from kvisdocs.importing.table import Row, Table
from kvisdocs.importing.workbook import cell_fault
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Position, Problem

Path = tuple[Step, ...]

_DIVIDED = re.compile(r"\s*[;\n]\s*")
_DAY_NUMBER = re.compile(r"[1-7]\d{4}")
_DAY_AND_TIME = re.compile(r"(\d{4}-\d\d-\d\d) \d\d:\d\d")


@dataclass(frozen=True)
class RowSource(Source):
    """The source of a case that is made from a row: its places are cells, or lie in the base case.

    `text` is the YAML that will be written.
    """

    cells: Mapping[Path, Position] = field(default_factory=dict)
    base: Source | None = None
    row: Position = field(default_factory=lambda: Position(""))

    @cached_property
    def _first_below(self) -> dict[Path, Position]:
        found: dict[Path, Position] = {}
        for path, position in self.cells.items():
            for end in range(1, len(path) + 1):
                found.setdefault(path[:end], position)
        return found

    def locate(self, path: Path) -> Position:
        """The cell of a value, or the first cell of a group; else its place in the base case; else as its parent."""
        while path:
            if position := self._first_below.get(path):
                return position
            if self.base is not None and is_there(self.base.data, path):
                return self.base.locate(path)
            path = path[:-1]
        return self.row

    def locate_key(self, path: Path) -> Position:
        """As `locate`: a cell has no key."""
        return self.locate(path)

    def locate_in(self, path: Path, offset: int) -> Position:
        """The cell, whatever sign in it; in the base case, the sign."""
        if path not in self.cells and self.base is not None and self.base.text_at(path):
            return self.base.locate_in(path, offset)
        return self.locate(path)

    def sign_at(self, position: Position) -> str:
        """Nothing: how a value is written as YAML is our own doing."""
        return ""


def is_there(data: Any, path: Path) -> bool:
    """Whether plain data have something at a path."""
    for step in path:
        if isinstance(data, dict):
            if step not in data:
                return False
            data = data[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return False
    return True


@dataclass(frozen=True)
class Column:
    """A column and the fields that lead to its value."""

    steps: tuple[str, ...]
    fields: tuple[Field, ...]
    number: int
    heading: str

    @property
    def last(self) -> Field:
        """The field that the cell fills."""
        return self.fields[-1]


def find_columns(table: Table, model: type[BaseModel]) -> list[Column]:
    """The columns of a table that are fields of the model."""
    found = []
    for name, number in table.columns.items():
        steps = tuple(name.split("."))
        fields = tuple(find_fields(model, steps))
        if len(fields) == len(steps) and fields[-1].form in {Form.VALUE, Form.VALUES}:
            found.append(Column(steps, fields, number, table.headings[number]))
    return found


@dataclass
class Built:
    """What rows came to: data, where it is from, what is wrong, and the paths of which nothing more should be said."""

    data: dict[str, Any]
    cells: dict[Path, Position] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    spoilt: set[Path] = field(default_factory=set)

    def read_row(self, table: Table, row: Row, columns: list[Column], at: Path = ()) -> dict[str, Any]:
        """Put a row's values where they belong: into `data` for the row of a case, into a new group for a list's."""
        target: dict[str, Any] = {} if at else self.data
        empty: list[Column] = []
        for column in columns:
            text = table.text(row, column.number)
            place = table.at(row, column.number)
            fault = cell_fault(table.sheet, row.number, column.number, text) or _number_of_a_day(text, column.last)
            if fault:
                self._spoil(Problem(place, *fault), target, column, at)
            elif text:
                self._put(target, column, text, place, at)
            else:
                empty.append(column)
        for column in empty:
            if column.last.required and (*at, *column.steps) not in self.spoilt and _is_needed(target, column):
                name = ".".join(column.steps)
                what = message(
                    "import.cell.empty", 'the cell under "{heading}" is empty, and a case needs its {name}',
                    heading=column.heading, name=name,
                )  # fmt: skip
                place = table.at(row, column.number)
                self._spoil(Problem(place, what, N_("write a value")), target, column, at)
        return target

    def _spoil(self, problem: Problem, target: dict[str, Any], column: Column, at: Path) -> None:
        """Say what is wrong with a cell; what stands around it is not blamed for lacking its value."""
        path = (*at, *column.steps)
        self.problems.append(problem)
        _find_group(target, column.steps)
        self.spoilt.add(path)
        self.cells[path] = problem.position

    def _put(self, target: dict[str, Any], column: Column, text: str, place: Position, at: Path) -> None:
        target, name = _find_group(target, column.steps), column.steps[-1]
        path = (*at, *column.steps)
        self.cells[path] = place
        if column.last.form is Form.VALUES:
            parts = _divide(text, column.last)
            target[name] = parts
            self.cells.update({(*path, number): place for number in range(len(parts))})
        else:
            target[name] = _written(text, column.last)


def _find_group(target: dict[str, Any], steps: tuple[str, ...]) -> dict[str, Any]:
    """The group that a value stands in, made where it is not there."""
    for step in steps[:-1]:
        if not isinstance(target.get(step), dict):
            target[step] = {}
        target = target[step]
    return target


def _written(text: str, field: Field) -> str:
    """A cell's text as the case has it: a choice by its word, a day without the hour at which it was stored."""
    if field.choice is not None:
        return meant.value if (meant := field.choice.by_word(text)) else text
    if field.kind.__name__ == "date" and (found := _DAY_AND_TIME.fullmatch(text)):
        return found[1]
    return text


def _number_of_a_day(text: str, field: Field) -> tuple[Message, Message] | None:
    """What is wrong with a day whose format was lost: spreadsheets count days from 30 December 1899."""
    if field.kind.__name__ != "date" or not _DAY_NUMBER.fullmatch(text):
        return None
    day = date(1899, 12, 30) + timedelta(int(text))
    what = message(
        "import.cell.day_number", 'the cell shows "{number}", which is the day {day} to a spreadsheet',
        number=text, day=day.isoformat(),
    )  # fmt: skip
    return what, N_("format the column as a date, or write the day")


def _divide(text: str, field: Field) -> list[str]:
    """The values in one cell. A comma divides words of a closed list alone: a text may have one in it."""
    found: list[str] = []
    for part in filter(None, _DIVIDED.split(text)):
        words = [field.choice.by_word(word) for word in part.split(",")] if field.choice else []
        known = [word.value for word in words if word]
        whole = _written(part, field)
        found += known if whole == part and known and len(known) == len(words) else [whole]
    return found


def _is_needed(target: Mapping[str, Any], column: Column) -> bool:
    """Whether the value is missed: the group that it stands in is there, or is needed itself."""
    group: Any = target
    for step, above in zip(column.steps[:-1], column.fields[:-1], strict=True):
        group = group.get(step) if isinstance(group, dict) else None
        if not group and not above.required:
            return False
    return True


def without(data: Any, columns: list[Column], lists: Iterator[tuple[str, ...]]) -> dict[str, Any]:
    """The base case's data without what the map names: there the cells decide, and an empty one leaves nothing."""
    found: dict[str, Any] = copy(data) if isinstance(data, dict) else {}
    for steps in (*(column.steps for column in columns), *lists):
        group: Any = found
        trail = []
        for step in steps[:-1]:
            trail.append((group, step))
            group = group.get(step) if isinstance(group, dict) else None
        if isinstance(group, dict):
            group.pop(steps[-1], None)
            for above, step in reversed(trail):
                if above[step] == {}:
                    del above[step]
    return found


def copy(data: Any) -> Any:
    """A copy of plain data, to be changed."""
    if isinstance(data, dict):
        return {key: copy(value) for key, value in data.items()}
    return [copy(item) for item in data] if isinstance(data, list) else data
