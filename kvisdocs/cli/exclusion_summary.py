"""What `check` says beside the problems: which documents a run on a day would leave out."""

from collections import Counter

import click

from kvisdocs.application.exclusions import FEW, ExclusionSummary, join_notes
from kvisdocs.application.outcome import Exclusion
from kvisdocs.cli.report import show_problems


def show_notes(exclusions: ExclusionSummary) -> None:
    """What is left out, one by one: as JSON on standard output, or, if it is little, on standard error."""
    for line in exclusions.lines:
        click.echo(line)
    if exclusions.number <= FEW:
        show_problems(join_notes(exclusions.notes))


def show_counts(exclusions: ExclusionSummary) -> None:
    """`left out if made today: 3 gp-letter (2 no consent, 1 no GP), 1 return-plan (no employer)`, or nothing."""
    if not exclusions.number:
        return
    said = ", ".join(
        f"{counts.total()} {name} ({_reasons(counts)})" for name, counts in sorted(exclusions.counts.items())
    )
    where = "; --json lists them" if exclusions.number > FEW else ""
    click.echo(f"left out if made today: {said}{where}", err=True)


def _reasons(counts: Counter[Exclusion]) -> str:
    if len(counts) == 1:
        return str(next(iter(counts)))
    return ", ".join(f"{number} {reason}" for reason, number in counts.most_common())
