"""`kvisdocs new case`: a citizen's case."""

from pathlib import Path

import click

from kvisdocs.cli.new.case_file import Path_, lay_out
from kvisdocs.cli.new.questions import ask_option, from_option, set_option
from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import templates_option


@click.command(cls=TranslatedCommand, name="case")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@from_option
@click.option("--municipality", metavar="NAME", help="The municipality's profile, as herning.")
@click.option("--programme", metavar="NAME", help="The rules, as kvis-2011.")
@set_option
@ask_option
@templates_option
def new_case(
    file: Path,
    old: Path | None,
    municipality: str | None,
    programme: str | None,
    given: tuple[str, ...],
    ask: bool | None,
    templates: Path | None,
) -> None:
    """Lay out a citizen's case.

    FILE is the new case, whose name is the case id. Fields to be filled in are marked UDFYLD, and `kvisdocs check`
    names them. No file is overwritten.

    Example:

    \b
        kvisdocs new case cases_yaml/anna-prøve.yaml --from cases_yaml/ib-prøve.yaml
    """
    values: dict[Path_, str | None] = {("municipality",): municipality, ("programme",): programme}
    lay_out("citizen", file, old, values, given, ask, templates)
