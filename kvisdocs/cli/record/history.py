"""`kvisdocs history`: what became of the letters of an output folder."""

import json
import sys
from pathlib import Path

import click

from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import output_option
from kvisdocs.cli.terminal.report import show, show_problems, shown
from kvisdocs.messages import N_, counted


@click.command(cls=TranslatedCommand)
@click.argument("cases", metavar="[CASE]...", nargs=-1)
@output_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line of the journal, for programs.")
def history(cases: tuple[str, ...], output: Path, as_json: bool) -> None:
    """Show what became of the letters, and who did it.

    CASE is a case id; without one, all cases are shown. What is shown is the journal of the output folder, in which
    lines are only ever added. Exits with 1 if a line of it was altered or taken out.

    Example:

    \b
        kvisdocs history anna-prøve -o output
    """
    from kvisdocs.application.journal.entry import write_line
    from kvisdocs.application.journal.journal import Journal
    from kvisdocs.cli.record.history_table import write_table
    from kvisdocs.problems import KvisdocsError

    try:
        read = Journal(output).read()
    except KvisdocsError as error:
        show_problems(error.problems)
        sys.exit(1)
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
