"""Files that appear whole or not at all: written beside their place, flushed to the disk, then moved there."""

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, say_refusal

STALE_S = 3600
"""A part that is older than its file by this belongs to a run that was killed: writing one takes less than a second."""

_NO_ROOM = N_("make room on the disk, or choose another folder")
_FILE_IN_WAY = N_("a file is in the way; choose another folder")
_TODO = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EFBIG: _NO_ROOM,
    errno.EEXIST: _FILE_IN_WAY,
    errno.ENOTDIR: _FILE_IN_WAY,
    errno.EISDIR: N_("a folder is in the way; rename it, or choose another folder"),
    errno.ENAMETOOLONG: N_("give the case file, or the report, a shorter name"),
}


def prepare_folder(folder: Path) -> None:
    """Make a folder and see that files can be written in it. Raises KvisdocsError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise cannot_write(folder, error) from None


def write_atomically(files: Mapping[Path, bytes], keeps_rights: bool = False) -> None:
    """Write files that belong together, readable by their owner alone; or as the file was that each takes the place of.

    Raises KvisdocsError; then nothing half is left behind, and none is moved to its place before all are on the disk.
    What a killed run left of the same files is removed.
    """
    with contextlib.ExitStack() as leftovers:
        parts = {path: _write_part(path, data, leftovers, keeps_rights) for path, data in files.items()}
        for path, part in parts.items():
            try:
                part.replace(path)
            except OSError as error:
                raise cannot_write(path, error) from None
        _remove_stale(parts)


def is_there(path: Path) -> bool:
    """Whether there is a file or folder; False also where nobody may look."""
    try:
        return path.exists()
    except OSError:
        return False


def cannot_write(path: Path, error: OSError) -> KvisdocsError:
    """The operating system's refusal in our words."""
    todo = _TODO.get(error.errno or 0, N_("check its rights, or choose another folder"))
    what = message("output.file.unwritable", "cannot be written: {reason}", reason=say_refusal(error))
    return KvisdocsError(Problem(Position(str(path)), what, todo))


def _write_part(path: Path, data: bytes, leftovers: contextlib.ExitStack, keeps_rights: bool) -> Path:
    """The file's data beside its place; `leftovers` removes it unless it has moved there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        leftovers.callback(_remove, Path(name))
        with os.fdopen(descriptor, "wb") as file:
            if keeps_rights:
                with contextlib.suppress(FileNotFoundError):
                    Path(name).chmod(stat.S_IMODE(path.stat().st_mode))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise cannot_write(path, error) from None
    return Path(name)


def _remove_stale(paths: Iterable[Path]) -> None:
    """Remove old parts of files. Young ones may be another run's, which is writing the same file just now.

    The files themselves were written this moment, so the disk's own clock tells the age.
    """
    folders: dict[Path, dict[str, Path]] = {}
    for path in paths:
        folders.setdefault(path.parent, {})[path.name] = path
    for folder, own in folders.items():
        for part in folder.iterdir():
            name = part.name[1:].removesuffix(".part").rpartition(".")[0]
            if part.name.startswith(".") and part.suffix == ".part" and name in own:
                with contextlib.suppress(OSError):
                    if own[name].stat().st_mtime - part.stat().st_mtime > STALE_S:
                        part.unlink()


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
