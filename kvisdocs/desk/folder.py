"""The folder that the desk shows: which files are its cases, and which file a name in an address means.

A name is the path seen from the folder, with `/` between its parts. No name leads out of the folder, by a link either.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kvisdocs.application.reading import find_files
from kvisdocs.cases.yaml.source import read_raw
from kvisdocs.problems import KvisdocsError, printable

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

    @property
    def is_addressable(self) -> bool:
        """Whether a page's address can name it."""
        return self.name == printable(self.name) and not any(sign in self.name for sign in "\\:")


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

    def place(self, name: str) -> Path:
        """Where a case of that name lies, or would lie. Raises NoSuchFileError for what is no place in the folder."""
        *folders, last = name.split("/")
        if not _is_name(last) or not last.lower().endswith(ENDINGS) or not all(map(_is_folder_of_cases, folders)):
            raise NoSuchFileError(name)
        path = self.root.joinpath(*folders, last)
        try:
            real = os.path.realpath(path)
            if not _is_below(real, os.path.realpath(self.root)) or not Path(real).parent.is_dir():
                raise NoSuchFileError(name)
        except (OSError, ValueError):
            raise NoSuchFileError(name) from None
        return path

    def find(self, name: str) -> Path:
        """The file of that name, which is there. Raises NoSuchFileError."""
        path = self.place(name)
        try:
            if path.is_file():
                return path
        except (OSError, ValueError):
            pass
        raise NoSuchFileError(name)

    def holds(self, path: Path) -> bool:
        """Whether a file lies in the folder, whatever links lead to it."""
        return _is_below(os.path.realpath(path), os.path.realpath(self.root))

    def name_of(self, file: str) -> str:
        """What the desk calls a file; empty of one that lies elsewhere."""
        try:
            return Path(os.path.normpath(file)).relative_to(os.path.normpath(self.root)).as_posix()
        except ValueError:
            return ""

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

    def read_if_there(self, name: str) -> tuple[Path, bytes]:
        """A case's place and its bytes, none where it is not there any more. Raises as `read` for what is no place."""
        path = self.place(name)
        try:
            return self.read(name)
        except NoSuchFileError:
            return path, b""


def stamp_of(path: Path) -> Stamp:
    """The stamp of a file; raises OSError."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino


def _is_name(part: str) -> bool:
    """Whether a part of a name is one, and leads neither nowhere, up, nor to another drive."""
    return part not in {"", ".", ".."} and not any(sign in part for sign in "\0\\:")


def _is_folder_of_cases(part: str) -> bool:
    """Whether cases are looked for in a folder of that name."""
    return _is_name(part) and not part.startswith(".") and part != "templates"


def _is_below(path: str, folder: str) -> bool:
    return Path(path).is_relative_to(folder)
