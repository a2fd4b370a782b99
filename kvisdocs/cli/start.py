"""Where the program begins: signals are heard first, then the rest is loaded. So little is imported here as can be."""

import contextlib
import io
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
    _print_what_can_be()
    from kvisdocs.application.stopping import Stopped, heeding

    try:
        with heeding(numbers):
            from kvisdocs.cli.terminal.language import start_language

            start_language(sys.argv[1:])  # first, since click's types take their names as they are made
            from kvisdocs.cli.main import main

            main(prog_name="kvisdocs")
    except Stopped as stopped:
        from kvisdocs.languages import translate

        _end(stopped.number, translate(stopped.said))


def _print_what_can_be() -> None:
    """A sign that the terminal or the file behind `>` has no code for becomes a question mark, and stops nothing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")


def _heeded() -> list[int]:
    """The numbers of SIGNALS, but for those that are ignored, as under nohup, or not handled by Python."""
    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    return [number for number in numbers if signal.getsignal(number) not in {signal.SIG_IGN, None}]


def _leave(number: int, frame: FrameType | None) -> None:
    """While the program is loaded, there is nothing to be put in order."""
    _end(number, f"stopped by {signal.Signals(number).name}")


def _end(number: int, said: str) -> None:
    """Leave at once: what a library still does at the end could be disturbed, and is not needed."""
    with contextlib.suppress(OSError):  # the terminal is gone
        os.write(2, f"{said}\n".encode())
    os._exit(128 + number)
