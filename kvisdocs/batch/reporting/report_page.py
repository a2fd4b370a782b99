"""The report of a run as a page in Danish: people in the town hall read it, on a screen or on paper."""

from collections.abc import Callable
from dataclasses import dataclass
from gettext import NullTranslations
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kvisdocs.application.outcome import DANISH, Hold, Outcome, Status
from kvisdocs.batch.reporting.report import Cause, Group, RunReport, find_groups, page_counts
from kvisdocs.messages import NOTHING, Message, Translations
from kvisdocs.problems import Problem, Severity, printable
from kvisdocs.templating.engine.formatting import format_date, format_number

_LISTED = (Status.FAILED, Status.HELD_BACK, Status.EXCLUDED, Status.MADE, Status.UNCHANGED)
"""What somebody must act on stands first."""


_ENGLISH = NullTranslations()


@dataclass(frozen=True, slots=True)
class _Line:
    """A document under its cause: the case, the document's title, where, and the message if it is one of its own."""

    case_id: str
    title: str
    place: str = ""
    own_words: Message = NOTHING


def write_html(report: RunReport, titles: dict[str, str], translations: Translations = _ENGLISH) -> bytes:
    """The page: one file that needs no other. `titles` are the documents' own; messages are shown in `translations`."""
    folder = FileSystemLoader(Path(__file__).parent)
    environment = Environment(
        loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )

    def title(name: str) -> str:
        return titles.get(name, name) if name else "hele sagen"

    environment.filters.update(
        danish=DANISH.__getitem__, day=format_date, title=title, number=_number, counted=_counted
    )
    environment.filters["shown"] = lambda said: said.shown(translations)
    said = sorted(set(report.problems))
    text = environment.get_template("report.html.j2").render(
        report=report,
        took=_duration(report.seconds),
        speed=_speed(report.per_second),
        counts=[(status, len(report.of(status))) for status in Status],
        listed=[(status, groups) for status in _LISTED if (groups := find_groups(report.outcomes, status))],
        errors=[problem for problem in said if problem.severity is Severity.ERROR],
        remarks=[problem for problem in said if problem.severity is not Severity.ERROR],
        unproven=sum(outcome.reason is Hold.PROOF for outcome in report.finished),
        pictures={name: _bars(found) for name, found in page_counts(report).items()},
        lines=lambda cause: [_line(cause, hit.outcome, hit.problem, hit.own_words, title) for hit in cause.hits],
        silent=_silent,
    )
    return printable(text).encode()


def _line(cause: Cause, outcome: Outcome, problem: Problem, own_words: Message, title: Callable[[str], str]) -> _Line:
    place = "" if cause.position else str(problem.position)
    return _Line(outcome.case_id, title(outcome.document), place, own_words)


def _silent(group: Group) -> list[Outcome]:
    """Those of a group of which nothing was said."""
    return [outcome for outcome in group.outcomes if not outcome.problems]


def _duration(seconds: float) -> str:
    """`12,3 sekunder`, `4 minutter og 5 sekunder`, `2 timer og 1 minut`."""
    if seconds < 60:
        return _measured(seconds, "sekund", "sekunder")
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{_counted(minutes, 'minut', 'minutter')} og {_counted(rest, 'sekund', 'sekunder')}"
    hours, minutes = divmod(minutes, 60)
    return f"{_counted(hours, 'time', 'timer')} og {_counted(minutes, 'minut', 'minutter')}"


def _speed(per_second: float) -> str:
    """`6,3 dokumenter i sekundet`, `30,7 sekunder pr. dokument`."""
    if 0 < per_second < 1:
        return f"{_measured(1 / per_second, 'sekund', 'sekunder')} pr. dokument"
    return f"{_measured(per_second, 'dokument', 'dokumenter')} i sekundet"


def _number(number: float) -> str:
    return format_number(round(number, 1))


def _measured(number: float, one: str, many: str) -> str:
    """`1 sekund`, `1,5 sekunder`: the number as it is shown decides."""
    return f"{_number(number)} {one if round(number, 1) == 1 else many}"


def _counted(number: int, one: str, many: str) -> str:
    """`1 dokument`, `1.234 dokumenter`."""
    return f"{format_number(number)} {one if number == 1 else many}"


def _bars(found: dict[int, int]) -> list[tuple[int, int, float]]:
    """Pages, documents, and how long the bar is, in percent of the longest. Empty stretches are left out."""
    most = max(found.values(), default=1)
    return [(pages, count, round(100 * count / most, 1)) for pages, count in found.items() if count]
