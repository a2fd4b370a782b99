"""Which letters are meant by paths: files of letters, folders of cases, or the whole output folder."""

from collections.abc import Callable, Iterable
from pathlib import Path

from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.journal.letters import LetterStatus, State, find_letters
from kvisdocs.application.store.output_store import HELD_BACK, OWN
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem

UNFINISHED = {State.DRAFT, State.MADE, State.CHANGED, State.WITHDRAWN}


IsDue = Callable[[LetterStatus], bool]
"""Whether a letter is meant where its folder is named."""


def is_unfinished(letter: LetterStatus) -> bool:
    """Of a folder, what there is to approve in it."""
    return letter.state in UNFINISHED


def is_withdrawable(letter: LetterStatus) -> bool:
    """Of a folder, what has an approval that can be taken back."""
    return bool(letter.approvals) and letter.state is not State.SENT


def find_output(path: Path) -> Path:
    """The output folder that a path is in, or is. Raises KvisdocsError where there is none."""
    for folder in (path, *path.parents, *path.absolute().parents):
        if (folder / OWN).is_dir():
            return folder
    what = message("approval.output.missing", "is in no output folder: kvisdocs has made nothing there")
    raise KvisdocsError(Problem(Position(str(path)), what, N_("check the path, or name the folder with -o")))


def pick_letters(
    output: Path, paths: Iterable[Path], is_due: IsDue = is_unfinished
) -> tuple[list[LetterStatus], list[Problem]]:
    """The letters of these paths, of a folder those that are due, and a problem for each path that names none.

    Raises KvisdocsError for a journal that is not whole.
    """
    letters = find_letters(output, Journal(output).read_whole())
    found: dict[tuple[str, ...], LetterStatus] = {}
    problems = []
    for path in paths:
        chosen = [each for each in letters if _is_meant(output, path.resolve(), each, is_due)]
        found |= {key_of(each): each for each in chosen}
        if not chosen:
            problems.append(_tell_none(output, path, letters, is_due))
    return list(found.values()), problems


def _tell_none(output: Path, path: Path, letters: Iterable[LetterStatus], is_due: IsDue) -> Problem:
    """Why no letter is meant by a path: it may be the file of one that was made anew since."""
    case_id, position = path.resolve().parent.name, Position(str(path))
    made = [each for each in Journal(output).find_of(case_id) if path.name in {one.name for one in each.files.values()}]
    keys = {each.key for each in made}
    newer = [file.path for each in letters if (each.case_id, each.document) in keys for file in each.files.values()]
    if newer and path.is_file():
        what = message("approval.path.older", "is of an earlier making, and the letter was made anew since")
        todo = N_("move what you need into the new one, {file}, and approve that", file=newer[-1])
        return Problem(position, what, todo)
    if is_due is is_withdrawable:
        what = message("approval.path.no_approval", "there is no letter here whose approval can be taken back")
    else:
        what = message("approval.path.no_letter", "there is no letter here to approve")
    return Problem(position, what, N_("see what there is: kvisdocs history"))


def is_one_of(letters: Iterable[LetterStatus]) -> Callable[[LetterStatus], bool]:
    """Whether a letter, read anew, is one of these."""
    keys = {key_of(each) for each in letters}
    return lambda letter: key_of(letter) in keys


def key_of(letter: LetterStatus) -> tuple[str, ...]:
    """What tells a letter from all others: case, document and bytes."""
    return letter.case_id, letter.document, *sorted(file.sha256 for file in letter.files.values())


def _is_meant(output: Path, path: Path, letter: LetterStatus, is_due: IsDue) -> bool:
    if path in {file.path.resolve() for file in letter.files.values()}:
        return True
    folder = (output / letter.case_id).resolve()
    if letter.is_held_back:
        return path == (output / HELD_BACK / letter.case_id).resolve() and is_due(letter)
    return path in {folder, output.resolve()} and is_due(letter)
