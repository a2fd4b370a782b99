"""What goes to another machine and comes back: template folders as a ZIP file, calls and answers as pickles.

A pickle says `the run's templates` instead of where they lie, so that each side reads its own folders. Messages about
files there are told with the caller's names.
"""

import io
import pickle
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kvisdocs.problems import show_path
from kvisdocs.templating.html import Assets

_TEMPLATES = "templates"


@dataclass(frozen=True)
class PackedTemplates:
    """The template folders of a run: their files, zipped, and what messages call each folder."""

    data: bytes
    shown: tuple[str, ...]


def pack_assets(assets: Assets) -> PackedTemplates:
    """All files that can be found in the folders. The folders are numbered in the order in which they win."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number, folder in enumerate(assets.folders):
            only = Assets((folder,))
            for name in only.names("**/*"):
                if path := only.find(name):
                    archive.writestr(zipfile.ZipInfo(f"{number}/{name}"), path.read_bytes())
    return PackedTemplates(packed.getvalue(), tuple(map(show_path, assets.folders)))


def unpack_assets(templates: PackedTemplates, folder: Path) -> Assets:
    """The same folders, inside `folder`. Raises OSError."""
    folders = tuple(folder / str(number) for number in range(len(templates.shown)))
    for each in folders:
        each.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(templates.data)) as archive:
        archive.extractall(folder)
    return Assets(folders, tuple(map(Path, templates.shown)))


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, assets: Assets) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._assets = assets

    def persistent_id(self, value: Any) -> str | None:
        return _TEMPLATES if isinstance(value, Assets) and value == self._assets else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, assets: Assets) -> None:
        super().__init__(file)
        self._assets = assets

    def persistent_load(self, name: str) -> Assets:
        return self._assets


def write_message(value: object, assets: Assets) -> bytes:
    """Anything that can be pickled, where `assets` are told of without their place."""
    packed = io.BytesIO()
    _Pickler(packed, assets).dump(value)
    return packed.getvalue()


def read_message(data: bytes, assets: Assets) -> Any:
    """What `write_message` was given, with these assets for those. Comes from the own cluster: a pickle runs code."""
    return _Unpickler(io.BytesIO(data), assets).load()
