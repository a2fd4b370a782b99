"""`kvisdocs documents`: what can be made from which kind of case."""

from pathlib import Path

import click

from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import templates_option
from kvisdocs.cli.terminal.report import show_problems, shown, told_problems
from kvisdocs.messages import N_, listed

NEEDS = {
    "employer": N_("employment.employer, or return_plan.host"),
    "plan_at_employer": N_("no return_plan.place, unless there is return_plan.host"),
    "consent_to_gp": N_("a consent to disclose to the GP, in force on the letter's date"),
    "consent_to_employer": N_("a consent to disclose to the employer, in force on the letter's date"),
    "consent_to_employment_track": N_("as consent_to_employer, and it covers the employment track"),
    "shared_activity": N_("an activity of plan.employment with shared: ja"),
    "not_ended": N_("a course that has not ended by the letter's date"),
}
"""What a requirement asks of a case, where it is more than the key of that name."""


@click.command(cls=TranslatedCommand)
@templates_option
def documents(templates: Path | None) -> None:
    """List the documents that can be made.

    Each with the kind of case that it is made from, and what that case must hold.

    Example:

    \b
        kvisdocs documents
    """
    from kvisdocs.application.template_folders import check_templates, find_assets
    from kvisdocs.templating.documents import all_requirements, load_documents

    show_problems(check_templates(templates))
    with told_problems():
        found = load_documents(find_assets(templates))
    width = max(map(len, found), default=0)
    indent = " " * (width + 13)
    for document in found.values():
        needs = listed(NEEDS.get(each, each) for each in all_requirements(document))
        click.echo(f"{document.name:<{width}}  {document.kind:<9}  {document.description}")
        if document.on_request:
            click.echo(indent + shown(N_("made only with -d {document}", document=document.name)))
        if needs:
            click.echo(indent + shown(N_("needs {needs}", needs=needs)))
