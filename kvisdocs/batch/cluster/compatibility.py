"""What a machine would make bytes with, and whether two machines would make the same."""

import asyncio
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kvisdocs.application.store.digests import code_version, digest
from kvisdocs.problems import Position, Problem, Severity

_PACKAGE = Path(__file__).resolve().parents[2]
_ELSEWHERE = {"bundled", "cli", "desk", "verify", "__pycache__"}
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


def find_differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """`weasyprint 69.0, but 70.0 here` for each package; files of kvisdocs of one version are told of in one line."""
    other = [name for name in sorted({*ours, *theirs}) if ours.get(name) != theirs.get(name)]
    files = [name for name in other if _is_own_file(name)]
    packages = [name for name in other if name not in files]
    said = [f"{name} {_shown(theirs.get(name))}, but {_shown(ours.get(name))} here" for name in packages]
    if files and "kvisdocs" not in packages:
        rest = len(files) - 1
        more = f" (and {rest} file{'s' * (rest > 1)} more)" if rest else ""
        said.append(f"kvisdocs {_shown(theirs.get('kvisdocs'))} has another {files[0]}{more} than here")
    return said


def describe_incompatible(worker: str, said: list[str], severity: Severity) -> Problem:
    """A worker that cannot take part (a warning), or because of which nobody can (an error)."""
    what = "this worker is not fit for the run" if severity is Severity.ERROR else "this worker took no part"
    return Problem(Position(worker), f"{what}: {'; '.join(said)}", "install the same versions there", severity)


def _is_own_file(name: str) -> bool:
    """`application/generate.py` is one, and `libpango-1.0` is not."""
    ending = Path(name).suffix.removeprefix(".")
    return ending != "" and not ending.isdigit()


def _shown(found: str | None) -> str:
    return "missing" if found in {None, "-"} else str(found)
