"""One document of one case, in all its formats: what `render` makes, and every worker of a batch."""

import tempfile
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from kvisdocs.batch.files import cannot_write
from kvisdocs.cases.load import LoadedCase
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity
from kvisdocs.templating.documents import Document
from kvisdocs.templating.render import Renderer
from kvisdocs.writers import WRITERS, Written


def make_document(
    case: LoadedCase, document: Document, day: date, formats: Sequence[str], renderer: Renderer, strict: bool = False
) -> dict[str, Written]:
    """The document in every format asked for, with the writers' remarks: all of them, or KvisdocsError.

    Whatever else a template or a library raises comes as a KvisdocsError too. `strict` makes remarks errors.
    """
    try:
        html = renderer.render(case, document, day)
        written = {format: WRITERS[format](html) for format in formats}
    except Exception as error:  # hundreds of other letters must not wait for the one that breaks a library
        raise as_problems(error, case.source.file, document.name) from error
    if strict and (said := list(remarks(written))):
        raise KvisdocsError(replace(message, severity=Severity.ERROR) for message in said)
    return written


def remarks(written: dict[str, Written]) -> Iterator[Problem]:
    """All that the writers have to say of a document's files."""
    for result in written.values():
        yield from result.messages


def as_problems(error: Exception, file: str, document: str) -> KvisdocsError:
    """What stopped a document, as problems: those it brings, or the system's refusal, or a fault of ours."""
    if isinstance(error, KvisdocsError):
        return error
    if isinstance(error, OSError) and error.errno is not None:  # a full /tmp, where WeasyPrint lays its fonts
        return cannot_write(Path(error.filename or tempfile.gettempdir()), error)
    if isinstance(error, MemoryError):
        what = f"{document} cannot be made: it needs more memory than a worker may use"
        return KvisdocsError(Problem(Position(file), what, "shorten what the case says, or its template"))
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = "/".join(Path(frame.filename).parts[-2:])
    what = f"{document} cannot be made: {type(error).__name__}: {error} ({where}, line {frame.lineno})"
    todo = "this is a fault in kvisdocs, or a template that it cannot cope with; please report it with this line"
    return KvisdocsError(Problem(Position(file), what, todo))


def find_earlier(folder: Path, document: str) -> Iterable[Problem]:
    """A letter that may not be made today, and lies there from yesterday, must not be sent by mistake."""
    for path in (folder / f"{document}.{format}" for format in WRITERS):
        if path.exists():
            what, todo = "is from an earlier run, and was not made again", "delete it unless you need it"
            yield Problem(Position(str(path)), what, todo, Severity.WARNING)
