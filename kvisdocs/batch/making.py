"""One document of one case, in all its formats: what `render` makes, and every worker of a batch."""

import tempfile
import traceback
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from kvisdocs.batch.files import cannot_write, is_there
from kvisdocs.batch.outcome import Failure
from kvisdocs.batch.outside import tell_outside
from kvisdocs.cases.load import LoadedCase
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity
from kvisdocs.templating.documents import Document
from kvisdocs.templating.render import Renderer
from kvisdocs.writers import WRITERS, Written, write_files


class MakingError(KvisdocsError):
    """What stopped a document, and which kind of cause that is."""

    def __init__(self, failure: Failure, problems: Problem | Iterable[Problem]) -> None:
        super().__init__(problems)
        self.failure = failure

    def __reduce__(self) -> tuple[type["MakingError"], tuple[Failure, tuple[Problem, ...]]]:  # type: ignore[override]
        return MakingError, (self.failure, self.problems)


def make_document(
    case: LoadedCase,
    document: Document,
    day: date,
    formats: Sequence[str],
    renderer: Renderer,
    strict: bool = False,
    along: Collection[str] = (),
) -> dict[str, Written]:
    """The document in every format asked for, with the writers' remarks: all of them, or MakingError.

    `along` are the documents made of the case in the same run: a plan tells the citizen of the doctor's letter.
    Whatever a template or a library raises comes as a MakingError. `strict` makes remarks errors.
    """
    try:
        html = renderer.render(case, document, day, along)
        written = {
            format: replace(
                file, objections=(*tell_outside(file.outside, case, html, f"{document.name}.{format}"), *html.doubts)
            )
            for format, file in write_files(html, formats).items()
        }
    except Exception as error:  # hundreds of other letters must not wait for the one that breaks a library
        raise as_problems(error, case.source.file, document.name) from error
    if strict and (said := list(remarks(written))):
        raise MakingError(Failure.REMARKS, (replace(message, severity=Severity.ERROR) for message in said))
    return written


def remarks(written: dict[str, Written]) -> Iterator[Problem]:
    """All that there is to say of a document's files."""
    for result in written.values():
        yield from result.messages
        yield from result.objections


def as_problems(error: Exception, file: str, document: str) -> MakingError:
    """What stopped a document, as problems: those it brings, or the system's refusal, or a fault of ours."""
    if isinstance(error, MakingError):
        return error
    if isinstance(error, KvisdocsError):
        is_own = all(problem.position.file == file for problem in error.problems)
        return MakingError(Failure.CASE if is_own else Failure.TEMPLATE, error.problems)
    if isinstance(error, OSError) and error.errno is not None:  # a full /tmp, where WeasyPrint lays its fonts
        refusal = cannot_write(Path(error.filename or tempfile.gettempdir()), error)
        return MakingError(Failure.WRITING, refusal.problems)
    if isinstance(error, MemoryError):
        what = f"{document} cannot be made: it needs more memory than one document may take"
        todo = "shorten what the case says, or its template"
        return MakingError(Failure.MEMORY, Problem(Position(file), what, todo))
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = "/".join(Path(frame.filename).parts[-2:])
    what = f"{document} cannot be made: {type(error).__name__}: {error} ({where}, line {frame.lineno})"
    todo = "this is a fault in kvisdocs, or a template that it cannot cope with; please report it with this line"
    return MakingError(Failure.PROGRAM, Problem(Position(file), what, todo))


def find_earlier(folder: Path, document: str) -> Iterable[Problem]:
    """A letter that may not be made today, and lies there from yesterday, must not be sent by mistake."""
    for path in (folder / f"{document}.{format}" for format in WRITERS):
        if is_there(path):
            what, todo = "is from an earlier run, and was not made again", "delete it unless you need it"
            yield Problem(Position(str(path)), what, todo, Severity.WARNING)
