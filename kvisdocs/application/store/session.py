"""One output folder, open for one run: locked, its manifest read.

A manifest that is mostly superseded is written anew when a run begins, so that years of runs do not slow it down:
beside, flushed, then moved into place, before any line is added. Whoever is killed leaves the old or the new one, and
both tell the same. The newest line of each document and case is kept as it stands, and in its order.
"""

import contextlib
import errno
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.store.atomic_files import cannot_write, prepare_folder
from kvisdocs.application.store.locks import hold_lock
from kvisdocs.application.store.manifest import VERSION, Manifest
from kvisdocs.application.store.output_store import OWN, PARTS, OutputStore
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem


@dataclass(frozen=True)
class Session:
    """What a run needs of its output folder."""

    manifest: Manifest
    store: OutputStore


@contextmanager
def open_output(
    output: Path, overwrite: bool = False, patience_s: float = 0, scribe: Scribe | None = None
) -> Iterator[Session]:
    """The folder, made if need be, for this run alone. Raises KvisdocsError where it cannot be had.

    `overwrite` lets files be replaced that kvisdocs did not write. Another run is waited for so long. With a `scribe`,
    what is made stands in the journal.
    """
    prepare_folder(output)
    own = output / OWN
    try:
        own.mkdir(mode=0o700, exist_ok=True)
        _refuse_pipes(own)
    except OSError as error:
        raise cannot_write(own, error) from None
    with hold_lock(own, patience_s):
        try:
            compact_manifest(own / "manifest.jsonl")
            manifest = Manifest(own)
        except OSError as error:
            raise cannot_write(own, error) from None
        with manifest:
            yield Session(manifest, _open_places(output, manifest, overwrite, scribe))


def tell_nothing_made(output: Path) -> Problem:
    """That there is nothing to look through: the folder is another than the one that is meant."""
    what = message("dispatch.output.none", "nothing was made in this folder yet")
    todo = N_("check the name of the folder, or make the documents first: kvisdocs batch cases_yaml -o output")
    return Problem(Position(str(output)), what, todo)


def _refuse_pipes(own: Path) -> None:
    """Raises OSError where something lies among the run's own files that would keep it waiting for ever."""
    for name in ("lock", "key", "manifest.jsonl"):
        path = own / name
        if path.exists() and not path.is_file() and not path.is_dir():  # of a folder the system tells by itself
            raise FileExistsError(errno.EEXIST, f'"{name}" is no plain file', str(path))


def _open_places(output: Path, manifest: Manifest, overwrite: bool, scribe: Scribe | None) -> OutputStore:
    try:
        store = OutputStore(output, manifest, overwrite, scribe)
    except OSError as error:
        raise cannot_write(output / OWN / PARTS, error) from None
    if scribe is not None and manifest.records and not store.journal.path.exists():
        raise KvisdocsError(store.journal.tell_gone())
    return store


WORTH_BYTES = 1_000_000
"""A smaller manifest is read in a moment: some thousand lines."""

_LINE = re.compile(rb'\{"v":%d,"kind":"(?:(run|end)"|((?:document|case)","key":"[0-9a-f]+)")' % VERSION)
"""How the manifest's lines begin: a run's state, or the name of what the line tells of."""


def compact_manifest(path: Path, worth_bytes: int = WORTH_BYTES) -> bool:
    """Write the manifest anew if more than half of its lines are superseded; says whether it was. Needs the lock.

    Where there is no room for it the old one stays. OSError where the disk cannot tell whether it moved.
    """
    part = path.with_name("manifest.part")
    try:
        if path.stat().st_size < worth_bytes:
            return False
        with path.open("rb") as file:
            lines = list(file)
        if 2 * len(_newest(lines)) >= len(lines):  # a glance, for most runs
            return False
        kept = list(_newest(_whole(lines)).values())
        _write(part, sorted(kept))
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        return False
    _flush_folder(path.parent)
    return True


def _newest(lines: Iterable[bytes]) -> dict[bytes, tuple[int, bytes]]:
    """The last line of each name, with its number. A line that is none of ours has a name of its own, and stays."""
    found = {}
    for number, line in enumerate(lines):
        known = _LINE.match(line)
        name = b"%d" % number if known is None else b"run" if known[1] else known[2]
        found[name] = number, line
    return found


def _whole(lines: Iterable[bytes]) -> Iterable[bytes]:
    """The lines that can be read: one that broke must not supersede the one before it."""
    for line in lines:
        with contextlib.suppress(ValueError, RecursionError):
            json.loads(line)
            if line.endswith(b"\n"):
                yield line


def _write(part: Path, lines: Iterable[tuple[int, bytes]]) -> None:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(line for _, line in lines)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """New lines go into the new file, so its name must be on the disk before them. Windows has no such call."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
