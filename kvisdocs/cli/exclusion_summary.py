"""What `check` says beside the problems: which documents a run on a day would leave out."""

from collections import Counter

import click

from kvisdocs.application.exclusions import FEW, ExclusionSummary, join_notes
from kvisdocs.application.outcome import Exclusion
from kvisdocs.cli.report import say_reasons, show, show_problems
from kvisdocs.messages import N_, Message, listed


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
    documents = [
        N_("{number} {document} ({reasons})", number=counts.total(), document=name, reasons=_reasons(counts))
        for name, counts in sorted(exclusions.counts.items())
    ]
    said = N_("left out if made today: {documents}", documents=listed(documents))
    show(N_("{said}; --json lists them", said=said) if exclusions.number > FEW else said)


def _reasons(counts: Counter[Exclusion]) -> Message:
    if len(counts) == 1:
        return next(iter(counts)).said
    return say_reasons(counts)
