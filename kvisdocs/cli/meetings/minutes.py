"""`kvisdocs minutes`: who was at a meeting and what was decided, in the meeting's file and its items'."""

from pathlib import Path

import click

from kvisdocs.cli.meetings.common import dry_run_option, file_argument, open_meeting, save
from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import loudness_options, templates_option
from kvisdocs.cli.terminal.report import told_problems
from kvisdocs.messages import counted


@click.command(cls=TranslatedCommand)
@file_argument
@click.option(
    "--set", "given", metavar="NAME=VALUE", multiple=True, help="One answer, as 2.decision=Godkendt.; repeatable."
)
@click.option(
    "--from", "answers", metavar="ANSWERS.yaml", type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="All answers of a file, which is the list, filled in.",
)  # fmt: skip
@dry_run_option
@templates_option
@loudness_options
def minutes(file: Path, given: tuple[str, ...], answers: Path | None, dry_run: bool, templates: Path | None) -> None:
    """Write who was at a meeting and what was decided.

    Without --set and --from, all that can be answered is listed with what the files say, as YAML: when the meeting
    ended, who was there, the decision of each item by its number, and when the minutes were approved. Fill the list in
    and give it back with --from, or answer one by one with --set; an empty answer takes away what stands there.

    Decisions go into the items' files, the rest into the meeting's; remarks and all other lines stay as they are.
    Either all files are written or none. What check would refuse is not written, nor a list that is older than one of
    the files.

    Example:

    \b
        kvisdocs minutes cases_yaml/moede.yaml --set end=17:30 --set 2.decision=Godkendt.
    """
    from kvisdocs.application.meeting.answers import parse_answers, write_answers
    from kvisdocs.application.meeting.blanks import change_by_answers, list_blanks, tidy_answers

    with told_problems():
        draft, assets = open_meeting(file, templates)
        if not given and answers is None:
            click.echo(write_answers(draft), nl=False)
            return
        blanks = list_blanks(draft)
        tidy = tidy_answers(blanks, parse_answers(draft, given, answers))
        number = sum(tidy.get(each.name, each.value) != each.value for each in blanks)
        done = counted(number, "{number} answer was written", "{number} answers were written")
        save(change_by_answers(draft, tidy, assets), dry_run, done)
