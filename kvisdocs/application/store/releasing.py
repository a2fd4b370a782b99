"""What a run has held back: which letters these are, and letting them go when somebody has looked at them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.store.atomic_files import cannot_write, is_there
from kvisdocs.application.store.manifest import Place, Record
from kvisdocs.application.store.output_store import HELD_BACK, OutputStore
from kvisdocs.application.store.output_view import OutputView
from kvisdocs.application.store.session import open_output
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem

PATIENCE_S = 10
"""For another who is at work in the folder."""

MOST_SIGNS = 500
"""So many characters has a reason at most."""


@dataclass(frozen=True)
class HeldLetter:
    """A document that waits among those held back."""

    case_id: str
    document: str
    record: Record
    files: tuple[Path, ...]


@dataclass(frozen=True)
class Release:
    """What became of a wish to release letters."""

    released: tuple[HeldLetter, ...]
    """As they lie now."""
    problems: tuple[Problem, ...]
    """Why others were not; they are where they were."""


def find_held(view: OutputView) -> Iterator[HeldLetter]:
    """All that is held back, by case and document. Raises OSError where nobody may look."""
    folder = view.output / HELD_BACK
    names = sorted({record.document for record in view.manifest.records.values()})
    for case_id in sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else ():
        for name in names:
            record = view.manifest.records.get(view.manifest.key_of(case_id, name))
            files = [folder / case_id / record.name_of(format) for format in record.files] if record else []
            if record is not None and (lying := tuple(file for file in files if is_there(file))):
                yield HeldLetter(case_id, name, record, lying)


def release_letters(
    output: Path, wanted: Sequence[tuple[str, str]], reason: str, scribe: Scribe, patience_s: float = PATIENCE_S
) -> Release:
    """Put letters, named by case and document, from those held back to their places: the reason stands in the journal.

    Raises KvisdocsError where the folder cannot be had.
    """
    released: list[HeldLetter] = []
    problems: list[Problem] = []
    with open_output(output, patience_s=patience_s, scribe=scribe) as session:
        for case_id, document in wanted:
            try:
                record = session.manifest.records.get(session.manifest.key_of(case_id, document))
                released.append(_release(session.store, case_id, document, record, reason))
            except KvisdocsError as error:
                problems += error.problems
            except OSError as error:
                problems += cannot_write(output / case_id, error).problems
    return Release(tuple(released), tuple(problems))


def _release(store: OutputStore, case_id: str, document: str, record: Record | None, reason: str) -> HeldLetter:
    """Raises KvisdocsError where it cannot be; OSError where the disk refuses."""
    folder = store.output / HELD_BACK / case_id
    lying = [format for format in record.files if is_there(folder / record.name_of(format))] if record else []
    if record is None or not lying:
        raise KvisdocsError(_tell_not_held(folder, document))
    for format in lying:
        found = store.locate(case_id, record, format)
        if found is None or found[0] is not Place.HELD_BACK:
            what = message("release.file.changed", "somebody has changed it since it was made, so it is not moved")
            todo = N_("move it to {folder} yourself if it may go", folder=store.output / case_id)
            raise KvisdocsError(Problem(Position(str(folder / record.name_of(format))), what, todo))
    record = store.release(case_id, record, reason)
    return HeldLetter(case_id, document, record, tuple(store.path_of(case_id, record, each) for each in lying))


def find_not_held(output: Path, held: Iterable[HeldLetter], cases: Iterable[str]) -> Iterator[Problem]:
    """A problem for each of these cases of which nothing is held back."""
    known = {letter.case_id for letter in held}
    for case_id in dict.fromkeys(cases):
        if case_id not in known:
            yield _tell_not_held(output / HELD_BACK / case_id, case_id)


def _tell_not_held(folder: Path, name: str) -> Problem:
    what = message("release.letter.not_held", "{name} is not held back", name=name)
    return Problem(Position(str(folder)), what, N_("kvisdocs release shows all that is held back"))


def tidy_reason(reason: str) -> str:
    """A reason on one line; empty where none is given."""
    return " ".join(reason.split())[:MOST_SIGNS]
