"""Where a new file goes: its whole name, its schema, and that nothing is there yet."""

import os
from collections.abc import Iterable
from pathlib import Path

from kvisdocs.application.reading import check_id
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem


def name_file(file: Path) -> Path:
    """The file's whole name. Raises KvisdocsError where nothing can be laid out there, before anything is asked."""
    file = file if file.suffix.lower() in {".yaml", ".yml"} or not file.name else file.parent / f"{file.name}.yaml"
    if problem := check_id(file):
        raise KvisdocsError(problem)
    refuse_overwriting([file])
    return file


def refuse_overwriting(paths: Iterable[Path]) -> None:
    """Raises KvisdocsError where something is there, be it a link that leads nowhere."""
    for path in paths:
        if os.path.lexists(path):
            what = message("new.file.there", "the file is there already")
            todo = N_("choose another name, or delete it first; nothing was written")
            raise KvisdocsError(Problem(Position(str(path)), what, todo))


def find_schema(file: Path, kind: str) -> Path:
    """The schema that is near: in a folder `schema` beside the file or above; else where it is to be written."""
    name = f"schema/{kind}.schema.json"
    folders = [file.absolute().parent, *file.absolute().parent.parents][:4]
    return next((folder / name for folder in folders if (folder / name).exists()), folders[0] / name)
