"""`kvisdocs new document`: a document of one's own."""

from pathlib import Path

import click

from kvisdocs.cli.new.files import check_id, tell, write
from kvisdocs.cli.new.questions import on_one_line
from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import templates_option
from kvisdocs.cli.terminal.report import refuse_usage
from kvisdocs.messages import N_, message


@click.command(cls=TranslatedCommand, name="document")
@click.argument("stem", metavar="NAME")
@click.option("--title", help="The title that readers see.")
@click.option("--description", help="The line in `kvisdocs documents`.")
@click.option(
    "--audience",
    type=click.Choice(["citizen", "gp", "employer", "caseworker", "committee"]),
    default="citizen",
    show_default=True,
    help="Whom the document is for.",
)
@templates_option
def new_document(stem: str, title: str | None, description: str | None, audience: str, templates: Path | None) -> None:
    """Lay out a document of your own: settings, template and sample.

    NAME is the document's name for -d: lower-case letters, digits and hyphens.

    Example:

    \b
        kvisdocs new document indkaldelse --title "Indkaldelse til samtale"
    """
    from kvisdocs.application.scaffold import templates as scaffold
    from kvisdocs.application.template_folders import shipped
    from kvisdocs.cases.views import Audience

    check_id(stem)
    ships = shipped("templates")
    if (ships / stem).exists() or stem == "programmes":
        what = message("new.document.ships", '"{name}" comes with kvisdocs', name=stem)
        raise refuse_usage(
            what, N_("choose another name; kvisdocs init lays out what comes with it, to change"), "NAME"
        )
    reader = Audience(audience)
    sample = (ships / scaffold.SAMPLES[reader] / "sample.yaml").read_bytes()
    title = on_one_line(title) or stem.replace("-", " ").capitalize()
    files = scaffold.new_document(stem, title, on_one_line(description) or title, reader, sample)
    write({(templates or Path("templates")) / file: data for file, data in files.items()})
    tell(N_("{file} is laid out", file=f"{stem}/document.html.j2"), 0, f"kvisdocs lint {stem}")
