"""What ends the work on one document in its middle: its last limits in memory and time, and what a library raises.

A few lines of a template can lay out pages by the ten thousand, and a stylesheet can keep a layout busy for years
without a large number in it. Memory is looked at again and again, and time is measured; beyond the limit an exception
is raised wherever the work happens to be, and only this document is stopped.

What a C library takes at once, the system refuses (RLIMIT_AS): a MemoryError, or the end of the process where the
library cannot go on without. It hears of the time when it comes back; if it does not come back for as long again, the
process ends.

WeasyPrint, tinycss2, lxml, python-docx and Pillow meet templates that their makers never thought of. What they raise is
told as a problem at the template's line: which element or rule they were at is known to the functions that were
running, in their local variables.
"""

import contextlib
import faulthandler
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any
from xml.etree.ElementTree import Element

from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.templating.html import POSITION_ATTRIBUTE, HtmlDocument

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


REPORT = N_("leave out what stands there, or write it another way, and please report it")


@contextmanager
def tell_library_faults(document: HtmlDocument, format: str) -> Iterator[None]:
    """Raise KvisdocsError for whatever breaks inside: at the innermost element or rule that is known.

    A refusal of the system (a full disk) and a lack of memory are no fault of the template, and pass.
    """
    try:
        yield
    except (KvisdocsError, MemoryError):
        raise
    except RecursionError:
        what = message(
            "html.document.recursion", "{format}: the elements or the stylesheet are nested too deep", format=format
        )
        raise KvisdocsError(Problem(document.position(None), what, N_("take out some of them"))) from None
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        said = " ".join(str(error).split())[:200]
        fault = f"{type(error).__name__}: {said}" if said else type(error).__name__
        what = message(
            "html.document.library_fault", "{format}: cannot be made of this: {fault}", format=format, fault=fault
        )
        raise KvisdocsError(Problem(_locate(error.__traceback__, document), what, REPORT)) from error


def _locate(traceback: TracebackType | None, document: HtmlDocument) -> Position:
    """The place of the innermost running function's element, or of its declaration."""
    found = document.position(None)
    while traceback is not None:
        places = [place for value in traceback.tb_frame.f_locals.values() if (place := _place(value, document))]
        found = places[-1] if places else found
        traceback = traceback.tb_next
    return found


def _place(value: Any, document: HtmlDocument) -> Position | None:
    """Where a value is from: an element, what stands for one, or a declaration that knows its place."""
    for name in ("position", "element", "etree_element"):
        inner = None
        with suppress(Exception):  # a property of a library's object, half made
            inner = getattr(value, name, None)
        if isinstance(inner, Position) and inner.line:
            return inner
        if isinstance(inner, Element):
            value = inner
    if isinstance(value, Element) and (mark := value.get(POSITION_ATTRIBUTE)):
        return document.position(mark)
    return None
