"""`kvisdocs pack`: finished documents in a ZIP file, under names that a case system takes."""

import sys
from pathlib import Path

import click

from kvisdocs.cli.dispatch.common import find, output_argument, overwrite_option, target_option, with_ending
from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import document_option, format_option, loudness_options, templates_option
from kvisdocs.cli.terminal.report import refuse_usage, show, show_problems, told_problems
from kvisdocs.messages import N_, counted
from kvisdocs.problems import KvisdocsError


@click.command(cls=TranslatedCommand)
@output_argument
@target_option("The ZIP file.")
@click.option(
    "--name",
    "pattern",
    metavar="PATTERN",
    default="{case_number} {document} {date}",
    show_default=True,
    help="What each file is called: also {case}, {name}, {caseworker} and {municipality}; / parts folders.",
)
@click.option("--per", type=click.Choice(["caseworker"]), help="One ZIP file for each, with the name in the file's.")
@document_option
@format_option
@overwrite_option
@templates_option
@loudness_options
def pack(
    output: Path,
    target: Path,
    pattern: str,
    per: str | None,
    names: tuple[str, ...],
    formats: tuple[str, ...],
    overwrite: bool,
    templates: Path | None,
) -> None:
    """Put finished documents into a ZIP file.

    OUTPUT is the folder of a run. Names are made safe for every system, and two that are alike get a number. A name
    never holds a CPR number. What was held back, changed by hand or made before its case was changed is left out, with
    a warning. Exits with 1 if there is nothing to pack.

    Example:

    \b
        kvisdocs pack output -o sager.zip --name "{case_number}/{document} {date}" --to pdf
    """
    from kvisdocs.application.dispatch.file_names import parse_pattern
    from kvisdocs.application.dispatch.pack import PLACES, make_archives
    from kvisdocs.application.scaffold.places import refuse_overwriting
    from kvisdocs.application.store.atomic_files import write_atomically

    try:
        parse_pattern(pattern, PLACES)
    except KvisdocsError as error:
        raise refuse_usage(error.problems[0].what, error.problems[0].todo, "'--name'") from None
    target = with_ending(target, ".zip")
    with told_problems():
        found = find(output, templates, formats, names)
        archives = make_archives(found.files, target, pattern, per is not None) if found.files else []
        if not overwrite:
            refuse_overwriting([path for path, _, _ in archives])
        write_atomically({path: data for path, data, _ in archives})
    show_problems(found.problems)
    for path, _, number in archives:
        show(counted(number, "{number} file in {archive}", "{number} files in {archive}", archive=path))
    if not archives:
        show(N_("there is no document to pack"))
    sys.exit(0 if archives else 1)
