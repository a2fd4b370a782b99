"""What a case is made from besides its own file: a meeting's items and attachments, the figures of a folder of cases.

It is read once, with the case, and goes with it to whoever makes its documents (`LoadedCase.related`): a worker on
another machine has no such files, and all documents of a case are made from the same ones. It is part of the manifest's
digests, so that a changed item makes its agenda again.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kvisdocs.cases import load
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.yaml.source import Step
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Problem, say_refusal
from kvisdocs.templating.html import Assets

FIGURES = load.FIGURES
"""The name under which the figures of a case go, counted from other cases. Other names are those of files."""

CITIZENS = "citizens"
"""The name under which goes what tells the citizens behind the figures: no paper may hold it."""

MAX_BYTES = 256 * 2**20
"""Of all files that go with one case."""

Related = Mapping[str, bytes]
Supply = Callable[[LoadedCase, Path, Assets], tuple[Related, list[Problem]]]
"""What goes with the case in a file, by name, and all that is wrong with it: see `reading.SUPPLIERS`."""


def is_counted(name: str) -> bool:
    """Whether it is counted, and no file: an item's figures, or those of one of a meeting's (`figures: item.yaml`)."""
    return name in (FIGURES, CITIZENS) or name.startswith(f"{FIGURES}: ")


@dataclass(frozen=True, slots=True)
class Reference:
    """A file that a case names: at which path of its data, and in which words."""

    path: tuple[Step, ...]
    name: str


def read_files(
    references: Iterable[Reference], loaded: LoadedCase, file: Path, most: int = -1
) -> tuple[Related, list[Problem]]:
    """The files that a case names, each once, by the name it gives them; an error where it names one in vain.

    Of each so many bytes at `most`; -1: all.
    """
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    room = MAX_BYTES
    for reference in references:
        if reference.name in found:
            continue
        try:
            data = _read(locate_related(reference, loaded, file), reference, loaded, room, most)
        except KvisdocsError as error:
            problems += error.problems
            continue
        found[reference.name] = data
        room -= len(data)
    return found, problems


def locate_related(reference: Reference, loaded: LoadedCase, file: Path) -> Path:
    """The path of a file or folder that a case names, seen from the case's own folder.

    It lies below that folder or below the current one, so that a case from elsewhere reads nothing that is none of its
    business. Raises KvisdocsError where it does not, or is not there.
    """
    path = file.parent / reference.name
    try:
        real, is_there = os.path.realpath(path), path.exists()
    except (OSError, ValueError):  # too long a name, or a sign that none may have
        real, is_there = os.path.realpath(file.parent), False
    if Path(reference.name).is_absolute() or not any(_is_below(real, each) for each in (file.parent, Path())):
        what = message(
            "case.related.outside",
            '"{name}" lies neither below the folder of this file nor below the current one',
            name=reference.name,
        )
        todo = N_("put it there, or run from a folder that holds both")
        raise _refusal(reference, loaded, what, todo)
    if not is_there:
        what = message("case.related.missing", 'there is no "{name}" beside this file', name=reference.name)
        todo = N_("check the path, which is seen from the folder of this file")
        raise _refusal(reference, loaded, what, todo)
    return path


def _is_below(path: str, folder: Path) -> bool:
    return Path(path).is_relative_to(os.path.realpath(folder))


def _refusal(reference: Reference, loaded: LoadedCase, what: Message, todo: Message) -> KvisdocsError:
    """A problem where the case names the file."""
    return KvisdocsError(Problem(loaded.source.locate(reference.path), what, todo))


def _read(path: Path, reference: Reference, loaded: LoadedCase, room: int, most: int) -> bytes:
    try:
        if not path.is_file():
            what = message("case.related.no_file", '"{name}" is no plain file', name=reference.name)
            raise _refusal(reference, loaded, what, N_("name a file"))
        if path.stat().st_size > room:
            what = message(
                "case.related.too_large",
                'with "{name}" the files of this case are larger than {most} MB together',
                name=reference.name,
                most=MAX_BYTES // 2**20,
            )
            raise _refusal(reference, loaded, what, N_("make it smaller, or leave it out"))
        with path.open("rb") as opened:
            return opened.read(most)
    except OSError as error:
        what = message(
            "case.related.unreadable",
            '"{name}" cannot be read: {reason}',
            name=reference.name,
            reason=say_refusal(error),
        )
        raise _refusal(reference, loaded, what, N_("check its rights")) from None
