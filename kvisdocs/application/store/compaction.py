"""A manifest that is mostly superseded is written anew when a run begins, so that years of runs do not slow it down.

Written beside, flushed, then moved into place, before any line is added: whoever is killed leaves the old or the new
one, and both tell the same. The newest line of each document and case is kept as it stands, and in its order.
"""

import contextlib
import json
import os
import re
from collections.abc import Iterable
from pathlib import Path

from kvisdocs.application.store.manifest import VERSION

WORTH_BYTES = 1_000_000
"""A smaller manifest is read in a moment: some thousand lines."""

_LINE = re.compile(rb'\{"v":%d,"kind":"(?:(run|end)"|((?:document|case)","key":"[0-9a-f]+)")' % VERSION)
"""How the manifest's lines begin: a run's state, or the name of what the line tells of."""


def compact_manifest(path: Path, worth_bytes: int = WORTH_BYTES) -> bool:
    """Write the manifest anew if more than half of its lines are superseded; says whether it was. Needs the lock.

    Where there is no room for it the old one stays. OSError where the disk cannot tell whether it moved.
    """
    part = path.with_name("manifest.part")
    try:
        if path.stat().st_size < worth_bytes:
            return False
        with path.open("rb") as file:
            lines = list(file)
        if 2 * len(_newest(lines)) >= len(lines):  # a glance, for most runs
            return False
        kept = list(_newest(_whole(lines)).values())
        _write(part, sorted(kept))
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        return False
    _flush_folder(path.parent)
    return True


def _newest(lines: Iterable[bytes]) -> dict[bytes, tuple[int, bytes]]:
    """The last line of each name, with its number. A line that is none of ours has a name of its own, and stays."""
    found = {}
    for number, line in enumerate(lines):
        known = _LINE.match(line)
        name = b"%d" % number if known is None else b"run" if known[1] else known[2]
        found[name] = number, line
    return found


def _whole(lines: Iterable[bytes]) -> Iterable[bytes]:
    """The lines that can be read: one that broke must not supersede the one before it."""
    for line in lines:
        with contextlib.suppress(ValueError, RecursionError):
            json.loads(line)
            if line.endswith(b"\n"):
                yield line


def _write(part: Path, lines: Iterable[tuple[int, bytes]]) -> None:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(line for _, line in lines)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """New lines go into the new file, so its name must be on the disk before them. Windows has no such call."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
