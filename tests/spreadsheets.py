"""Lists for tests: cases written into a workbook by a map, as somebody would fill it in."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import yaml

Data = Mapping[str, Any]


def fill(workbook: Path, map_file: Path, cases: Sequence[Data]) -> None:
    """Write cases into the empty list that `kvisdocs import --template` made, below its headings."""
    book = openpyxl.load_workbook(workbook)
    mapped = yaml.safe_load(map_file.read_text(encoding="utf-8"))
    key_path = next(path for path, heading in mapped["columns"].items() if heading == mapped["key"])
    rows: dict[str, list[Data]] = {mapped["sheet"]: list(cases)}
    columns = {mapped["sheet"]: mapped["columns"]}
    for path, own in mapped.get("lists", {}).items():
        columns[own["sheet"]] = {**own["columns"], "": own["key"]}
        items = ((find(case, key_path), item) for case in cases for item in find(case, path) or [])
        rows[own["sheet"]] = [{**item, "": key} for key, item in items]
    for name, found in rows.items():
        places = {cell.value: cell.column for cell in book[name][1]}
        for number, data in enumerate(found, 2):
            for path, heading in columns[name].items():
                value = find(data, path)
                if value is not None:
                    text = "; ".join(value) if isinstance(value, list) else value
                    book[name].cell(number, places[heading], text).number_format = "@"
    book.save(workbook)


def find(data: Any, path: str) -> Any:
    for step in path.split("."):
        data = data.get(step) if isinstance(data, dict) else None
    return data


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value with its path."""
    if isinstance(data, (dict, list)):
        pairs = data.items() if isinstance(data, dict) else enumerate(data)
        for step, value in pairs:
            yield from leaves(value, (*path, step))
    else:
        yield path, data


def save(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Any:
    """A workbook of rows; dates are shown as Danes write them. Handed back, to be changed and saved again."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cells in sheet.iter_rows():
            for cell in cells:
                if isinstance(cell.value, date):
                    cell.number_format = "dd-mm-yyyy"
    book.save(path)
    return book
