"""A list, a map and a base case → the files of cases, or every problem in them. Nothing is written here."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from kvisdocs.application.duplicates import Identity, find_duplicates, find_identity
from kvisdocs.application.reading import CaseReader, check_id
from kvisdocs.cases.load import KINDS, LoadedCase
from kvisdocs.cases.yaml.source import Source, Step, read_source
from kvisdocs.importing.build import Built, Column, RowSource, copy, find_columns, without
from kvisdocs.importing.fields import Form, find_fields
from kvisdocs.importing.ground import check_personal, find_kind, find_lacking, is_named, tell_lacking
from kvisdocs.importing.mapping import LoadedMap, check_map, load_map
from kvisdocs.importing.table import Row, Table, open_table
from kvisdocs.importing.workbook import read_sheets
from kvisdocs.importing.yaml_text import write_yaml
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity, limit, say_first, suggest
from kvisdocs.templating.html import Assets

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "é": "e", "è": "e"})
_OTHER = re.compile(r"[^a-z0-9]+")

NOTE = (
    "# Fra en liste (kvisdocs import): ret helst i listen. En fil, der er rettet i hånden, bliver ikke overskrevet.\n"
)
"""Stands in each file below the line for editors."""


@dataclass(frozen=True)
class ImportRequest:
    """What is to be imported, and where to."""

    spreadsheet: Path
    map: Path
    base: Path | None
    folder: Path
    assets: Assets


@dataclass(frozen=True)
class ImportedCases:
    """The files that the list makes, and all that is to be said of it. With an error, no file may be written."""

    files: Mapping[Path, str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    origins: Mapping[Path, Position] = field(default_factory=dict)
    """The row of each file."""


def plan_import(request: ImportRequest) -> ImportedCases:
    """Read and check the whole list, as `check` would the files. Raises nothing: the problems come back."""
    try:
        return _plan(request)
    except KvisdocsError as error:
        return ImportedCases(problems=error.problems)


def _plan(request: ImportRequest) -> ImportedCases:
    loaded, base, sheets = _gather(request)
    kind, wrong = find_kind(loaded, base)
    problems = [*wrong, *check_map(loaded, kind)]
    importer = _Importer(request, loaded, base, kind, CaseReader(request.assets))
    main, found = open_table(sheets, loaded.map, loaded.source, (), KINDS[kind])
    problems += found
    for name, sheet_map in loaded.map.lists.items():
        fields = find_fields(KINDS[kind], tuple(name.split(".")))
        item = fields[-1].model if fields else None
        table, found = open_table(sheets, sheet_map, loaded.source, ("lists", name), item)
        problems += found
        if table is not None:
            importer.add_list(name, table)
    if main is not None:
        importer.main = find_columns(main, KINDS[kind])
        problems += importer.check_needed()
        problems += check_personal(base, {*loaded.map.columns, *loaded.map.lists})
        importer.told = [each for each in problems if each.severity is Severity.ERROR]
        problems += importer.build(main)
    return ImportedCases(importer.files, _thinned(problems), importer.origins)


def _gather(request: ImportRequest) -> tuple[LoadedMap, Source | None, dict[str, Any]]:
    """The three files; of all that cannot be read the problems come together."""
    problems: list[Problem] = []
    results: list[Any] = []
    readers = (
        lambda: load_map(request.map),
        lambda: read_source(request.base) if request.base else None,
        lambda: read_sheets(request.spreadsheet),
    )
    for read in readers:
        try:
            results.append(read())
        except KvisdocsError as error:
            problems += error.problems
    if problems:
        raise KvisdocsError(problems)
    loaded, base, sheets = results
    return loaded, base, sheets


@dataclass
class _Importer:
    """The rows of one list on their way to files."""

    request: ImportRequest
    loaded: LoadedMap
    base: Source | None
    kind: str
    reader: CaseReader
    main: list[Column] = field(default_factory=list)
    lists: "dict[str, _List]" = field(default_factory=dict)
    files: dict[Path, str] = field(default_factory=dict)
    origins: dict[Path, Position] = field(default_factory=dict)
    needless: set[tuple[Step, ...]] = field(default_factory=set)
    """What every case lacks, since neither list nor base case has it: said once, in `told`."""
    told: list[Problem] = field(default_factory=list)
    """The errors of the list as a whole."""

    @property
    def model(self) -> type[BaseModel]:
        return KINDS[self.kind]

    def add_list(self, name: str, table: Table) -> None:
        """A further sheet, whose rows are the items of a list."""
        steps = tuple(name.split("."))
        fields = find_fields(self.model, steps)
        if len(fields) == len(steps) and fields[-1].form is Form.LIST and fields[-1].model is not None:
            self.lists[name] = _List(steps, table, find_columns(table, fields[-1].model))

    def check_needed(self) -> list[Problem]:
        """An error for each field that a case needs, and neither map nor base case has: once, not in each row."""
        columns = [each.steps for each in self.main] + [each.steps for each in self.lists.values()]
        data = self.base.data if self.base is not None and isinstance(self.base.data, dict) else {}
        lacking = [each for each in find_lacking(self.model, data, columns) if each != ("kind",)]
        self.needless.update(lacking)
        named = [*self.loaded.map.columns, *self.loaded.map.lists]
        found = [
            tell_lacking(self.loaded.source, path, ("columns",), in_base=True)
            for path in lacking
            if not is_named(path, named)  # or else its heading was not found, which is told
        ]
        for name, each in self.lists.items():
            inner = find_fields(self.model, each.steps)[-1].model
            if inner is not None:
                at = ("lists", name, "columns")
                lacking = list(find_lacking(inner, None, [column.steps for column in each.columns]))
                named = [*self.loaded.map.lists[name].columns]
                found += [
                    tell_lacking(self.loaded.source, path, at, in_base=False)
                    for path in lacking
                    if not is_named(path, named)
                ]
                each.needless.update(lacking)
        return found

    def build(self, table: Table) -> Iterator[Problem]:
        """Fills `files`; all that is to be said of the rows."""
        lists = {name: each.rows_by_key() for name, each in self.lists.items()}
        rows = {row.key: row for row in reversed(table.rows)}
        for each in self.lists.values():
            yield from each.find_strays(table, rows)
        data = without(self.base.data if self.base else {}, self.main, (each.steps for each in self.lists.values()))
        ground = Built({"kind": self.kind, **data})
        identities: dict[Path, Identity] = {}
        for row in table.rows:
            if rows[row.key] is not row and row.key:
                what = message(
                    "import.row.same_key", '"{key}" stands in row {first} too',
                    key=table.text(row, table.key), first=rows[row.key].number,
                )  # fmt: skip
                todo = N_("each case has one row; correct one of them, or delete it")
                yield Problem(table.at(row, table.key), what, todo)
                continue
            if not row.key:
                continue
            built = Built(copy(ground.data))
            built.read_row(table, row, self.main)
            for name, each in self.lists.items():
                each.fill(built, lists[name].get(row.key, ()))
            path, wrong = self._find_path(table, row)
            loaded, problems = self._judge(built, path, table.sheet.at(row.number, 0))
            yield from (*wrong, *problems)
            if loaded is not None:
                identities[path] = find_identity(loaded.case)
        yield from self._find_same(identities)

    def _find_path(self, table: Table, row: Row) -> tuple[Path, list[Problem]]:
        """The file of a row, called after its key, or after another column."""
        column = table.file or table.key
        name, at = table.text(row, column), table.at(row, column)
        path = self.request.folder / f"{slug(name)}.yaml"
        unnamed = self.request.folder / f"row-{row.number}.yaml"
        if problem := check_id(path):
            todo = N_("write it otherwise, or name another column under file: in the map")
            return unnamed, [replace(problem, position=at, todo=todo)]
        if not slug(name):
            what = message("import.row.no_name", 'a file cannot be called by "{name}"', name=name)
            return unnamed, [Problem(at, what, N_("write letters or digits"))]
        if path in self.origins:
            what = message(
                "import.row.same_file", 'the file would be "{file}", as that of row {first}',
                file=path.name, first=self.origins[path].line,
            )  # fmt: skip
            return path, [Problem(at, what, N_("write something in it that tells the two cases apart"))]
        return path, []

    def _judge(self, built: Built, path: Path, row: Position) -> tuple[LoadedCase | None, list[Problem]]:
        text = self._head() + write_yaml(built.data, self.model)
        spoilt = frozenset(built.spoilt | self.needless)
        told = (*built.problems, *self.told)
        source = RowSource(str(path), built.data, text, told, spoilt, cells=built.cells, base=self.base, row=row)
        if path not in self.origins:
            self.files[path], self.origins[path] = text, row
        loaded, problems = self.reader.read_source(source, path)
        return loaded, [self._without_file(each, path, row) for each in problems]

    def _without_file(self, problem: Problem, path: Path, row: Position) -> Problem:
        """What was said of a file that is not there yet, at its row."""
        return replace(problem, position=row) if problem.position.file == str(path) else problem

    def _head(self) -> str:
        return f"# yaml-language-server: $schema={self._schema}\n{NOTE}"

    @cached_property
    def _schema(self) -> str:
        """Where editors find the schema, seen from the files: one above them, or else where `init` lays it."""
        name = f"schema/{self.kind}.schema.json"
        above = self.request.folder.resolve()
        places = {"": above, "../": above.parent, "../../": above.parent.parent}
        return next((f"{up}{name}" for up, folder in places.items() if (folder / name).is_file()), f"../{name}")

    def _find_same(self, identities: Mapping[Path, Identity]) -> Iterator[Problem]:
        """A warning for each row but the first with a CPR number or case number that another has."""
        order = {path: number for number, path in enumerate(identities)}
        for path, others in find_duplicates(identities).items():
            first, names = min(others, key=lambda each: order[each[0]])
            if order[first] < order[path]:
                row = self.origins[first].line
                if "cpr" in names:
                    what = message("import.row.same_cpr", "the CPR number is that of row {row} too", row=row)
                else:
                    what = message("import.row.same_number", "the case number is that of row {row} too", row=row)
                todo = N_("correct it, or delete the row; a run holds the letters of both back")
                yield Problem(self.origins[path], what, todo, Severity.WARNING)


@dataclass
class _List:
    """A sheet with the items of a list."""

    steps: tuple[str, ...]
    table: Table
    columns: list[Column]
    needless: set[tuple[Step, ...]] = field(default_factory=set)
    """What every item lacks, since the map has no column for it: said once."""

    def rows_by_key(self) -> dict[str, list[Row]]:
        """The rows of each case, in the order of the sheet."""
        found: dict[str, list[Row]] = {}
        for row in self.table.rows:
            found.setdefault(row.key, []).append(row)
        return found

    def fill(self, built: Built, rows: Sequence[Row]) -> None:
        """Put the items into a case."""
        items = [
            built.read_row(self.table, row, self.columns, (*self.steps, number)) for number, row in enumerate(rows)
        ]
        if not items:
            return
        built.spoilt.update((*self.steps, number, *path) for number in range(len(items)) for path in self.needless)
        target: Any = built.data
        for step in self.steps[:-1]:
            target = target.setdefault(step, {})
        target[self.steps[-1]] = items

    def find_strays(self, main: Table, rows: Mapping[str, Row]) -> Iterator[Problem]:
        """An error for each row that belongs to no case."""
        known: list[str] = []
        for row in self.table.rows:
            if row.key and row.key not in rows:
                known = known or [main.text(each, main.key) for each in rows.values() if each.key]
                key = self.table.text(row, self.table.key)
                what = message(
                    "import.row.no_case", 'the sheet "{sheet}" has no row for "{key}"', sheet=main.sheet.name, key=key
                )
                todo = N_("correct it, or delete the row")
                if len(known) < 3000 and not any(
                    sign.isdigit() for sign in key
                ):  # the next number is another citizen's
                    todo = suggest(key, known, todo)
                yield Problem(self.table.at(row, self.table.key), what, todo)


def slug(name: str) -> str:
    """`Ærø, 12/3` → `aeroe-12-3`: a file's name that every system takes."""
    return _OTHER.sub("-", name.casefold().translate(_LETTERS)).strip("-")[:100]


def _thinned(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once; of very many of one kind in one column only the first, and how many more there are."""

    def kind(problem: Problem) -> tuple[object, ...]:
        place = problem.position
        code = getattr(problem.what, "code", "") or str(problem.what)[:20]
        return place.file, place.sheet, place.column if place.sheet else 0, str(problem.severity), code

    unique = sorted(set(problems), key=lambda each: (kind(each), each))
    found: list[Problem] = []
    for _, alike in groupby(unique, key=kind):
        group = list(alike)
        most = 100 if group[0].severity is Severity.ERROR else 10
        found += say_first(group, lambda each: each, most)
    return sorted(limit(found))
