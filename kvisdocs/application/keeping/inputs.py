"""Inputs that were kept (`--keep-inputs`): the letter of a day is made again of them, byte for byte.

    OUTPUT/.kvisdocs/inputs/<sha256>    a file as it was: a case, a template, a font; or a list of such files

The journal's line of a making names its list. What many letters are made of is kept once.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from kvisdocs.application.journal.entry import Entry, Event
from kvisdocs.application.store.atomic_files import write_atomically
from kvisdocs.application.store.output_store import OWN
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.templating.html import Assets


@dataclass(frozen=True)
class Inputs:
    """What a letter was made of, besides its letter date and the program."""

    file: str
    """The name of the case's file."""
    case: bytes
    related: Mapping[str, bytes]
    assets: Mapping[str, str]
    """The digests of all files of the templates folders, by name."""
    along: tuple[str, ...]
    """The documents that were made along with it."""


@dataclass
class InputStore:
    """The inputs that an output folder keeps."""

    output: Path
    _known: dict[Assets, dict[str, str]] = field(default_factory=dict)
    """Of each set of templates folders, its files' digests: they do not change while a run goes on."""

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self.output / OWN / "inputs"

    def keep(self, file: str, case: bytes, related: Mapping[str, bytes], assets: Assets, along: Collection[str]) -> str:
        """Keep what a letter is made of; gives the digest of its list. Raises KvisdocsError."""
        if assets not in self._known:
            paths = {name: assets.find(name) for name in assets.names("**/*")}
            self._known[assets] = {name: self._put(path.read_bytes()) for name, path in paths.items() if path}
        listed = {
            "file": file,
            "case": self._put(case),
            "related": {name: self._put(data) for name, data in sorted(related.items())},
            "assets": self._known[assets],
            "along": list(along),
        }
        return self._put(json.dumps(listed, sort_keys=True).encode())

    def _put(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        path = self.folder / digest
        if not path.exists():
            write_atomically({path: data})
        return digest

    def read(self, digest: str) -> Inputs:
        """What a list names. Raises KvisdocsError where it is not whole."""
        listed = json.loads(self.get(digest))
        related = {name: self.get(each) for name, each in listed["related"].items()}
        return Inputs(listed["file"], self.get(listed["case"]), related, listed["assets"], tuple(listed["along"]))

    def get(self, digest: str) -> bytes:
        """A file. Raises KvisdocsError where it is gone, or not as it was."""
        path = self.folder / digest
        try:
            data = path.read_bytes()
        except OSError:
            data = b""
        if hashlib.sha256(data).hexdigest() != digest:
            what = message("inputs.file.gone", "what was kept here is gone, or not as it was")
            raise KvisdocsError(Problem(Position(str(path)), what, N_("take it from a copy of the folder")))
        return data

    def lay_out(self, inputs: Inputs, folder: Path) -> Assets:
        """The templates folder as it was, in a folder of its own. Raises KvisdocsError."""
        for name, digest in inputs.assets.items():
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
                continue
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.get(digest))
        return Assets((folder,))

    def sweep(self, entries: Iterable[Entry]) -> None:
        """Delete what belongs to no letter any more, by all lines of the journal."""
        if not self.folder.is_dir():
            return
        lists = find_lists(entries)
        live = set(lists)
        for each in lists:
            with contextlib.suppress(KvisdocsError, ValueError):
                listed = json.loads(self.get(each))
                live |= {listed["case"], *listed["related"].values(), *listed["assets"].values()}
        for path in self.folder.iterdir():
            if path.name not in live:
                with contextlib.suppress(OSError):
                    os.unlink(path)  # noqa: PTH108  (never what a link leads to)


def find_lists(entries: Iterable[Entry]) -> set[str]:
    """The lists of all letters that were not deleted. With a letter goes what it replaced."""
    kept: dict[tuple[str, str], list[tuple[set[str], str]]] = {}
    for entry in entries:
        letters = kept.setdefault(entry.key, [])
        drafts = set(entry.details.get("drafts", "").split())
        if entry.event is Event.MADE:
            letters.append((set(entry.digests), entry.details.get("inputs", "")))
        elif entry.event is Event.APPROVED and drafts:
            for digests, _ in letters:
                if digests & drafts:
                    digests |= entry.digests
        elif entry.event is Event.DELETED:
            gone = [number for number, (digests, _) in enumerate(letters) if digests & entry.digests]
            del letters[: max(gone, default=-1) + 1]
    return {inputs for letters in kept.values() for _, inputs in letters if inputs}
