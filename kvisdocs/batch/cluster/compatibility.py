"""What a machine would make bytes with, and whether two machines would make the same."""

import asyncio
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kvisdocs.application.store.digests import code_version, digest
from kvisdocs.messages import N_, Message, counted, message
from kvisdocs.problems import Position, Problem, Severity, join_clauses

_PACKAGE = Path(__file__).resolve().parents[2]
_ELSEWHERE = {"bundled", "cli", "desk", "importing", "languages.py", "locale", "verify", "__pycache__"}
"""Of kvisdocs, what no worker uses: the templates come with the run."""


class IncompatibleWorker(Exception):  # noqa: N818  (of the machine, not of us)
    """A machine would make other bytes than this one, or none; the message says why."""


@cache
def read_versions() -> dict[str, str]:
    """All that decides over bytes, by name: Python, packages, libraries, kvisdocs, each of its own files by digest."""
    found = dict(line.rsplit(" ", 1) for line in code_version(with_drawing=True).splitlines())
    try:
        found["kvisdocs"] = version("kvisdocs")
    except PackageNotFoundError:  # a bare copy
        found["kvisdocs"] = "-"
    for file in sorted(_PACKAGE.rglob("*")):
        name = file.relative_to(_PACKAGE)
        if file.is_file() and not _ELSEWHERE & {*name.parts}:
            found[name.as_posix()] = digest(file.read_bytes())
    return found


async def report_versions() -> dict[str, str]:
    """The same, without keeping a worker from its other duties: it reads all of kvisdocs' own files."""
    return await asyncio.to_thread(read_versions)


def find_differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[Message]:
    """`weasyprint 69.0, but 70.0 here` for each package; files of kvisdocs of one version are told of in one line."""
    other = [name for name in sorted({*ours, *theirs}) if ours.get(name) != theirs.get(name)]
    files = [name for name in other if _is_own_file(name)]
    packages = [name for name in other if name not in files]
    said = [
        N_("{name} {there}, but {here} here", name=name, there=_shown(theirs.get(name)), here=_shown(ours.get(name)))
        for name in packages
    ]
    if files and "kvisdocs" not in packages:
        said.append(_other_files(_shown(theirs.get("kvisdocs")), files))
    return said


def _other_files(version: str, files: list[str]) -> Message:
    if len(files) == 1:
        return N_("kvisdocs {version} has another {file} than here", version=version, file=files[0])
    more = counted(len(files) - 1, "and {number} file more", "and {number} files more")
    return N_("kvisdocs {version} has another {file} ({more}) than here", version=version, file=files[0], more=more)


def describe_incompatible(worker: str, said: list[Message], severity: Severity) -> Problem:
    """A worker that cannot take part (a warning), or because of which nobody can (an error)."""
    why = join_clauses(said)
    if severity is Severity.ERROR:
        what = message("cluster.worker.unfit", "this worker is not fit for the run: {why}", why=why)
    else:
        what = message("cluster.worker.left_out", "this worker took no part: {why}", why=why)
    return Problem(Position(worker), what, N_("install the same versions there"), severity)


def _is_own_file(name: str) -> bool:
    """`application/generate.py` is one, and `libpango-1.0` is not."""
    ending = Path(name).suffix.removeprefix(".")
    return ending != "" and not ending.isdigit()


def _shown(found: str | None) -> str:
    return N_("missing") if found in {None, "-"} else str(found)
