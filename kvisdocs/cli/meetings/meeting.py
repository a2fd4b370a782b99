"""`kvisdocs meeting`: the items of a meeting, and putting them in order."""

from pathlib import Path

import click

from kvisdocs.cli.meetings.common import dry_run_option, file_argument, open_meeting, save
from kvisdocs.cli.meetings.show import show_meeting
from kvisdocs.cli.terminal.language import TranslatedCommand, TranslatedGroup
from kvisdocs.cli.terminal.options import loudness_options, templates_option
from kvisdocs.cli.terminal.report import told_problems
from kvisdocs.messages import N_


@click.group(cls=TranslatedGroup)
def meeting() -> None:
    """Put the items of a meeting in order.

    Numbers are set right in the files of all items that get another place, and where the meeting names them. ITEM is an
    item's number on the agenda, or its file. Remarks and all other lines stay as they are. Either all files are written
    or none, and none that somebody saved meanwhile.

    Example:

    \b
        kvisdocs meeting show cases_yaml/moede.yaml
    """


meeting.add_command(show_meeting)


@meeting.command(cls=TranslatedCommand)
@file_argument
@click.argument("item", metavar="ITEM")
@click.argument("number", metavar="NUMBER")
@dry_run_option
@templates_option
@loudness_options
def move(file: Path, item: str, number: str, dry_run: bool, templates: Path | None) -> None:
    """Move an item to the number of another.

    Those between them close up.

    Example:

    \b
        kvisdocs meeting move cases_yaml/moede.yaml 3 2
    """
    from kvisdocs.application.meeting.arrange import change, move_item
    from kvisdocs.application.meeting.lookup import find_index, find_place

    with told_problems():
        draft, assets = open_meeting(file, templates)
        index = find_index(draft, item)
        edits = move_item(draft, index, find_place(draft, index, number))
        save(change(draft, edits, assets), dry_run, N_("the item was moved"))


@meeting.command(cls=TranslatedCommand)
@file_argument
@click.argument("item", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--supplement", is_flag=True, help="On the supplementary agenda.")
@dry_run_option
@templates_option
@loudness_options
def add(file: Path, item: Path, supplement: bool, dry_run: bool, templates: Path | None) -> None:
    """Put an item's file on a meeting, as the last.

    The item gets the meeting's committee and day, and its own number.

    Example:

    \b
        kvisdocs meeting add cases_yaml/moede.yaml cases_yaml/punkt.yaml
    """
    from kvisdocs.application.meeting.arrange import add_item, change

    with told_problems():
        draft, assets = open_meeting(file, templates)
        edits = add_item(draft, item, supplement)
        save(change(draft, edits, assets, joins=item), dry_run, N_("the item is on the meeting"))


@meeting.command(cls=TranslatedCommand)
@file_argument
@click.argument("item", metavar="ITEM")
@dry_run_option
@templates_option
@loudness_options
def remove(file: Path, item: str, dry_run: bool, templates: Path | None) -> None:
    """Take an item off a meeting.

    Its file stays where it is. One that was taken off at the meeting itself is to have its reason instead: see
    kvisdocs minutes, withdrawn.

    Example:

    \b
        kvisdocs meeting remove cases_yaml/moede.yaml 3
    """
    from kvisdocs.application.meeting.arrange import change, remove_item
    from kvisdocs.application.meeting.lookup import find_index

    with told_problems():
        draft, assets = open_meeting(file, templates)
        edits = remove_item(find_index(draft, item))
        save(change(draft, edits, assets), dry_run, N_("the item is off the meeting, and its file is still there"))


@meeting.command(cls=TranslatedCommand)
@file_argument
@click.argument("item", metavar="ITEM")
@click.option("--back", is_flag=True, help="Move it back to the agenda.")
@dry_run_option
@templates_option
@loudness_options
def supplement(file: Path, item: str, back: bool, dry_run: bool, templates: Path | None) -> None:
    """Move an item to the supplementary agenda.

    Example:

    \b
        kvisdocs meeting supplement cases_yaml/moede.yaml 3
    """
    from kvisdocs.application.meeting.arrange import change, set_supplement
    from kvisdocs.application.meeting.lookup import find_index

    with told_problems():
        draft, assets = open_meeting(file, templates)
        edits = set_supplement(draft, find_index(draft, item), not back)
        done = N_("the item is on the agenda") if back else N_("the item is on the supplementary agenda")
        save(change(draft, edits, assets), dry_run, done)


@meeting.command(cls=TranslatedCommand)
@file_argument
@dry_run_option
@templates_option
@loudness_options
def renumber(file: Path, dry_run: bool, templates: Path | None) -> None:
    """Give items the numbers of their places.

    For items whose own files say another number than the agenda gives them.

    Example:

    \b
        kvisdocs meeting renumber cases_yaml/moede.yaml
    """
    from kvisdocs.application.meeting.arrange import change

    with told_problems():
        draft, assets = open_meeting(file, templates)
        save(change(draft, [], assets), dry_run, N_("the items have the numbers of their places"))
