"""A case as the commands want it: found, read, checked against its model, its programme and its municipality."""

import os
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from kvisdocs.application.related import Supply
from kvisdocs.application.store.output_store import RESERVED
from kvisdocs.cases.load import LoadedCase, ReadResult, find_case_files, inspect_bytes, inspect_case, inspect_source
from kvisdocs.cases.validation import CASE
from kvisdocs.cases.yaml.forbidden_characters import find_id_fault
from kvisdocs.cases.yaml.source import Source
from kvisdocs.messages import N_, listed, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity, limit, nearest, say_refusal
from kvisdocs.programme.checks import check_case
from kvisdocs.programme.rules.case_names import check_names
from kvisdocs.programme.rules.rule_registry import programme_names
from kvisdocs.templating.brief.checks import check_fields, check_routing
from kvisdocs.templating.glyphs import find_boxes
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import Profile, check_groups, load_profile, profile_names
from kvisdocs.writers.limits import TookTooLongError, limit_time

if TYPE_CHECKING:
    from kvisdocs.templating.brief.unprinted import Unprinted

ENDINGS = {".yaml", ".yml", ""}
"""What a case file's name may end in. Nothing is there for /dev/stdin and the shell's <(…)."""

CASE_S = 30.0
"""No case takes longer to read and judge: the longest paper that is known takes a hundredth of a second."""


def find_files(paths: Iterable[Path]) -> tuple[list[Path], list[Problem]]:
    """The case files named, each once however it is named, and what is wrong with the other paths."""
    found: dict[tuple[str, str], Path] = {}
    folders: dict[str, str] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            files = _files_at(path)
        except KvisdocsError as error:
            problems += error.problems
        except OSError as error:
            what = message("folder.path.unreadable", "cannot be read: {reason}", reason=say_refusal(error))
            problems.append(Problem(Position(str(path)), what, N_("check the path and its rights")))
        else:
            for file in files:
                found.setdefault((_real_path(file, folders), file.stem), file)
    return list(found.values()), problems


def _real_path(file: Path, folders: dict[str, str]) -> str:
    """The path without links; links in a circle are let be. `folders` keeps those of the folders met so far."""
    if os.path.islink(file):  # noqa: PTH114
        return os.path.realpath(file)
    folder, name = os.path.split(file)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return f"{folders[folder]}{os.sep}{name}"


def find_cases(paths: Iterable[Path]) -> tuple[list[Path], list[Problem]]:
    """The files of `find_files`, but for those that share a case id: whose letters would lie in the folder?"""
    files, problems = find_files(paths)
    return [first for first, *others in _by_id(files) if not others], problems + find_same_ids(files)


def find_same_ids(files: Iterable[Path]) -> list[Problem]:
    """An error for each file whose case id is another's too."""
    return [_same_id(first, other) for first, *others in _by_id(files) for other in others]


def _by_id(files: Iterable[Path]) -> list[list[Path]]:
    found: dict[str, list[Path]] = {}
    for file in files:
        found.setdefault(_fold(file.stem), []).append(file)
    return list(found.values())


def _fold(case_id: str) -> str:
    """Two ids that fold to the same text are one folder on Windows or on a Mac."""
    return unicodedata.normalize("NFC", case_id).casefold()


def _same_id(first: Path, other: Path) -> Problem:
    what = message(
        "folder.case.same_id",
        'has the same case id as {first}, "{case_id}", so their documents would lie in one folder',
        first=first,
        case_id=other.stem,
    )
    return Problem(Position(str(other)), what, N_("rename one of the files; neither is made"))


def _files_at(path: Path) -> list[Path]:
    if not path.exists() and not path.is_symlink():
        siblings = {each.stem: each for each in path.parent.iterdir()} if path.parent.is_dir() else {}
        near = nearest(path.stem, siblings)
        todo = N_('did you mean "{near}"?', near=siblings[near]) if near else N_("check the path")
        what = message("folder.path.missing", "there is no such file or folder")
        raise KvisdocsError(Problem(Position(str(path)), what, todo))
    if not path.is_dir() and path.suffix.lower() not in ENDINGS:
        what = message("folder.case.ending", 'a case does not end in "{ending}"', ending=path.suffix)
        todo = N_("give a YAML file (*.yaml), or a folder of them")
        raise KvisdocsError(Problem(Position(str(path)), what, todo))
    files = [file for file in find_case_files([path]) if not _is_passed_over(file, path)]
    if not files:
        what = message("folder.cases.none", "the folder holds no case (*.yaml)")
        raise KvisdocsError(Problem(Position(str(path)), what, N_("name another")))
    return files


def _is_passed_over(file: Path, named: Path) -> bool:
    """Whether a file lies in a folder that holds no cases: `kvisdocs check .` finds templates/ and .git/ too."""
    folders = file.parts[len(named.parts) : -1]
    return any(folder == "templates" or folder.startswith(".") for folder in folders)


SUPPLIERS: dict[str, Supply | str] = {
    "committee": "kvisdocs.application.meeting.attachments:supply_item",
    "meeting": "kvisdocs.application.meeting.supply:supply_meeting",
    "statistics": "kvisdocs.application.item_figures:supply_figures",
}
"""What goes with a case besides its own file, by the kind of case; a kind without one has nothing.

A supplier that reads further cases stands as `module:function`, since its module needs this one.
"""


@dataclass
class CaseReader:
    """Reads case after case; what is known of a municipality is kept."""

    assets: Assets
    seconds: ClassVar[float] = CASE_S
    """How long one case may take."""
    supplies: bool = True
    """Whether what goes with a case is read too; a count of cases needs none of it, and might count for ever."""
    _municipalities: dict[str, Profile] = field(default_factory=dict)

    @cached_property
    def _unprinted(self) -> "Unprinted":
        from kvisdocs.templating.brief.unprinted import Unprinted  # which needs Jinja; citizens' cases do not

        return Unprinted(self.assets)

    def read(self, file: Path) -> tuple[LoadedCase | None, list[Problem]]:
        """The case, or None if an error stops it, and all that is to be said of it."""
        return self._read_in_time(file, lambda: inspect_case(file))

    def read_bytes(self, data: bytes, file: Path) -> tuple[LoadedCase | None, list[Problem]]:
        """The case in a file's bytes, which the caller has read; otherwise as `read`."""
        return self._read_in_time(file, lambda: inspect_bytes(data, file))

    def read_source(self, source: Source, file: Path) -> tuple[LoadedCase | None, list[Problem]]:
        """The case in a source that the caller has made, and that will lie in a file; otherwise as `read`."""
        return self._read_in_time(file, lambda: inspect_source(file.stem, source))

    def _read_in_time(self, file: Path, inspect: Callable[[], ReadResult]) -> tuple[LoadedCase | None, list[Problem]]:
        if problem := check_id(file):
            return None, [problem]
        try:
            with limit_time(self.seconds, ends_process=False):
                loaded, problems = self._judge(inspect(), file)
        except TookTooLongError:
            what = message(
                "folder.case.too_slow",
                "took more than {seconds:g} seconds to check, and was passed over",
                seconds=self.seconds,
            )
            todo = N_("look for a text in it that is very long, and shorten it")
            return None, [Problem(Position(str(file)), what, todo)]
        return self._supply(loaded, problems, file) if loaded and self.supplies else (loaded, problems)

    def _supply(
        self, loaded: LoadedCase, problems: list[Problem], file: Path
    ) -> tuple[LoadedCase | None, list[Problem]]:
        """The case with what goes with it, which may be thousands of cases to count; None if an error stops it."""
        supply = SUPPLIERS.get(loaded.case.kind)
        if isinstance(supply, str):
            module, _, name = supply.partition(":")
            supply = getattr(import_module(module), name)
        if supply is None:
            return loaded, problems
        related, found = supply(loaded, file, self.assets)
        stopped = any(problem.severity is Severity.ERROR for problem in found)
        return (None if stopped else replace(loaded, related=related)), limit([*problems, *found])

    def profile(self, loaded: LoadedCase) -> Profile:
        """The municipality of a case that was read."""
        return self._municipalities[loaded.case.municipality]

    def load_known_clean(self, data: bytes, file: Path) -> tuple[LoadedCase | None, list[Problem]]:
        """As `read_bytes`, of a file of which there was nothing to say when it was judged, and so it is not again."""
        read = inspect_bytes(data, file)
        return (read.case, []) if read.case else self._judge(read, file)

    def _judge(self, read: ReadResult, file: Path) -> tuple[LoadedCase | None, list[Problem]]:
        problems = [self._show_choices(each) for each in read.problems]
        if read.source is not None:
            folders = self.assets.folders
            problems += check_case(read.case, folders) if read.case else check_names(read.source, folders)
            problems += self._check_municipality(read.source, read.case)
            told = {each.position.line for each in problems if each.severity is Severity.ERROR}  # which is enough
            problems += [each for each in find_boxes(read.source, self.assets) if each.position.line not in told]
        problems = limit(problems)
        if read.case is None or any(problem.severity is Severity.ERROR for problem in problems):
            return None, problems
        return read.case, problems

    def _show_choices(self, problem: Problem) -> Problem:
        """A problem; where the case names no programme or no municipality, with those that there are."""
        said = problem.what.values
        missing = problem.code == "schema.key.missing" and said["group"] == CASE.whole
        name = (
            str(said["key"]).strip('"')
            if missing
            else str(said["name"])
            if problem.code == "schema.value.empty"
            else ""
        )
        if name == "programme":
            known: Sequence[str] = programme_names(self.assets.folders)
        elif name == "municipality":
            known = profile_names(self.assets)
        else:
            return problem
        todo = N_('write "{key}: …", with one of: {names}', key=name, names=listed(known))
        return replace(problem, todo=todo)

    def _check_municipality(self, source: Source, loaded: LoadedCase | None) -> list[Problem]:
        """What is wrong with the name, with the profile of that name, and what its brief would not print."""
        data = source.data if isinstance(source.data, dict) else {}
        found = data.get("municipality")
        name = found.strip() if isinstance(found, str) else ""
        if not name or source.is_unreliable(("municipality",)):
            return []
        if name not in self._municipalities:
            try:
                self._municipalities[name] = load_profile(name, self.assets, source.locate(("municipality",)))
            except KvisdocsError as error:
                return list(error.problems)
        profile = self._municipalities[name]
        if lacking := check_groups(profile, str(data.get("kind")).strip(), self.assets.shown(f"profiles/{name}.yaml")):
            return lacking
        is_item = loaded is not None and loaded.case.kind == "committee"  # so that citizens' cases need no templates
        lost = self._unprinted.find(loaded, profile) if loaded and is_item else check_fields(source, profile.brief)
        return [*lost, *check_routing(source, profile.brief)]


@lru_cache(maxsize=2)
def find_case_reader(assets: Assets, supplies: bool = True) -> CaseReader:
    """The reader of a set of template folders; kept, for it keeps profiles and what the templates print."""
    return CaseReader(assets, supplies=supplies)


def check_id(file: Path) -> Problem | None:
    """An error for a file that cannot be a case by its name."""
    if _fold(file.stem) in RESERVED:
        what = message(
            "folder.case.reserved_id",
            'the case id "{case_id}" is the name of a folder that a run itself needs',
            case_id=file.stem,
        )
        return Problem(Position(str(file)), what, N_("rename the file"))
    fault = find_id_fault(file)
    return Problem(Position(str(file)), fault, N_("rename the file, for instance case.yaml")) if fault else None
