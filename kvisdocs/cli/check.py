"""`kvisdocs check`: all problems of all cases, with their places, and what would be left out of a run today."""

import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import loudness_options
from kvisdocs.cli.terminal.pipe import read_pipe
from kvisdocs.cli.terminal.report import (
    Loudness,
    count_errors,
    loudness,
    refuse_usage,
    say_count,
    say_reasons,
    show,
    show_problems,
)
from kvisdocs.messages import N_, Message, counted, listed, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvisdocs.application.exclusions import ExclusionSummary
    from kvisdocs.application.outcome import Exclusion
    from kvisdocs.problems import Problem

FOLDER = Path("cases_yaml")
"""Where the cases are unless said."""


@click.command(cls=TranslatedCommand)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a problem, a line each, for programs.")
@loudness_options
def check(paths: tuple[Path, ...], as_json: bool) -> None:
    """Find the problems in cases.

    PATH is a case file, or a folder of them (*.yaml); without PATH, it is the folder cases_yaml. Exits with 1 if there
    is an error; warnings alone let it pass. At the end stands which documents a run with today's date would leave out,
    and by which rule (no consent, no plan, a closed case, …); that is no error.

    Where PATH is -, the case is read from standard input.

    Example:

    \b
        kvisdocs check cases_yaml/citizens
    """
    if not paths and not FOLDER.exists():
        what = message("command.folder.no_cases", "there is no folder {folder} here", folder=FOLDER)
        raise refuse_usage(what, N_("name a case file or a folder of cases"))
    with read_pipe(paths, None) as files:
        sys.exit(_check(files or (FOLDER,), as_json))


def _check(paths: tuple[Path, ...], as_json: bool) -> int:
    """The exit code."""
    from kvisdocs.application.reading import find_files, find_same_ids
    from kvisdocs.application.review import CaseReviewer, review_files
    from kvisdocs.application.template_folders import find_assets
    from kvisdocs.problems import KvisdocsError, Severity
    from kvisdocs.templating.documents import load_documents

    assets = find_assets(None)
    files, problems = find_files(paths)
    problems += find_same_ids(files)
    try:
        documents = [each for each in load_documents(assets).values() if not each.on_request]
    except KvisdocsError as error:  # the cases may be right all the same
        documents = []
        problems += [replace(problem, severity=Severity.WARNING) for problem in error.problems]
    today = date.today()  # noqa: DTZ011  (the town hall's own day is meant)
    judged = review_files(CaseReviewer(assets, tuple(documents), today, as_json), files)
    problems += [*judged.problems, *judged.compare()]
    problems = list(dict.fromkeys(problems))  # an item is judged by itself, and with each meeting that names it
    show_problems(problems, as_json, err=False)
    _show_notes(judged.exclusions)
    if not as_json:
        if loudness() is Loudness.VERBOSE:
            _show_files(files, problems)
        cases = counted(len(files), "{number} case", "{number} cases")
        show(listed([cases, *(say_count(problems, each) for each in (Severity.ERROR, Severity.WARNING))]))
        _show_counts(judged.exclusions)
    return 1 if count_errors(problems) else 0


def _show_files(files: "Sequence[Path]", problems: "Sequence[Problem]") -> None:
    """A line for each case: how many errors and warnings it has."""
    from kvisdocs.problems import Severity, show_path

    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.position.file, []).append(problem)
    for file in files:
        own = by_file.get(str(file), by_file.get(show_path(file), []))
        counts = listed(say_count(own, each) for each in (Severity.ERROR, Severity.WARNING))
        show(N_("{file}: {said}", file=file, said=counts))


def _show_notes(exclusions: "ExclusionSummary") -> None:
    """What is left out, one by one: as JSON on standard output, or, if it is little, on standard error."""
    from kvisdocs.application.exclusions import FEW, join_notes

    for line in exclusions.lines:
        click.echo(line)
    if exclusions.number <= FEW:
        show_problems(join_notes(exclusions.notes))


def _show_counts(exclusions: "ExclusionSummary") -> None:
    """`left out if made today: 3 gp-letter (2 no consent, 1 no GP), 1 return-plan (no employer)`, or nothing."""
    from kvisdocs.application.exclusions import FEW

    if not exclusions.number:
        return
    documents = [
        N_("{number} {document} ({reasons})", number=counts.total(), document=name, reasons=_reasons(counts))
        for name, counts in sorted(exclusions.counts.items())
    ]
    said = N_("left out if made today: {documents}", documents=listed(documents))
    show(N_("{said}; --json lists them", said=said) if exclusions.number > FEW else said)


def _reasons(counts: "Counter[Exclusion]") -> Message:
    if len(counts) == 1:
        return next(iter(counts)).said
    return say_reasons(counts)
