"""What is told of a run: as values, as JSON for programs, and in a line. `report_page` tells it to the town hall.

The outcomes are told by cause: what hits five hundred letters alike is said once, with the letters it hits. Letters
that are too long, by the limit of their document or beside the others of the run, are found here too.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from statistics import median

from kvisdocs.application.outcome import Exclusion, Failure, Hold, Kept, Outcome, Reason, Status
from kvisdocs.messages import N_, NOTHING, Message, counted, listed
from kvisdocs.problems import Position, Problem, Severity, in_several, refuse_document, say_both
from kvisdocs.templating.documents import Document

Why = Reason | Kept | Exclusion | Hold | Failure

_VALUES = re.compile(r'"[^"]*"|[0-9]+')
"""What differs from case to case in what is otherwise one message."""

_WEIGHT = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that a cause has hit."""

    outcome: Outcome
    problem: Problem
    own_words: Message = NOTHING
    """Its message, where the values differ from those of the first."""


@dataclass
class Cause:
    """One thing that was said, with all it was said of. `what` and `todo` name no document and no case."""

    what: Message
    todo: Message
    position: Position | None
    """Where it stands, if that is one place for all; None where each case has its own."""
    problem: Problem
    """As the first was told of it."""
    hits: list[Hit] = field(default_factory=list)

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> Message:
        """What is wrong and what to do."""
        return say_both(self.what, self.todo)

    @property
    def cases(self) -> int:
        """How many cases it has hit."""
        return len({hit.outcome.case_id for hit in self.hits})

    def counted(self) -> Problem:
        """The first one's problem, with the number of cases if they are several: `… (in 500 cases); …`."""
        what = self.problem.what
        return replace(self.problem, what=in_several(what, self.cases) if self.cases > 1 else what)


@dataclass(frozen=True, slots=True)
class Group:
    """The outcomes of one reason, and what was said of them. Of most that were made nothing is."""

    status: Status
    reason: Why | None
    outcomes: tuple[Outcome, ...]
    causes: tuple[Cause, ...]


def find_groups(outcomes: Iterable[Outcome], status: Status) -> list[Group]:
    """The outcomes that ended so by their reason, the commonest first."""
    own = [outcome for outcome in outcomes if outcome.status is status]
    counts = Counter(outcome.reason for outcome in own)
    groups = []
    for reason, _ in sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0]))):
        members = tuple(outcome for outcome in own if outcome.reason is reason)
        groups.append(Group(status, reason, members, tuple(find_causes(members))))
    return groups


def find_causes(outcomes: Iterable[Outcome]) -> list[Cause]:
    """All that was said of these, each thing once: errors before warnings and notes, the commonest first."""
    causes: dict[tuple[object, ...], Cause] = {}
    for outcome in outcomes:
        for problem in dict.fromkeys(outcome.problems):
            cause = Cause(*_general_words(problem, outcome), _shared_place(problem, outcome), problem)
            kept = causes.setdefault(cause_key(problem, outcome), cause)
            kept.hits.append(Hit(outcome, problem, NOTHING if cause.said == kept.said else cause.said))
    return sorted(
        causes.values(), key=lambda each: (_WEIGHT.index(each.problem.severity), -len(each.hits), each.problem)
    )


def cause_key(problem: Problem, outcome: Outcome) -> tuple[object, ...]:
    """Equal where two documents are told the same, but for the values quoted, numbers and the case's own place."""
    words = (_VALUES.sub("", text) for text in _general_words(problem, outcome))
    return outcome.status, problem.severity, _shared_place(problem, outcome), *words


def _shared_place(problem: Problem, outcome: Outcome) -> Position | None:
    """The problem's place, unless it is in the case's own file or among its finished ones."""
    path = Path(problem.position.file)
    is_own = path.stem == outcome.case_id or outcome.case_id in path.parts
    return None if is_own else problem.position


def _general_words(problem: Problem, outcome: Outcome) -> tuple[Message, Message]:
    """What and what to do, without the names of the document and the case."""
    what, file = problem.what, problem.position.file
    inner = what.values.get("what")
    if outcome.document and isinstance(inner, Message) and what == refuse_document(outcome.document, inner):
        what = inner
    elif outcome.document and what.text.startswith("{document} ") and what.values["document"] == outcome.document:
        what = Message(what.text, {**what.values, "document": N_("the document")}, what.code)

    def without_names(said: Message) -> Message:
        values = {name: generalise(value) for name, value in said.values.items()}
        return Message(said.text, values, said.code, said.many, said.number) if values else said

    def generalise(value: object) -> object:
        if isinstance(value, Message):
            return without_names(value)
        if value == file and Path(file).stem == outcome.case_id:
            return "FILE"
        if isinstance(value, str) and value.strip('"') == outcome.case_id:
            return "CASE"
        return re.sub(rf"(?<=[/\\]){re.escape(outcome.case_id)}$", "CASE", value) if isinstance(value, str) else value

    return what, without_names(problem.todo)


TIMES, MORE = 3, 4
"""More than so many times the usual number of pages, and at least so many pages more, is far from it."""

FEW = 5
"""Of fewer documents nobody can say what is usual."""


def too_long(document: Document, pages: int | None) -> Message:
    """`12 pages, at most 8 are expected`; empty when all is well or the pages are not known."""
    if pages is None or document.max_pages is None or pages <= document.max_pages:
        return NOTHING
    return N_("{pages} pages, at most {most} expected", pages=pages, most=document.max_pages)


def find_unusual(pages: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], Message]:
    """The documents far longer than the median of their kind, with the figures. Keys are case id and document."""
    kinds: dict[str, list[int]] = {}
    for (_, document), number in pages.items():
        kinds.setdefault(document, []).append(number)
    usual = {document: median(numbers) for document, numbers in kinds.items() if len(numbers) >= FEW}
    found = {}
    for key, number in pages.items():
        middle = usual.get(key[1])
        if middle is not None and number > TIMES * middle and number >= middle + MORE:
            found[key] = N_("{pages} pages, half of the others have {middle:g} or fewer", pages=number, middle=middle)
    return found


def histogram(pages: Iterable[int]) -> dict[int, int]:
    """How many documents have so many pages, from 1 to the most, none left out."""
    found = list(pages)
    return {number: found.count(number) for number in range(1, max(found, default=0) + 1)}


_ORDER = (Status.TO_MAKE, *(each for each in Status if each is not Status.TO_MAKE))
_FINISHED = {Status.MADE, Status.HELD_BACK}


@dataclass(frozen=True)
class RunReport:
    """A run that has ended, or was refused. `outcomes` are sorted by case and document."""

    day: date
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]
    """What there is to say beside the outcomes: of paths, and of cases that were made all the same."""
    seconds: float
    resumed: bool = False
    stopped: bool = False
    """Whether somebody stopped it before it was through."""
    undone: tuple[tuple[str, str], ...] = ()
    """The documents that were to be seen to and were not, by case and document: it was stopped, or made nothing."""
    compared: int = 0
    """With the marks of so many cases each finished document was compared."""
    is_plan: bool = False
    """Whether nothing was made, since somebody only asked what would be."""

    @property
    def statuses(self) -> tuple[Status, ...]:
        """How a document can have ended: nothing is made in a plan, and nothing is to make after a run."""
        other = Status.MADE if self.is_plan else Status.TO_MAKE
        return tuple(sorted(set(Status) - {other}, key=_ORDER.index))

    def of(self, status: Status) -> list[Outcome]:
        """The outcomes that ended so."""
        return [outcome for outcome in self.outcomes if outcome.status is status]

    @property
    def finished(self) -> list[Outcome]:
        """What was made in this run, that which is held back with it. Each was proven before it left its worker."""
        return [each for each in self.outcomes if each.status in _FINISHED and each.is_new]

    @property
    def pages(self) -> int:
        """The pages of all PDF files that were made."""
        return sum(outcome.pages or 0 for outcome in self.of(Status.MADE))

    @property
    def per_second(self) -> float:
        """Documents made (or held back) a second."""
        return len(self.finished) / self.seconds if self.seconds else 0.0

    @property
    def errors(self) -> int:
        """The errors that are no document's: the folder is in use, a template's list cannot be read."""
        return sum(problem.severity is Severity.ERROR for problem in set(self.problems))

    @property
    def is_well(self) -> bool:
        """Whether everything was made, was as it should be, or is left out by a rule."""
        if self.stopped or self.undone:
            return False
        bad = any(outcome.status in {Status.FAILED, Status.HELD_BACK} for outcome in self.outcomes)
        return not bad and not self.errors


_COUNTED: dict[Status, Callable[[int], Message]] = {
    Status.TO_MAKE: lambda number: counted(number, "{number} document to make", "{number} documents to make"),
    Status.MADE: lambda number: counted(number, "{number} document made", "{number} documents made"),
    Status.UNCHANGED: lambda number: N_("{number} unchanged", number=number),
    Status.EXCLUDED: lambda number: N_("{number} excluded", number=number),
    Status.HELD_BACK: lambda number: N_("{number} held back", number=number),
    Status.FAILED: lambda number: N_("{number} failed", number=number),
}


def summary(report: RunReport) -> Message:
    """`34 documents made (102 pages), 5 unchanged, 2 excluded, 0 held back, 1 failed, in 12.3 s (2.8 a second)`.

    `3 left undone` stands there too where the run was stopped, or was not to make anything.
    """
    errors = [counted(report.errors, "{number} error", "{number} errors")] if report.errors else []
    took = N_("in {seconds:.1f} s", seconds=report.seconds)
    if not report.outcomes and not report.undone:
        return listed([N_("nothing was made"), *errors, took])
    counts = [_COUNTED[status](len(report.of(status))) for status in report.statuses]
    if report.pages:
        pages = counted(report.pages, "{number} page", "{number} pages")
        counts[0] = N_("{made} ({pages})", made=counts[0], pages=pages)
    if report.undone:
        counts.append(N_("{number} left undone", number=len(report.undone)))
    if report.of(Status.MADE):
        took = N_("{took} ({speed:.1f} a second)", took=took, speed=report.per_second)
    return listed([*counts, *errors, took])


def reasons(report: RunReport) -> dict[Status, Counter[Why]]:
    """How often each reason was given, by how it ended."""
    found: dict[Status, Counter[Why]] = {}
    for outcome in report.outcomes:
        if outcome.reason is not None:
            found.setdefault(outcome.status, Counter())[outcome.reason] += 1
    return found


def all_groups(report: RunReport) -> list[Group]:
    """What became of all, by how it ended and why."""
    return [group for status in report.statuses for group in find_groups(report.outcomes, status)]


def page_counts(report: RunReport) -> dict[str, dict[int, int]]:
    """For each document how many of the run's have one page, two, three …"""
    kinds: dict[str, list[int]] = {}
    for outcome in report.outcomes:
        if outcome.pages is not None:
            kinds.setdefault(outcome.document, []).append(outcome.pages)
    return {document: histogram(numbers) for document, numbers in sorted(kinds.items())}


def write_json(report: RunReport) -> bytes:
    """The whole report for a program; keys are stable."""
    content = {
        "date": report.day.isoformat(),
        "resumed": report.resumed,
        "stopped": report.stopped,
        "seconds": round(report.seconds, 3),
        "documents_per_second": round(report.per_second, 3),
        "pages": report.pages,
        "errors": report.errors,
        "counts": {status.name.lower(): len(report.of(status)) for status in report.statuses},
        "page_counts": {
            name: {str(n): count for n, count in found.items()} for name, found in page_counts(report).items()
        },
        "proof": {"documents": len(report.finished), "compared_with_cases": report.compared},
        "causes": [_cause_as_dict(group, cause) for group in all_groups(report) for cause in group.causes],
        "undone": [{"case": case_id, "document": document} for case_id, document in report.undone],
        "documents": [_as_dict(outcome) for outcome in report.outcomes],
        "problems": [problem.as_dict() for problem in report.problems],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n"


def _cause_as_dict(group: Group, cause: Cause) -> dict[str, object]:
    """The first one's words and place, and how many documents and cases were told the same."""
    why = {"status": group.status.name.lower(), "reason": group.reason.name.lower() if group.reason else None}
    return {**why, **cause.problem.as_dict(), "documents": len(cause.hits), "cases": cause.cases}


def _as_dict(outcome: Outcome) -> dict[str, object]:
    return {
        "case": outcome.case_id,
        "document": outcome.document,
        "status": outcome.status.name.lower(),
        "reason": outcome.reason.name.lower() if outcome.reason else None,
        "files": [
            {"format": file.format, "path": file.path, "sha256": file.sha256, "size": file.size, "pages": file.pages}
            for file in outcome.files
        ],
        "problems": [problem.as_dict() for problem in outcome.problems],
    }
