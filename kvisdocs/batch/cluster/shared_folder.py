"""The output folder as workers on other machines see it. Where they can, they put files among its parts themselves."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from kvisdocs.application.job import JobResult, StagedFile
from kvisdocs.application.store.output_store import OWN, PARTS
from kvisdocs.writers import WriterOutput


@dataclass(frozen=True)
class Shared:
    """A file in the output folder, and what stands in it: who reads the same there sees the same folder."""

    output: Path
    token: str = field(repr=False)

    @property
    def file(self) -> Path:
        """Where the token lies, on the caller's machine."""
        return self.output / OWN / f"shared-{self.token[:8]}"


@contextmanager
def share_folder(output: Path) -> Iterator[Shared]:
    """The folder, with its token in it as long as this lasts. Raises OSError."""
    shared = Shared(output.resolve(), secrets.token_hex(16))
    descriptor = os.open(shared.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(shared.token)
            file.flush()
            os.fsync(file.fileno())
        yield shared
    finally:
        with suppress(OSError):
            shared.file.unlink()


def sees_folder(shared: Shared) -> bool:
    """Whether this process sees that very folder, as the same user: another's files the caller could not read."""
    try:
        is_own = not hasattr(os, "geteuid") or shared.file.stat().st_uid == os.geteuid()
        return is_own and shared.file.read_text() == shared.token
    except (OSError, ValueError):
        return False


def stage_files(made: JobResult, shared: Shared) -> JobResult:
    """The document with its files put among the parts; as bytes where they cannot be, so that the caller may try."""
    return replace(made, files={format: _lay(written, shared) for format, written in made.files.items()})


def _lay(written: WriterOutput | StagedFile, shared: Shared) -> WriterOutput | StagedFile:
    if isinstance(written, StagedFile):
        return written
    name = f"{secrets.token_hex(16)}.laid"
    path = shared.output / OWN / PARTS / name
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(written.data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            path.unlink()
        return written
    sha256 = hashlib.sha256(written.data).hexdigest()
    return StagedFile(name, sha256, len(written.data), written.messages, written.pages)
