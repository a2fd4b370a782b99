"""What a worker process does with finished letters: looks at them, lays them out for printers, case systems, doctors.

PDFium reads the letters, and it may be used by one thread of a process only: so none of this is done among the pages.
"""

import io
import zipfile
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from kvisdocs.application.dispatch.finished import find_finished
from kvisdocs.application.dispatch.medcom.export import Exported, MedComRun
from kvisdocs.application.dispatch.pack import PATTERN, make_archives
from kvisdocs.application.dispatch.print_run import PrintRecord, PrintRun, Sort
from kvisdocs.application.dispatch.send import Dispatched, SendingRun
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.batch.pool.pool import Start, TaskTimeout, WorkerDied, Workers
from kvisdocs.batch.pool.worker_process import Renewal
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, remember_originals
from kvisdocs.templating.html import Assets

RENEWAL = Renewal(20, 2 * 1024**3)


@dataclass(frozen=True)
class ChosenLetters:
    """Finished letters of an output folder, on a day. `chosen` are the SHA-256 of those that are meant; None: all."""

    output: Path
    assets: Assets
    scribe: Scribe
    today: date
    chosen: frozenset[str] | None = None
    limit_s: float = 600


@dataclass(frozen=True)
class Ready:
    """Files by name, how many letters and sheets they hold, and what stands in the way of others."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    letters: int = 0
    sheets: int = 0
    problems: tuple[Problem, ...] = ()
    records: Mapping[str, PrintRecord] = field(default_factory=dict)
    """What the journal is to say as soon as somebody has taken a file, by the file's name."""


def look(letters: ChosenLetters) -> list[Dispatched]:
    """What would be sent how, and what stays. Nothing is written. Raises KvisdocsError."""
    return SendingRun(letters.output, letters.assets, letters.scribe, letters.today).go()


def print_letters(
    letters: ChosenLetters, sort: Sort, duplex: bool, per_caseworker: bool, is_again: bool = False
) -> Ready:
    """As `kvisdocs print`, with nothing in the journal yet. If a chosen letter cannot be printed, nothing is; what was
    printed before is only if it `is_again`. Raises KvisdocsError.
    """
    laid = PrintRun(
        letters.output,
        letters.assets,
        letters.scribe,
        letters.today,
        Path("breve.pdf"),
        sort,
        duplex,
        per_caseworker,
        again=lambda letter: is_again,
        chosen=letters.chosen,
    ).lay_out()
    number = sum(file.letters for file, _ in laid.files)
    missing = len(letters.chosen or ()) - number - len(laid.problems)
    if laid.problems or missing > 0:
        raise KvisdocsError([*laid.problems, *([_say_missing(letters, missing)] if missing > 0 else [])])
    parts = {path.name: data for file, _ in laid.files for path, data in file.parts.items()}
    records = {file.path.name: record for file, record in laid.files}
    return Ready(parts, number, sum(file.sheets for file, _ in laid.files), records=records)


def _say_missing(letters: ChosenLetters, number: int) -> Problem:
    what = message(
        "desk.letters.changed", "{number} of the letters that were chosen are not as they were", number=number
    )
    return Problem(Position(str(letters.output)), what, N_("look at the list once more, and choose again"))


def pack_documents(letters: ChosenLetters, formats: tuple[str, ...]) -> Ready:
    """As `kvisdocs pack`. Raises KvisdocsError."""
    found = find_finished(letters.output, letters.assets, formats, (), letters.today)
    archives = make_archives(found.files, Path("sager.zip"), PATTERN, per_caseworker=False) if found.files else []
    return Ready({path.name: data for path, data, _ in archives}, len(found.files), problems=found.problems)


def export_letters(letters: ChosenLetters, again: bool) -> tuple[Ready, list[Exported]]:
    """As `kvisdocs export medcom`, with the messages in a ZIP file. Raises KvisdocsError."""
    with TemporaryDirectory(prefix="kvisdocs-") as folder:
        done = MedComRun(letters.output, Path(folder), letters.assets, letters.scribe, letters.today, again=again).go()
        written = {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in written.items():
            archive.writestr(name, content)
    return Ready({"til-laegen.zip": data.getvalue()} if written else {}, len(written) // 2), done


T = TypeVar("T")


class Dispatcher:
    """The worker of a desk, begun with the first call. `copies` are folders that messages name by their originals."""

    def __init__(self, copies: Mapping[Path, Path]) -> None:
        self._workers = Workers(
            1, Start(remember_originals, (copies,), ("kvisdocs.desk.outgoing.dispatching",), RENEWAL)
        )

    def call(self, function: Callable[..., T], letters: ChosenLetters, *arguments: object) -> T:
        """Have it done. Raises KvisdocsError, also where the worker was lost or took too long."""
        try:
            return self._workers.submit(function, letters, *arguments).result()
        except (TaskTimeout, WorkerDied, BrokenExecutor, MemoryError):
            what = message("desk.letters.lost", "the letters could not be read in time")
            todo = N_("try again; choose fewer letters if it happens again")
            raise KvisdocsError(Problem(Position(str(letters.output)), what, todo)) from None

    def close(self) -> None:
        """End the worker."""
        self._workers.shutdown()
