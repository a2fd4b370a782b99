"""The rules of a programme by name: the files that ship in data/, and those of a templates folder.

The law behind these rules changes, so a rule is dated data: a new law is a new file, never a new number in the code.
docs/programmes.md tells how a file is written.

Whether a case's programme was in force when its course began, and whether its rules stand for a law.

Which day decides is the programme's to say: a law goes by the first day of sickness, a project by the visitation to it.
The letter's date does not decide: a course goes on under the rules that it began with. So the check needs no date.

Names of a programme in a case's plain data, so that they are checked too where the case itself does not hold.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.yaml.source import Source, Step
from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import KvisdocsError, Position, Problem, say_first, suggest
from kvisdocs.programme.course.return_plan import Finding
from kvisdocs.programme.rules.rule_files import read_programme
from kvisdocs.programme.rules.rules import Programme

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


def check_validity(
    case: CitizenCase, programme: Programme, known: Callable[[], Sequence[Programme]]
) -> Iterator[Finding]:
    """A warning where the course began outside the programme's days, with the programmes of `known()` that fit."""
    validity = programme.validity
    day = _beginning(case, programme)
    if validity.covers(day):
        return
    holds = N_("{programme} holds from {day} on", programme=programme.name, day=validity.valid_from)
    if validity.valid_to:
        holds = N_(
            "{programme} holds from {day} to {last}",
            programme=programme.name,
            day=validity.valid_from,
            last=validity.valid_to,
        )
    begins = N_("the first day of sickness is {day}", day=day)
    if validity.decided_by == "visitation" and day == case.sickness.visitation:
        begins = N_("the visitation is {day}", day=day)
    fitting = [each.name for each in known() if each.validity.covers(_beginning(case, each))]
    todo = N_("see docs/programmes.md: no other fits")
    if fitting:
        todo = N_("write {programmes}, if its rules fit", programmes=listed(fitting, N_("or")))
    what = message("programme.validity.outside", "{holds}, and {begins}", holds=holds, begins=begins)
    yield Finding(("programme",), what, todo)


def _beginning(case: CitizenCase, programme: Programme) -> date:
    """The day that must lie within. Before the visitation it is the earliest day on which that can still be."""
    if programme.validity.decided_by == "first_day":
        return case.sickness.first_day
    return case.sickness.visitation or max(case.sickness.first_day, programme.validity.valid_from)


def describe_standing(programme: Programme) -> tuple[Message, Message] | None:
    """What to say, and to do, about rules that stand for a law and that nobody has reviewed; else None."""
    if programme.legal_notice is None or programme.reviewed_by is not None:
        return None
    what = message(
        "programme.rules.not_reviewed",
        "the rules of {programme} are not legal advice: they were gathered from public pages",
        programme=programme.name,
    )
    return what, N_("let a jurist confirm them before use, and note it as reviewed_by (docs/programmes.md)")
