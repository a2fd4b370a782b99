"""One output folder, open for one run: locked, its manifest read."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kvisdocs.application.store.atomic_files import cannot_write, prepare_folder
from kvisdocs.application.store.compaction import compact_manifest
from kvisdocs.application.store.lock import hold_lock
from kvisdocs.application.store.manifest import Manifest
from kvisdocs.application.store.output_store import OWN, PARTS, OutputStore


@dataclass(frozen=True)
class Session:
    """What a run needs of its output folder."""

    manifest: Manifest
    store: OutputStore


@contextmanager
def open_output(output: Path, overwrite: bool = False, patience_s: float = 0) -> Iterator[Session]:
    """The folder, made if need be, for this run alone. Raises KvisdocsError where it cannot be had.

    `overwrite` lets files be replaced that kvisdocs did not write. Another run is waited for so long.
    """
    prepare_folder(output)
    own = output / OWN
    try:
        own.mkdir(mode=0o700, exist_ok=True)
        _refuse_pipes(own)
    except OSError as error:
        raise cannot_write(own, error) from None
    with hold_lock(own, patience_s):
        try:
            compact_manifest(own / "manifest.jsonl")
            manifest = Manifest(own)
        except OSError as error:
            raise cannot_write(own, error) from None
        with manifest:
            yield Session(manifest, _open_places(output, manifest, overwrite))


def _refuse_pipes(own: Path) -> None:
    """Raises OSError where something lies among the run's own files that would keep it waiting for ever."""
    for name in ("lock", "key", "manifest.jsonl"):
        path = own / name
        if path.exists() and not path.is_file() and not path.is_dir():  # of a folder the system tells by itself
            raise FileExistsError(errno.EEXIST, f'"{name}" is no plain file', str(path))


def _open_places(output: Path, manifest: Manifest, overwrite: bool) -> OutputStore:
    try:
        return OutputStore(output, manifest, overwrite)
    except OSError as error:
        raise cannot_write(output / OWN / PARTS, error) from None
