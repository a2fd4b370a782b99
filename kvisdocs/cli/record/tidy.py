"""`kvisdocs tidy`: what need not be kept any more."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import as_option, output_option, templates_option, write_as
from kvisdocs.cli.terminal.report import say_reasons, show, show_problems, shown, told_problems
from kvisdocs.messages import N_, Message

if TYPE_CHECKING:
    from kvisdocs.application.keeping.tidy import SurplusLetter


@click.command(cls=TranslatedCommand)
@output_option
@click.option("--delete", "deletes", is_flag=True, help="Delete it, and write that down.")
@click.option(
    "--cases", metavar="DIR", type=click.Path(path_type=Path, exists=True), help="Where the cases are, if moved."
)
@templates_option
@as_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a letter, for programs.")
def tidy(output: Path, deletes: bool, cases: Path | None, templates: Path | None, by: str, as_json: bool) -> None:
    """List the letters that need not be kept.

    Those that belong to no case any more, those that are older than the profile's keep_months, and those to a doctor or
    employer that were not sent, where the citizen has withdrawn the consent since. Nothing is deleted without --delete;
    what somebody has changed by hand never is.

    Example:

    \b
        kvisdocs tidy -o output
    """
    from kvisdocs.application.keeping.tidy import TidyRequest
    from kvisdocs.application.keeping.tidy import tidy as look_through

    today = date.today()  # noqa: DTZ011  (the town hall's own day is meant)
    with told_problems(as_json):
        found = look_through(TidyRequest(output, write_as(by), today, deletes, templates, cases))
    show_problems(found.problems, as_json)
    for each in found.surplus:
        if as_json:
            values = {
                "case_id": each.letter.case_id,
                "document": each.letter.document,
                "why": each.why.name.lower(),
                "files": [str(path) for path in each.files],
                "deleted": each.is_deleted,
            }
            click.echo(json.dumps(values, ensure_ascii=False).encode("utf-8", "backslashreplace"))
            continue
        for path in each.files:
            click.echo(shown(N_("{file}: {why}", file=path, why=each.why.said)))
    if not as_json:
        show(_sum_up(found.surplus, deletes) if found.surplus else N_("nothing to tidy"))
    sys.exit(0)


def _sum_up(surplus: "Sequence[SurplusLetter]", deletes: bool) -> Message:
    counts = say_reasons(Counter(each.why for each in surplus))
    if deletes:
        return N_("{counts}; deleted", counts=counts)
    return N_("{counts}; nothing is deleted yet: look at them, then say --delete", counts=counts)
