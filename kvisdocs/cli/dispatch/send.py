"""`kvisdocs send`: approved letters as Digital Post."""

import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvisdocs.cli.dispatch.common import (
    certificate_option,
    is_counted,
    output_argument,
    printed_option,
    refuse_without_package,
    show_as_json,
    test_option,
)
from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import as_option, document_option, loudness_options, templates_option, write_as
from kvisdocs.cli.terminal.report import refuse_usage, say_reasons, show, show_problems
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, UnknownNameError

if TYPE_CHECKING:
    from kvisdocs.application.dispatch.send import Dispatched


@click.command(cls=TranslatedCommand)
@output_argument
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
@click.option(
    "--to-folder",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the messages (MeMo 1.2) to this folder, and send nothing.",
)
@certificate_option
@test_option
@printed_option
@click.option("--was-sent", metavar="ID", multiple=True, help="That message was taken after all; repeatable.")
@click.option("--was-not-sent", metavar="ID", multiple=True, help="That message was not taken; repeatable.")
@document_option
@as_option
@templates_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a letter, a line each, for programs.")
@loudness_options
def send(
    output: Path,
    dry_run: bool,
    folder: Path | None,
    certificate: Path | None,
    is_test: bool,
    printed: date | None,
    was_sent: tuple[str, ...],
    was_not_sent: tuple[str, ...],
    names: tuple[str, ...],
    by: str,
    templates: Path | None,
    as_json: bool,
) -> None:
    """Send approved letters as Digital Post.

    OUTPUT is the folder of a run. The profile says under sending: which document goes how. Only what was approved goes,
    byte for byte, and only to the one whom the letter itself shows. Those who do not receive Digital Post are left for
    kvisdocs print. What was printed stays, unless --printed names its day. A letter never goes twice: where the program
    was stopped or an answer got lost, somebody must find out whether the message was taken, and say so by --was-sent or
    --was-not-sent.

    Exits with 1 if a letter was not taken, or if it is not known whether one was.

    Example:

    \b
        kvisdocs send output --dry-run
    """
    is_settling = bool(was_sent or was_not_sent)
    if not dry_run and not is_settling:
        refuse_without_package()
    if not dry_run and not is_settling and folder is None and certificate is None:
        what = message("command.send.no_certificate", "to send, a certificate is needed")
        raise refuse_usage(what, N_("name it by --certificate, or try with --dry-run or --to-folder"))
    from kvisdocs.application.dispatch.digital_post import DigitalPostAccess
    from kvisdocs.application.dispatch.send import Result, SendingRun, settle
    from kvisdocs.application.template_folders import find_assets

    assets = find_assets(templates)
    today = date.today()  # noqa: DTZ011  (the town hall's own day is meant)
    try:
        if is_settling:
            for delivery in settle(output, write_as(by), was_sent, was_not_sent):
                show(N_("{case}: written down", case=delivery.entry.case_id))
            return
        post = DigitalPostAccess(certificate, is_test) if certificate and not dry_run and folder is None else None
        run = SendingRun(
            output,
            assets,
            write_as(by),
            today,
            names,
            post,
            None if dry_run else folder,
            printed,
            hear=_hear(as_json),
        )
        done = run.go()
    except UnknownNameError as error:
        raise refuse_usage(error.what, error.todo, "'-d' / '--document'") from None
    except KvisdocsError as error:
        show_problems(error.problems, as_json)
        sys.exit(1)
    if not as_json:
        show(say_reasons(Counter(each.result for each in done)) if done else N_("there is no letter to send"))
    sys.exit(1 if any(each.result in {Result.NOT_TAKEN, Result.UNKNOWN} for each in done) else 0)


def _hear(as_json: bool) -> "Callable[[Dispatched], None]":
    """Show each letter as soon as it is known what became of it."""

    def hear(done: "Dispatched") -> None:
        if as_json:
            show_as_json(done)
        elif done.problem is not None:
            show_problems([] if is_counted(done.problem) else [done.problem])
        else:
            show(N_("{file}: {result}", file=done.path, result=done.result.said))

    return hear
