"""What the machines of a run tell each other: what they would make bytes with, the templates, calls and answers.

Two machines take part in one run if they would make the same bytes. Template folders go as a ZIP file, calls and
answers as pickles. A pickle says `the run's templates` instead of where they lie, so that each side reads its own
folders. Messages about files there are told with the caller's names. Workers that see the output folder put files among
its parts themselves.
"""

import asyncio
import hashlib
import io
import os
import pickle
import secrets
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from kvisdocs.application.job import JobResult, StagedFile
from kvisdocs.application.store.digests import code_version, digest
from kvisdocs.application.store.output_store import OWN, PARTS
from kvisdocs.messages import N_, Message, counted, message
from kvisdocs.problems import Position, Problem, Severity, join_clauses, show_path
from kvisdocs.templating.html import Assets
from kvisdocs.writers import WriterOutput

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


_TEMPLATES = "templates"


@dataclass(frozen=True)
class PackedTemplates:
    """The template folders of a run: their files, zipped, and what messages call each folder."""

    data: bytes
    shown: tuple[str, ...]


def pack_assets(assets: Assets) -> PackedTemplates:
    """All files that can be found in the folders. The folders are numbered in the order in which they win."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number, folder in enumerate(assets.folders):
            only = Assets((folder,))
            for name in only.names("**/*"):
                if path := only.find(name):
                    archive.writestr(zipfile.ZipInfo(f"{number}/{name}"), path.read_bytes())
    return PackedTemplates(packed.getvalue(), tuple(map(show_path, assets.folders)))


def unpack_assets(templates: PackedTemplates, folder: Path) -> Assets:
    """The same folders, inside `folder`. Raises OSError."""
    folders = tuple(folder / str(number) for number in range(len(templates.shown)))
    for each in folders:
        each.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(templates.data)) as archive:
        archive.extractall(folder)
    return Assets(folders, tuple(map(Path, templates.shown)))


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, assets: Assets) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._assets = assets

    def persistent_id(self, value: Any) -> str | None:
        return _TEMPLATES if isinstance(value, Assets) and value == self._assets else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, assets: Assets) -> None:
        super().__init__(file)
        self._assets = assets

    def persistent_load(self, name: str) -> Assets:
        return self._assets


def write_message(value: object, assets: Assets) -> bytes:
    """Anything that can be pickled, where `assets` are told of without their place."""
    packed = io.BytesIO()
    _Pickler(packed, assets).dump(value)
    return packed.getvalue()


def read_message(data: bytes, assets: Assets) -> Any:
    """What `write_message` was given, with these assets for those. Comes from the own cluster: a pickle runs code."""
    return _Unpickler(io.BytesIO(data), assets).load()


@dataclass(frozen=True)
class Shared:
    """A file in the output folder, and what stands in it: who reads the same there sees the same folder."""

    output: Path
    token: str = field(repr=False)

    @property
    def file(self) -> Path:
        """Where the token lies, on the caller's machine."""
        return self.output / OWN / f"shared-{self.token[:8]}"


@contextmanager
def share_folder(output: Path) -> Iterator[Shared]:
    """The folder, with its token in it as long as this lasts. Raises OSError."""
    shared = Shared(output.resolve(), secrets.token_hex(16))
    descriptor = os.open(shared.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(shared.token)
            file.flush()
            os.fsync(file.fileno())
        yield shared
    finally:
        with suppress(OSError):
            shared.file.unlink()


def sees_folder(shared: Shared) -> bool:
    """Whether this process sees that very folder, as the same user: another's files the caller could not read."""
    try:
        is_own = not hasattr(os, "geteuid") or shared.file.stat().st_uid == os.geteuid()
        return is_own and shared.file.read_text() == shared.token
    except (OSError, ValueError):
        return False


def stage_files(made: JobResult, shared: Shared) -> JobResult:
    """The document with its files put among the parts; as bytes where they cannot be, so that the caller may try."""
    return replace(made, files={format: _lay(written, shared) for format, written in made.files.items()})


def _lay(written: WriterOutput | StagedFile, shared: Shared) -> WriterOutput | StagedFile:
    if isinstance(written, StagedFile):
        return written
    name = f"{secrets.token_hex(16)}.laid"
    path = shared.output / OWN / PARTS / name
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(written.data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            path.unlink()
        return written
    sha256 = hashlib.sha256(written.data).hexdigest()
    return StagedFile(name, sha256, len(written.data), written.messages, written.pages)
