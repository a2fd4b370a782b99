"""What a report says, made ready for a page."""

from collections.abc import Mapping
from dataclasses import dataclass

from kvisdocs.application.outcome import Kept, Status
from kvisdocs.batch.reporting.report import Group, RunReport, find_groups
from kvisdocs.desk.runs.background import Progress
from kvisdocs.desk.services import Services
from kvisdocs.problems import Problem, Severity

ORDER = (Status.FAILED, Status.HELD_BACK, Status.TO_MAKE, Status.MADE, Status.EXCLUDED, Status.UNCHANGED)
"""What somebody must act on stands first."""

TITLES = {
    Status.FAILED: ("Kunne ikke laves", "Kan ikke laves"),
    Status.HELD_BACK: ("Holdt tilbage", "Er holdt tilbage"),
    Status.TO_MAKE: ("", "Skal laves"),
    Status.MADE: ("Lavet", ""),
    Status.EXCLUDED: ("Udeladt efter en regel", "Udelades efter en regel"),
    Status.UNCHANGED: ("Uændret", "Uændret"),
}
"""The headings after a run, and before it."""

MOST_LISTED = 300
"""So many letters are listed for one cause; all of them stand in the report's file."""


@dataclass(frozen=True)
class Facts:
    """A report by how each document ended, and why."""

    report: RunReport
    sections: tuple[tuple[str, int, tuple[Group, ...]], ...]
    errors: tuple[Problem, ...]
    remarks: tuple[Problem, ...]
    by_hand: int
    """So many letters that somebody changed stay as they are."""
    files: Mapping[str, str]
    """The case files by the cases' ids."""
    titles: Mapping[str, str]
    most: int = MOST_LISTED

    @property
    def counts(self) -> dict[Status, int]:
        """How many documents ended so."""
        return {status: len(self.report.of(status)) for status in self.report.statuses}


def find_facts(services: Services, progress: Progress) -> Facts | None:
    """The facts of what is over; None where there is no report."""
    report = progress.report
    if report is None:
        return None
    sections = []
    for status in ORDER:
        if groups := find_groups(report.outcomes, status):
            number = sum(len(group.outcomes) for group in groups)
            sections.append((TITLES[status][report.is_plan], number, tuple(groups)))
    said = sorted({*report.problems, *(progress.result.unwritten if progress.result else ())})
    return Facts(
        report,
        tuple(sections),
        tuple(problem for problem in said if problem.severity is Severity.ERROR),
        tuple(problem for problem in said if problem.severity is not Severity.ERROR),
        sum(outcome.reason is Kept.BY_HAND for outcome in report.outcomes),
        {file.path.stem: file.name for file in services.folder.look() if file.is_addressable},
        services.maker.titles,
    )
