"""One run at a time in one output folder. The system's own lock: it goes with its process, however that ends.

One output folder, open for one run: locked, its manifest read.
"""

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kvisdocs.application.store.atomic_files import cannot_write, prepare_folder
from kvisdocs.application.store.compaction import compact_manifest
from kvisdocs.application.store.manifest import Manifest
from kvisdocs.application.store.output_store import OWN, PARTS, OutputStore
from kvisdocs.problems import KvisdocsError, Position, Problem

PAUSE_S = 0.05
"""Before it is tried again."""


@contextmanager
def hold_lock(folder: Path, patience_s: float = 0) -> Iterator[None]:
    """Hold the folder's lock, for which it may wait so long. Raises KvisdocsError if another run has it, whose process
    the file names, or if it cannot be had.
    """
    path = folder / "lock"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise cannot_write(path, error) from None
    try:
        try:
            _wait_for(descriptor, time.monotonic() + patience_s)
        except OSError:
            who = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() if hasattr(os, "pread") else ""
            what = "another run is at work in this folder" + (f" (process {who})" if who else "")
            todo = "wait until it has ended, or choose another folder with -o"
            raise KvisdocsError(Problem(Position(str(folder.parent)), what, todo)) from None
        with contextlib.suppress(OSError):  # a full disk has no room for the number, and the lock counts without it
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int, deadline: float) -> None:
    """Raises OSError where another process has it still."""
    while True:
        try:
            return _take(descriptor)
        except OSError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(PAUSE_S)


def _take(descriptor: int) -> None:
    """Raises OSError where another process has it."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(frozen=True)
class Session:
    """What a run needs of its output folder."""

    manifest: Manifest
    store: OutputStore


@contextmanager
def open_output(output: Path, overwrite: bool = False, patience_s: float = 0) -> Iterator[Session]:
    """The folder, made if need be, for this run alone. Raises KvisdocsError where it cannot be had.

    `overwrite` lets files be replaced that kvisdocs did not write. Another run is waited for so long.
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
            yield Session(manifest, _open_places(output, manifest, overwrite))


def _refuse_pipes(own: Path) -> None:
    """Raises OSError where something lies among the run's own files that would keep it waiting for ever."""
    for name in ("lock", "key", "manifest.jsonl"):
        path = own / name
        if path.exists() and not path.is_file() and not path.is_dir():  # of a folder the system tells by itself
            raise FileExistsError(errno.EEXIST, f'"{name}" is no plain file', str(path))


def _open_places(output: Path, manifest: Manifest, overwrite: bool) -> OutputStore:
    try:
        return OutputStore(output, manifest, overwrite)
    except OSError as error:
        raise cannot_write(output / OWN / PARTS, error) from None
