"""A sheet seen through its map: which column is which field, and the rows with their keys."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel

from kvisdocs.cases.yaml.source import Source
from kvisdocs.importing.mapping import SheetMap, fold, name_fields
from kvisdocs.importing.workbook import Sheet, merged_cells, tell_hidden
from kvisdocs.messages import N_, message
from kvisdocs.problems import Position, Problem, Severity, nearest, suggest

At = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A row of a table: its number in the sheet, and the key as it is compared."""

    number: int
    key: str


@dataclass
class Table:
    """A sheet's rows, and the column (from 1) of each field that the map names."""

    sheet: Sheet
    columns: dict[str, int]
    key: int
    headings: dict[int, str]
    file: int | None = None
    rows: list[Row] = field(default_factory=list)

    def text(self, row: Row, column: int) -> str:
        """What the cell says; empty beyond the end of a short row."""
        cells = self.sheet.rows[row.number - 1]
        return cells[column - 1] if column <= len(cells) else ""

    def at(self, row: Row, column: int) -> Position:
        """Where the cell is."""
        return self.sheet.at(row.number, column)


def open_table(
    sheets: Mapping[str, Sheet], sheet_map: SheetMap, source: Source, at: At, model: type[BaseModel] | None
) -> tuple[Table | None, list[Problem]]:
    """The table that a map describes, and all that is wrong with its headings and keys. `at` is the map's path.

    `model` has the fields that a row fills.
    """
    by_fold = {fold(name): each for name, each in sheets.items()}
    if sheet_map.sheet is not None and fold(sheet_map.sheet) not in by_fold:
        what = message("import.map.no_sheet", 'the list has no sheet "{sheet}"', sheet=sheet_map.sheet)
        return None, [Problem(source.locate((*at, "sheet")), what, suggest(sheet_map.sheet, sheets))]
    sheet = by_fold[fold(sheet_map.sheet)] if sheet_map.sheet is not None else next(iter(sheets.values()), None)
    filled = [number for number, cells in enumerate(sheet.rows if sheet else (), 1) if any(cells)]
    head = sheet_map.headings or _find_head(sheet, filled, sheet_map)
    if sheet is None or not filled or head > len(sheet.rows):
        what = message("import.sheet.empty", "there are no headings")
        place = sheet.at(0, 0) if sheet else source.locate(at)
        return None, [Problem(place, what, N_("write them in the first row, above the columns"))]
    headings = {number: text for number, text in enumerate(sheet.rows[head - 1], 1) if text}
    unnamed = name_fields(model, sheet_map.columns) if model else {}
    problems = list(_check_headings(sheet, head, headings, sheet_map, unnamed))
    free = [text for text in headings.values() if fold(text) not in _named(sheet_map)]  # others are other fields
    by_name = {fold(text): number for number, text in reversed(headings.items())}

    def find(heading: str, path: At) -> int:
        if number := by_name.get(fold(heading)):
            return number
        what = message(
            "import.map.no_heading", 'the sheet "{sheet}" has no column "{heading}"', sheet=sheet.name, heading=heading
        )
        problems.append(Problem(source.locate((*at, *path)), what, suggest(heading, free or headings.values())))
        return 0

    columns = {name: find(heading, ("columns", name)) for name, heading in sheet_map.columns.items()}
    table = Table(sheet, {name: column for name, column in columns.items() if column}, 0, headings)
    table.key = find(sheet_map.key, ("key",))
    file = getattr(sheet_map, "file", None)
    table.file = find(file, ("file",)) if file else table.key
    problems += tell_hidden(sheet)
    if not table.key or not table.file:
        return None, problems
    known = [*table.columns.values(), table.key, table.file]
    problems += merged_cells(sheet, known, head)
    problems += _read_rows(table, head, known)
    return table, problems


def _find_head(sheet: Sheet | None, filled: list[int], sheet_map: SheetMap) -> int:
    """Of the first rows that hold something, that with most of the map's headings; a title may stand above."""
    names = {fold(each) for each in (sheet_map.key, *sheet_map.columns.values())}

    def fits(number: int) -> int:
        return len(names & {fold(text) for text in sheet.rows[number - 1]}) if sheet else 0

    return max(filled[:10], key=fits, default=0)


def _named(sheet_map: SheetMap) -> set[str]:
    """The headings that the map names, folded."""
    file = getattr(sheet_map, "file", None) or sheet_map.key
    return {fold(each) for each in (*sheet_map.columns.values(), *sheet_map.ignore, sheet_map.key, file)}


def _check_headings(
    sheet: Sheet, head: int, headings: dict[int, str], sheet_map: SheetMap, unnamed: Mapping[str, str]
) -> Iterator[Problem]:
    named = _named(sheet_map)
    first: dict[str, int] = {}
    for number, text in headings.items():
        name = fold(text)
        if name in first:
            what = message("import.heading.twice", 'the heading "{heading}" stands twice', heading=text)
            yield Problem(sheet.at(head, number), what, N_("call one of the columns something else"))
        elif name not in named:
            what = message(
                "import.heading.not_in_map", 'the column "{heading}" is not in the map, and is not read', heading=text
            )
            todo = N_("name it in the map, under columns: or ignore:")
            if near := nearest(text, unnamed):
                todo = N_('name it in the map, perhaps as "{line}"', line=f"{unnamed[near]}: {text}")
            yield Problem(sheet.at(head, number), what, todo, Severity.WARNING)
        first.setdefault(name, number)


def _read_rows(table: Table, head: int, known: list[int]) -> Iterator[Problem]:
    """Fills `table.rows` with those that hold something. A problem for each without a key, and each value beside."""
    beside = 0
    for number in range(head + 1, len(table.sheet.rows) + 1):
        row = Row(number, "")
        if any(table.text(row, column) for column in known):
            key = fold_key(table.text(row, table.key))
            table.rows.append(Row(number, key))
            if not key:
                what = message("import.row.no_key", 'the row has no "{heading}"', heading=table.headings[table.key])
                yield Problem(table.at(row, table.key), what, N_("write it, since it says which case this is"))
        cells = table.sheet.rows[number - 1]
        stray = next((n for n, text in enumerate(cells, 1) if text and n not in table.headings), 0)
        if stray and not beside:
            beside = stray
            what = message(
                "import.cell.no_heading", '"{value}" stands in a column without a heading, and is not read',
                value=cells[stray - 1],
            )  # fmt: skip
            todo = N_("write a heading, or, if the row is shifted, put quotes around the text with the dividing sign")
            yield Problem(table.sheet.at(number, stray), what, todo, Severity.WARNING)


def fold_key(text: str) -> str:
    """Keys are the same whatever their case and blanks; `740468-1238` and `7404681238` are one."""
    plain = "".join(text.split()).casefold()
    return plain.replace("-", "") if re.fullmatch(r"[\d-]+", plain) else plain
