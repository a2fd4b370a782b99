"""`kvisdocs new meeting`: a committee's meeting, laid out of a folder of items."""

from pathlib import Path

import click

from kvisdocs.cli.new.files import tell, write
from kvisdocs.cli.new.questions import set_option
from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import templates_option
from kvisdocs.cli.terminal.report import show_problems, told_problems
from kvisdocs.messages import N_


@click.command(cls=TranslatedCommand, name="meeting")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--items", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The folder that the meeting's items lie in.",
)  # fmt: skip
@set_option
@templates_option
def new_meeting(file: Path, items: Path | None, given: tuple[str, ...], templates: Path | None) -> None:
    """Lay out a committee's meeting.

    FILE is the new meeting. Its items are those in the folder, by their numbers; committee, day and place are theirs.
    Without a folder there are no items yet, and you say them: --set committee=… --set date=… --set municipality=….

    Example:

    \b
        kvisdocs new meeting cases_yaml/moede-87.yaml --items cases_yaml
    """
    from kvisdocs.application.scaffold.cases import FILL_IN, quote_path
    from kvisdocs.application.scaffold.meeting import (
        find_items,
        make_meeting_files,
        meeting_of_items,
        parse_new_meeting,
    )
    from kvisdocs.application.scaffold.places import name_file
    from kvisdocs.application.template_folders import find_assets

    with told_problems():
        file = name_file(file)
        found, left_out = find_items(items) if items is not None else ([], [])
        meeting = meeting_of_items(found) if found and not given else parse_new_meeting(given)
        files = make_meeting_files(meeting, [(path, item) for path, item, _ in found], file, find_assets(templates))
    show_problems(left_out)
    write(files)
    open_fields = files[file].decode().count(FILL_IN)
    tell(N_("{file} is laid out", file=file), open_fields, f"kvisdocs check {quote_path(file)}")
