"""A spreadsheet as rows of text: .xlsx and .ods by calamine, .csv by its signs. What is a date or a number is shown so.

What a cell holds as text stays as it is, so that `0101701234` keeps its zero. Dates become `2026-12-31`, numbers have a
comma before decimals, as people write them in a case. A formula is what it came to when the list was saved.
"""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zipfile import BadZipFile

from kvisdocs.cases.yaml.yaml_builder import UNPRINTABLE
from kvisdocs.importing.package import OLD_FORMAT, Look, NotSoundError, look_into
from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity, column_letters, say_refusal

ENDINGS = (".xlsx", ".xlsm", ".ods", ".csv", ".tsv", ".txt")
MAX_BYTES = 50_000_000
"""A list of 10,000 rows has some megabytes."""

MAX_CELLS = 20_000_000
"""10,000 rows of 300 columns are three million. A cell beyond all others makes room for all between."""

_OTHER_LETTERS = re.compile(r"(?<=[a-z])[¾¿¯Œ†›](?=[a-z])|(?<![^\s;,])[¾¿¯†](?=[a-z])")
"""What æ, ø and å of an old Mac or of DOS are in Windows-1252."""

Rows = list[list[str]]


@dataclass(frozen=True)
class Sheet:
    """A sheet's cells as text, from A1. `look` is what they do not tell."""

    file: str
    name: str
    rows: Rows
    look: Look

    def at(self, row: int, column: int) -> Position:
        """Where a cell is, by its numbers from 1; of a whole row the column is 0."""
        return Position(self.file, row, column, sheet=self.name)


def read_sheets(path: Path) -> dict[str, Sheet]:
    """All sheets of a list by their names, in order. Raises KvisdocsError."""
    file, ending = str(path), path.suffix.lower()
    if ending not in ENDINGS:
        what = message("import.list.ending", 'a list does not end in "{ending}"', ending=path.suffix)
        raise KvisdocsError(Problem(Position(file), what, N_("save it as .xlsx, .ods or .csv")))
    data = _read(path)
    if ending in {".xlsx", ".xlsm", ".ods"}:
        return _read_workbook(data, file)
    return {path.stem: Sheet(file, path.stem, _read_csv(data, file), Look())}


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size if path.is_file() else 0
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        what = message("import.list.unreadable", "cannot be read: {reason}", reason=say_refusal(error))
        raise KvisdocsError(Problem(Position(str(path)), what, N_("check the path and its rights"))) from None
    if size > MAX_BYTES:
        raise _too_large(str(path))
    return data


def _too_large(file: str) -> KvisdocsError:
    what = message("import.list.too_large", "the list is larger than any list of cases")
    return KvisdocsError(Problem(Position(file), what, N_("divide it, or delete what is beside the list")))


def _read_workbook(data: bytes, file: str) -> dict[str, Sheet]:
    try:
        import python_calamine as calamine
    except ImportError:
        what = message("import.list.no_calamine", "to read a spreadsheet needs the package python-calamine")
        todo = N_('run: pip install "kvisdocs[import]", or save the list as .csv')
        raise KvisdocsError(Problem(Position(file), what, todo)) from None
    if data.startswith(OLD_FORMAT):
        raise _old(data, file)
    try:
        looks = look_into(data)
        _refuse_vast(looks, file)
        book = calamine.load_workbook(io.BytesIO(data))
        sheets = {}
        for each in book.sheets_metadata:
            if each.typ == calamine.SheetTypeEnum.WorkSheet:
                rows = book.get_sheet_by_name(each.name).to_python(skip_empty_area=False)
                sheets[each.name] = Sheet(
                    file, each.name, [[show(cell) for cell in row] for row in rows], looks.get(each.name, Look())
                )
    except NotSoundError as error:
        if error.too_large:
            raise _too_large(file) from None
        raise _broken(file) from None
    except (calamine.CalamineError, BadZipFile):
        raise _broken(file) from None
    return sheets


def _old(data: bytes, file: str) -> KvisdocsError:
    """What is in the container that Office used before 2007, and still uses for what it encrypts."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        what = message("import.list.password", "the list is closed with a password")
        return KvisdocsError(Problem(Position(file), what, N_("save a copy without one")))
    what = message("import.list.old", "the list is of the kind of before 2007, whatever its name")
    return KvisdocsError(Problem(Position(file), what, N_("open it in Excel or LibreOffice, and save it as .xlsx")))


def _refuse_vast(looks: Mapping[str, Look], file: str) -> None:
    """Raises KvisdocsError for a sheet with something far below or beside the list: most often a blank, or a slip."""
    for name, look in looks.items():
        if look.last_row * look.last_column > MAX_CELLS:
            what = message(
                "import.sheet.vast", "the sheet is filled in down to here, which is more than any list of cases"
            )
            todo = N_("delete the rows and columns beyond the list, and save it anew")
            raise KvisdocsError(Problem(Position(file, look.last_row, look.last_column, sheet=name), what, todo))


def _broken(file: str) -> KvisdocsError:
    what = message("import.list.broken", "the file is no spreadsheet, or it is broken")
    return KvisdocsError(
        Problem(Position(file), what, N_("open it in the program that it comes from, and save it anew"))
    )


def show(value: object) -> str:
    """A cell's value as one would write it in a case."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, int | float):
        return _show_number(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return ""


def _show_number(value: float) -> str:
    """At most 15 digits, which is what spreadsheets know; and never with an exponent."""
    digits = format(Decimal(format(value, ".15g")), "f")
    return digits.replace(".", ",")


def _read_csv(data: bytes, file: str) -> Rows:
    text = _decode(data, file)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:  # a line for Excel alone
        sign, text = first.strip()[4], rest
    else:
        sign = _find_sign(text)
    try:
        return [[show(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign)]
    except csv.Error as error:
        what = message("import.csv.unreadable", "the list cannot be read: {reason}", reason=error)
        raise KvisdocsError(Problem(Position(file), what, N_("save it anew, or as .xlsx"))) from None


def _decode(data: bytes, file: str) -> str:
    """UTF-8, or what Excel in Denmark writes for "CSV": Windows-1252."""
    if data.startswith((b"PK\x03\x04", OLD_FORMAT)):
        what = message("import.csv.no_text", "the file is a workbook, not CSV")
        raise KvisdocsError(Problem(Position(file), what, N_("rename it to .xlsx or .ods")))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\ufffd" in text or _OTHER_LETTERS.search(text):
        what = message("import.csv.encoding", "the list's Danish letters are saved in a way that cannot be read")
        raise KvisdocsError(Problem(Position(file), what, N_('save it anew as "CSV UTF-8", or as .xlsx')))
    return text


def _find_sign(text: str) -> str:
    """The sign that divides the first line that is not empty into the most columns; in Denmark, Excel writes ;."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    return max(";\t,", key=lambda sign: len(next(csv.reader([line], delimiter=sign), [])))


def tell_hidden(sheet: Sheet) -> Iterator[Problem]:
    """A warning for what is read although nobody sees it, and for cells that are one on the screen."""
    todo = N_("show it and see that it belongs to the list, or delete it")
    last = len(sheet.rows)
    if sheet.look.hidden:
        what = message(
            "import.sheet.hidden", 'the sheet "{sheet}" is hidden, and is read all the same', sheet=sheet.name
        )
        yield Problem(sheet.at(0, 0), what, todo, Severity.WARNING)
    if rows := [each for each in sorted(sheet.look.hidden_rows) if each <= last and any(sheet.rows[each - 1])]:
        names = listed(list(_ranges(rows, str)))
        what = message("import.row.hidden", "these rows are hidden, and read all the same: {rows}", rows=names)
        yield Problem(sheet.at(rows[0], 0), what, todo, Severity.WARNING)
    width = max(map(len, sheet.rows), default=0)
    if columns := [each for each in sorted(sheet.look.hidden_columns) if each <= width]:
        names = listed(list(_ranges(columns, column_letters)))
        what = message(
            "import.column.hidden", "these columns are hidden, and read if the map names them: {columns}", columns=names
        )
        yield Problem(sheet.at(1, columns[0]), what, todo, Severity.WARNING)


def _ranges(numbers: list[int], name: Callable[[int], str]) -> Iterator[str]:
    """`2`, `4–7`, of many only the first."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    for first, end in runs[:10]:
        yield name(first) if first == end else f"{name(first)}–{name(end)}"
    if len(runs) > 10:
        yield "…"


def cell_fault(sheet: Sheet, row: int, column: int, text: str) -> tuple[Message, Message] | None:
    """What is wrong with a cell itself: a formula that failed, or was never reckoned; a sign that no file may hold."""
    if text:
        if text.isprintable() or not (found := UNPRINTABLE.search(text)):
            return None
        sign = f"U+{ord(found[0]):04X}"
        what = message("import.cell.control_sign", "the cell holds the character {sign}, which nobody sees", sign=sign)
        return what, N_("write its text again")
    if error := sheet.look.errors.get((row, column)):
        what = message("import.cell.error", "the cell shows the error {error}", error=error)
        return what, N_("correct the formula, or write the value")
    if (row, column) in sheet.look.not_reckoned:
        what = message("import.cell.not_reckoned", "the formula in the cell has no value")
        return what, N_("open the list in Excel or LibreOffice, and save it")
    return None


def merged_cells(sheet: Sheet, columns: Collection[int], first_row: int) -> Iterator[Problem]:
    """A warning for each merged area that reaches into the rows and columns that are read."""
    for top, left, bottom, right in sheet.look.merged:
        if bottom >= first_row and any(left <= column <= right for column in columns):
            area = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
            what = message(
                "import.cell.merged", "the cells {area} are merged: only the first holds the value", area=area
            )
            yield Problem(sheet.at(top, left), what, N_("divide them, and write the value in each"), Severity.WARNING)
