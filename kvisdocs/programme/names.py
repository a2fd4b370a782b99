"""Names of a programme in a case's plain data, so that they are checked too where the case itself does not hold."""

from collections.abc import Iterator

from kvisdocs.cases.source import Source
from kvisdocs.problems import Problem, suggest
from kvisdocs.programme.parameters import UnknownProgramme, load_programme


def check_names(source: Source) -> list[Problem]:
    """Errors: an unknown programme, and each step that the programme does not know. What is no name is passed over."""
    name = source.data.get("programme") if isinstance(source.data, dict) else None
    if not isinstance(name, str) or not name.strip() or source.is_spoilt(("programme",)):
        return []
    try:
        known = load_programme(name.strip()).step_ids
    except UnknownProgramme as error:
        what = f'there is no programme "{name.strip()}"'
        return [Problem(source.locate(("programme",)), what, suggest(name, error.known))]
    return list(_check_steps(source, name.strip(), known))


def _check_steps(source: Source, programme: str, known: tuple[str, ...]) -> Iterator[Problem]:
    steps = source.data.get("steps") if isinstance(source.data, dict) else None
    for step in steps if isinstance(steps, dict) else ():
        if step not in known and not source.is_spoilt(("steps", step)):
            what = f'the step "{step}" is not known in {programme}'
            yield Problem(source.locate_key(("steps", step)), what, suggest(step, known))
