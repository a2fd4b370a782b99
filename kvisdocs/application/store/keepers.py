"""Why a file that lies in a letter's place must stay as it is."""

import hashlib
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from kvisdocs.messages import N_, Message

APPROVED = N_("is approved, printed or sent")
"""Why a file must stay, whatever is asked for."""


def find_keeper(path: Path, written: Collection[str]) -> Message | None:
    """Why the file must stay as it is, as the end of a sentence; None where there is none, or it may be overwritten.

    `written` are the digests of all that kvisdocs ever wrote there. Raises OSError where nobody can look.
    """
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISLNK(found.st_mode):
        return N_("is a link that somebody made")
    if not stat.S_ISREG(found.st_mode):
        return None  # a folder in the way: the system says so when the file is to be written
    if read_digest(path) not in written:
        return N_("is not the file that kvisdocs wrote")
    if not found.st_mode & stat.S_IWUSR:
        return N_("is write-protected")
    lock = next((each for each in _locks(path) if each.exists()), None)
    return N_('is open in another program ("{name}" lies beside it)', name=lock.name) if lock else None


def read_digest(path: Path) -> str | None:
    """A file's SHA-256 in hexadecimal; None where there is no file to read."""
    try:
        if not path.is_file():  # opening a pipe would wait for somebody to write into it
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _locks(path: Path) -> Iterator[Path]:
    """What Word and LibreOffice lay beside a file while it is open. Word drops up to two letters of its name."""
    for start in range(3):
        yield path.with_name(f"~${path.name[start:]}")
    yield path.with_name(f".~lock.{path.name}#")
