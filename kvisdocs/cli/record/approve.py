"""`kvisdocs approve`: drafts become letters, by somebody who answers for them."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import as_option, templates_option, write_as
from kvisdocs.cli.terminal.report import refuse_usage, say_reasons, show, show_problems, shown, told_problems
from kvisdocs.messages import N_, counted, message

if TYPE_CHECKING:
    from kvisdocs.application.approval.approve import ApprovalOutcome
    from kvisdocs.application.journal.letters import LetterStatus


@click.command(cls=TranslatedCommand)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The output folder; found by the paths unless said.",
)
@as_option
@click.option("--reason", metavar="TEXT", default="", help="Why, where something speaks against it.")
@click.option("--yes", is_flag=True, help="Approve all letters of the folders, which are else only listed.")
@click.option("--edited", is_flag=True, help="Approve Word files as somebody edited them; wants a --reason.")
@click.option("--withdraw", is_flag=True, help="Take approvals back, of what was not sent.")
@click.option(
    "--cases", metavar="DIR", type=click.Path(path_type=Path, exists=True), help="Where the cases are, if moved."
)
@templates_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a letter, a line each, for programs.")
def approve(
    paths: tuple[Path, ...],
    output: Path | None,
    by: str,
    reason: str,
    yes: bool,
    edited: bool,
    withdraw: bool,
    cases: Path | None,
    templates: Path | None,
    as_json: bool,
) -> None:
    """Approve finished letters.

    PATH is a file of a letter, the folder of a case in the output folder, or the output folder. Where the profile asks
    for approval, the drafts (…-UDKAST) become the letters. Nothing is approved that would be another letter today,
    since its case, template or profile has changed, or that somebody has edited. What has a warning, was held back or
    does not pass the gate wants a --reason. Exits with 1 if a letter was not approved.

    --edited approves Word files as somebody edited them, without UDKAST and otherwise as they are; without a --reason
    it shows what differs. The PDF goes with them only where both say the same.

    Example:

    \b
        kvisdocs approve output/anna-prøve/gp-letter-UDKAST.pdf --as "Mette Prøve"
    """
    from kvisdocs.application.approval.approve import ApprovalRequest, approve_letters, withdraw_approvals
    from kvisdocs.application.approval.edited import approve_edited
    from kvisdocs.application.approval.selection import (
        find_output,
        is_one_of,
        is_unfinished,
        is_withdrawable,
        pick_letters,
    )
    from kvisdocs.batch.finals import make_in_workers

    if withdraw and not reason:
        raise refuse_usage(message("command.withdraw.reason", "--withdraw wants a --reason"))
    if edited and (withdraw or any(path.suffix.lower() != ".docx" for path in paths)):
        raise refuse_usage(message("command.edited.paths", "--edited wants Word files (.docx), and no --withdraw"))
    done: list[ApprovalOutcome] = []

    def hear(outcome: "ApprovalOutcome") -> None:
        _show(outcome, as_json)

    with told_problems(as_json):
        folder = output or find_output(paths[0])
        letters, problems = pick_letters(folder, paths, is_withdrawable if withdraw else is_unfinished)
        show_problems(problems, as_json)
        if any(path.is_dir() for path in paths) and not yes and letters:
            _list(letters, withdraw)
            sys.exit(1 if problems else 0)
        chosen, scribe = is_one_of(letters), write_as(by)
        if withdraw:
            done = withdraw_approvals(folder, scribe, chosen, reason)
            for outcome in done:
                hear(outcome)
        elif letters:
            number = counted(len(letters), "{number} letter is made and judged", "{number} letters are made and judged")
            show(number)
            request = ApprovalRequest(folder, scribe, chosen, reason, templates, cases, make_in_workers, hear=hear)
            done = approve_edited(request) if edited else approve_letters(request)
    if not as_json:
        show(say_reasons(Counter(each.verdict for each in done)) if done else N_("nothing was approved"))
    sys.exit(1 if problems or any(each.is_refused for each in done) else 0)


def _list(letters: Sequence["LetterStatus"], withdraw: bool) -> None:
    for letter in letters:
        names = ", ".join(str(file.path) for file in letter.files.values())
        said = N_("{files} ({state}, made by {by})", files=names, state=letter.state.said, by=letter.made.by)
        click.echo(shown(said))
    number = len(letters)
    show(
        counted(
            number,
            "{number} letter; no approval is taken back yet: say --yes",
            "{number} letters; no approval is taken back yet: say --yes",
        )
        if withdraw
        else counted(
            number,
            "{number} letter; nothing is approved yet: read it, then say --yes",
            "{number} letters; nothing is approved yet: read them, then say --yes",
        )
    )


def _show(outcome: "ApprovalOutcome", as_json: bool) -> None:
    if as_json:
        values = {
            "case_id": outcome.letter.case_id,
            "document": outcome.letter.document,
            "verdict": outcome.verdict.name.lower(),
            "files": [str(path) for path in outcome.files],
            "problems": [problem.as_dict() for problem in outcome.problems],
        }
        click.echo(json.dumps(values, ensure_ascii=False).encode("utf-8", "backslashreplace"))
        return
    show_problems(outcome.problems)
    for path in outcome.files:
        click.echo(shown(str(path)))
