"""`kvisdocs new meeting`: a committee's meeting, laid out of a folder of items."""

import sys
from pathlib import Path

import click

from kvisdocs.cli.new.files import tell, write
from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import templates_option
from kvisdocs.cli.terminal.report import show_problems
from kvisdocs.messages import N_


@click.command(cls=TranslatedCommand, name="meeting")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--items", required=True, metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The folder that the meeting's items lie in.",
)  # fmt: skip
@templates_option
def new_meeting(file: Path, items: Path, templates: Path | None) -> None:
    """Lay out a committee's meeting.

    FILE is the new meeting. Its items are those in the folder, by their numbers; committee, day and place are theirs.

    Example:

    \b
        kvisdocs new meeting cases_yaml/moede-87.yaml --items cases_yaml
    """
    import json

    from kvisdocs.application.scaffold.cases import FILL_IN, head_of, quote_path
    from kvisdocs.application.scaffold.meeting import find_items, lay_out_meeting
    from kvisdocs.application.scaffold.places import find_schema, name_file
    from kvisdocs.application.template_folders import find_assets
    from kvisdocs.cases.schema import case_schema
    from kvisdocs.problems import KvisdocsError

    try:
        file = name_file(file)
        found, left_out = find_items(items)
        body = lay_out_meeting(found, file, find_assets(templates))
    except KvisdocsError as error:
        show_problems(error.problems)
        sys.exit(1)
    show_problems(left_out)
    schema = find_schema(file, "meeting")
    files = {} if schema.exists() else {schema: json.dumps(case_schema("meeting"), ensure_ascii=False).encode()}
    files[file] = (head_of(file, schema) + body).encode()
    write(files)
    tell(N_("{file} is laid out", file=file), body.count(FILL_IN), f"kvisdocs check {quote_path(file)}")
