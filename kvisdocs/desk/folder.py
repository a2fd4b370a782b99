"""The folder that the desk shows: which files are its cases, and which file a name in an address means.

A name is the path seen from the folder, with `/` between its parts. No name leads out of the folder, by a link either.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kvisdocs.application.reading import find_files
from kvisdocs.cases.yaml.source import read_raw
from kvisdocs.problems import KvisdocsError

ENDINGS = (".yaml", ".yml")

Stamp = tuple[int, int, int]
"""What tells that a file is another than it was: its time in nanoseconds, its size and its number on the disk."""


class NoSuchFileError(Exception):
    """There is no case of that name in the folder."""


@dataclass(frozen=True)
class CaseFile:
    """A file that is called like a case."""

    name: str
    path: Path
    stamp: Stamp


@dataclass(frozen=True)
class Folder:
    """A folder of cases."""

    root: Path

    def look(self) -> Iterator[CaseFile]:
        """Its case files, by path. What is gone meanwhile, or leads out of the folder, is passed over."""
        files, _ = find_files([self.root])
        real = os.path.realpath(self.root)
        for path in files:
            try:
                if path.is_symlink() and not _is_below(os.path.realpath(path), real):
                    continue
                yield CaseFile(path.relative_to(self.root).as_posix(), path, stamp_of(path))
            except OSError:
                continue

    def find(self, name: str) -> Path:
        """The file of that name. Raises NoSuchFileError for whatever is no case file below the folder."""
        parts = name.split("/")
        if "\0" in name or "\\" in name or not name.lower().endswith(ENDINGS) or any(map(_is_hidden, parts)):
            raise NoSuchFileError(name)
        path = self.root.joinpath(*parts)
        try:
            real = os.path.realpath(path)
            if not _is_below(real, os.path.realpath(self.root)) or not Path(real).is_file():
                raise NoSuchFileError(name)
        except (OSError, ValueError):
            raise NoSuchFileError(name) from None
        return path

    def read(self, name: str) -> tuple[Path, bytes]:
        """A case's path and bytes. Raises NoSuchFileError, or KvisdocsError where it cannot be read."""
        path = self.find(name)
        try:
            data, _ = read_raw(path, name)
        except KvisdocsError:
            if not path.exists():
                raise NoSuchFileError(name) from None
            raise
        return path, data


def stamp_of(path: Path) -> Stamp:
    """The stamp of a file; raises OSError."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino


def _is_hidden(part: str) -> bool:
    """Whether a part of a name leads nowhere, up, to another drive, or to what programs keep for themselves."""
    return not part or part.startswith(".") or ":" in part


def _is_below(path: str, folder: str) -> bool:
    return Path(path).is_relative_to(folder)
