"""`kvisdocs print`: finished letters in one PDF for the printer, with a list of what lies on which sheets."""

import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvisdocs.cli.dispatch.common import (
    output_argument,
    overwrite_option,
    printed_option,
    show_left_out,
    target_option,
    with_ending,
)
from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import as_option, document_option, loudness_options, templates_option, write_as
from kvisdocs.cli.terminal.report import count_errors, refuse_usage, show, told_problems
from kvisdocs.messages import N_, counted, listed, message
from kvisdocs.problems import UnknownNameError

if TYPE_CHECKING:
    from kvisdocs.application.dispatch.print_run import Sort


@click.command("print", cls=TranslatedCommand)
@output_argument
@target_option("The PDF; the list lies beside it, as .csv.")
@click.option(
    "--sort",
    type=click.Choice(["postcode", "name", "case"]),
    default="postcode",
    show_default=True,
    help="What the letters are sorted by.",
)
@click.option("--duplex", is_flag=True, help="For both sides: a blank back where a letter ends on a front.")
@click.option("--per", type=click.Choice(["caseworker"]), help="One file for each, with the name in the file's.")
@click.option("--exported", is_flag=True, help="Print also what was written for doctors' systems.")
@printed_option
@document_option
@as_option
@overwrite_option
@templates_option
@loudness_options
def print_(
    output: Path,
    target: Path,
    sort: "Sort",
    duplex: bool,
    per: str | None,
    exported: bool,
    printed: date | None,
    names: tuple[str, ...],
    by: str,
    overwrite: bool,
    templates: Path | None,
) -> None:
    """Put finished letters into one PDF for the printer.

    OUTPUT is the folder of a run. Each letter begins on a sheet of its own and has a bookmark. The list says for each
    on which sheets it lies, to whom it is, and whether it fits into an envelope C5 (up to eight sheets) or needs a C4.
    What was held back, changed by hand, written for a doctor's system or made before its case was changed is left out,
    with a warning. When the files are written, the journal says of each letter that it was printed; from then on it is
    left out too, by kvisdocs send as well. --printed DATE prints the letters of that day once more.

    Exits with 1 if a letter's window shows another recipient than its case, or if there is nothing to print.

    Example:

    \b
        kvisdocs print output -o breve.pdf --duplex
    """
    if find_spec("pikepdf") is None:
        what = message("dispatch.package.no_pikepdf", "to join letters into one file, kvisdocs needs pikepdf")
        raise refuse_usage(what, N_("install kvisdocs with it: pip install kvisdocs[print]"))
    from kvisdocs.application.dispatch.finished import printed_on
    from kvisdocs.application.dispatch.print_run import PrintRun
    from kvisdocs.application.template_folders import find_assets

    today = date.today()  # noqa: DTZ011  (the town hall's own day is meant)
    run = PrintRun(
        output,
        find_assets(templates),
        write_as(by),
        today,
        with_ending(target, ".pdf"),
        sort,
        duplex,
        per is not None,
        names,
        exported,
        printed_on(printed),
    )
    try:
        with told_problems():
            done = run.go(overwrite)
    except UnknownNameError as error:
        raise refuse_usage(error.what, error.todo, "'-d' / '--document'") from None
    show_left_out(done.problems)
    for each, _ in done.files:
        said = [
            counted(each.letters, "{number} letter", "{number} letters"),
            counted(each.sheets, "{number} sheet", "{number} sheets"),
        ]
        show(N_("{counts} in {file}, listed in {list}", counts=listed(said), file=each.path, list=each.list_path))
    if not done.files:
        show(N_("there is no letter to print"))
    sys.exit(1 if count_errors(done.problems) or not done.files else 0)
