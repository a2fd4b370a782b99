"""What one document may take, in memory and in time: the last walls, for what no other limit foresees.

A few lines of a template can lay out pages by the ten thousand, and a stylesheet can keep a layout busy for years
without a large number in it. Memory is looked at again and again, and time is measured; beyond the limit an exception
is raised wherever the work happens to be, and only this document is stopped.

What a C library takes at once, the system refuses (RLIMIT_AS): a MemoryError, or the end of the process where the
library cannot go on without. It hears of the time when it comes back; if it does not come back for as long again, the
process ends.
"""

import contextlib
import faulthandler
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

DOCUMENT_S = 60.0
"""What one document may take, in all its formats. The longest that ships takes two seconds on an old machine."""

_AGAIN_S = 1.0
"""Raised again after this time, since a library may hold the exception for a fault of its own and go on."""


class TookTooLongError(BaseException):
    """Raised in the middle of whatever runs. No `Exception`, so that no library takes it for a broken picture."""


@contextlib.contextmanager
def limit_time(seconds: float = DOCUMENT_S, ends_process: bool = True) -> Iterator[None]:
    """Raise TookTooLongError inside when that time is over; end the process after twice the time, if that is not enough
    and it `ends_process`, which takes a tenth of a millisecond to prepare.

    It needs the main thread and POSIX timers. Elsewhere (Windows, a thread of a server) only the end of the process
    after twice the time is left. The workers of a batch are ended from outside instead.
    """
    soft = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    before: Any = signal.signal(signal.SIGALRM, _stop) if soft else None
    if ends_process:
        _end_after(2 * seconds)
    if soft:
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN_S)
    try:
        yield
    finally:
        if soft:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        if ends_process:
            faulthandler.cancel_dump_traceback_later()


def _stop(number: int, frame: FrameType | None) -> None:
    raise TookTooLongError


def _end_after(seconds: float) -> None:
    """A thread of faulthandler's own, in C, ends the process even where Python does not come to a word any more."""
    if sys.__stderr__ is not None:
        with contextlib.suppress(OSError, ValueError):  # standard error is closed: nowhere to say it
            faulthandler.dump_traceback_later(seconds, exit=True, file=sys.__stderr__)


DOCUMENT_BYTES = 1024**3
"""Memory in use: ten times what the largest document that ships needs."""

_WALL = 3
"""So many times that may a document have of address space, of which libraries ask for more than they use."""

_EVERY_S = 0.1
"""Of processor time, without which no memory is filled."""

_USED = Path("/proc/self/statm")


class TooMuchMemoryError(BaseException):
    """Raised in the middle of whatever runs. No `Exception`, so that no library takes it for a broken picture."""


@contextlib.contextmanager
def limit_memory(room: int = DOCUMENT_BYTES) -> Iterator[None]:
    """Raise TooMuchMemoryError inside when `room` bytes more are in use than at the beginning.

    Only Linux tells how much that is, and only the main thread hears of it; elsewhere there is no limit. The workers of
    a batch have one of their own, and are replaced.
    """
    if not _USED.exists() or threading.current_thread() is not threading.main_thread():
        yield
        return
    with _wall(_WALL * room), _watched(_read_used()[1] + room):
        yield


def _read_used() -> tuple[int, int]:
    """Bytes of address space, and of memory in use."""
    import resource

    size, resident = (int(number) * resource.getpagesize() for number in _USED.read_text().split()[:2])
    return size, resident


@contextlib.contextmanager
def _watched(most: int) -> Iterator[None]:
    def look(number: int, frame: FrameType | None) -> None:
        if _read_used()[1] > most:
            raise TooMuchMemoryError

    before: Any = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, _EVERY_S, _EVERY_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextlib.contextmanager
def _wall(room: int) -> Iterator[None]:
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    wanted = [_read_used()[0] + room, *(each for each in before if each != resource.RLIM_INFINITY)]
    resource.setrlimit(resource.RLIMIT_AS, (min(wanted), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
