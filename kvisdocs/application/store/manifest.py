"""What lies in an output folder and from what it was made: JSON Lines, only appended to while a run goes on.

No line names a person: cases stand as keyed digests (HMAC-SHA-256), since case ids are often names. Its lines are
`run` (with its letter date), `document` (its files, their digests and what they were made from), `case` (one that need
not be read again) and `end`.
"""

import contextlib
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any

from pydantic import TypeAdapter

from kvisdocs.application.outcome import Hold
from kvisdocs.templating.drafts import DRAFT

VERSION = 1
"""Of the lines' form. Lines of another version are passed over: what they tell of is made again."""


class Place(StrEnum):
    """Where a document's files belong. What was held back and lies ready was released by somebody who looked at it."""

    READY = "ready"
    HELD_BACK = "held-back"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file: what it is, and the digests of what it was made from. `remarks` counts what its writer had to say.

    `name` is empty where the file bears its own, `<document>.<format>`, and says what it is called where it lies beside
    one that must stay. `earlier` are digests of what kvisdocs wrote there before.
    """

    sha256: str
    size: int
    pages: int | None
    remarks: int
    inputs: Mapping[str, str]
    name: str = ""
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """The files of one document by format."""

    key: str
    document: str
    files: Mapping[str, FileRecord]
    place: Place = Place.READY
    hold: Hold | None = None
    by_hand: bool = False
    """Whether somebody has looked at it, who made it with `render` or released it: no run holds it back."""
    folders: tuple[str, ...] = ()
    """Digests of the case's folder and of all those above it: see `Manifest.name_folders`."""

    draft: bool = False
    """Whether its files wait for somebody's approval, and are called so."""

    edited: bool = False
    """Whether its Word file is one that somebody edited, approved as it is: no run makes its other formats."""

    @property
    def stem(self) -> str:
        """How the names of its files begin."""
        return name_stem(self.document, self.draft)

    def name_of(self, format: str) -> str:
        """What a file of it is called."""
        return self.files[format].name or name_file(self.stem, format)

    def is_own(self, format: str) -> bool:
        """Whether kvisdocs wrote the words of the file, and may replace it."""
        return not (self.edited and format == "docx")


def name_stem(document: str, draft: bool) -> str:
    """`gp-letter`, or `gp-letter-UDKAST`."""
    return f"{document}-{DRAFT}" if draft else document


BESIDE = "ny"
"""How the name of what goes beside ends: `gp-letter (ny).docx`, `gp-letter (ny 2).docx`. Danish for `new`."""


def name_file(stem: str, format: str, number: int = 0) -> str:
    """The file's name: its own for number 0, else that of the first, second … to lie beside."""
    beside = f" ({BESIDE})" if number == 1 else f" ({BESIDE} {number})" if number else ""
    return f"{stem}{beside}.{format}"


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case that was read and of which there was nothing to say: unchanged, on the same ground, it need not be again.

    `ground` is what it was judged by (`DigestBook.ground`). Without problems, for those may quote the case. Where some
    documents were `left_out`, the case is read for the rules' words, and for no more.
    """

    key: str
    case: str
    review_digest: str
    municipality: str
    programme: str
    documents: tuple[str, ...]
    left_out: bool
    identity: Mapping[str, str] = field(default_factory=dict)
    """What only one case has (application/duplicates.py), as keyed digests."""


_RECORD, _CASE = TypeAdapter(Record), TypeAdapter(CaseRecord)
"""Read the lines. One that has not the right form is a ValidationError, which is a ValueError."""

EARLIER = 5
"""So many digests of a file that was written again and again are carried along, should an older one lie there still."""


class ManifestReader:
    """What a manifest says, read without a lock and without a trace: also while a run adds to it."""

    def __init__(self, folder: Path, key: bytes | None = None) -> None:
        self._path = folder / "manifest.jsonl"
        self._key = key or _find_key(folder / "key") or secrets.token_bytes(32)  # by a new one nothing is known
        self.records: dict[str, Record] = {}
        self.cases: dict[str, CaseRecord] = {}
        self._written: dict[tuple[str, str], dict[str, None]] = {}
        self.unfinished: date | None = None
        """The letter date of a run that began and has not ended."""
        self._length = 0
        self.read_on()

    def key_of(self, case_id: str, document: str) -> str:
        """The name of a case's document here."""
        return self.keyed(f"{case_id}\0{document}".encode("utf-8", "surrogatepass"))  # a name may be no UTF-8

    def keyed(self, data: bytes) -> str:
        """A digest that without the key tells nothing of short or guessable data."""
        return hmac.new(self._key, data, hashlib.sha256).hexdigest()[:32]

    def name_folders(self, file: Path) -> tuple[str, ...]:
        """Keyed digests of the folder of a case's file and of all those above it, without links."""
        return tuple(self.name_folder(folder) for folder in file.resolve().parents)

    def name_folder(self, folder: Path) -> str:
        """The digest of one folder among those of `name_folders`."""
        return self.keyed(os.fsencode(folder.resolve()))[:12]

    def written(self, key: str, format: str) -> Iterable[str]:
        """The digests of all that kvisdocs is known to have written as a document's file of that format."""
        return self._written.get((key, format), {})

    def append(self, records: Iterable[Record]) -> None:
        """Only who holds the folder's lock may: see `Manifest`."""
        raise TypeError("this manifest is only read")

    def _keep(self, record: Record) -> None:
        self.records[record.key] = record
        for format, file in record.files.items():
            known = self._written.setdefault((record.key, format), {})
            known.update(dict.fromkeys((*file.earlier, *([file.sha256] if record.is_own(format) else []))))

    def read_on(self) -> None:
        """Take in the lines that came since; `_length` is that of what is whole. The next line is written from there.

        The last line is broken where a run was killed, lost its disk or is writing it. One broken in the middle, by
        whatever, is skipped. Raises OSError where nobody can read.
        """
        with contextlib.suppress(FileNotFoundError, NotADirectoryError), self._path.open("rb") as file:
            file.seek(self._length)
            for line in file:
                if not line.endswith(b"\n"):
                    break
                self._length += len(line)
                with contextlib.suppress(ValueError, KeyError, TypeError, RecursionError):
                    self._take(json.loads(line))

    def _take(self, line: dict[str, Any]) -> None:
        if line["v"] != VERSION:
            return
        if line["kind"] == "run":
            self.unfinished = date.fromisoformat(line["day"])
        elif line["kind"] == "end":
            self.unfinished = None
        elif line["kind"] == "case":
            case = _CASE.validate_python(line)
            self.cases[case.key] = case
        elif line["kind"] == "document":
            self._keep(_RECORD.validate_python(line))


class Manifest(ManifestReader):
    """The manifest of one output folder, open for appending. One at a time: see `session.py`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, _read_key(folder / "key"))
        self._file = self._path.open("ab", buffering=0)
        self._path.chmod(0o600)

    def __enter__(self) -> "Manifest":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def begin(self, day: date) -> None:
        """A run begins."""
        self._write([{"kind": "run", "day": day.isoformat()}])

    def end(self, cases: Iterable[CaseRecord] = ()) -> None:
        """It is through with all it had to do. `cases` are those that need not be read again."""
        new = [case for case in cases if self.cases.get(case.key) != case]
        self._write([*({"kind": "case", **asdict(case)} for case in new), {"kind": "end"}])
        self.cases.update((case.key, case) for case in new)

    def append(self, records: Iterable[Record]) -> None:
        """Documents' lines that are on the disk when this returns, or OSError and none of them is."""
        records = [self._with_earlier(record) for record in records]
        self._write([{"kind": "document", **asdict(record)} for record in records])
        for record in records:
            self._keep(record)

    def _with_earlier(self, record: Record) -> Record:
        def earlier(format: str, file: FileRecord) -> tuple[str, ...]:
            return tuple(each for each in self.written(record.key, format) if each != file.sha256)[-EARLIER:]

        files = {format: replace(file, earlier=earlier(format, file)) for format, file in record.files.items()}
        return replace(record, files=files)

    def _write(self, lines: Iterable[Mapping[str, Any]]) -> None:
        data = b"".join(_line(each) for each in lines)
        try:
            if os.fstat(self._file.fileno()).st_size != self._length:  # the first time, or a write that failed
                self._file.truncate(self._length)
            rest = memoryview(data)
            while rest:
                rest = rest[self._file.write(rest) :]
            os.fsync(self._file.fileno())
        except OSError:
            with contextlib.suppress(OSError):
                self._file.truncate(self._length)
            raise
        self._length += len(data)


def _line(line: Mapping[str, Any]) -> bytes:
    return json.dumps({"v": VERSION, **line}, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def _read_key(path: Path) -> bytes:
    """The folder's own key, 32 bytes; made when it is missing or not whole."""
    if (found := _find_key(path)) is not None:
        return found
    key = secrets.token_bytes(32)
    part = path.with_name("key.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return key


def _find_key(path: Path) -> bytes | None:
    """The key, where there is a whole one."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        key = path.read_bytes()
        if len(key) == 32:
            return key
    return None
