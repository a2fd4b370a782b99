"""`kvisdocs import`: cases from a spreadsheet, and the empty spreadsheet to begin with."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import loudness_options, templates_option
from kvisdocs.cli.terminal.report import (
    Loudness,
    count_errors,
    loudness,
    refuse_usage,
    show,
    show_problems,
    told_problems,
)
from kvisdocs.messages import N_, Message, counted, listed, message

if TYPE_CHECKING:
    from kvisdocs.importing.folder import Changes

MOST_NAMED = 20
"""So many files of a kind are named; of more, how many."""


@click.command("import", cls=TranslatedCommand)
@click.argument("spreadsheet", metavar="[LIST]", required=False, type=click.Path(path_type=Path))
@click.option("--base", metavar="CASE.yaml", type=click.Path(path_type=Path), help="What all cases have in common.")
@click.option("--map", "map_file", metavar="MAP.yaml", type=click.Path(path_type=Path), help="Which column is what.")
@click.option(
    "-o", "--output", metavar="DIR", type=click.Path(path_type=Path, file_okay=False), help="Where the cases go."
)
@click.option("--replace", "overwrite", is_flag=True, help="Let the list win over what was edited by hand.")
@click.option("--dry-run", is_flag=True, help="Check the list and say what would be done; write nothing.")
@templates_option
@click.option("--template", metavar="OUT.xlsx", type=click.Path(path_type=Path), help="Make an empty list instead.")
@click.option(
    "--kind", type=click.Choice(["citizen", "committee"]), default="citizen", show_default=True,
    help="Of which kind of case the empty list is.",
)  # fmt: skip
@click.option("--map-out", metavar="MAP.yaml", type=click.Path(path_type=Path), help="Where the empty list's map goes.")
@loudness_options
def import_(
    spreadsheet: Path | None, base: Path | None, map_file: Path | None, output: Path | None, overwrite: bool,
    dry_run: bool, templates: Path | None, template: Path | None, kind: str, map_out: Path | None,
) -> None:  # fmt: skip
    """Make cases from a spreadsheet, a case a row.

    LIST is an .xlsx, .ods or .csv. The map says which column is which field of a case; what it does not name is taken
    from the base case. The whole list is checked before a file is written. Run again, it writes what is new or has
    changed, names what is gone, and overwrites nothing that was edited by hand. Exits with 1 if there is an error.

    --template makes an empty list to fill in, with a map that fits it.

    Example:

    \b
        kvisdocs import --template liste.xlsx
        kvisdocs import liste.xlsx --map liste.map.yaml -o cases_yaml/liste
    """
    if template is not None:
        if spreadsheet is not None:
            what = message("command.import.list_and_template", "--template makes an empty list")
            raise refuse_usage(what, N_("leave LIST out"))
        _make_template(template, kind, map_out or template.with_suffix(".map.yaml"), templates)
        return
    if spreadsheet is None or map_file is None or output is None:
        lacking = "LIST" if spreadsheet is None else "--map" if map_file is None else "-o"
        what = message("command.import.lacking", "{lacking} is missing", lacking=lacking)
        raise refuse_usage(what, N_("begin with: kvisdocs import --template liste.xlsx"))
    from kvisdocs.application.template_folders import find_assets
    from kvisdocs.importing.folder import compare, tell_gone
    from kvisdocs.importing.importer import ImportRequest, plan_import

    request = ImportRequest(spreadsheet, map_file, base, output, find_assets(templates))
    planned = plan_import(request)
    show_problems(planned.problems)
    if errors := count_errors(planned.problems):
        show(counted(errors, "{number} error; nothing was written", "{number:,} errors; nothing was written"))
        sys.exit(1)
    with told_problems():
        changes = compare(planned.files, output, overwrite)
        if not dry_run:
            changes.write()
    problems = [*changes.problems, *tell_gone(changes)]
    show_problems(problems)
    _tell(changes, dry_run)
    sys.exit(1 if count_errors(problems) else 0)


def _tell(changes: "Changes", dry_run: bool) -> None:
    fields = {path: listed(names) for path, names in changes.changed.items()}
    _name(changes.new, lambda path: N_("new: {path}", path=path))
    _name(changes.changed, lambda path: N_("changed: {path} ({fields})", path=path, fields=fields[path]))
    if loudness() is Loudness.VERBOSE:
        _name([*changes.unchanged, *changes.edited], lambda path: N_("unchanged: {path}", path=path))
    parts = [
        N_("{number:,} new", number=len(changes.new)),
        N_("{number:,} changed", number=len(changes.changed)),
        N_("{number:,} unchanged", number=len(changes.unchanged) + len(changes.edited)),
        N_("{number:,} gone", number=len(changes.gone)),
    ]
    refused = count_errors(changes.problems)
    if refused:
        parts.append(N_("{number:,} not overwritten", number=refused))
    if dry_run:
        parts.append(N_("nothing was written"))
    show(listed(parts), err=False)


def _name(paths: Iterable[Path], say: Callable[[Path], Message]) -> None:
    """A line for each file, of many for the first, unless each is to be named."""
    named = list(paths)
    most = len(named) if loudness() is Loudness.VERBOSE else MOST_NAMED
    for path in named[:most]:
        show(say(path), err=False)
    if len(named) > most:
        show(N_("… and {number:,} more", number=len(named) - most), err=False)


def _make_template(workbook: Path, kind: str, map_file: Path, templates: Path | None) -> None:
    from kvisdocs.application.store.atomic_files import write_atomically
    from kvisdocs.application.template_folders import find_assets
    from kvisdocs.importing.template import make_template, refuse_overwriting

    with told_problems():
        refuse_overwriting((workbook, map_file))
        made = make_template(kind, find_assets(templates))
        write_atomically({workbook: made.workbook, map_file: made.map.encode()})
    show(N_("{workbook} is the empty list, {map} its map", workbook=workbook, map=map_file), err=False)
