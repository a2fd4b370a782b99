"""Who is at work, and what their lines in the journal say of a letter."""

import getpass
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kvisdocs.application.journal.entry import Entry, Event, NamedFile
from kvisdocs.application.store.manifest import FileRecord, Record

_BY_FORMAT = {"version"}
"""What the files of one letter may be made from that is not the same for each of them."""


@dataclass(frozen=True)
class Scribe:
    """Who does what is written down, and their clock."""

    by: str
    now: Callable[[], datetime]

    def write(self, event: Event, case_id: str, record: Record, files: Mapping[str, NamedFile]) -> Entry:
        """A line about files of a record."""
        made_from = record.files[next(iter(files))].inputs if files else {}
        return replace(self.write_about(event, case_id, record.document, files, made_from), draft=record.draft)

    def write_about(
        self, event: Event, case_id: str, document: str, files: Mapping[str, NamedFile], made_from: Mapping[str, str]
    ) -> Entry:
        """A line about files that were made from that."""
        return Entry(self.now(), event, self.by, case_id, document, files, made_from, kvisdocs=find_version())

    def write_made(
        self, case_id: str, record: Record, formats: Collection[str], source: Path, output: Path, inputs: str = ""
    ) -> Entry:
        """The line of a letter that was made in these formats: with those of other formats, made of the same before.

        It says where its case lies, seen from the output folder, and the list of its inputs where they were kept.
        """
        first = _common(record.files[next(iter(formats))])
        files = {
            format: name_files(record)[format]
            for format, file in record.files.items()
            if format in formats or _common(file) == first
        }
        entry = self.write(Event.MADE, case_id, record, files)
        kept = {"inputs": inputs} if inputs else {}
        return replace(entry, details={"source": _find_way(source, output), **kept})


def name_files(record: Record) -> dict[str, NamedFile]:
    """A record's files by their names and digests."""
    return {format: NamedFile(record.name_of(format), file.sha256) for format, file in record.files.items()}


def _common(file: FileRecord) -> dict[str, str]:
    return {part: digest for part, digest in file.inputs.items() if part not in _BY_FORMAT}


def _find_way(file: Path, folder: Path) -> str:
    """The way from a folder to a file, so that both can be moved together."""
    try:
        return Path(os.path.relpath(file.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive of Windows
        return str(file.resolve())


def find_system_user() -> str:
    """The name of the computer's user, or the number of one without a name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "?"


@cache
def find_version() -> str:
    """The version of kvisdocs."""
    try:
        return version("kvisdocs")
    except PackageNotFoundError:
        return ""
