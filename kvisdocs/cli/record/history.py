"""`kvisdocs history`: what became of the letters of an output folder."""

import json
import sys
from collections.abc import Collection
from pathlib import Path

import click

from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import output_option
from kvisdocs.cli.terminal.report import refuse_usage, show, show_problems, shown, told_problems
from kvisdocs.messages import N_, counted, message
from kvisdocs.problems import KvisdocsError, Position, Problem, suggest


@click.command(cls=TranslatedCommand)
@click.argument("cases", metavar="[CASE]...", nargs=-1)
@output_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line of the journal, for programs.")
@click.option("--again", metavar="FILE", help="Make that file of CASE again, of inputs that were kept.")
@click.option(
    "--into",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Where --again puts it; here unless said.",
)
def history(cases: tuple[str, ...], output: Path, as_json: bool, again: str | None, folder: Path) -> None:
    """Show what became of the letters, and who did it.

    CASE is a case id; without one, all cases are shown. What is shown is the journal of the output folder, in which
    lines are only ever added. Exits with 1 if a line of it was altered or taken out.

    --again makes a file of the journal anew, byte for byte, where it was made with --keep-inputs: FILE is its name, or
    the first digits of its SHA-256.

    Example:

    \b
        kvisdocs history anna-prøve -o output
    """
    from kvisdocs.application.journal.entry import write_line
    from kvisdocs.application.journal.journal import Journal
    from kvisdocs.application.store.session import tell_nothing_made
    from kvisdocs.cli.record.history_table import write_table

    if again is not None:
        _make_again(cases, output, again, folder)
        return
    with told_problems():
        read = Journal(output).read()
        if not (read.entries or read.problems):
            raise KvisdocsError(tell_nothing_made(output))
        if unknown := set(cases) - (known := {each.case_id for each in read.entries}):
            raise KvisdocsError(_tell_unknown(name, output, known) for name in sorted(unknown))
    entries = [each for each in read.entries if not cases or each.case_id in cases]
    show_problems(read.problems)
    if as_json:
        for entry in entries:
            values = json.loads(write_line(entry, ""))
            del values["before"]
            click.echo(json.dumps(values, ensure_ascii=False).encode("utf-8", "backslashreplace"))
    else:
        for line in write_table(entries):
            click.echo(shown(line))
        show(
            N_(
                "{count}; the journal ends with {digest}",
                count=counted(len(entries), "{number} event", "{number} events"),
                digest=read.last[:16] or "–",
            )
        )
    sys.exit(0 if read.is_whole else 1)


def _tell_unknown(name: str, output: Path, known: Collection[str]) -> Problem:
    what = message("command.history.case", 'nothing was ever made here of a case "{name}"', name=name)
    return Problem(Position(str(output)), what, suggest(name, known, N_("see all cases: kvisdocs history")))


def _make_again(cases: tuple[str, ...], output: Path, file: str, folder: Path) -> None:
    from kvisdocs.application.keeping.again import make_again

    if len(cases) != 1:
        raise refuse_usage(message("command.again.case", "--again wants one CASE"))
    with told_problems():
        click.echo(shown(str(make_again(output, cases[0], file, folder))))
