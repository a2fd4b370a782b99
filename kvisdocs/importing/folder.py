"""What an import changes in its folder: new, changed, unchanged and gone files; what somebody edited is let be.

`.kvisdocs-import.json` in the folder remembers, by a digest, how each file was written. A file that is otherwise now
was edited by hand.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kvisdocs.application.store.atomic_files import write_atomically
from kvisdocs.cases.yaml.source import parse_source
from kvisdocs.messages import N_, listed, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity, say_refusal

RECORD = ".kvisdocs-import.json"
MOST_NAMED = 3
"""So many fields of a changed file are named."""

MORE = "…"


@dataclass
class Changes:
    """What an import would do, and what it lets be. `changed` has the fields that are otherwise than before."""

    folder: Path
    new: list[Path] = field(default_factory=list)
    changed: dict[Path, list[str]] = field(default_factory=dict)
    unchanged: list[Path] = field(default_factory=list)
    edited: list[Path] = field(default_factory=list)
    """Edited by hand, while the list is as it was."""
    gone: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    writes: dict[Path, bytes] = field(default_factory=dict)
    record: dict[str, str] = field(default_factory=dict)

    def write(self) -> None:
        """Write what is new or changed, and the record; all of it or nothing. Raises KvisdocsError."""
        record = {"version": 1, "files": dict(sorted(self.record.items()))}
        data = (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
        path = self.folder / RECORD
        if self.writes or not path.exists() or path.read_bytes() != data:
            write_atomically({**self.writes, path: data})


def compare(files: Mapping[Path, str], folder: Path, overwrite: bool = False) -> Changes:
    """What the files of a list change in the folder. With `overwrite`, what was edited by hand gives way."""
    before, problems = _read_record(folder)
    changes = Changes(folder, problems=problems)
    for path, text in files.items():
        data = text.encode()
        digest = _digest(data)
        try:
            there = path.read_bytes() if path.exists() or path.is_symlink() else None
        except OSError as error:
            what = message("import.file.unreadable", "cannot be read: {reason}", reason=say_refusal(error))
            changes.problems.append(Problem(Position(str(path)), what, N_("check its rights")))
            continue
        written = before.get(path.name)
        if there is None:
            changes.new.append(path)
        elif there == data:
            changes.unchanged.append(path)
            changes.record[path.name] = digest
            continue
        elif not (fields := _differences(there, text)):  # only comments, or how it is written
            changes.unchanged.append(path)
            changes.record.update({path.name: written} if written else {})
            continue
        elif _digest(there) != written and not overwrite:
            _let_be(changes, path, written, digest, fields)
            continue
        else:
            changes.changed[path] = fields
        _see_that_it_is_yaml(path, text)
        changes.writes[path] = data
        changes.record[path.name] = digest
    for name, digest in before.items():
        path = folder / name
        if path not in files and path.exists():
            changes.gone.append(path)
            changes.record[name] = digest
    return changes


def _let_be(changes: Changes, path: Path, written: str | None, digest: str, fields: list[str]) -> None:
    """A file that is otherwise than the import wrote it: no problem as long as the list says the same as before."""
    if written is not None:
        changes.record[path.name] = written
    if written == digest:
        changes.edited.append(path)
        return
    named = listed([f'"{each}"' if each != MORE else each for each in fields])
    todo = N_("see to it by hand, or import with --replace, by which what was written by hand is lost")
    if written is None:
        what = message(
            "import.file.not_ours", "the file is not from this list, and was not overwritten (it differs in {fields})",
            fields=named,
        )  # fmt: skip
    else:
        what = message(
            "import.file.edited", "somebody edited the file, and it was not overwritten (the list differs in {fields})",
            fields=named,
        )  # fmt: skip
    changes.problems.append(Problem(Position(str(path)), what, todo))


def tell_gone(changes: Changes) -> list[Problem]:
    """A warning at each file of which the list has no row any more; once for all if the list has a row for none."""
    if len(changes.gone) > 1 and not (changes.changed or changes.unchanged or changes.edited or changes.problems):
        what = message("import.folder.other_list", "the list has no row for any file that was imported into the folder")
        todo = N_("give each list a folder of its own; nothing is deleted")
        return [Problem(Position(str(changes.folder)), what, todo, Severity.WARNING)]
    what = message("import.file.gone", "the list has no row for this file any more")
    todo = N_("delete it if the case is over; an import never does")
    return [Problem(Position(str(path)), what, todo, Severity.WARNING) for path in changes.gone]


def _see_that_it_is_yaml(path: Path, text: str) -> None:
    """Raises KvisdocsError, so that no file is written that could not be read. It would be our fault."""
    parse_source(text, str(path))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read_record(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    path = folder / RECORD
    try:
        found = json.loads(path.read_bytes())["files"]
        return {str(name): str(digest) for name, digest in found.items() if Path(name).name == name}, []
    except FileNotFoundError:
        return {}, []
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        what = message("import.record.broken", "what earlier imports wrote cannot be read any more")
        todo = N_("files that the list changes count as edited by hand; see them through, and import with --replace")
        return {}, [Problem(Position(str(path)), what, todo, Severity.WARNING)]


def _differences(there: bytes, text: str) -> list[str]:
    """The fields that differ, of many the first few; for a list with other items its own name. None: the same data."""
    try:
        old, new = parse_source(there.decode(), "").data, parse_source(text, "").data
    except (KvisdocsError, UnicodeDecodeError):
        return [MORE]
    found = list(dict.fromkeys(_differ(old, new, "")))
    return [*found[:MOST_NAMED], MORE] if len(found) > MOST_NAMED else found


def _differ(old: Any, new: Any, name: str) -> list[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        return [
            each
            for key in dict.fromkeys((*new, *old))
            for each in _differ(old.get(key), new.get(key), f"{name}.{key}" if name else key)
        ]
    return [] if old == new else [name]
