"""The rules of a programme by name: the files that ship in data/, and those of a templates folder.

The law behind these rules changes, so a rule is dated data: a new law is a new file, never a new number in the code.
docs/programmes.md tells how a file is written.
"""

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from kvisdocs.cases.source import Source, Step
from kvisdocs.problems import KvisdocsError, Position, suggest
from kvisdocs.programme.rule_files import read_programme
from kvisdocs.programme.rules import Programme

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

_DATA = Path(__file__).parent / "data"


class UnknownProgramme(KeyError):  # noqa: N818  (it is a KeyError, and reads as one)
    """No programme goes by that name. `name` is the one asked for, `known` the names there are."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.known = known

    def __str__(self) -> str:
        return f'there is no programme "{self.name}"; {suggest(self.name, self.known)}'

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
