"""The libraries in C whose version can change a file's bytes, and that come with the system instead of a package."""

import zlib
from functools import partial
from typing import Any

NEWEST = 1000
"""No part of a version of HarfBuzz is ever greater."""


def library_versions(with_drawing: bool) -> list[str]:
    """`zlib 1.3.1` for each; those that lay out text and cut fonts out for a PDF only `with_drawing`.

    WeasyPrint does without two parts of HarfBuzz where they are not installed, in other ways and with other bytes: they
    are `there`, in HarfBuzz's own version, or `-`.
    """
    lines = [f"zlib {zlib.ZLIB_RUNTIME_VERSION}"]
    if with_drawing:
        from weasyprint.text import ffi

        lines += [f"pango {ffi.pango.pango_version()}", f"libharfbuzz {_harfbuzz_version(ffi.harfbuzz)}"]
        parts = {"libharfbuzz-subset": ffi.harfbuzz_subset, "libharfbuzz-vector": ffi.harfbuzz_vector}
        lines += [f"{name} {'-' if library is None else 'there'}" for name, library in parts.items()]
    return lines


def _harfbuzz_version(harfbuzz: Any) -> str:
    """`6.0.0`, found by the one question that WeasyPrint's binding knows: whether it is at least some version."""
    found: list[int] = []
    for behind in ((0, 0), (0,), ()):
        is_at_least = partial(harfbuzz.hb_version_atleast, *found)
        found.append(next(each for each in range(NEWEST) if not is_at_least(each + 1, *behind)))
    return ".".join(map(str, found))
