"""`kvisdocs desk`: the cases of a folder as pages in the browser."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvisdocs.cli.dispatch.common import certificate_option, refuse_without_package, test_option
from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import as_option, output_option, templates_option
from kvisdocs.cli.terminal.report import refuse_usage, show, told_problems
from kvisdocs.messages import N_, message

if TYPE_CHECKING:
    from kvisdocs.desk.security import Secrets

FOLDER = Path("cases_yaml")
"""Where the cases are unless said."""


@click.command(cls=TranslatedCommand)
@click.argument("folder", metavar="[FOLDER]", required=False, type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=8642, show_default=True, help="0 is any that is free.")
@click.option("--no-browser", is_flag=True, help="Only say the address.")
@click.option("--behind", metavar="URL", help="The outer address, where a login's reverse proxy stands in front.")
@click.option("--user-header", metavar="NAME", help="The header in which that proxy names the user.")
@click.option(
    "--proxy-secret",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file with the secret by which the desk knows that proxy.",
)
@certificate_option
@test_option
@output_option
@templates_option
@as_option
def desk(
    folder: Path | None,
    port: int,
    no_browser: bool,
    behind: str | None,
    user_header: str | None,
    proxy_secret: Path | None,
    certificate: Path | None,
    is_test: bool,
    output: Path,
    templates: Path | None,
    by: str,
) -> None:
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
    given = [behind, user_header, proxy_secret]
    if any(given) and not all(given):
        what = message("desk.proxy.incomplete", "--behind, --user-header and --proxy-secret belong together")
        raise refuse_usage(what, N_("give all three, or none; see: kvisdocs docs desk"))
    if certificate is not None:
        refuse_without_package()
    from kvisdocs.application.dispatch.digital_post import DigitalPostAccess
    from kvisdocs.desk.proxy import open_proxy
    from kvisdocs.desk.server import serve

    def hear(secrets: "Secrets") -> None:
        address = behind or secrets.address
        show(N_("the desk is open at {address}", address=address), always=True)
        show(N_("Ctrl-C closes it"), always=True)
        if not no_browser and not behind:
            click.launch(secrets.address_for_browser)

    with told_problems():
        proxy = open_proxy(behind, user_header, proxy_secret) if behind and user_header and proxy_secret else None
        post = DigitalPostAccess(certificate, is_test) if certificate is not None else None
        serve(folder or FOLDER, output, templates, port, by, hear, proxy, post)
