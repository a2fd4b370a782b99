"""A case as the commands want it: found, read, checked against its model, its programme and its municipality."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kvisdocs.cases.hidden import find_id_fault
from kvisdocs.cases.load import LoadedCase, find_case_files, load_case
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity, nearest
from kvisdocs.programme.checks import check_case
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import load_profile

ENDINGS = {".yaml", ".yml", ""}
"""What a case file's name may end in. Nothing is there for /dev/stdin and the shell's <(…)."""


def find_files(paths: Iterable[Path]) -> tuple[list[Path], list[Problem]]:
    """The case files named, each once however it is named, and what is wrong with the other paths."""
    found: dict[tuple[Path, str], Path] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            files = _files_at(path)
        except KvisdocsError as error:
            problems += error.problems
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
            problems.append(Problem(Position(str(path)), what, "check the path and its rights"))
        else:
            for file in files:
                found.setdefault((file.resolve(), file.stem), file)
    return list(found.values()), problems


def _files_at(path: Path) -> list[Path]:
    if not path.exists():
        siblings = {each.stem: each for each in path.parent.iterdir()} if path.parent.is_dir() else {}
        near = nearest(path.stem, siblings)
        todo = f'did you mean "{siblings[near]}"?' if near else "check the path"
        raise KvisdocsError(Problem(Position(str(path)), "there is no such file or folder", todo))
    if not path.is_dir() and path.suffix.lower() not in ENDINGS:
        what = f'a case does not end in "{path.suffix}"'
        raise KvisdocsError(Problem(Position(str(path)), what, "give a YAML file (*.yaml), or a folder of them"))
    files = [file for file in find_case_files([path]) if not _is_passed_over(file, path)]
    if not files:
        what = "the folder holds no case (*.yaml)"
        raise KvisdocsError(Problem(Position(str(path)), what, "name another"))
    return files


def _is_passed_over(file: Path, named: Path) -> bool:
    """Whether a file lies in a folder that holds no cases: `kvisdocs check .` finds templates/ and .git/ too."""
    folders = file.relative_to(named).parts[:-1]
    return any(folder == "templates" or folder.startswith(".") for folder in folders)


@dataclass
class CaseReader:
    """Reads case after case; what is known of a municipality is kept."""

    assets: Assets
    _municipalities: set[str] = field(default_factory=set)

    def read(self, file: Path) -> tuple[LoadedCase | None, list[Problem]]:
        """The case, or None if an error stops it, and all that is to be said of it."""
        if fault := find_id_fault(file.stem):
            what = f'the name "{file.name}" {fault}'
            return None, [Problem(Position(str(file)), what, "rename the file, for instance case.yaml")]
        try:
            loaded = load_case(file)
        except KvisdocsError as error:
            return None, list(error.problems)
        problems = check_case(loaded, self.assets.folders) + self._check_municipality(loaded)
        stopped = any(problem.severity is Severity.ERROR for problem in problems)
        return (None if stopped else loaded), problems

    def _check_municipality(self, loaded: LoadedCase) -> list[Problem]:
        name = loaded.case.municipality
        if name in self._municipalities:
            return []
        try:
            load_profile(name, self.assets, loaded.source.locate(("municipality",)))
        except KvisdocsError as error:
            return list(error.problems)
        self._municipalities.add(name)
        return []
