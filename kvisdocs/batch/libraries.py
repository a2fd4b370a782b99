"""The libraries in C whose version can change a file's bytes, and that come with the system instead of a package.

They are asked themselves and not by way of WeasyPrint, which takes half a second to load, and there
is often little to make.
"""

import ctypes
import zlib
from contextlib import suppress
from ctypes.util import find_library

QUESTIONS = {"libpango-1.0": "pango_version_string", "libharfbuzz": "hb_version_string"}
"""The function by which each tells its version."""

PARTS = "libharfbuzz-subset", "libharfbuzz-vector"
"""WeasyPrint does without these, where they are not installed: in other ways and with other bytes."""


def library_versions(with_drawing: bool) -> list[str]:
    """`zlib 1.3.1` for each; those that lay out text and cut fonts out for a PDF only `with_drawing`.

    A part of HarfBuzz is `there`, in HarfBuzz's own version. What is not installed is `-`.
    """
    lines = [f"zlib {zlib.ZLIB_RUNTIME_VERSION}"]
    if with_drawing:
        lines += [f"{name} {_ask(name, question)}" for name, question in QUESTIONS.items()]
        lines += [f"{name} {'-' if _open(name) is None else 'there'}" for name in PARTS]
    return lines


def _ask(name: str, question: str) -> str:
    library = _open(name) or _find(name)
    if library is None:
        return "-"
    function = library[question]
    function.restype = ctypes.c_char_p
    return bytes(function()).decode()


def _open(name: str) -> ctypes.CDLL | None:
    """The library by its names on Linux, on a Mac and on Windows, by which WeasyPrint asks for it too."""
    for file in (f"{name}.so.0", f"{name}.0.dylib", f"{name}-0.dll"):
        with suppress(OSError):
            return ctypes.CDLL(file)
    return None


def _find(name: str) -> ctypes.CDLL | None:
    """The library where the system knows it to be, which takes programs of the system's; so the parts do without."""
    found = find_library(name.removeprefix("lib"))
    return ctypes.CDLL(found) if found else None
