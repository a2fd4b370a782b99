"""What is wrong, where, and what to do: the one form in which every stage reports.

A `Problem` is a plain value. A stage that meets problems collects all of them and raises one `KvisdocsError`, or, where
the work can go on, hands them back beside its result. Nothing here knows about cases, templates or files on disk.
"""

import errno
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from functools import reduce
from gettext import NullTranslations
from pathlib import Path
from typing import Self, TypeVar

from kvisdocs.messages import N_, NOTHING, Message, Translations, listed, message

T = TypeVar("T")

_QUOTED = re.compile('"[^"]*"')
_LONE = re.compile("[\ud800-\udfff]")

LONGEST_QUOTE = 240
"""So many signs of a value are shown in a message, at most."""

LONGEST_SAID = 2000
"""A message is no longer, whatever stands in it."""

LONGEST_WORD = 100
"""What is longer is no misspelt word, and takes long to compare."""

MOST_SAID = 100
"""So many problems of one kind in one file are said: who has read them knows the kind."""

MOST_IN_FILE = 500
"""So many problems of one file are said in all."""


class Word(StrEnum):
    """One of a few words, each a message of its own: `said` is shown to people, the text itself stands in files."""

    said: Message

    def __new__(cls, said: Message) -> Self:
        """The word by what is said for it: `MADE = N_("made")`."""
        word = str.__new__(cls, said)
        word._value_, word.said = str(said), said
        return word


class Severity(Word):
    """How bad a problem is: an error stops the document, a warning and a note do not."""

    ERROR = N_("error")
    WARNING = N_("warning")
    NOTE = N_("note")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text file. `line` and `column` count from 1; 0 means that the whole file is meant.

    With a `sheet` it is a cell of a spreadsheet, shown as `list.xlsx:Sager!C7`.
    """

    file: str
    sheet: str = field(default="", kw_only=True)
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if self.sheet:
            cell = f"{column_letters(self.column)}{self.line or ''}"
            return f"{self.file}:{self.sheet}{cell and '!'}{cell}"
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"


def column_letters(number: int) -> str:
    """A spreadsheet's column as its programs name it: 1 is A, 28 is AB; 0, for a whole row, is nothing."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong: `what` says it with the offending value quoted, `todo` says how to put it right.

    `what` has a code (see `kvisdocs.messages`), by which a program knows the kind of problem in every language.
    """

    position: Position
    what: Message
    todo: Message = NOTHING
    severity: Severity = Severity.ERROR

    def __post_init__(self) -> None:
        for name in ("what", "todo"):
            object.__setattr__(self, name, as_message(getattr(self, name)))

    @property
    def code(self) -> str:
        """The kind of problem, `area.subject.fault`."""
        return self.what.code

    def __str__(self) -> str:
        return self.shown(NullTranslations())

    def shown(self, translations: Translations) -> str:
        """The problem on one line, in another language."""
        mark = "" if self.severity is Severity.ERROR else f"{self.severity.said.shown(translations)}: "
        todo = f"; {_cut(self.todo, translations)}" if self.todo else ""
        return f"{self.position}: {mark}{_cut(self.what, translations)}{todo}"

    def as_dict(self) -> dict[str, object]:
        """The problem as one flat object, for `--json`. `sheet` is among its keys where the place is a cell."""
        place = {key: value for key, value in asdict(self.position).items() if key != "sheet" or value}
        return {
            **place,
            "severity": str(self.severity),
            "code": self.code,
            "what": _cut(self.what, NullTranslations()),
            "todo": _cut(self.todo, NullTranslations()),
        }


def _cut(message: Message, translations: Translations) -> str:
    """What is said, with values quoted in it cut where they are long: a value may be a megabyte of digits."""
    said = message.shown(translations)
    if len(said) <= LONGEST_QUOTE:
        return said
    cut = _QUOTED.sub(lambda found: _cut_quoted(found[0], translations), said)
    return cut if len(cut) <= LONGEST_SAID else f"{cut[:LONGEST_SAID]}…"


def _cut_quoted(quoted: str, translations: Translations) -> str:
    if len(quoted) <= LONGEST_QUOTE:
        return quoted
    number = N_("{number:,} signs", number=len(quoted) - 2).shown(translations)
    return f'{quoted[: LONGEST_QUOTE // 2]}…" ({number})'


class KvisdocsError(Exception):
    """Raised where work cannot go on. `problems` holds at least one problem, sorted by file, line and column."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        found = (problems,) if isinstance(problems, Problem) else tuple(sorted(set(problems)))
        if not found:
            raise ValueError("a KvisdocsError needs at least one problem")
        self.problems: tuple[Problem, ...] = found
        super().__init__("\n".join(map(str, found)))

    def __reduce__(self) -> tuple[type["KvisdocsError"], tuple[tuple[Problem, ...]]]:
        return KvisdocsError, (self.problems,)


class UnknownNameError(Exception):
    """A caller has named something that is not there: a document, a template."""

    def __init__(self, what: Message, todo: Message = NOTHING) -> None:
        super().__init__(what, todo)
        self.what, self.todo = what, todo

    def __str__(self) -> str:
        return say_both(self.what, self.todo)


def as_message(text: str) -> Message:
    """A text that is no message, from a program that uses kvisdocs, as one that is the same in every language."""
    return text if isinstance(text, Message) else Message("{text}", {"text": text})


_REFUSALS = {
    errno.EACCES: N_("Permission denied"),
    errno.EPERM: N_("Operation not permitted"),
    errno.ENOENT: N_("No such file or directory"),
    errno.EEXIST: N_("File exists"),
    errno.EISDIR: N_("Is a directory"),
    errno.ENOTDIR: N_("Not a directory"),
    errno.ENAMETOOLONG: N_("File name too long"),
    errno.ELOOP: N_("Too many levels of symbolic links"),
    errno.ENOSPC: N_("No space left on device"),
    errno.EDQUOT: N_("Disk quota exceeded"),
    errno.EFBIG: N_("File too large"),
    errno.EROFS: N_("Read-only file system"),
    errno.EIO: N_("Input/output error"),
    errno.EMFILE: N_("Too many open files"),
}
"""What operating systems say, in the words of most, so that it can be shown in another language."""


def say_refusal(error: OSError) -> Message:
    """Why the operating system refused, or we in its stead."""
    if isinstance(error.strerror, Message):
        return error.strerror
    return _REFUSALS.get(error.errno or 0) or as_message(error.strerror or str(error))


def say_both(what: Message, todo: Message) -> Message:
    """What is wrong and, where there is something to be done, what to do, as one message of the same code."""
    return N_("{what}; {todo}", what=what, todo=todo).coded(what.code) if todo else what


def join_clauses(parts: Iterable[Message]) -> Message:
    """Several messages as one: `a; b; c`."""
    return reduce(lambda said, more: N_("{said}; {more}", said=said, more=more), parts)


def refuse_document(document: str, what: Message) -> Message:
    """Why a document is not made of a case: `no gp-letter: the case names no GP`."""
    return N_("no {document}: {what}", document=document, what=what).coded(as_message(what).code)


def group(found: Iterable[tuple[str, Problem]]) -> list[Problem]:
    """Each problem once, sorted, with the number of cases (given by name) that have it where they are several.

    Problems of one kind at one place that ask for the same are one: the first case's words stand for all.
    """
    groups: dict[tuple[object, ...], tuple[Problem, set[str]]] = {}
    for name, own in itertools.groupby(sorted(set(found), key=lambda each: each[0]), key=lambda each: each[0]):
        seen: Counter[tuple[object, ...]] = Counter()
        for _, problem in sorted(own):
            key = (problem.position, problem.code or problem.what, problem.todo.text, problem.severity)
            seen[key] += 1  # a case may have two such at one place, and both are said
            groups.setdefault((*key, seen[key]), (problem, set()))[1].add(name)
    return sorted(
        replace(problem, what=in_several(problem.what, len(names))) if len(names) > 1 else problem
        for problem, names in groups.values()
    )


def in_several(what: Message, number: int) -> Message:
    """What is said of so many cases."""
    return N_("{what} (in {number:,} cases)", what=what, number=number).coded(what.code)


def say_first(found: Sequence[T], say: Callable[[T], Problem], most: int = MOST_SAID) -> Iterator[Problem]:
    """A problem for each of the first things found, and one that counts the rest, where the rest begins.

    To put a problem into words and place it may take a while; to count does not.
    """
    number = most if len(found) > most + 1 else len(found)  # for one more the line would be as long
    yield from map(say, found[:number])
    if number < len(found):
        what = message("problems.more.alike", "and {number:,} more like those above", number=len(found) - number)
        yield replace(say(found[number]), what=what, todo=N_("put those right first"))


def limit(problems: Sequence[Problem], most: int = MOST_IN_FILE) -> list[Problem]:
    """The problems of one file, sorted; of very many the first, errors before warnings, and how many more there are."""
    if len(problems) <= most:
        return list(problems)
    order = {severity: number for number, severity in enumerate(Severity)}
    by_weight = sorted(problems, key=lambda problem: (order[problem.severity], problem))
    said, left = by_weight[:most], by_weight[most:]
    what = message("problems.more.in_file", "and {number:,} more problems in this file", number=len(left))
    more = Problem(Position(left[0].position.file), what, N_("put those below right first"), left[0].severity)
    return [more, *sorted(said)]


_ORIGINALS: dict[Path, Path] = {}


def remember_originals(copies: Mapping[Path, Path]) -> None:
    """From now on messages of this process name what lies in a copied folder by its original."""
    _ORIGINALS.update(copies)


def forget_originals(copies: Iterable[Path]) -> None:
    """The copies are gone."""
    for copy in copies:
        _ORIGINALS.pop(copy, None)


def show_path(path: Path) -> str:
    """A path as messages name it: from the current folder where it lies in it, whole where not."""
    for copy, original in _ORIGINALS.items():
        if path.is_relative_to(copy):
            path = original / path.relative_to(copy)
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def printable(text: str) -> str:
    """The text with a � for each byte of a file's name that is not UTF-8: Python keeps those as lone surrogates."""
    return _LONE.sub("\ufffd", text)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, or None when nothing comes near. Case and `-`/`_` do not count."""
    if len(word) > LONGEST_WORD:
        return None
    import difflib

    by_fold = {name.casefold().replace("-", "_"): name for name in known}
    found = difflib.get_close_matches(word.casefold().replace("-", "_"), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def suggest(word: str, known: Iterable[str], otherwise: Message = NOTHING) -> Message:
    """`did you mean "…"?` for a near miss; else all the known words if they are few; else `otherwise`."""
    names = sorted(known)
    near = nearest(word, names)
    if near is not None:
        return N_('did you mean "{near}"?', near=near)
    if otherwise or not names:
        return otherwise
    shown = listed(names[:12])
    return N_("use one of: {names} …", names=shown) if len(names) > 12 else N_("use one of: {names}", names=shown)
