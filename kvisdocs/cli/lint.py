"""`kvisdocs lint`: what is wrong with templates, before any case is made with them."""

import sys
from pathlib import Path

import click

from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import templates_option
from kvisdocs.cli.terminal.report import count_errors, refuse_usage, say_count, show, show_problems
from kvisdocs.messages import N_, listed


@click.command(cls=TranslatedCommand)
@click.argument("asked", metavar="[TEMPLATE]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a problem, a line each, for programs.")
@templates_option
def lint(asked: tuple[str, ...], as_json: bool, templates: Path | None) -> None:
    """Find the problems in templates, stylesheets and profiles.

    TEMPLATE is a document's name, or the path of a file or folder in the templates folder; without it, everything is
    read, and what that was is said at the end. Names are looked up in what each document's audience may see, and each
    document is made of its sample.yaml, whole and cut down, in both formats. `kvisdocs docs lint` lists the rules.
    Exits with 1 if there is an error; warnings and notes alone let it pass.

    Example:

    \b
        kvisdocs lint gp-letter
    """
    from kvisdocs.application.template_checks import lint_all
    from kvisdocs.application.template_folders import find_assets
    from kvisdocs.problems import Severity, UnknownNameError

    try:
        linted = lint_all(find_assets(templates), asked, templates)
    except UnknownNameError as error:
        raise refuse_usage(error.what, error.todo, "'TEMPLATE'") from None
    problems = linted.problems
    show_problems(problems, as_json, err=False)
    if not as_json:
        counts = listed(say_count(problems, each) for each in Severity)
        show(N_("read {read}: {counts}", read=linted.read, counts=counts))
    sys.exit(1 if count_errors(problems) else 0)
