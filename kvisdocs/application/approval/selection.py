"""Which letters are meant by paths: files of letters, folders of cases, or the whole output folder."""

from collections.abc import Callable, Iterable
from pathlib import Path

from kvisdocs.application.journal.letters import LetterStatus, State, list_letters
from kvisdocs.application.store.output_store import HELD_BACK, OWN
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem

UNFINISHED = {State.DRAFT, State.MADE, State.CHANGED, State.WITHDRAWN}
"""Of a folder, what there is to approve in it."""


def find_output(path: Path) -> Path:
    """The output folder that a path is in, or is. Raises KvisdocsError where there is none."""
    for folder in (path, *path.parents, *path.absolute().parents):
        if (folder / OWN).is_dir():
            return folder
    what = message("approval.output.missing", "is in no output folder: kvisdocs has made nothing there")
    raise KvisdocsError(Problem(Position(str(path)), what, N_("check the path, or name the folder with -o")))


def pick_letters(output: Path, paths: Iterable[Path]) -> tuple[list[LetterStatus], list[Problem]]:
    """The letters of these paths, and a problem for each path that names none. Raises KvisdocsError for the journal."""
    letters = list_letters(output)
    found: dict[tuple[str, ...], LetterStatus] = {}
    problems = []
    for path in paths:
        chosen = [each for each in letters if _is_meant(output, path.resolve(), each)]
        found |= {key_of(each): each for each in chosen}
        if not chosen:
            what = message("approval.path.no_letter", "there is no letter here to approve")
            problems.append(Problem(Position(str(path)), what, N_("see what there is: kvisdocs history")))
    return list(found.values()), problems


def is_one_of(letters: Iterable[LetterStatus]) -> Callable[[LetterStatus], bool]:
    """Whether a letter, read anew, is one of these."""
    keys = {key_of(each) for each in letters}
    return lambda letter: key_of(letter) in keys


def key_of(letter: LetterStatus) -> tuple[str, ...]:
    """What tells a letter from all others: case, document and bytes."""
    return letter.case_id, letter.document, *sorted(file.sha256 for file in letter.files.values())


def _is_meant(output: Path, path: Path, letter: LetterStatus) -> bool:
    if path in {file.path.resolve() for file in letter.files.values()}:
        return True
    folder = (output / letter.case_id).resolve()
    if letter.is_held_back:
        return path == (output / HELD_BACK / letter.case_id).resolve() and letter.state in UNFINISHED
    return path in {folder, output.resolve()} and letter.state in UNFINISHED
