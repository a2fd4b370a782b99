"""What was made of one case, as its page tells: what lies there, as in the list, and what became of it."""

from pathlib import Path

from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.journal.letters import LetterStatus, State, find_letters
from kvisdocs.desk.folder import CaseFile, stamp_of
from kvisdocs.desk.letters import Letter
from kvisdocs.desk.services import Services
from kvisdocs.problems import KvisdocsError

PLAIN = {State.MADE, State.DRAFT, State.CHANGED, State.GONE}
"""Of these the files themselves tell."""


def view_letters(services: Services, name: str, path: Path) -> dict[str, object]:
    """What the template is given. Where the output folder cannot be read, the case can be mended all the same."""
    letters: tuple[Letter, ...] = ()
    steps: dict[str, list[LetterStatus]] = {}
    is_unreadable = False
    try:
        if path.is_file():
            letters = services.letters.of_files([CaseFile(name, path, stamp_of(path))]).get(name, ())
        steps = _find_steps(services.output, path.stem)
    except (OSError, KvisdocsError):
        is_unreadable = True
    titles = services.maker.titles
    return {"letters": letters, "steps": steps, "titles": titles, "case_id": path.stem, "is_unreadable": is_unreadable}


def _find_steps(output: Path, case_id: str) -> dict[str, list[LetterStatus]]:
    """The letters of a case that somebody has approved, sent or taken back, by document."""
    found: dict[str, list[LetterStatus]] = {}
    for status in find_letters(output, Journal(output).find_of(case_id)):
        if status.approvals or status.state not in PLAIN:
            found.setdefault(status.document, []).append(status)
    return found
