"""`kvisdocs stats`: the committee's figures, counted from cases on a day."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import (
    format_option,
    loudness_options,
    parse_day,
    replace_option,
    require_paths,
    templates_option,
)
from kvisdocs.cli.terminal.report import count_errors, refuse_usage, show, show_problems
from kvisdocs.messages import N_, counted

if TYPE_CHECKING:
    from kvisdocs.application.counting.count import CountedCases
    from kvisdocs.problems import Problem
    from kvisdocs.statistics.model import Published
    from kvisdocs.templating.html import Assets

DEFAULT_PROGRAMME = "kvis"
"""Whose figures `--list` names where none is asked for."""


@click.command(cls=TranslatedCommand)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--on",
    metavar="YYYY-MM-DD",
    callback=parse_day,
    help="The day the figures are of, also as 14-11-2012; today unless said. What is dated later does not count.",
)
@click.option(
    "--edition",
    type=click.Choice(["public", "whole"]),
    default="public",
    show_default=True,
    help="public hides small counts; whole hides nothing, for closed items.",
)
@click.option(
    "--after",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="What was published last, as --json wrote it: the difference must not give one person away either.",
)
@click.option("--programme", metavar="NAME", help="Whose cases are meant, where they fall under several programmes.")
@click.option("--municipality", metavar="NAME", help="Whose cases are meant, where they are of several municipalities.")
@click.option("--json", "form", flag_value="json", help="One JSON object, for programs and for --after.")
@click.option("--csv", "form", flag_value="csv", help="One long table, as a spreadsheet reads it.")
@click.option("--list", "names_only", is_flag=True, help="The names of all figures, with what they count.")
@click.option("--log", "with_log", is_flag=True, help="Say at the end which figures are hidden, and why.")
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Make the statistics annex of the figures in this folder, as PDF and as Word.",
)
@format_option
@replace_option
@templates_option
@loudness_options
def stats(
    paths: tuple[Path, ...],
    on: date | None,
    edition: Literal["public", "whole"],
    after: Path | None,
    programme: str | None,
    municipality: str | None,
    form: str | None,
    names_only: bool,
    with_log: bool,
    output: Path | None,
    formats: tuple[str, ...],
    overwrite: bool,
    templates: Path | None,
) -> None:
    """Count the figures that a committee reads from citizens' cases.

    PATH is a case file, or a folder of them (*.yaml); a register of agreements among them counts for its goal. A case
    counts from its visitation on. In the public edition no count that is small can be read or worked out. Cases with an
    error are named and count nowhere; then the exit code is 1.

    Example:

    \b
        kvisdocs stats cases_yaml/2012/citizens --on 2012-11-01
    """
    from kvisdocs.application.template_folders import find_assets

    assets, day = find_assets(templates), on or date.today()  # noqa: DTZ011  (the town hall's own day is meant)
    if names_only and not paths:
        _list(programme or DEFAULT_PROGRAMME, day, assets)
        return
    require_paths(paths, "stats")
    last = _read_last(after) if after is not None else None
    found = _count(paths, day, assets, with_marks=output is not None)
    published = _publish(found, day, edition, municipality, programme, last, assets, paths)
    if output is not None:
        found.problems += _make_annex(published, found, output, formats, overwrite, templates)
    if names_only:
        _show_list(published)
    elif form == "json":
        from kvisdocs.statistics.long_table import as_json

        _write(as_json(published))
    elif form == "csv":
        from kvisdocs.statistics.long_table import as_csv

        _write(as_csv(published))
    elif output is None:
        _show(published, assets)
    if with_log:
        _show_log(published)
    _show_faults(found)
    sys.exit(1 if count_errors(found.problems) else 0)


def _count(paths: tuple[Path, ...], day: date, assets: "Assets", with_marks: bool) -> "CountedCases":
    from kvisdocs.application.counting.count import CaseCounter, count_files
    from kvisdocs.application.reading import find_files
    from kvisdocs.cli.terminal.progress import CASES, follow

    files, problems = find_files(paths)
    with follow(len(files), CASES) as progress:

        def hear(number: int) -> None:
            for _ in range(number):
                progress.advance(True)

        found = count_files(CaseCounter(assets, day, with_marks=with_marks), files, hear)
    found.problems += problems
    return found


def _publish(
    found: "CountedCases",
    day: date,
    edition: Literal["public", "whole"],
    municipality: str | None,
    programme: str | None,
    last: "Published | None",
    assets: "Assets",
    paths: tuple[Path, ...],
) -> "Published":
    from kvisdocs.application.counting.publish import Wanted, publish
    from kvisdocs.problems import KvisdocsError, UnknownNameError, show_path

    sources = tuple(show_path(path) for path in paths)
    try:
        return publish(found, Wanted(day, edition, municipality, programme, last, sources), assets)
    except UnknownNameError as error:
        show_problems(found.problems)
        if count_errors(found.problems) and not found.cases:
            sys.exit(1)
        raise refuse_usage(error.what, error.todo) from None
    except KvisdocsError as error:
        show_problems([*found.problems, *error.problems])
        sys.exit(1)


def _make_annex(
    published: "Published",
    found: "CountedCases",
    output: Path,
    formats: tuple[str, ...],
    overwrite: bool,
    templates: Path | None,
) -> "list[Problem]":
    """Make the annex, and say where it is. Gives what went wrong."""
    from kvisdocs.application.item_figures import make_annex
    from kvisdocs.application.render_job import RenderJob

    case, raw = make_annex(published, found)
    making = RenderJob(output, date.today(), formats, overwrite=overwrite)  # noqa: DTZ011  (the town hall's own day)
    making.make_of(case, raw, ["statistics-annex"], templates)
    if making.made:
        show(counted(making.made, "{number} file made in {folder}", "{number} files made in {folder}", folder=output))
    return making.problems


def _read_last(file: Path) -> "Published":
    """What was published last. Raises BadParameter where the file is no such, or of a whole edition."""
    from kvisdocs.application.counting.publish import read_last
    from kvisdocs.problems import UnknownNameError

    try:
        data = file.read_bytes()
    except OSError:
        data = b""
    try:
        return read_last(data, file)
    except UnknownNameError as error:
        raise refuse_usage(error.what, error.todo, "'--after'") from None


def _write(data: bytes) -> None:
    """Bytes, since JSON and CSV are UTF-8 wherever they go."""
    click.echo(data, nl=False)


def _show(published: "Published", assets: "Assets") -> None:
    from kvisdocs.cli.terminal.figures import format_statement
    from kvisdocs.problems import Position
    from kvisdocs.programme.rules.rule_registry import load_programme
    from kvisdocs.templating.profiles import load_profile

    statement = published.statement
    profile = load_profile(statement.municipality, assets, Position(statement.municipality))
    label = load_programme(statement.programme, assets.folders).label
    click.echo(format_statement(published, profile.name, label))


def _list(programme: str, day: date, assets: "Assets") -> None:
    """The names of a programme's figures, without a case."""
    from kvisdocs.programme.rules.rule_registry import UnknownProgramme, load_programme
    from kvisdocs.statistics.model import Published
    from kvisdocs.statistics.statement import lay_out_names

    try:
        rules = load_programme(programme, assets.folders)
    except UnknownProgramme as error:
        raise refuse_usage(error.what, error.todo, "'--programme'") from None
    _show_list(Published(lay_out_names(rules, day), "whole", 5))


def _show_list(published: "Published") -> None:
    from kvisdocs.statistics.sentences import find_sentences

    statement = published.statement
    for name, figure in statement.figures.items():
        click.echo(f"{name}\n    {figure.label}. {figure.definition}")
    for name, measure in statement.measures.items():
        click.echo(f"{name}\n    {measure.label} ({measure.unit}). {measure.definition}")
    for name in find_sentences(published):
        click.echo(f"sentences.{name}")


def _show_log(published: "Published") -> None:
    for name, reason in published.reasons.items():
        click.echo(f"{name}: {reason}", err=True)


def _show_faults(found: "CountedCases") -> None:
    show_problems(found.problems)
    if found.faulty:
        said = counted(
            found.faulty,
            "{number} file with an error is not counted",
            "{number} files with errors are not counted",
        )
        show(said, always=True)
    if found.warnings:
        said = counted(found.warnings, "{number} warning", "{number} warnings")
        show(N_("{warnings}; see: kvisdocs check", warnings=said))
