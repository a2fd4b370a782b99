"""`kvisdocs batch`: the month-end run."""

import sys
from datetime import date
from pathlib import Path

import click

from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import (
    as_option,
    document_option,
    format_option,
    keep_inputs_option,
    loudness_options,
    output_option,
    parse_day,
    paths_argument,
    redate_option,
    replace_option,
    require_paths,
    strict_option,
    templates_option,
    write_as,
)
from kvisdocs.cli.terminal.report import refuse_usage, show
from kvisdocs.languages import page_language
from kvisdocs.messages import N_, message


@click.command(cls=TranslatedCommand)
@paths_argument
@document_option
@format_option
@output_option
@click.option(
    "--date",
    "day",
    metavar="YYYY-MM-DD",
    callback=parse_day,
    help="The letter date, also as 14-11-2012; today, or an unfinished run's own.",
)
@strict_option
@click.option(
    "--jobs", metavar="N", type=click.IntRange(1), help="Worker processes; as many as processors unless said."
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Have it done by a Dask cluster, as tcp://dask.example:8786; see: kvisdocs docs scale.",
)
@redate_option
@replace_option
@click.option("--again", is_flag=True, help="Make everything, also what has not changed.")
@click.option("--dry-run", is_flag=True, help="Say what a run would do, and write nothing.")
@click.option(
    "--municipality",
    "municipalities",
    metavar="NAME",
    multiple=True,
    help="Make the cases of this one only; repeatable.",
)
@click.option("--all-or-nothing", is_flag=True, help="Make nothing if anything in the list is wrong.")
@click.option(
    "--report", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write a report: .json or .html."
)
@click.option(
    "--time-limit",
    metavar="SECONDS",
    type=click.FloatRange(0.1),
    default=120,
    show_default=True,
    help="A document that takes longer is given up.",
)
@templates_option
@keep_inputs_option
@as_option
@loudness_options
def batch(
    paths: tuple[Path, ...],
    names: tuple[str, ...],
    formats: tuple[str, ...],
    output: Path,
    day: date | None,
    strict: bool,
    jobs: int | None,
    scheduler: str | None,
    redate: bool,
    overwrite: bool,
    again: bool,
    dry_run: bool,
    municipalities: tuple[str, ...],
    all_or_nothing: bool,
    report: Path | None,
    time_limit: float,
    templates: Path | None,
    keep_inputs: bool,
    by: str,
) -> None:
    """Make many documents: what is new or has changed.

    PATH and the files are those of `kvisdocs render`. The whole list is read first. What a rule leaves out (no consent,
    no plan, a closed case, a protected address) is no error. Documents that are far too long are put into
    DIR/held-back for somebody to look at. A run that was stopped goes on where it was, with its own letter date, when
    it is started again. Exits with 1 if anything failed or is held back; the others are still made.

    Example:

    \b
        kvisdocs batch cases_yaml -o output --date 2012-11-14 --report run.html
    """
    require_paths(paths, "batch")
    if report is not None and report.suffix.lower() not in {".json", ".html"}:
        what = message("command.report.ending", '"{file}" ends neither in .json nor in .html', file=report)
        raise refuse_usage(what, option="'--report'")
    if jobs is not None and scheduler is not None:
        what = message("command.jobs.of_cluster", "--jobs is for this machine")
        raise refuse_usage(what, N_("how many jobs a cluster does at a time, its workers say"))
    from kvisdocs.application.processes import count_processors
    from kvisdocs.batch.look_ahead import look_ahead
    from kvisdocs.batch.run_service import RunRequest, run_batch
    from kvisdocs.cli.terminal.run_console import RunConsole, show_report
    from kvisdocs.problems import UnknownNameError

    today = date.today()  # noqa: DTZ011  (the town hall's own day is meant)
    worker_count = jobs or count_processors()
    order = RunRequest(
        paths,
        names,
        formats,
        output,
        day,
        today,
        strict,
        worker_count,
        redate,
        overwrite,
        again,
        all_or_nothing,
        report,
        time_limit,
        templates,
        scheduler,
        page_language(),
        write_as(by),
        municipalities,
        keep_inputs=keep_inputs,
    )
    try:
        result = (look_ahead if dry_run else run_batch)(order, RunConsole())
    except UnknownNameError as error:
        raise refuse_usage(error.what, error.todo, "'-d' / '--document'") from None
    show_report(result.report, result.unwritten, output, report)
    if result.stopped:
        show(
            N_(
                "{stopped}; what was finished is in its place. Run the same command again to go on.",
                stopped=result.stopped.said,
            ),
            always=True,
        )
        sys.exit(result.stopped.code)
    sys.exit(0 if result.is_well else 1)
