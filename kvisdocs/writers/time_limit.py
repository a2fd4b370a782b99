"""How long one document may take: the last wall, for what no other limit foresees.

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
