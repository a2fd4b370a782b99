"""Names of a programme in a case's plain data, so that they are checked too where the case itself does not hold."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from kvisdocs.cases.source import Source
from kvisdocs.problems import KvisdocsError, Problem, suggest
from kvisdocs.programme.parameters import UnknownProgramme, load_programme


def check_names(source: Source, folders: Sequence[Path] = ()) -> list[Problem]:
    """Errors: an unknown programme, each step that the programme does not know, and the faults of its rule file.

    What is no name is passed over. `folders` are templates folders, which may hold programmes of their own.
    """
    name = source.data.get("programme") if isinstance(source.data, dict) else None
    if not isinstance(name, str) or not name.strip() or source.is_spoilt(("programme",)):
        return []
    try:
        known = load_programme(name.strip(), folders).step_ids
    except UnknownProgramme as error:
        what = f'there is no programme "{name.strip()}"'
        return [Problem(source.locate(("programme",)), what, suggest(name, error.known))]
    except KvisdocsError as error:
        return list(error.problems)
    return list(_check_steps(source, name.strip(), known))


def _check_steps(source: Source, programme: str, known: tuple[str, ...]) -> Iterator[Problem]:
    steps = source.data.get("steps") if isinstance(source.data, dict) else None
    for step in steps if isinstance(steps, dict) else ():
        if step not in known and not source.is_spoilt(("steps", step)):
            what = f'the step "{step}" is not known in {programme}'
            yield Problem(source.locate_key(("steps", step)), what, suggest(step, known))
