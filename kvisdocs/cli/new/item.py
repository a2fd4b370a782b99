"""`kvisdocs new item`: an item of a committee's agenda."""

from pathlib import Path

import click

from kvisdocs.cli.new.case_file import lay_out
from kvisdocs.cli.new.questions import ask_option, from_option, set_option
from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import templates_option


@click.command(cls=TranslatedCommand, name="item")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@from_option
@click.option("--municipality", metavar="NAME", help="The municipality's profile, as herning.")
@set_option
@ask_option
@templates_option
def new_item(
    file: Path,
    old: Path | None,
    municipality: str | None,
    given: tuple[str, ...],
    ask: bool | None,
    templates: Path | None,
) -> None:
    """Lay out an item of a committee's agenda.

    FILE is the new item. With a municipality its text fields are laid out too, as its profile lists them.

    Example:

    \b
        kvisdocs new item cases_yaml/punkt-12.yaml --municipality viborg
    """
    lay_out("committee", file, old, {("municipality",): municipality}, given, ask, templates)
