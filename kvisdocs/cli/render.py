"""`kvisdocs render`: documents from cases, each as PDF and as Word."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvisdocs.application.stopping import Stopped
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
from kvisdocs.cli.terminal.pipe import DASH, read_pipe
from kvisdocs.cli.terminal.report import count, count_errors, refuse_usage, say_count, show, show_problems
from kvisdocs.messages import N_, Message, counted, listed, message
from kvisdocs.problems import Severity, UnknownNameError

if TYPE_CHECKING:
    from kvisdocs.application.render_job import RenderJob


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
    help="The letter date, also as 14-11-2012; today unless said.",
)
@strict_option
@redate_option
@replace_option
@templates_option
@click.option("--name", metavar="ID", help="The case id of a case from standard input (PATH is -).")
@keep_inputs_option
@as_option
@loudness_options
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
    name: str | None,
    keep_inputs: bool,
    by: str,
) -> None:
    """Make documents from cases.

    PATH is a case file, or a folder of them (*.yaml). Files are DIR/<case id>/<document>.pdf and .docx, where the case
    id is the case file's name without .yaml. Without -d every document that a case is fit for is made, and the others
    are listed with the reason; with -d, what cannot be made is an error. Exits with 1 if anything went wrong; the other
    documents are still made. A file that somebody has changed stays, and the new one goes beside it, as DOCUMENT
    (ny).docx; a finished document whose letter date alone is another stays too. `kvisdocs documents` lists what there
    is.

    Where PATH is -, the case is read from standard input, and --name gives its case id.

    Example:

    \b
        kvisdocs render cases_yaml/citizens -d gp-letter --to pdf -o output --date 2012-11-14
    """
    require_paths(paths, "render")
    if DASH in paths and name is None:
        what = message("command.name.missing", "a case from standard input has no case id")
        raise refuse_usage(what, N_("give it one, for instance: kvisdocs render - --name anna-prøve"), "'--name'")
    from kvisdocs.application.keeping.inputs import InputStore
    from kvisdocs.application.render_job import RenderJob
    from kvisdocs.cli.terminal.progress import track

    today = date.today()  # noqa: DTZ011  (the town hall's own day is meant)
    making = RenderJob(output, day or today, formats, strict=strict, redate=redate, overwrite=overwrite, track=track)
    making.scribe = write_as(by)
    making.inputs = InputStore(output) if keep_inputs else None
    stopped: Stopped | None = None
    try:
        with read_pipe(paths, name) as files:
            making.make(files, names, templates)
    except UnknownNameError as error:
        raise refuse_usage(error.what, error.todo, "'-d' / '--document'") from None
    except Stopped as stop:
        stopped = stop
    show_problems(making.left_out)
    show_problems(making.problems)
    show(_summary(making))
    if stopped:
        show(
            N_(
                "{stopped}; what was finished is in its place. Run the same command again for the rest.",
                stopped=stopped.said,
            ),
            always=True,
        )
        sys.exit(stopped.code)
    sys.exit(1 if count_errors(making.problems) else 0)


def _summary(making: "RenderJob") -> Message:
    """`34 files made in output, 5 documents left out (see the notes), 0 errors`."""
    parts = [N_("nothing was made")]
    if making.made:
        parts = [
            counted(
                making.made, "{number} file made in {folder}", "{number} files made in {folder}", folder=making.output
            )
        ]
    if making.left_out:
        parts.append(
            counted(
                len(making.left_out),
                "{number} document left out (see the notes)",
                "{number} documents left out (see the notes)",
            )
        )
    if making.kept:
        parts.append(counted(making.kept, "{number} document kept as it is", "{number} documents kept as they are"))
    parts.append(say_count(making.problems, Severity.ERROR))
    if count(making.problems, Severity.WARNING):
        parts.append(say_count(making.problems, Severity.WARNING))
    return listed(parts)
