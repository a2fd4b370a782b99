"""How much memory one document may take beside what is loaded; beyond it the document is stopped, and no other.

A few lines of a template can lay out pages by the ten thousand. What is in use is looked at again and again, and
TooMuchMemoryError is raised wherever the work happens to be. What a C library takes at once, the system refuses
(RLIMIT_AS): a MemoryError, or the end of the process where the library cannot go on without.
"""

import contextlib
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

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
