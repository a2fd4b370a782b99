"""A folder's lock, which is the system's own: it goes with its process, however that ends."""

import contextlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kvisdocs.application.store.atomic_files import cannot_write
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem

PAUSE_S = 0.05
"""Before it is tried again."""


@contextmanager
def hold_lock(folder: Path, patience_s: float = 0, name: str = "lock") -> Iterator[None]:
    """Hold the folder's lock, for which it may wait so long. Raises KvisdocsError if another run has it, whose process
    the file names, or if it cannot be had.
    """
    path = folder / name
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise cannot_write(path, error) from None
    try:
        try:
            _wait_for(descriptor, time.monotonic() + patience_s)
        except OSError:
            who = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() if hasattr(os, "pread") else ""
            what = message("output.folder.in_use", "somebody else is making or sending letters in this folder")
            if who:
                what = N_("{what} (process {process})", what=what, process=who).coded(what.code)
            todo = N_("wait until that has ended, and try again")
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
