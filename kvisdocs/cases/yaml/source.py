"""YAML text → plain data and the position of every part.

Scalars stay text: YAML's own guesses turn the CPR number 0101701234 into 17269404 and the time 12:30 into 750. What a
value means is decided by the model alone. Only an empty value (or `null`, `~`) is told apart, as None.
"""

import errno
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import yaml

from kvisdocs.cases.yaml.decode import decode, line_and_column
from kvisdocs.cases.yaml.forbidden_characters import is_plain
from kvisdocs.cases.yaml.locate import Spot, find_place, seek
from kvisdocs.cases.yaml.syntax import explain
from kvisdocs.cases.yaml.yaml_builder import UNPRINTABLE, PositionTable, Stopped, Tree
from kvisdocs.cases.yaml.yaml_builder import Data as Data
from kvisdocs.cases.yaml.yaml_builder import Step as Step  # what others name a path by
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, say_refusal

MAX_BYTES = 2_000_000
"""A case is some kilobytes, and the longest paper some hundred; beyond this the file is something else."""

SEEKS = 3
"""So many places in a file are sought one by one; for more, those of the whole file are kept."""

MAX_FAULTS = 8
"""So many places that are no YAML are told apart in one file; what comes after is read when they are mended."""

_AT_MARGIN = re.compile(r"""[^\s#\-\]}]""")
_TOP_PAIR = re.compile(r"""["']?\w[\w-]*["']?\s*:""")
_TOP_KEY = re.compile(r"""["']?(\w[\w-]*)""")


@dataclass(frozen=True)
class Source:
    """A file's plain data. Paths are tuples of keys and list numbers; `()` is the whole file.

    `problems` are those of its form: no YAML, repeated keys, tags, the encoding. What stands at the `spoilt` paths, and
    below, is not as it was meant, and nothing more should be said of it.
    """

    file: str
    data: Data
    text: str
    problems: tuple[Problem, ...] = ()
    spoilt: frozenset[tuple[Step, ...]] = frozenset()
    shifts: Mapping[int, int] = field(default_factory=dict)
    """By how many columns a line of `text` stands further in than in the file, where it was read as it was meant."""

    @cached_property
    def _positions(self) -> PositionTable:
        """Where everything stands. The text is read again for it, since most cases have no problem to be placed."""
        places = PositionTable()
        Tree(self.text, self.file, places)
        return places

    @cached_property
    def _sought(self) -> dict[tuple[Step, ...], Spot | None]:
        return {}

    def _seek(self, path: tuple[Step, ...]) -> Spot | None:
        """Where `path` stands, if it is one of the first few that are asked for; None says to look in `_positions`."""
        sought = self._sought
        if path not in sought and len(sought) < SEEKS:
            sought[path] = seek(self.text, path)
        return sought.get(path)

    @property
    def values(self) -> Mapping[tuple[Step, ...], Position]:
        """Where each value begins."""
        return self._positions.values

    @property
    def keys(self) -> Mapping[tuple[Step, ...], Position]:
        """Where each key stands."""
        return self._positions.keys

    def locate(self, path: tuple[Step, ...]) -> Position:
        """Where the value at `path` begins; for a path that is not there, its nearest parent that is."""
        return self._in_file(self._locate(path))

    def _locate(self, path: tuple[Step, ...]) -> Position:
        if spot := self._seek(path):
            return Position(self.file, *spot.value)
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Position(self.file, 1, 1))

    def _in_file(self, position: Position) -> Position:
        """A place in `text` as the file has it."""
        shift = self.shifts.get(position.line, 0)
        return replace(position, column=max(position.column - shift, 1)) if shift else position

    def locate_key(self, path: tuple[Step, ...]) -> Position:
        """Where the key at the end of `path` stands; for a list's item, the item itself."""
        spot = self._seek(path)
        if spot and spot.key:
            return self._in_file(Position(self.file, *spot.key))
        found = None if spot else self.keys.get(path)
        return self._in_file(found) if found else self.locate(path)

    def data_at(self, path: tuple[Step, ...]) -> Data:
        """What the file holds at `path`; None where there is nothing."""
        data: Data = self.data
        for step in path:
            if isinstance(data, dict) and isinstance(step, str):
                data = data.get(step)
            else:
                data = data[step] if isinstance(data, list) and isinstance(step, int) and step < len(data) else None
        return data

    def text_at(self, path: tuple[Step, ...]) -> str:
        """The text at `path`, as it stands, white space at its ends and all; empty where there is none."""
        data = self.data_at(path)
        return data if isinstance(data, str) else ""

    def locate_in(self, path: tuple[Step, ...], offset: int) -> Position:
        """Where the sign at `offset` of the text at `path` stands in the file, however the text was written."""
        start, value, spot = self.locate(path), self.text_at(path), self._seek(path)
        written = spot.written if spot else self._positions.written.get(path)
        if not written or not value:
            return start
        line, column = line_and_column(written, find_place(written, value, offset))
        return Position(start.file, start.line + line - 1, column + (start.column - 1 if line == 1 else 0))

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self.text.split("\n")

    def sign_at(self, position: Position) -> str:
        """The sign that stands there; empty where there is none."""
        column = position.column
        return self.lines[position.line - 1][column - 1 : column] if position.line <= len(self.lines) else ""

    def is_unreliable(self, path: tuple[Step, ...]) -> bool:
        """Whether something has been said already of the value at `path`, or of what it stands in."""
        return any(path[:end] in self.spoilt for end in range(1, len(path) + 1))


def read_source(path: Path, shown_as: str | None = None) -> Source:
    """Read one YAML file. Raises KvisdocsError with all that is wrong with its form."""
    return _without_problems(scan_source(path, shown_as))


def scan_source(path: Path, shown_as: str | None = None) -> Source:
    """Read one YAML file as far as it can be read; what is wrong with its form is in `problems`.

    Raises KvisdocsError where there is nothing to read: no such file, no right to it, no plain file, no text.
    """
    file = shown_as or str(path)
    raw, size = read_raw(path, file)
    return scan_bytes(raw, file, size)


def read_raw(path: Path, file: str) -> tuple[bytes, int]:
    """A file's bytes, of one that is far too large only the beginning, and its size. Errors as `scan_source`."""
    try:
        size = _refuse_strange(path, file)
        with path.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
    except OSError as error:
        if path.is_symlink() and error.errno in {errno.ENOENT, errno.ELOOP}:
            what = message(
                "yaml.file.broken_link", 'is a link to "{target}", which leads nowhere', target=path.readlink()
            )
            raise KvisdocsError(Problem(Position(file), what, N_("correct the link, or delete it"))) from None
        what = message("yaml.file.unreadable", "cannot be read: {reason}", reason=say_refusal(error))
        raise KvisdocsError(Problem(Position(file), what, N_("check the path and its rights"))) from None
    return raw, max(size, len(raw))


def read_whole(path: Path, file: str) -> bytes:
    """A file's bytes, to be written back when they are changed: all of them. Errors as `scan_source`, and for one that
    is far too large.
    """
    raw, size = read_raw(path, file)
    if len(raw) > MAX_BYTES:
        raise _too_large(file, size)
    return raw


def scan_bytes(raw: bytes, file: str, size: int | None = None) -> Source:
    """A file's bytes, as `scan_source` reads them. `size` is the file's, where only its beginning was read."""
    if len(raw) > MAX_BYTES:
        raise _too_large(file, size)
    text, problems = decode(raw, file)
    return scan_text(text, file, problems)


def _too_large(file: str, size: int | None) -> KvisdocsError:
    if size:
        what = message("yaml.file.too_large", "the file has {size:,} bytes", size=size)
    else:
        what = message("yaml.file.over_most", "the file has more than {most:,} bytes", most=MAX_BYTES)
    return KvisdocsError(Problem(Position(file), what, N_("a case has at most {most:,}", most=MAX_BYTES)))


def parse_bytes(raw: bytes, file: str) -> Source:
    """A file's bytes; errors as `read_source`."""
    return _without_problems(scan_bytes(raw, file))


def parse_source(text: str, file: str) -> Source:
    """Read YAML text; errors as `read_source`."""
    return _without_problems(scan_text(text, file))


def scan_text(text: str, file: str, before: list[Problem] | None = None) -> Source:
    """Read YAML text as far as it can be read. `before` are problems that were met on the way to the text.

    Where the text is no YAML, the lines at fault are read as they were surely meant, or else the part from one key at
    the margin to the next is left out: so the other problems of the file come in the same run.
    """
    text, problems = _without_control_signs(text, file)
    problems += before or []
    lost: set[tuple[Step, ...]] = set()
    mended: list[int] = []
    shifts: dict[int, int] = {}
    for _ in range(MAX_FAULTS):
        try:
            tree = Tree(text, file)
        except Stopped as stopped:
            return Source(file, None, "", (*problems, stopped.problem), frozenset({()}))
        except yaml.MarkedYAMLError as error:
            fault = explain(error, text, file)
            first, end = _find_part(text, fault.line)
            is_mended = any(first <= line < end for line in mended)  # and so this may be no fault of the file's
            if not is_mended:
                problems.append(fault.problem)
            if fault.mended and not is_mended:
                lines = text.splitlines()
                shifts |= {number + 1: len(line) - len(lines[number]) for number, line in fault.mended.items()}
                text = _mend(text, fault.mended)
                mended += fault.mended
                continue
            text, keys = _cut(text, fault.line)
            lost |= {(key,) if key else () for key in keys}
        except (yaml.YAMLError, ValueError, OverflowError):  # the pure loader's chr() of "\\UFFFFFFFF"
            what = message("yaml.file.unreadable_sign", "the file holds a sign that cannot be read")
            todo = N_("check signs such as \\U in quotes")
            return Source(file, None, "", (*problems, Problem(Position(file), what, todo)), frozenset({()}))
        else:
            spoilt = frozenset(tree.spoilt | lost)
            return Source(file, tree.data, text, (*problems, *tree.problems), spoilt, shifts)
    return Source(file, None, "", tuple(problems), frozenset({()}))


def _without_problems(source: Source) -> Source:
    if source.problems:
        raise KvisdocsError(source.problems)
    return source


def _refuse_strange(path: Path, file: str) -> int:
    """The file's size in bytes. Pipes would keep us waiting for ever, but for those that the shell hands over in /dev:
    /dev/stdin, <(…).
    """
    found = path.stat()
    if stat.S_ISREG(found.st_mode):
        return found.st_size
    if path.is_absolute() and path.parts[1] in {"dev", "proc"} and not stat.S_ISBLK(found.st_mode):
        return found.st_size
    if stat.S_ISDIR(found.st_mode):
        what = message("yaml.file.folder", "is a folder")
    else:
        what = message("yaml.file.not_plain", "is no plain file, but a pipe or a device")
    raise KvisdocsError(Problem(Position(file), what, N_("give a YAML file")))


def _without_control_signs(text: str, file: str) -> tuple[str, list[Problem]]:
    """The text with a � for each sign that cannot stand in YAML, and a problem for each, up to a handful."""
    if is_plain(text):
        return text, []
    problems = []
    for found in UNPRINTABLE.finditer(text):
        line, column = line_and_column(text, found.start())
        what = message("yaml.sign.control", "the character U+{sign:04X} cannot stand in a case", sign=ord(found[0]))
        problems.append(Problem(Position(file, line, column), what, N_("delete it")))
        if len(problems) == MAX_FAULTS:
            break
    return (UNPRINTABLE.sub("\ufffd", text), problems) if problems else (text, problems)


def _mend(text: str, mended: Mapping[int, str]) -> str:
    """The text with some lines, by number, written otherwise."""
    lines = text.splitlines(keepends=True)
    for number, line in mended.items():
        end = lines[number][len(lines[number].splitlines()[0]) :]
        lines[number] = f"{line}{end}"
    return "".join(lines)


def _find_part(text: str, line: int) -> tuple[int, int]:
    """The lines of the part around a line: from one that begins at the margin to the next."""
    lines = text.splitlines()
    begins = [number for number, each in enumerate(lines) if _AT_MARGIN.match(each)]
    first = max((number for number in begins if number <= line), default=0)
    return first, next((number for number in begins if number > max(line, first)), len(lines))


def _cut(text: str, line: int) -> tuple[str, set[str]]:
    """The text with empty lines for the part around a line, and that part's key. Parts begin at the margin.

    Where the part begins with a line that is no key, it is the rest of the part above, whose key it has too.
    """
    lines = text.splitlines(keepends=True)
    begins = [number for number, each in enumerate(lines) if _AT_MARGIN.match(each)]
    first, end = _find_part(text, line)
    heads = [first] if lines else []
    if lines and not _TOP_PAIR.match(lines[first]):
        heads += [number for number in begins if number < first and _TOP_PAIR.match(lines[number])][-1:]
    keys = {found[1] if (found := _TOP_KEY.match(lines[number])) else "" for number in heads}
    rest = [*lines[:first], *("\n" for _ in lines[first:end]), *lines[end:]]
    return "".join(rest), keys or {""}
