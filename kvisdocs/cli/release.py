"""`kvisdocs release`: what a run has held back, and letting it go."""

import sys
from pathlib import Path

import click

from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import as_option, document_option, output_option, write_as
from kvisdocs.cli.terminal.report import refuse_usage, show, show_problems, shown
from kvisdocs.messages import N_, counted, message


@click.command(cls=TranslatedCommand)
@click.argument("cases", metavar="[CASE]...", nargs=-1)
@document_option
@click.option("--reason", metavar="TEXT", default="", help="Why they may go, for the journal; name nobody in it.")
@output_option
@as_option
def release(cases: tuple[str, ...], names: tuple[str, ...], reason: str, output: Path, by: str) -> None:
    """Release letters that a run has held back.

    CASE is a case id, as the folders in DIR/held-back are called; without one, all that is held back is shown and
    nothing moved. Letters that are released come to the case's folder, and stay there until they are made anew. A
    file that somebody has changed is not moved. Exits with 1 if any could not be released.

    Example:

    \b
        kvisdocs release anna-prøve --reason "sagen har ti møder, så længden er rigtig" -o output
    """
    from kvisdocs.application.store.atomic_files import cannot_write
    from kvisdocs.application.store.output_view import look_into
    from kvisdocs.application.store.releasing import find_held, find_not_held, release_letters, tidy_reason
    from kvisdocs.problems import KvisdocsError

    try:
        held = [each for each in find_held(look_into(output)) if not names or each.document in names]
        if not cases:
            for each in held:
                why = each.record.hold.said if each.record.hold else N_("no reason is known")
                files = ", ".join(file.relative_to(output).as_posix() for file in each.files)
                click.echo(shown(N_("{files}: {reason}", files=files, reason=why)))
            show(counted(len(held), "{number} document is held back", "{number} documents are held back"))
            return
        if not tidy_reason(reason):
            raise refuse_usage(message("command.reason.missing", "say why they may go"), option="'--reason'")
        wanted = [(each.case_id, each.document) for each in held if each.case_id in cases]
        unknown = list(find_not_held(output, held, cases))
        done = release_letters(output, wanted, tidy_reason(reason), write_as(by))
    except OSError as error:
        show_problems(cannot_write(output, error).problems)
        sys.exit(1)
    except KvisdocsError as error:
        show_problems(error.problems)
        sys.exit(1)
    for each in done.released:
        for file in each.files:
            show(N_("{name}: {said}", name=file.relative_to(output).as_posix(), said=N_("released")))
    problems = [*unknown, *done.problems]
    show_problems(problems)
    sys.exit(1 if problems else 0)
