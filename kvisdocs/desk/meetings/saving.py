"""What a step changes, saved in all files together."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kvisdocs.application.meeting.arrange import Changes
from kvisdocs.application.store.replacement import ChangedMeanwhileError, digest_of, read_if_there
from kvisdocs.desk.services import Services
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem


def save_changes(services: Services, changes: Changes) -> None:
    """All files or none; those that lie outside of the folder are let be.

    Raises ChangedMeanwhileError, or KvisdocsError where one cannot be written.
    """
    services.saver.save_all(
        {path: (each.after, digest_of(each.before)) for path, each in changes.items() if services.folder.holds(path)}
    )


@contextmanager
def created(services: Services, files: Mapping[Path, bytes]) -> Iterator[None]:
    """New files, for what is saved after them: where that cannot be written, they are taken away again.

    They stay where somebody else has saved meanwhile. Raises KvisdocsError where one cannot be written.
    """
    services.saver.create(files)
    try:
        yield
    except ChangedMeanwhileError:
        raise
    except KvisdocsError:
        for path, data in files.items():
            if read_if_there(path) == data:
                path.unlink()
        raise


def refuse_outside(services: Services, paths: Iterable[Path]) -> None:
    """Raises KvisdocsError for files that would be let be, where somebody wrote something for them."""
    todo = N_("move its file into the folder, or open the desk on a folder that holds both")
    problems = []
    for path in paths:
        if not services.folder.holds(path):
            what = message(
                "desk.item.outside", '"{name}" lies outside of the folder that the desk shows', name=path.name
            )
            problems.append(Problem(Position(str(path)), what, todo))
    if problems:
        raise KvisdocsError(problems)
