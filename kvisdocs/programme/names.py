"""Names of a programme in a case's plain data, so that they are checked too where the case itself does not hold."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from kvisdocs.cases.source import Source
from kvisdocs.problems import KvisdocsError, Problem, say_first, suggest
from kvisdocs.programme.parameters import Programme, UnknownProgramme, load_programme


def check_names(source: Source, folders: Sequence[Path] = ()) -> list[Problem]:
    """Errors: an unknown programme, each step that the programme does not know, and the faults of its rule file.

    What is no name is passed over. `folders` are templates folders, which may hold programmes of their own.
    """
    return find_programme(source, folders)[1]


def find_programme(source: Source, folders: Sequence[Path] = ()) -> tuple[Programme | None, list[Problem]]:
    """The programme that a case names, None where there is no such, and the problems that `check_names` tells."""
    name = source.data.get("programme") if isinstance(source.data, dict) else None
    if not isinstance(name, str) or not name.strip() or source.is_spoilt(("programme",)):
        return None, []
    try:
        programme = load_programme(name.strip(), folders)
    except UnknownProgramme as error:
        what = f'there is no programme "{name.strip()}"'
        return None, [Problem(source.locate(("programme",)), what, suggest(name, error.known))]
    except KvisdocsError as error:
        return None, list(error.problems)
    return programme, list(_check_steps(source, name.strip(), programme.step_ids))


def _check_steps(source: Source, programme: str, known: tuple[str, ...]) -> Iterator[Problem]:
    steps = source.data.get("steps") if isinstance(source.data, dict) else None
    names = steps if isinstance(steps, dict) else ()
    unknown = [step for step in names if step not in known and not source.is_spoilt(("steps", step))]

    def say(step: str) -> Problem:
        what = f'the step "{step}" is not known in {programme}'
        return Problem(source.locate_key(("steps", step)), what, suggest(step, known))

    yield from say_first(unknown, say)
