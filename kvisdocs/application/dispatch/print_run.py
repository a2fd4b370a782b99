"""Finished letters as one file for the printer, with a list of what lies on which sheets.

Each letter begins on the front of a sheet of its own. The list is for those who fold and post them.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kvisdocs.application.dispatch.file_names import make_unique, safe_name
from kvisdocs.application.dispatch.finished import FinishedFile
from kvisdocs.application.dispatch.recipients import Recipient, danish_order, is_letter, read_recipient
from kvisdocs.problems import Problem
from kvisdocs.writers.pdf.print_file import PrintedLetter, join_letters

SHEETS_IN_C5 = 8
"""So many sheets, folded once, go into an envelope C5; more go flat into a C4."""

Sort = Literal["postcode", "name", "case"]
Addressed = tuple[FinishedFile, Recipient]

ORDERS: Mapping[Sort, Callable[[Addressed], tuple[str, ...]]] = {
    "postcode": lambda each: (each[1].postcode or "~", danish_order(each[1].name), *_tie(each)),
    "name": lambda each: (danish_order(each[1].name), *_tie(each)),
    "case": lambda each: _tie(each),
}
"""How letters may be sorted; those without a Danish postcode stand last."""

COLUMNS = (
    "ark fra", "ark til", "side fra", "side til", "sider", "ark", "kuvert", "modtager", "adresse", "postnummer",
    "dokument", "brevdato", "sag", "sagsnummer", "sagsbehandler", "fil", "sha256",
)  # fmt: skip
"""Of the list, as those who fold and post the letters read it."""


def _tie(each: Addressed) -> tuple[str, ...]:
    return danish_order(each[0].loaded.id), each[0].document.name


@dataclass(frozen=True, slots=True)
class PrintFile:
    """One file for the printer and its list. `letters` and `sheets` are how many it has."""

    path: Path
    data: bytes
    list_path: Path
    list_data: bytes
    letters: int
    sheets: int

    @property
    def parts(self) -> Mapping[Path, bytes]:
        """Both files by their places."""
        return {self.path: self.data, self.list_path: self.list_data}


def address_letters(files: Iterable[FinishedFile]) -> tuple[list[Addressed], list[Problem]]:
    """The letters among them, each with whom it is to; and the problems of those of which nobody can tell."""
    letters: list[Addressed] = []
    problems: list[Problem] = []
    for file in filter(is_letter, files):
        to = read_recipient(file)
        if isinstance(to, Recipient):
            letters.append((file, to))
        else:
            problems.append(to)
    return letters, problems


def make_print_files(
    letters: Iterable[Addressed], path: Path, sort: Sort, duplex: bool, per_caseworker: bool
) -> list[PrintFile]:
    """The file at that path; or one of each caseworker's letters beside it, with the name in it."""
    if not per_caseworker:
        return [_make(sorted(letters, key=ORDERS[sort]), path, duplex)]
    by_caseworker: dict[str, list[Addressed]] = {}
    for each in letters:
        by_caseworker.setdefault(each[0].caseworker, []).append(each)
    names = make_unique([safe_name(f"{path.stem} {name or 'uden sagsbehandler'}") for name in by_caseworker])
    return [
        _make(sorted(own, key=ORDERS[sort]), path.with_name(f"{name}{path.suffix}"), duplex)
        for name, own in zip(names, by_caseworker.values(), strict=True)
    ]


def _make(letters: Sequence[Addressed], path: Path, duplex: bool) -> PrintFile:
    printed = [PrintedLetter(f"{to.name} · {letter.document.title}", letter.data) for letter, to in letters]
    data, places = join_letters(printed, path.stem, duplex)
    rows = [_row(letter, to, pages, duplex) for (letter, to), pages in zip(letters, places, strict=True)]
    sheets = sum(int(row[5]) for row in rows)
    return PrintFile(path, data, path.with_suffix(".csv"), _as_csv(rows), len(rows), sheets)


def _row(letter: FinishedFile, to: Recipient, pages: range, duplex: bool) -> tuple[str, ...]:
    per_sheet = 2 if duplex else 1
    first, last = pages.start // per_sheet + 1, (pages.stop - 1) // per_sheet + 1
    sheets = last - first + 1
    numbers = first, last, pages.start + 1, pages.stop, len(pages), sheets
    envelope = "C5" if sheets <= SHEETS_IN_C5 else "C4"
    said = (
        to.name, ", ".join(to.lines[1:]), to.postcode, letter.document.title, letter.day.isoformat(), letter.loaded.id,
        letter.case_number, letter.caseworker, letter.path.name, letter.sha256,
    )  # fmt: skip
    return (*map(str, numbers), envelope, *map(_as_text, said))


def _as_text(value: str) -> str:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t")) else value


def _as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """As a Danish Excel opens it by a double click: semicolons, and a mark at its head that it is UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
