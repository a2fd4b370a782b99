"""How long one document may take, and how much memory a process: the last wall, for what no other limit foresees.

A stylesheet can keep a layout busy for years without a large number in it. After the time said, TookTooLongError is
raised wherever the work happens to be; what runs inside a C library hears of it when it comes back, and if it does not
come back for as long again, the process ends.
"""

import contextlib
import faulthandler
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Any

DOCUMENT_S = 60.0
"""What one document may take, in all its formats. The longest that ships takes two seconds on an old machine."""

MEMORY_BYTES = 4_000_000_000
"""What one process may take: WeasyPrint and python-docx need 150 MB for the longest document that ships."""

_AGAIN_S = 1.0
"""Raised again after this time, since a library may hold the exception for a fault of its own and go on."""


class TookTooLongError(BaseException):
    """Raised in the middle of whatever runs. No `Exception`, so that no library takes it for a broken picture."""


@contextlib.contextmanager
def limit_time(seconds: float = DOCUMENT_S) -> Iterator[None]:
    """Raise TookTooLongError inside when that time is over.

    It needs the main thread and POSIX timers. Elsewhere (Windows, a thread of a server) only the end of the process
    after twice the time is left.
    """
    soft = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    before: Any = signal.signal(signal.SIGALRM, _stop) if soft else None
    _end_after(2 * seconds)
    if soft:
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN_S)
    try:
        yield
    finally:
        if soft:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        faulthandler.cancel_dump_traceback_later()


def limit_memory(most: int = MEMORY_BYTES) -> bool:
    """Let this process have no more memory than that: beyond, MemoryError. Gives whether the system can (not Windows).

    For worker processes; it cannot be taken back.
    """
    try:
        import resource
    except ImportError:
        return False
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    except (ValueError, OSError):  # macOS knows the limit and does not let it be set
        return False
    return True


def _stop(number: int, frame: FrameType | None) -> None:
    raise TookTooLongError


def _end_after(seconds: float) -> None:
    """A thread of faulthandler's own, in C, ends the process even where Python does not come to a word any more."""
    if sys.__stderr__ is not None:
        with contextlib.suppress(OSError, ValueError):  # standard error is closed: nowhere to say it
            faulthandler.dump_traceback_later(seconds, exit=True, file=sys.__stderr__)
