"""What the terminal says of a month-end run: at once what hits letter after letter, and all of it at the end."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kvisdocs.application.exclusions import FEW, join_notes
from kvisdocs.application.outcome import Outcome, Status
from kvisdocs.batch.reporting.report import RunReport, cause_key, find_causes, reasons, summary
from kvisdocs.batch.run_service import Watcher
from kvisdocs.cli.terminal.progress import Progress, follow
from kvisdocs.cli.terminal.report import Loudness, loudness, say_reasons, show, show_problems, shown, styled
from kvisdocs.messages import N_, Message
from kvisdocs.problems import Problem, Severity, join_clauses

AT_ONCE = 5
"""So many different causes are told while the run goes on: a fault in a template is to be seen at the first letter."""


@dataclass
class FirstOccurrences:
    """Tells of each cause that makes documents fail when it first does; of the others like it at the end."""

    progress: Progress
    _seen: set[tuple[object, ...]] = field(default_factory=set)

    def hear(self, outcome: Outcome) -> None:
        """An outcome of the run itself."""
        if outcome.status is not Status.FAILED:
            return
        for problem in outcome.problems:
            key = cause_key(problem, outcome)
            if problem.severity is Severity.ERROR and key not in self._seen:
                self._seen.add(key)
                if len(self._seen) <= AT_ONCE:
                    self.progress.say(styled(problem))
                if len(self._seen) == AT_ONCE:
                    self.progress.say(shown(N_("… what else goes wrong is told at the end")))


class RunConsole(Watcher):
    """Shows on standard error how far a run is, and each cause of failures when it first comes."""

    def say(self, text: Message) -> None:
        """A line of its own."""
        show(text)

    @contextmanager
    def follow(self, total: int) -> Iterator[Callable[[Outcome], None]]:
        """Behind a bar on a terminal, elsewhere a line now and then."""
        with follow(total) as progress:
            first_occurrences = FirstOccurrences(progress)

            def hear(outcome: Outcome) -> None:
                first_occurrences.hear(outcome)
                if loudness() is Loudness.VERBOSE:
                    for said in describe_outcome(outcome):
                        show(said)
                progress.advance(outcome.status is not Status.UNCHANGED)

            yield hear


def describe_outcome(outcome: Outcome) -> list[Message]:
    """A line for each file of a document, or one for the document: what became of it, and why."""
    said: Message = outcome.status.said
    if outcome.reason is not None:
        said = N_("{status} ({reason})", status=said, reason=outcome.reason.said)
    names = [file.path for file in outcome.files] or [f"{outcome.case_id}/{outcome.document}"]
    return [N_("{name}: {said}", name=name, said=said) for name in names]


def show_report(report: RunReport, unwritten: Iterable[Problem], output: Path, file: Path | None) -> None:
    """All problems, each once, the errors nearest to the end; the counts by reason; the summary; where it all lies."""
    problems = [*report.problems, *unwritten, *_told(report)]
    notes = [problem for problem in problems if problem.severity is Severity.NOTE]
    show_problems(join_notes(notes))
    for severity in (Severity.WARNING, Severity.ERROR):
        show_problems(problem for problem in problems if problem.severity is severity)
    for status, found in sorted(reasons(report).items()):
        show(N_("{status}: {reasons}", status=status.said, reasons=say_reasons(found)))
    show(summary(report))
    lying = [N_("files: {folder}", folder=output)] if any(outcome.files for outcome in report.outcomes) else []
    if file is not None and not unwritten:
        lying.append(N_("report: {file}", file=file))
    elif any(outcome.status is not Status.MADE for outcome in report.outcomes):
        lying.append(N_("for a list of all documents add --report run.html"))
    if lying:
        show(join_clauses(lying))


def _told(report: RunReport) -> list[Problem]:
    """What was said of documents. What many were told alike is said of the first, with the number of cases."""
    excluded = report.of(Status.EXCLUDED)
    told: list[Problem] = []
    for status in Status:
        for cause in find_causes(report.of(status)):
            if status is Status.EXCLUDED and len(excluded) > FEW and cause.problem.severity is Severity.NOTE:
                continue
            if cause.position is not None or (len(cause.hits) > FEW and status is not Status.EXCLUDED):
                told.append(cause.counted())
            else:
                told += [hit.problem for hit in cause.hits]
    return told
