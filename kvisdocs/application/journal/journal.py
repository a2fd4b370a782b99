"""The journal of an output folder, `OUTPUT/.kvisdocs/journal.jsonl`: JSON Lines, only ever added to.

Each line holds the SHA-256 of the line before it, so that whoever alters a line or takes one out breaks the chain; the
file `journal.end` beside it says where the journal ended when it was last written, so that lines taken off its end are
missed too. That tells of slips and of careless hands. Whoever can write in the folder and writes the whole journal anew
is found out only by a copy that lies elsewhere.
"""

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kvisdocs.application.journal.entry import VERSION, Entry, Event, NewerLineError, read_line, write_line
from kvisdocs.application.store.atomic_files import cannot_write
from kvisdocs.application.store.locks import hold_lock
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity

PATIENCE_S = 30
"""For another program that adds a line: that takes a moment."""

_TAIL = 1 << 16
_FINAL = re.compile(rb'"event":"(?:approved|printed|sent|withdrawn)"')
_OF_THIS_FORM = b'{"v":%d,' % VERSION


@dataclass(frozen=True)
class Reading:
    """All that the journal holds, oldest first, and what is wrong with it."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    last: str = ""
    """The digest of the last line: kept elsewhere, it tells whether all until then is still there."""

    @property
    def is_whole(self) -> bool:
        """Whether no line was altered or taken out."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)


class Journal:
    """The journal in one output folder. Several processes may add to it at once."""

    def __init__(self, output: Path) -> None:
        self._own = output / ".kvisdocs"
        self.path = self._own / "journal.jsonl"
        self._end = self._own / "journal.end"

    def append(self, entries: Sequence[Entry]) -> None:
        """Add lines, which are on the disk when this returns. Raises KvisdocsError; then none of them is there."""
        if not entries:
            return
        try:
            self._own.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(self._own, error) from None
        with hold_lock(self._own, PATIENCE_S, "journal.lock"):
            try:
                self._append(entries)
            except OSError as error:
                raise cannot_write(self.path, error) from None

    def _append(self, entries: Sequence[Entry]) -> None:
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        try:
            whole, half, before = self._find_end(descriptor)
            if half:
                os.ftruncate(descriptor, whole)
                entries = [_tell_repair(entries[0].at, half), *entries]
            data = bytearray()
            for entry in entries:
                line = write_line(entry, before)
                before = _digest(line)
                data += line
            try:
                _write_all(descriptor, bytes(data))
                os.fsync(descriptor)
            except OSError:
                with contextlib.suppress(OSError):
                    os.ftruncate(descriptor, whole)
                raise
        finally:
            os.close(descriptor)
        self._write_end(whole + len(data), before)

    def _find_end(self, descriptor: int) -> tuple[int, int, str]:
        """The length of what is whole, of what is not, and the digest that the next line is to hold."""
        size = os.fstat(descriptor).st_size
        with os.fdopen(os.dup(descriptor), "rb") as file:
            tail, start = b"", size
            while start and tail.count(b"\n") < 2:
                start = max(0, start - _TAIL)
                file.seek(start)
                tail = file.read(size - start)
        whole = start + tail.rfind(b"\n") + 1 if b"\n" in tail else start
        half = size - whole
        last = tail[: len(tail) - half].rstrip(b"\n").rpartition(b"\n")[2]
        before = _digest(last + b"\n") if last else ""
        told = self._read_end()
        if told and told[0] >= whole:  # else the program was stopped before it could write where the journal ends
            before = told[1]
        return whole, half, before

    def _read_end(self) -> tuple[int, str] | None:
        with contextlib.suppress(OSError, ValueError):
            length, digest = self._end.read_text(encoding="ascii").split()
            return int(length), digest
        return None

    def _write_end(self, length: int, digest: str) -> None:
        """Without a flush: an older one is as good after a power cut, since lines may have been added since."""
        part = self._own / "journal.end.part"
        with contextlib.suppress(OSError):
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(f"{length} {digest}\n".encode())
            part.replace(self._end)

    def read(self) -> Reading:
        """Every line that can be read. Raises KvisdocsError where the file cannot."""
        if self.is_gone:
            return Reading((), (self.tell_gone(),))
        entries: list[Entry] = []
        problems: list[Problem] = []
        told, before, length, is_end_found, is_turned = self._read_end(), "", 0, False, False
        try:
            with self.path.open("rb") as file:
                for number, line in enumerate(file, 1):
                    if not line.endswith(b"\n"):
                        problems.append(self._tell_half(number))
                        break
                    is_turned |= line.endswith(b"\r\n")
                    length += len(line)
                    digest = _digest(line.replace(b"\r\n", b"\n"))
                    is_end_found |= told == (length, digest)
                    try:
                        entry, says = read_line(line)
                    except NewerLineError:
                        problems.append(self._tell_newer(number))
                    except ValueError:
                        problems.append(self._tell_unreadable(number))
                    else:
                        entries.append(entry)
                        if says != before:
                            problems.append(self._tell_break(number))
                    before = digest
        except FileNotFoundError:
            pass
        except OSError as error:
            what = message("journal.file.unreadable", "the journal cannot be read: {reason}", reason=error.strerror)
            raise KvisdocsError(Problem(Position(str(self.path)), what, N_("look at its rights"))) from None
        if is_turned:
            problems.append(self._tell_turned())
        if told and not is_end_found and not any(each.severity is Severity.ERROR for each in problems):
            problems.append(self._tell_short())
        return Reading(tuple(entries), tuple(problems), before)

    def read_whole(self) -> tuple[Entry, ...]:
        """Every line. Raises KvisdocsError also where one was altered or taken out: nothing may rest on it then."""
        reading = self.read()
        if not reading.is_whole:
            raise KvisdocsError(reading.problems)
        return reading.entries

    @property
    def is_gone(self) -> bool:
        """Whether there was a journal, and somebody took it away."""
        return self._end.exists() and not self.path.exists()

    def find_final(self) -> set[str]:
        """The digests of all files that were approved, printed or sent, and must never be replaced. Raises
        KvisdocsError where nobody can say: the journal is gone or not whole, or a newer kvisdocs wrote in it.

        What was printed may lie with its recipient, also where its approval was taken back since.
        """
        if self.is_gone:
            raise KvisdocsError(self.tell_gone())
        found: set[str] = set()
        printed: set[str] = set()
        told, before, length, is_end_found = self._read_end(), "", 0, False
        with contextlib.suppress(FileNotFoundError), self.path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.endswith(b"\n"):
                    break
                if not line.startswith(_OF_THIS_FORM) and _is_newer(line):
                    raise KvisdocsError(self._tell_newer(number))
                if not line.endswith(b'"before":"%s"}\n' % before.encode()):
                    raise KvisdocsError(replace(self._tell_break(number), todo=_BRING_BACK))
                before, length = _digest(line), length + len(line)
                is_end_found |= told == (length, before)
                if _FINAL.search(line):
                    with contextlib.suppress(ValueError):
                        entry, _ = read_line(line)
                        if entry.event is Event.WITHDRAWN:
                            found -= entry.digests
                        elif entry.event is Event.PRINTED:
                            printed |= entry.digests
                        elif not entry.draft:
                            found |= entry.digests
        if told and not is_end_found:
            raise KvisdocsError(replace(self._tell_short(), todo=_BRING_BACK))
        return found | printed

    def is_told_changed(self, sha256: str) -> bool:
        """Whether it was written down already that somebody made these bytes of a letter."""
        with contextlib.suppress(FileNotFoundError), self.path.open("rb") as file:
            return any(b'"event":"changed"' in line and sha256.encode() in line for line in file)
        return False

    def find_of(self, case_id: str) -> list[Entry]:
        """The lines of one case that can be read; no others are looked into, nor what stands before them. Raises
        OSError.
        """
        mark = b'"case_id":%s,' % json.dumps(case_id).encode()
        found: list[Entry] = []
        with contextlib.suppress(FileNotFoundError), self.path.open("rb") as file:
            for line in file:
                if mark in line:
                    with contextlib.suppress(ValueError):
                        found.append(read_line(line)[0])
        return found

    def tell_gone(self) -> Problem:
        """That there must have been a journal."""
        what = message("journal.file.gone", "the journal is gone, so nobody can say what was approved, printed or sent")
        return Problem(Position(str(self.path)), what, _BRING_BACK)

    def _tell_half(self, number: int) -> Problem:
        what = message("journal.line.half", "the last line is half: the program was stopped while it wrote")
        todo = N_("nothing need be done; it goes when the next line is written")
        return Problem(Position(str(self.path), number), what, todo, Severity.WARNING)

    def _tell_unreadable(self, number: int) -> Problem:
        what = message("journal.line.unreadable", "this line is no line of the journal")
        return Problem(Position(str(self.path), number), what, _COMPARE)

    def _tell_newer(self, number: int) -> Problem:
        what = message("journal.line.newer", "this line was written by a newer version of kvisdocs")
        return Problem(Position(str(self.path), number), what, N_("work in this folder with that version"))

    def _tell_turned(self) -> Problem:
        what = message("journal.file.line_ends", "the line ends of the journal were changed, as by an editor or a copy")
        return Problem(Position(str(self.path)), what, _COMPARE)

    def _tell_break(self, number: int) -> Problem:
        what = message(
            "journal.line.broken_chain", "what stood before this line was altered, or lines before it were taken out"
        )
        return Problem(Position(str(self.path), number), what, _COMPARE)

    def _tell_short(self) -> Problem:
        what = message("journal.end.missing", "the end of the journal was altered, or lines were taken off it")
        return Problem(Position(str(self.path)), what, _COMPARE)


_BRING_BACK = N_("bring it back from a copy; where there is none, begin in another folder")
_COMPARE = N_("compare it with a copy, and find out who wrote in it")


def _tell_repair(at: datetime, half: int) -> Entry:
    return Entry(at, Event.REPAIRED, "kvisdocs", details={"bytes": str(half)})


def _is_newer(line: bytes) -> bool:
    try:
        read_line(line)
    except NewerLineError:
        return True
    except ValueError:
        return False
    return False


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
