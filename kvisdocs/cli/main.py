"""`kvisdocs`: the group that holds the commands."""

from pathlib import Path

import click

from kvisdocs.cli.batch import batch
from kvisdocs.cli.check import check
from kvisdocs.cli.desk import desk
from kvisdocs.cli.dispatch.export import export
from kvisdocs.cli.dispatch.pack import pack
from kvisdocs.cli.dispatch.print_ import print_
from kvisdocs.cli.dispatch.send import send
from kvisdocs.cli.docs import docs
from kvisdocs.cli.documents import documents
from kvisdocs.cli.import_ import import_
from kvisdocs.cli.init import init
from kvisdocs.cli.lint import lint
from kvisdocs.cli.meetings.meeting import meeting
from kvisdocs.cli.meetings.minutes import minutes
from kvisdocs.cli.new import new
from kvisdocs.cli.read_back import read_back
from kvisdocs.cli.record.approve import approve
from kvisdocs.cli.record.history import history
from kvisdocs.cli.record.tidy import tidy
from kvisdocs.cli.release import release
from kvisdocs.cli.render import render
from kvisdocs.cli.schema import schema
from kvisdocs.cli.stats import stats
from kvisdocs.cli.terminal.language import TranslatedGroup
from kvisdocs.cli.terminal.report import shown
from kvisdocs.cli.verify import verify
from kvisdocs.messages import N_, message
from kvisdocs.problems import say_both, say_refusal


@click.group(cls=TranslatedGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="kvisdocs")
def main() -> None:
    """Make follow-up plans, GP letters and committee briefs from YAML, each as PDF and as Word.

    Example:

    \b
        kvisdocs render cases_yaml -o output
    """
    try:
        Path.cwd()
    except OSError as error:
        what = message("command.folder.gone", "the current folder is gone ({reason})", reason=say_refusal(error))
        raise click.ClickException(shown(say_both(what, N_("change to another")))) from None


for command in (
    init,
    new,
    import_,
    meeting,
    minutes,
    check,
    render,
    batch,
    approve,
    release,
    history,
    tidy,
    read_back,
    stats,
    print_,
    pack,
    send,
    export,
    desk,
    documents,
    schema,
    lint,
    verify,
    docs,
):
    main.add_command(command)
