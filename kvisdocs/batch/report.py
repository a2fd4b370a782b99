"""What is told of a run: as values, as JSON, as a page in Danish for the town hall, and in a line."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kvisdocs.batch.outcome import DANISH, Outcome, Status
from kvisdocs.batch.pages import histogram
from kvisdocs.problems import Problem, Severity
from kvisdocs.templating.formatting import format_date


@dataclass(frozen=True)
class RunReport:
    """A run that has ended, or was refused. `outcomes` are sorted by case and document."""

    day: date
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]
    """What there is to say beside the outcomes: of paths, and of cases that were made all the same."""
    seconds: float
    resumed: bool = False

    def of(self, status: Status) -> list[Outcome]:
        """The outcomes that ended so."""
        return [outcome for outcome in self.outcomes if outcome.status is status]

    @property
    def pages(self) -> int:
        """The pages of all PDF files that were made."""
        return sum(outcome.pages or 0 for outcome in self.of(Status.MADE))

    @property
    def per_second(self) -> float:
        """Documents made (or held back) a second."""
        made = len(self.of(Status.MADE)) + len(self.of(Status.HELD_BACK))
        return made / self.seconds if self.seconds else 0.0

    @property
    def is_well(self) -> bool:
        """Whether everything was made, was as it should be, or is left out by a rule."""
        bad = any(outcome.status in {Status.FAILED, Status.HELD_BACK} for outcome in self.outcomes)
        return not bad and not any(problem.severity is Severity.ERROR for problem in self.problems)


def summary(report: RunReport) -> str:
    """`34 documents made (102 pages), 5 unchanged, 2 excluded, 0 held back, 1 failed, in 12.3 s (2.8 a second)`."""
    counts = [f"{len(report.of(status))} {status}" for status in Status]
    made = len(report.of(Status.MADE))
    counts[0] = f"{made} {'document' if made == 1 else 'documents'} made"
    if report.pages:
        counts[0] += f" ({report.pages} {'page' if report.pages == 1 else 'pages'})"
    speed = f" ({report.per_second:.1f} a second)" if report.of(Status.MADE) else ""
    return f"{', '.join(counts)}, in {report.seconds:.1f} s{speed}"


def reasons(report: RunReport) -> dict[Status, Counter[str]]:
    """How often each reason was given, by how it ended."""
    found: dict[Status, Counter[str]] = {}
    for outcome in report.outcomes:
        if outcome.reason is not None:
            found.setdefault(outcome.status, Counter())[outcome.reason] += 1
    return found


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
        "seconds": round(report.seconds, 3),
        "documents_per_second": round(report.per_second, 3),
        "pages": report.pages,
        "counts": {status.name.lower(): len(report.of(status)) for status in Status},
        "page_counts": {
            name: {str(n): count for n, count in found.items()} for name, found in page_counts(report).items()
        },
        "documents": [_as_dict(outcome) for outcome in report.outcomes],
        "problems": [problem.as_dict() for problem in report.problems],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n"


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


def write_html(report: RunReport, titles: dict[str, str]) -> bytes:
    """The report as a page in Danish: people in the town hall read it. `titles` are the documents' own."""
    folder = FileSystemLoader(Path(__file__).parent)
    environment = Environment(
        loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(danish=DANISH.__getitem__, day=format_date, title=lambda name: titles.get(name, name))
    page = environment.get_template("report.html.j2")
    listed = [(status, report.of(status)) for status in (Status.FAILED, Status.HELD_BACK, Status.EXCLUDED, Status.MADE)]
    text = page.render(
        report=report,
        counts=[(status, len(report.of(status)), _danish_reasons(report, status)) for status in Status],
        listed=[(status, outcomes) for status, outcomes in listed if outcomes],
        pictures={name: _bars(found) for name, found in page_counts(report).items()},
    )
    return text.encode("utf-8", "replace")


def _danish_reasons(report: RunReport, status: Status) -> str:
    found: Iterable[tuple[str, int]] = reasons(report).get(status, Counter()).most_common()
    return ", ".join(f"{DANISH[reason]}: {number}" for reason, number in found)  # type: ignore[index]


def _bars(found: dict[int, int]) -> list[tuple[int, int, float]]:
    """Pages, documents, and how long the bar is, in percent of the longest. Empty stretches are left out."""
    most = max(found.values(), default=1)
    return [(pages, count, round(100 * count / most, 1)) for pages, count in found.items() if count]
