"""One document of one case, in all its formats: what `render` makes, and every worker of a run.

Texts that stick out of a finished page are told at the case's line (`tell_outside`): a run holds such a document back.
"""

import tempfile
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from kvisdocs.application.outcome import Failure
from kvisdocs.application.related import CITIZENS
from kvisdocs.application.store.atomic_files import cannot_write, is_there
from kvisdocs.application.store.manifest import name_stem
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.texts import find_quoted
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity
from kvisdocs.templating.documents import Document
from kvisdocs.templating.drafts import is_draft, mark_draft
from kvisdocs.templating.html import HtmlDocument
from kvisdocs.templating.render import Renderer
from kvisdocs.writers import FORMATS, WriterOutput, write_files
from kvisdocs.writers.output import Outside, Where

SHORT, MAX_BESIDE = 8, 20
"""Of a text with fewer letters only the others that stick out, so many of them, tell which value it is from."""

MAX_QUOTED = 60
"""Letters of a text that a message quotes."""

_SHORTER = N_("write it shorter, or put a space or a hyphen where it may be divided")
_FEWER_LINES = N_("write it shorter, or on fewer lines")
_WORDS: dict[Where, tuple[Callable[[str, str], Message], Message]] = {
    Where.CELL: (
        lambda file, text: message(
            "document.text.outside_cell", '{file}: "{text}" sticks out of its cell', file=file, text=text
        ),
        _SHORTER,
    ),
    Where.PAGE: (
        lambda file, text: message(
            "document.text.outside_page", '{file}: "{text}" sticks out of the page', file=file, text=text
        ),
        _SHORTER,
    ),
    Where.PLACE: (
        lambda file, text: message(
            "document.text.outside_place", '{file}: "{text}" does not fit its place on the page', file=file, text=text
        ),
        _FEWER_LINES,
    ),
    Where.TEXT: (
        lambda file, text: message(
            "document.text.over_text", '{file}: "{text}" covers another text', file=file, text=text
        ),
        _FEWER_LINES,
    ),
    Where.LINE: (
        lambda file, text: message(
            "document.text.wider_than_cell",
            '{file}: "{text}" is wider than its cell, and ends on the next line',
            file=file,
            text=text,
        ),
        N_("make a table of fewer columns of it"),
    ),
}


def tell_outside(outside: Collection[Outside], case: LoadedCase, html: HtmlDocument, file: str) -> tuple[Problem, ...]:
    """A warning for each value of the case that sticks out in a file of that name, where the value stands.

    What the case does not hold, the sender's own name, is told where the template writes it.
    """
    found: dict[object, tuple[Position, Outside, int]] = {}
    beside = list(dict.fromkeys(each.text for each in outside))[:MAX_BESIDE]
    for each in outside:
        quoted = find_quoted(case.source, each.text.removesuffix("-"), beside if len(each.text) < SHORT else ())
        key, position = quoted or (each.mark, html.position(each.mark))
        first = found.get((key, each.where), (position, each, 0))
        found[key, each.where] = (*first[:2], first[2] + 1)
    return tuple(_problem(*each, file) for each in found.values())


def _problem(position: Position, outside: Outside, count: int, file: str) -> Problem:
    say, todo = _WORDS[outside.where]
    text = outside.text if len(outside.text) <= MAX_QUOTED else f"{outside.text[:MAX_QUOTED]}…"
    what = say(file, text)
    if count > 1:
        what = N_("{what} (and so do {number} more here)", what=what, number=count - 1).coded(what.code)
    return Problem(position, what, todo, Severity.WARNING)


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
    final: bool = False,
) -> dict[str, WriterOutput]:
    """The document in every format asked for, with the writers' remarks: all of them, or MakingError.

    `along` are the documents made of the case in the same run: a plan tells the citizen of the doctor's letter.
    Whatever a template or a library raises comes as a MakingError. `strict` makes remarks errors. Where the profile
    asks for approval it is a draft, unless it is `final`.
    """
    try:
        html = renderer.render(case, document, day, along)
        profile = renderer.profile(case.case.municipality, case.source.locate(("municipality",)))
        if not final and is_draft(document, profile):
            html = mark_draft(html)
        written = {
            format: replace(
                file, objections=(*tell_outside(file.outside, case, html, f"{document.name}.{format}"), *html.doubts)
            )
            for format, file in write_files(html, formats).items()
        }
        told = find_disclosed(case, document, written, renderer)
    except Exception as error:  # hundreds of other letters must not wait for the one that breaks a library
        raise as_problems(error, case.source.file, document.name) from error
    if told:
        raise MakingError(Failure.CASE, told)
    if strict and (said := list(remarks(written))):
        raise MakingError(Failure.REMARKS, (replace(message, severity=Severity.ERROR) for message in said))
    return written


def find_disclosed(
    case: LoadedCase, document: Document, written: Mapping[str, WriterOutput], renderer: Renderer
) -> list[Problem]:
    """What finished files of a committee tell of a citizen or of closed items: an error each."""
    return [
        *_find_citizens(case, document, written, renderer),
        *_find_closed(case, document, written, renderer),
    ]


def _find_citizens(
    case: LoadedCase, document: Document, written: Mapping[str, WriterOutput], renderer: Renderer
) -> list[Problem]:
    """What a paper with figures tells of those who are counted in them: nothing, or it is not made."""
    if CITIZENS not in case.related:
        return []
    from kvisdocs.application.recipient_check.citizens import check_files  # which most papers need not load
    from kvisdocs.application.recipient_check.recipient_check import read_template

    profile = renderer.profile(case.case.municipality, case.source.locate(("municipality",)))
    template = read_template(renderer.assets, document.template)
    return check_files(case, written, case.related[CITIZENS], profile, template, document.name)


def _find_closed(
    case: LoadedCase, document: Document, written: Mapping[str, WriterOutput], renderer: Renderer
) -> list[Problem]:
    """What a meeting's paper for the public tells of its closed items: nothing, or it is not made."""
    if case.case.kind != "meeting":
        return []
    from kvisdocs.application.recipient_check.closed_items import check_public  # which most papers need not load

    profile = renderer.profile(case.case.municipality, case.source.locate(("municipality",)))
    return check_public(case, document, written, profile)


def remarks(written: dict[str, WriterOutput]) -> Iterator[Problem]:
    """All that there is to say of a document's files."""
    for result in written.values():
        yield from result.messages
        yield from result.objections


def describe_timeout(document: str, file: str, seconds: float) -> Problem:
    """What became of a document that was stopped for its time. `file` is the case's."""
    what = message(
        "document.limit.time",
        "{document} took more than {seconds:g} seconds, and was stopped",
        document=document,
        seconds=seconds,
    )
    todo = N_("look for a table, a list or a rule of the stylesheet that makes it endless")
    return Problem(Position(file), what, todo)


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
        what = message(
            "document.limit.memory",
            "{document} cannot be made: it needs more memory than one document may take",
            document=document,
        )
        todo = N_("shorten what the case says, or its template")
        return MakingError(Failure.MEMORY, Problem(Position(file), what, todo))
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = "/".join(Path(frame.filename).parts[-2:])
    what = message(
        "document.program.fault",
        "{document} cannot be made: {kind}: {error} ({file}, line {line})",
        document=document,
        kind=type(error).__name__,
        error=error,
        file=where,
        line=frame.lineno,
    )
    todo = N_("this is a fault in kvisdocs, or a template that it cannot cope with; please report it with this line")
    return MakingError(Failure.PROGRAM, Problem(Position(file), what, todo))


def find_earlier(folder: Path, document: str) -> Iterable[Problem]:
    """A letter that may not be made today, and lies there from yesterday, must not be sent by mistake."""
    stems = (name_stem(document, draft) for draft in (False, True))
    for path in (folder / f"{stem}.{format}" for stem in stems for format in FORMATS):
        if is_there(path):
            what = message("output.file.from_earlier_run", "is from an earlier run, and was not made again")
            yield Problem(Position(str(path)), what, N_("delete it unless you need it"), Severity.WARNING)
