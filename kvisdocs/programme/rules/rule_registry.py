"""The rules of a programme by name, each file read whole or refused with every fault: what ships, and a folder's own.

The law behind these rules changes, so a rule is dated data: a new law is a new file, never a new number in the code.
docs/programmes.md tells how a file is written.
"""

import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kvisdocs.cases.validation import Form, validation_problems
from kvisdocs.cases.yaml.source import Source, Step, read_source
from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import KvisdocsError, Position, Problem, say_first, show_path, suggest
from kvisdocs.programme.rules.rules import Deadline, Programme

_CASE_DAYS = ("first_day", "visitation")
_FORM = Form(N_("the file"), N_("see: kvisdocs docs programmes"))

Found = Iterator[tuple[tuple[Step, ...], Message, Message]]


def read_programme(file: Path) -> tuple[Programme, Source]:
    """One rule file, and the source that problems point into. Raises KvisdocsError with every fault in it."""
    source = read_source(file, show_path(file))
    if not isinstance(source.data, dict):
        what = message("programme.file.no_rules", "the file holds no rules")
        if source.data is None:
            what = message("programme.file.empty", "the file is empty")
        raise KvisdocsError(Problem(source.locate(()), what, N_('begin with "name: …"; see: kvisdocs docs programmes')))
    try:
        programme = Programme.model_validate(source.data)
    except ValidationError as error:
        raise KvisdocsError(validation_problems(error, source, Programme, _FORM)) from None
    faults = [Problem(source.locate(path), what, todo) for path, what, todo in _find_faults(programme, file.stem)]
    if faults:
        raise KvisdocsError(faults)
    return programme, source


def _find_faults(programme: Programme, stem: str) -> Found:
    """What each rule by itself cannot show: names that stand twice, and names that nothing bears."""
    if programme.name != stem:
        what = message(
            "programme.name.not_that_of_file",
            'the name is "{name}", and the file is called {stem}.yaml',
            name=programme.name,
            stem=stem,
        )
        yield ("name",), what, N_("write {stem}", stem=stem)
    if (end := programme.validity.valid_to) is not None and end < programme.validity.valid_from:
        what = message("programme.validity.ends_before_begun", "the rules end {end}, before they begin", end=end)
        yield ("validity", "valid_to"), what, N_("swap the two dates")
    seen: list[str] = []
    for at, step in enumerate(programme.steps):
        if step.id in seen:
            what = message("programme.step.twice", 'the step "{step}" stands twice', step=step.id)
            yield ("steps", at, "id"), what, N_("delete one, or give it another id")
        for key in ("deadline", "sooner"):
            deadline: Deadline | None = getattr(step, key)
            if deadline is not None and deadline.counted_from not in (known := (*_CASE_DAYS, *seen)):
                what = message(
                    "programme.deadline.no_start",
                    'the deadline of "{step}" runs from "{start}", which is no earlier step',
                    step=step.id,
                    start=deadline.counted_from,
                )
                yield ("steps", at, key, "counted_from"), what, suggest(deadline.counted_from, known)
        yield from _find_strangers(programme, ("steps", at, "categories"), step.categories)
        seen.append(step.id)
    yield from _find_faults_after_steps(programme, seen)


def _find_faults_after_steps(programme: Programme, steps: list[str]) -> Found:
    for at, rule in enumerate(programme.recurring):
        if rule.counted_from not in (known := (*_CASE_DAYS, *steps)):
            what = message(
                "programme.recurring.no_start",
                '"{rule}" runs from "{start}", which is no step',
                rule=rule.id,
                start=rule.counted_from,
            )
            yield ("recurring", at, "counted_from"), what, suggest(rule.counted_from, known)
        if rule.id in (*steps, *(other.id for other in programme.recurring[:at])):
            what = message("programme.recurring.twice", '"{rule}" stands twice', rule=rule.id)
            yield ("recurring", at, "id"), what, N_("give it another id")
        yield from _find_strangers(programme, ("recurring", at, "categories"), rule.categories)
    for at, category in enumerate(programme.categories):
        if programme.find_category(category.number) is not category:
            what = message("programme.category.twice", "the category {number} stands twice", number=category.number)
            yield ("categories", at, "number"), what, N_("delete one")
        for number, step in enumerate(category.needs_steps):
            if step not in steps:
                what = message("programme.category.no_step", 'there is no step "{step}"', step=step)
                yield ("categories", at, "needs_steps", number), what, suggest(step, steps)


def _find_strangers(programme: Programme, path: tuple[Step, ...], numbers: tuple[int, ...]) -> Found:
    for at, number in enumerate(numbers):
        if programme.find_category(number) is None:
            known = listed(str(category.number) for category in programme.categories)
            what = message("programme.category.unknown", "there is no category {number}", number=number)
            yield (*path, at), what, N_("the categories are {known}", known=known)


def programme_schema() -> dict[str, Any]:
    """The schema of a rule file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Programme.model_json_schema()}


__all__ = [
    "FOLDER",
    "Programme",
    "UnknownProgramme",
    "find_programme_file",
    "load_programme",
    "load_programmes",
    "locate_rule",
    "programme_names",
]

FOLDER = "programmes"
"""Where a templates folder keeps rule files of its own."""

_DATA = Path(__file__).parent.parent / "data"


class UnknownProgramme(KeyError):  # noqa: N818  (it is a KeyError, and reads as one)
    """No programme goes by that name. `name` is the one asked for, `known` the names there are."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.known = known

    @property
    def what(self) -> Message:
        """What is wrong."""
        return message("programme.name.unknown", 'there is no programme "{name}"', name=self.name)

    @property
    def todo(self) -> Message:
        """Which names there are."""
        return suggest(self.name, self.known)

    def __str__(self) -> str:
        return f"{self.what}; {self.todo}"

    def __reduce__(self) -> tuple[type["UnknownProgramme"], tuple[str, tuple[str, ...]]]:
        return UnknownProgramme, (self.name, self.known)


def programme_names(folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """The names that `programme:` in a case may have, sorted; `folders` are templates folders."""
    return tuple(sorted({name for folder in _places(folders) for name in _names_in(folder)}))


def _names_in(folder: Path) -> list[str]:
    try:
        return [file.removesuffix(".yaml") for file in os.listdir(folder) if file.endswith(".yaml")]  # noqa: PTH208
    except OSError:  # no such folder, or one that may not be read
        return []


def load_programme(name: str, folders: Sequence[Path] = ()) -> Programme:
    """The programme of that name; one in a templates folder wins over the one that ships. Kept until its file changes.

    Raises UnknownProgramme, which lists the names, and KvisdocsError with every fault in the rule file.
    """
    return _read(find_programme_file(name, folders))[0]


def load_programmes(folders: Sequence[Path] = ()) -> list[Programme]:
    """All programmes that are sound, sorted by name. One with a fault is passed over: it is named where it is used."""
    found = []
    for name in programme_names(folders):
        try:
            found.append(load_programme(name, folders))
        except KvisdocsError:
            continue
    return found


def locate_rule(name: str, path: tuple[Step, ...], folders: Sequence[Path] = ()) -> Position:
    """Where a rule stands in its file; raises as `load_programme`."""
    return _read(find_programme_file(name, folders))[1].locate(path)


def find_programme_file(name: str, folders: Sequence[Path] = ()) -> Path:
    """The rule file of that name. Raises UnknownProgramme."""
    for folder in folders:
        if (file := _find_own_file(name, folder)) is not None:
            return file
    if name in (shipped := _shipped()):
        return shipped[name]
    raise UnknownProgramme(name, programme_names(folders))


def _find_own_file(name: str, folder: Path) -> Path | None:
    """Looked for before it is listed, since every case asks; listed, since some disks take `KVIS` for `kvis`."""
    if not os.path.isfile(f"{folder}/{FOLDER}/{name}.yaml"):  # noqa: PTH113
        return None
    return folder / FOLDER / f"{name}.yaml" if name in _names_in(folder / FOLDER) else None


@cache
def _shipped() -> dict[str, Path]:
    return {name: _DATA / f"{name}.yaml" for name in _names_in(_DATA)}


def _places(folders: Sequence[Path]) -> list[Path]:
    return [*(folder / FOLDER for folder in folders), _DATA]


def _read(file: Path) -> tuple[Programme, Source]:
    return _read_once(file, os.stat(file).st_mtime_ns, os.getcwd())  # noqa: PTH109, PTH116


@cache
def _read_once(file: Path, changed_ns: int, here: str) -> tuple[Programme, Source]:
    """The file's rules. `changed_ns` and `here` are only there to tell one reading from another."""
    return read_programme(file)


def check_names(source: Source, folders: Sequence[Path] = ()) -> list[Problem]:
    """Errors: an unknown programme, each step that the programme does not know, and the faults of its rule file.

    What is no name is passed over. `folders` are templates folders, which may hold programmes of their own.
    """
    return find_programme(source, folders)[1]


def find_programme(source: Source, folders: Sequence[Path] = ()) -> tuple[Programme | None, list[Problem]]:
    """The programme that a case names, None where there is no such, and the problems that `check_names` tells."""
    name = source.data.get("programme") if isinstance(source.data, dict) else None
    if not isinstance(name, str) or not name.strip() or source.is_unreliable(("programme",)):
        return None, []
    try:
        programme = load_programme(name.strip(), folders)
    except UnknownProgramme as error:
        return None, [Problem(source.locate(("programme",)), error.what, error.todo)]
    except KvisdocsError as error:
        return None, list(error.problems)
    return programme, list(_check_steps(source, name.strip(), programme.step_ids))


def _check_steps(source: Source, programme: str, known: tuple[str, ...]) -> Iterator[Problem]:
    steps = source.data.get("steps") if isinstance(source.data, dict) else None
    names = steps if isinstance(steps, dict) else ()
    unknown = [step for step in names if step not in known and not source.is_unreliable(("steps", step))]

    def say(step: str) -> Problem:
        what = message(
            "programme.step.unknown", 'the step "{step}" is not known in {programme}', step=step, programme=programme
        )
        return Problem(source.locate_key(("steps", step)), what, suggest(step, known))

    yield from say_first(unknown, say)


def describe_standing(programme: Programme) -> tuple[Message, Message] | None:
    """What to say, and to do, about rules that stand for a law and that nobody has reviewed; else None."""
    if programme.legal_notice is None or programme.reviewed_by is not None:
        return None
    what = message(
        "programme.rules.not_reviewed",
        "the rules of {programme} are not legal advice: they were gathered from public pages",
        programme=programme.name,
    )
    return what, N_("let a jurist confirm them before use, and note it as reviewed_by (see: kvisdocs docs programmes)")
