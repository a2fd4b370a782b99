"""`kvisdocs export medcom`: approved letters for doctors' systems."""

import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvisdocs.cli.dispatch.common import is_counted, output_argument, printed_option, show_as_json
from kvisdocs.cli.terminal.language import TranslatedCommand, TranslatedGroup
from kvisdocs.cli.terminal.options import as_option, document_option, loudness_options, templates_option, write_as
from kvisdocs.cli.terminal.report import refuse_usage, say_reasons, show, show_problems
from kvisdocs.messages import N_
from kvisdocs.problems import KvisdocsError, UnknownNameError

if TYPE_CHECKING:
    from kvisdocs.application.dispatch.medcom.export import Exported


@click.group(cls=TranslatedGroup)
def export() -> None:
    """Write approved letters for another system.

    Example:

    \b
        kvisdocs export medcom output -o til-laegen
    """


@export.command(cls=TranslatedCommand)
@output_argument
@click.option(
    "-o",
    "--output-folder",
    "folder",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the messages go.",
)
@click.option("--again", is_flag=True, help="Write also what was written before; it is the same message.")
@printed_option
@document_option
@as_option
@templates_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a letter, a line each, for programs.")
@loudness_options
def medcom(
    output: Path,
    folder: Path,
    again: bool,
    printed: date | None,
    names: tuple[str, ...],
    by: str,
    templates: Path | None,
    as_json: bool,
) -> None:
    """Write letters to doctors as MedCom's CareCommunication.

    OUTPUT is the folder of a run. Of each approved letter to a doctor two files are written, called after the id of the
    message: ID.json with the letter attached as PDF, and ID.txt, the same words as plain text of one screen for a
    practice that takes EDI only. Nothing is sent: whoever runs the municipality's MedCom connection takes them from
    there. The profile says under medcom: which unit writes; the case holds the doctor's numbers (gp: sor, gln). A
    letter that lacks one is left for kvisdocs print.

    Example:

    \b
        kvisdocs export medcom output -o til-laegen
    """
    from kvisdocs.application.dispatch.medcom.export import MedComRun
    from kvisdocs.application.template_folders import find_assets

    today = date.today()  # noqa: DTZ011  (the town hall's own day is meant)
    try:
        assets = find_assets(templates)
        done = MedComRun(output, folder, assets, write_as(by), today, names, again, printed, _hear(as_json)).go()
    except UnknownNameError as error:
        raise refuse_usage(error.what, error.todo, "'-d' / '--document'") from None
    except KvisdocsError as error:
        show_problems(error.problems, as_json)
        sys.exit(1)
    if not as_json:
        show(say_reasons(Counter(each.result for each in done)) if done else N_("there is no letter to a doctor"))


def _hear(as_json: bool) -> "Callable[[Exported], None]":
    """Show each letter as soon as it is known what became of it."""

    def hear(done: "Exported") -> None:
        if as_json:
            show_as_json(done)
            return
        if done.message:
            show(N_("{file}: {message}", file=done.path, message=done.message))
        if done.problem is not None and not is_counted(done.problem):
            show_problems([done.problem])

    return hear
