"""The report of a run as a page: people in the town hall read it, on a screen or on paper."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kvisdocs.application.outcome import Hold, Outcome, Status
from kvisdocs.batch.reporting.report import Cause, Group, Hit, RunReport, find_groups, page_counts
from kvisdocs.languages import load_translations
from kvisdocs.messages import N_, Message, counted
from kvisdocs.problems import Severity, printable

_LISTED = (Status.FAILED, Status.HELD_BACK, Status.TO_MAKE, Status.EXCLUDED, Status.MADE, Status.UNCHANGED)
"""What somebody must act on stands first."""

_DAYS = {"da": "d. MMMM y", "en": "d MMMM y"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What the page depends on beside the report."""

    language: str = "da"
    """In which it is written, one of LANGUAGES."""
    titles: dict[str, str] | None = None
    """What the documents are called; their titles are Danish."""
    folder: str = "output"
    """Where the files lie, as a link of the page begins; see `find_way`."""


def find_way(page: Path, folder: Path) -> str:
    """How a link of the page leads to the folder: along the folders between them, so that both may be moved."""
    try:
        return _quoted(os.path.relpath(folder.absolute(), page.absolute().parent))
    except ValueError:  # another drive of Windows
        return folder.absolute().as_uri()


def _quoted(path: str) -> str:
    return quote(os.fsencode(path.replace(os.sep, "/")))


def write_html(report: RunReport, setting: Setting) -> bytes:
    """The page: one file that needs no other. It links to the files of the run."""
    environment = _environment(setting)
    said = sorted(set(report.problems))
    text = environment.get_template("report.html.j2").render(
        report=report,
        language=setting.language,
        took=_duration(report.seconds),
        speed=_speed(report.per_second),
        counts=[(status, len(report.of(status))) for status in report.statuses],
        listed=[(status, groups) for status in _LISTED if (groups := find_groups(report.outcomes, status))],
        errors=[problem for problem in said if problem.severity is Severity.ERROR],
        remarks=[problem for problem in said if problem.severity is not Severity.ERROR],
        unproven=sum(outcome.reason is Hold.PROOF for outcome in report.finished),
        pictures={name: _bars(found) for name, found in page_counts(report).items()},
        place=_place,
        silent=_silent,
    )
    return printable(text).encode()


def _environment(setting: Setting) -> Environment:
    translations, language = load_translations(setting.language), setting.language
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(
        day=lambda day: format_date(day, _DAYS[language], locale=language),
        number=lambda number: format_decimal(number, locale=language),
        documents=lambda number: _documents(number).shown(translations),
        pages=lambda number: _pages(number).shown(translations),
        shown=lambda said: said.shown(translations),
        begin=lambda text: text[:1].upper() + text[1:],
        title=lambda name: (setting.titles or {}).get(name, name),
        link=lambda file: f"{setting.folder}/{_quoted(file.path)}",
    )
    return environment


def _place(cause: Cause, hit: Hit) -> str:
    """Where it stands in the case's own file; empty where that is one place for all, or a file that is linked."""
    position = hit.problem.position
    lies = Path(position.file).as_posix()
    is_linked = any(lies.endswith(f"/{file.path}") for file in hit.outcome.files)
    return "" if cause.position or is_linked else str(position)


def _silent(group: Group) -> list[Outcome]:
    """Those of a group of which nothing was said."""
    return [outcome for outcome in group.outcomes if not outcome.problems]


def _duration(seconds: float) -> Message:
    """`12.3 seconds`, `4 minutes and 5 seconds`, `2 hours and 1 minute`."""
    if seconds < 60:
        return _seconds(seconds)
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return N_("{longer} and {shorter}", longer=_minutes(minutes), shorter=_seconds(rest))
    hours, minutes = divmod(minutes, 60)
    longer = counted(hours, "{number} hour", "{number} hours")
    return N_("{longer} and {shorter}", longer=longer, shorter=_minutes(minutes))


def _speed(per_second: float) -> Message:
    """`6.3 documents a second`, `30.7 seconds a document`."""
    if 0 < per_second < 1:
        return N_("{seconds} a document", seconds=_seconds(1 / per_second))
    return N_("{documents} a second", documents=_documents(per_second))


def _minutes(number: int) -> Message:
    return counted(number, "{number} minute", "{number} minutes")


def _seconds(number: float) -> Message:
    """`1 second`, `1.5 seconds`: the number as it is shown decides."""
    shown = _rounded(number)
    return counted(1 if shown == 1 else 2, "{amount:,} second", "{amount:,} seconds", amount=shown)


def _documents(number: float) -> Message:
    shown = _rounded(number)
    return counted(1 if shown == 1 else 2, "{amount:,} document", "{amount:,} documents", amount=shown)


def _pages(number: int) -> Message:
    return counted(number, "{number:,} page", "{number:,} pages")


def _rounded(number: float) -> float:
    shown = round(number, 1)
    return int(shown) if shown == int(shown) else shown


def _bars(found: dict[int, int]) -> list[tuple[int, int, float]]:
    """Pages, documents, and how long the bar is, in percent of the longest. Empty stretches are left out."""
    most = max(found.values(), default=1)
    return [(pages, count, round(100 * count / most, 1)) for pages, count in found.items() if count]
