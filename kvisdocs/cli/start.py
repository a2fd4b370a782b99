"""Where the program begins: signals are heard first, then the rest is loaded. So little is imported here as can be."""

import contextlib
import os
import signal
import sys
from types import FrameType

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Those that end the program, where there are such: SIGHUP comes when a terminal is closed, SIGBREAK on Windows."""


def start() -> None:
    """Run the program, and leave with its exit code; if it is stopped, with a word and 128 + the signal's number."""
    numbers = _heeded()
    for number in numbers:
        signal.signal(number, _leave)
    from kvisdocs.application.stopping import Stopped, heeding

    try:
        with heeding(numbers):
            from kvisdocs.cli.language import start_language
            from kvisdocs.cli.main import main

            start_language(sys.argv[1:])
            main(prog_name="kvisdocs")
    except Stopped as stopped:
        _end(stopped.number)


def _heeded() -> list[int]:
    """The numbers of SIGNALS, but for those that are ignored, as under nohup, or not handled by Python."""
    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    return [number for number in numbers if signal.getsignal(number) not in {signal.SIG_IGN, None}]


def _leave(number: int, frame: FrameType | None) -> None:
    """While the program is loaded, there is nothing to be put in order."""
    _end(number)


def _end(number: int) -> None:
    """Leave at once: what a library still does at the end could be disturbed, and is not needed."""
    with contextlib.suppress(OSError):  # the terminal is gone
        os.write(2, f"stopped by {signal.Signals(number).name}\n".encode())
    os._exit(128 + number)
