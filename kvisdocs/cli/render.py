"""`kvisdocs render`: documents from cases, each as PDF and as Word."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvisdocs.application.stopping import Stopped
from kvisdocs.cli.options import (
    document_option,
    format_option,
    output_option,
    parse_day,
    paths_argument,
    redate_option,
    replace_option,
    strict_option,
    templates_option,
)
from kvisdocs.cli.report import count, count_errors, show_problems, shown
from kvisdocs.problems import Severity, UnknownNameError, plural

if TYPE_CHECKING:
    from kvisdocs.application.render_job import RenderJob


@click.command()
@paths_argument
@document_option
@format_option
@output_option
@click.option(
    "--date",
    "day",
    metavar="YYYY-MM-DD",
    callback=parse_day,
    help="The letter date, also as 14-11-2012; today unless said.",
)
@strict_option
@redate_option
@replace_option
@templates_option
def render(
    paths: tuple[Path, ...],
    names: tuple[str, ...],
    formats: tuple[str, ...],
    output: Path,
    day: date | None,
    strict: bool,
    redate: bool,
    overwrite: bool,
    templates: Path | None,
) -> None:
    """Make documents from cases.

    PATH is a case file, or a folder of them (*.yaml). Files are DIR/<case id>/<document>.pdf and .docx, where the case
    id is the case file's name without .yaml. Without -d every document that a case is fit for is made, and the others
    are listed with the reason; with -d, what cannot be made is an error. Exits with 1 if anything went wrong; the other
    documents are still made. A file that somebody has changed stays, and the new one goes beside it, as DOCUMENT
    (ny).docx; a finished document whose letter date alone is another stays too. `kvisdocs documents` lists what there
    is.

    Example:

    \b
        kvisdocs render cases_yaml/citizens -d gp-letter --to pdf -o output --date 2012-11-14
    """
    if not paths:
        raise click.UsageError("name a case file or a folder of cases, for instance: kvisdocs render cases_yaml")
    from kvisdocs.application.render_job import RenderJob
    from kvisdocs.cli.progress import track

    today = date.today()  # noqa: DTZ011  (the town hall's own day is meant)
    making = RenderJob(output, day or today, formats, strict=strict, redate=redate, overwrite=overwrite, track=track)
    stopped: Stopped | None = None
    try:
        making.make(paths, names, templates)
    except UnknownNameError as error:
        raise click.BadParameter(str(error), param_hint="'-d' / '--document'") from None
    except Stopped as stop:
        stopped = stop
    show_problems(making.left_out)
    show_problems(making.problems)
    click.echo(_summary(making), err=True)
    if stopped:
        click.echo(f"{stopped}; what was finished is in its place. Run the same command again for the rest.", err=True)
        sys.exit(stopped.code)
    sys.exit(1 if count_errors(making.problems) else 0)


def _summary(making: "RenderJob") -> str:
    """`34 files made in output, 5 documents left out (see the notes), 0 errors`."""
    parts = [f"{plural(making.made, 'file')} made in {shown(making.output)}" if making.made else "nothing was made"]
    if making.left_out:
        parts.append(f"{plural(len(making.left_out), 'document')} left out (see the notes)")
    if making.kept:
        parts.append(f"{plural(making.kept, 'document')} kept as {'it is' if making.kept == 1 else 'they are'}")
    parts.append(plural(count_errors(making.problems), "error"))
    if warnings := count(making.problems, Severity.WARNING):
        parts.append(plural(warnings, "warning"))
    return ", ".join(parts)
