"""`kvisdocs desk`: the cases of a folder as pages in the browser."""

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import as_option, output_option, templates_option
from kvisdocs.cli.terminal.report import refuse_usage, show, show_problems
from kvisdocs.messages import N_, message

if TYPE_CHECKING:
    from kvisdocs.desk.security import Secrets

FOLDER = Path("cases_yaml")
"""Where the cases are unless said."""


@click.command(cls=TranslatedCommand)
@click.argument("folder", metavar="[FOLDER]", required=False, type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=8642, show_default=True, help="0 is any that is free.")
@click.option("--no-browser", is_flag=True, help="Only say the address.")
@output_option
@templates_option
@as_option
def desk(folder: Path | None, port: int, no_browser: bool, output: Path, templates: Path | None, by: str) -> None:
    """Open the desk: the cases of a folder in the browser.

    FOLDER is cases_yaml unless said, and finished documents lie in the output folder, as those of a run do. The pages
    are in Danish, and can be reached from this computer alone, by the address that is shown. Ctrl-C closes the desk.

    Example:

    \b
        kvisdocs desk cases_yaml
    """
    if folder is None and not FOLDER.is_dir():
        what = message("command.desk.no_cases", "there is no folder {folder} here", folder=FOLDER)
        raise refuse_usage(what, N_("name the folder that holds your cases"))
    if find_spec("starlette") is None or find_spec("uvicorn") is None:
        what = message("desk.package.missing", "the desk needs the packages starlette and uvicorn")
        raise refuse_usage(what, N_("install kvisdocs with them: pip install kvisdocs[desk]"))
    from kvisdocs.desk.server import serve
    from kvisdocs.problems import KvisdocsError

    def hear(secrets: "Secrets") -> None:
        show(N_("the desk is open at {address}", address=secrets.address), always=True)
        show(N_("Ctrl-C closes it"), always=True)
        if not no_browser:
            click.launch(secrets.address_for_browser)

    try:
        serve(folder or FOLDER, output, templates, port, by, hear)
    except KvisdocsError as error:
        show_problems(error.problems)
        sys.exit(1)
