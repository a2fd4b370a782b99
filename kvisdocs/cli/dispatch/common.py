"""What the commands for finished documents ask for in the same way, and how they take them from the output folder."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvisdocs.cli.terminal.report import refuse_usage
from kvisdocs.problems import UnknownNameError

if TYPE_CHECKING:
    from kvisdocs.application.dispatch.finished import Found

output_argument = click.argument("output", metavar="OUTPUT", type=click.Path(path_type=Path, file_okay=False))
"""The output folder of a run, given to the command as `output`."""

overwrite_option = click.option("--replace", "overwrite", is_flag=True, help="Write over a file that is there.")
"""`--replace`, given to the command as `overwrite`."""


def find(
    output: Path, templates: Path | None, formats: Sequence[str], names: Sequence[str], exported: bool = True
) -> "Found":
    """The finished documents as they lie there today. Raises KvisdocsError, and UsageError for an unknown document."""
    from kvisdocs.application.dispatch.finished import find_finished
    from kvisdocs.application.template_folders import find_assets

    today = date.today()  # noqa: DTZ011  (the town hall's own day is meant)
    try:
        return find_finished(output, find_assets(templates), formats, names, today, exported)
    except UnknownNameError as error:
        raise refuse_usage(error.what, error.todo, "'-d' / '--document'") from None
