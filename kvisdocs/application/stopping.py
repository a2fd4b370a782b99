"""Ctrl-C, SIGTERM and SIGHUP: whatever is going on ends in good order and with a word, at any moment."""

import contextlib
import signal
import time
from collections.abc import Iterable, Iterator
from types import FrameType

from kvisdocs.messages import N_, Message


class Stopped(BaseException):
    """Raised in the middle of whatever runs. No `Exception`, so that nobody takes it for a fault of a document."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    @property
    def code(self) -> int:
        """The exit code, as shells have it."""
        return 128 + self.number

    @property
    def said(self) -> Message:
        """Why all has stopped."""
        return N_("stopped by {signal}", signal=signal.Signals(self.number).name)


PAUSE_S = 2
"""Who asks again after so long is heard again."""

_heard: list[tuple[int, float]] = []
"""The signals that came, and when: an exception raised in a call-back of a C library is lost there."""


_deferrals: list[None] = []
"""One for each `deferring` that is under way."""


def check_stopped() -> None:
    """Raise Stopped if a signal has come and its exception was lost on the way."""
    if _heard and not _deferrals:
        raise Stopped(_heard[0][0])


@contextlib.contextmanager
def deferring() -> Iterator[None]:
    """For what belongs together, as a file in its place and the word of it: a signal is heard at its end."""
    _deferrals.append(None)
    try:
        yield
    finally:
        _deferrals.pop()
    check_stopped()


@contextlib.contextmanager
def heeding(numbers: Iterable[int]) -> Iterator[None]:
    """Let the signals of these numbers raise Stopped."""
    before = {number: signal.getsignal(number) for number in numbers}
    for number in before:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        _heard.clear()
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, frame: FrameType | None) -> None:
    """The first is heard at once; those that follow on its heels must not disturb what puts things in order."""
    now = time.monotonic()
    if _heard and now < _heard[-1][1] + PAUSE_S:
        return
    _heard.append((number, now))
    check_stopped()
