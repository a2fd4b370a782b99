"""What is told of a run: as values, as JSON for programs, and in a line. `report_page` tells it to the town hall.

Letters that are too long, by the limit of their document or beside the others of the run, are found here too.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from kvisdocs.application.outcome import Outcome, Status
from kvisdocs.batch.reporting.causes import Cause, Group, Why, find_groups
from kvisdocs.messages import N_, NOTHING, Message, counted, listed
from kvisdocs.problems import Problem, Severity
from kvisdocs.templating.documents import Document

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
    counts = [say(len(report.of(status))) for status, say in _COUNTED.items()]
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
    return [group for status in Status for group in find_groups(report.outcomes, status)]


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
        "counts": {status.name.lower(): len(report.of(status)) for status in Status},
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
