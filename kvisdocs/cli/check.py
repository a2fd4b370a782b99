"""`kvisdocs check`: all problems of all cases, with their places."""

import sys
from pathlib import Path

import click

from kvisdocs.cli.report import count, count_errors, plural, show_problems

FOLDER = Path("cases_yaml")
"""Where the cases are unless said."""


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a problem, a line each, for programs.")
def check(paths: tuple[Path, ...], as_json: bool) -> None:
    """Find the problems in cases.

    PATH is a case file, or a folder of them (*.yaml); without PATH, it is the folder cases_yaml. Exits with 1 if there
    is an error; warnings alone let it pass.

    Example:

    \b
        kvisdocs check cases_yaml/citizens
    """
    from kvisdocs.batch.reading import CaseReader, find_files
    from kvisdocs.cli.folders import find_assets
    from kvisdocs.problems import Severity

    if not paths and not FOLDER.exists():
        raise click.UsageError(f"there is no folder {FOLDER} here; name a case file or a folder of cases")
    files, problems = find_files(paths or [FOLDER])
    reader = CaseReader(find_assets(None))
    for file in files:
        problems += reader.read(file)[1]
    show_problems(problems, as_json, err=False)
    if not as_json:
        errors, warnings = count_errors(problems), count(problems, Severity.WARNING)
        found = (plural(len(files), "case"), plural(errors, "error"), plural(warnings, "warning"))
        click.echo(", ".join(found), err=True)
    sys.exit(1 if count_errors(problems) else 0)
