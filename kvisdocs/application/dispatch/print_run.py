"""Finished letters as one file for the printer, with a list of what lies on which sheets; and the journal's word of it.

Each letter begins on the front of a sheet of its own. The list is for those who fold and post them. The journal says
that a letter was printed as soon as somebody has the file, and never before: whether it was posted, it cannot know.
"""

import contextlib
import csv
import io
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from kvisdocs.application.dispatch.file_names import make_unique, safe_name
from kvisdocs.application.dispatch.finished import Again, FinishedFile, Search, nothing_again, open_search
from kvisdocs.application.dispatch.recipients import Recipient, danish_order, is_letter, read_recipient
from kvisdocs.application.journal.entry import Entry, Event
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.journal.letters import LetterStatus, write_entry
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.scaffold.places import refuse_overwriting
from kvisdocs.application.stopping import deferring
from kvisdocs.application.store.atomic_files import write_atomically
from kvisdocs.application.store.session import open_output
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.templating.html import Assets
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
    """One file for the printer and its list, the letters in it, and how many sheets they take."""

    path: Path
    data: bytes
    list_path: Path
    list_data: bytes
    contents: tuple[FinishedFile, ...]
    sheets: int

    @property
    def letters(self) -> int:
        """How many it has."""
        return len(self.contents)

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
    return PrintFile(path, data, path.with_suffix(".csv"), _as_csv(rows), tuple(each for each, _ in letters), sheets)


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


PATIENCE_S = 30
"""For a run that is at work in the same folder."""


@dataclass(frozen=True)
class PrintRecord:
    """What the journal is to say of a file for the printer."""

    entries: tuple[Entry, ...] = ()
    known: Mapping[str, int] = field(default_factory=dict)
    """How many lines of the journal told of each letter when the file was laid out, by its SHA-256."""

    def write(self, output: Path, scribe: Scribe) -> None:
        """Write it down. Raises KvisdocsError where the journal cannot be written, and where anything has happened to
        a letter since: it may have been sent, or printed by somebody else.
        """
        with open_output(output, patience_s=PATIENCE_S):
            now = _count_lines(Journal(output).read_whole())
            if others := sum(now[digest] != number for digest, number in self.known.items()):
                what = message(
                    "dispatch.print.overtaken",
                    "something has happened to {number} of its letters since the file was laid out",
                    number=others,
                )
                raise KvisdocsError(Problem(Position(str(output)), what, N_("lay it out once more")))
            self.append(output, scribe)

    def append(self, output: Path, scribe: Scribe) -> None:
        """Write it down where nobody else works in the output folder. Raises KvisdocsError."""
        at = scribe.now()
        Journal(output).append([replace(each, at=at, by=scribe.by) for each in self.entries])


@dataclass(frozen=True)
class LaidOut:
    """Files for the printer, each with what the journal is to say of it, and what stands in the way of others."""

    files: tuple[tuple[PrintFile, PrintRecord], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class PrintRun:
    """Which letters are printed, and how they are laid out. `path` is that of the file."""

    output: Path
    assets: Assets
    scribe: Scribe
    today: date
    path: Path
    sort: Sort = "postcode"
    duplex: bool = False
    per_caseworker: bool = False
    names: Sequence[str] = ()
    exported: bool = False
    """Whether what was written for a doctor's system is printed too."""
    again: Again = nothing_again
    chosen: Collection[str] | None = None
    """The letters that are meant, by the SHA-256 of each PDF, where somebody has chosen."""

    def go(self, overwrite: bool = False) -> LaidOut:
        """Lay letters out, write the files, and then say so in the journal. Nobody else works in the output folder
        meanwhile. Raises KvisdocsError; then no file is left of which the journal does not tell.
        """
        with self._open() as search:
            done = self._lay_out(search)
            parts = {path: data for file, _ in done.files for path, data in file.parts.items()}
            if not overwrite:
                refuse_overwriting(parts)
            with deferring():
                write_atomically(parts)
                try:
                    PrintRecord(tuple(each for _, record in done.files for each in record.entries)).append(
                        self.output, self.scribe
                    )
                except KvisdocsError as error:
                    raise KvisdocsError([*error.problems, *map(_take_away, parts)]) from None
        return done

    def lay_out(self) -> LaidOut:
        """The same, with nothing written yet. Raises KvisdocsError."""
        with self._open() as search:
            return self._lay_out(search)

    def _open(self) -> contextlib.AbstractContextManager[Search]:
        return open_search(self.output, self.assets, self.names, self.today, again=self.again)

    def _lay_out(self, search: Search) -> LaidOut:
        entries = Journal(self.output).read_whole()
        found = search.find(entries, ("pdf",), self.exported, self._is_meant)
        letters, unaddressed = address_letters(found.files)
        files = make_print_files(letters, self.path, self.sort, self.duplex, self.per_caseworker) if letters else []
        lines = _count_lines(entries)
        return LaidOut(tuple((file, self._record(file, lines)) for file in files), (*found.problems, *unaddressed))

    def _is_meant(self, letter: LetterStatus) -> bool:
        return self.chosen is None or ("pdf" in letter.files and letter.files["pdf"].sha256 in self.chosen)

    def _record(self, file: PrintFile, lines: Mapping[str, int]) -> PrintRecord:
        details = {"channel": "print", "file": file.path.name}
        letters = (each.letter for each in file.contents)
        entries = (write_entry(self.scribe, Event.PRINTED, each, each.named_files) for each in letters)
        known = {each.sha256: lines[each.sha256] for each in file.contents}
        return PrintRecord(tuple(replace(each, details=details) for each in entries), known)


def _count_lines(entries: Iterable[Entry]) -> Counter[str]:
    """How many lines tell of each file, by its SHA-256."""
    return Counter(digest for entry in entries for digest in entry.digests)


def _take_away(path: Path) -> Problem:
    """A file of whose letters the journal could not say that they were printed: it must not be posted."""
    with contextlib.suppress(OSError):
        path.unlink()
    if path.exists():
        what = message("dispatch.print.unrecorded", "holds letters that are not on record as printed")
        return Problem(Position(str(path)), what, N_("delete it; print again when the journal can be written"))
    what = message("dispatch.print.taken_away", "was taken away again, since its letters are not on record as printed")
    return Problem(Position(str(path)), what, N_("print again when the journal can be written"))
