"""What the commands for finished documents ask for in the same way, and how they take them from the output folder."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kvisdocs.cli.terminal.options import parse_day
from kvisdocs.cli.terminal.report import Loudness, loudness, refuse_usage, show, show_problems
from kvisdocs.messages import N_, counted, message
from kvisdocs.problems import Problem, UnknownNameError

if TYPE_CHECKING:
    from kvisdocs.application.dispatch.finished import Found
    from kvisdocs.application.dispatch.medcom.export import Exported
    from kvisdocs.application.dispatch.send import Dispatched

output_argument = click.argument("output", metavar="OUTPUT", type=click.Path(path_type=Path, file_okay=False))
"""The output folder of a run, given to the command as `output`."""


def target_option(said: str) -> Callable[[Any], Any]:
    """`-o FILE`, given to the command as `target`."""
    kind = click.Path(path_type=Path, dir_okay=False)
    return click.option("-o", "--output-file", "target", metavar="FILE", required=True, type=kind, help=said)


def with_ending(target: Path, ending: str) -> Path:
    """The file's name with that ending, if it has not got it."""
    return target if target.suffix.lower() == ending else target.with_name(f"{target.name}{ending}")


overwrite_option = click.option("--replace", "overwrite", is_flag=True, help="Write over a file that is there.")
"""`--replace`, given to the command as `overwrite`."""


def find(output: Path, templates: Path | None, formats: Sequence[str], names: Sequence[str]) -> "Found":
    """The finished documents as they lie there today. Raises KvisdocsError, and UsageError for an unknown document."""
    from kvisdocs.application.dispatch.finished import find_finished
    from kvisdocs.application.template_folders import find_assets

    today = date.today()  # noqa: DTZ011  (the town hall's own day is meant)
    try:
        return find_finished(output, find_assets(templates), formats, names, today)
    except UnknownNameError as error:
        raise refuse_usage(error.what, error.todo, "'-d' / '--document'") from None


def show_left_out(problems: Iterable[Problem]) -> None:
    """Why letters stay. Those that went out before are counted, unless each file is to be named: they grow with the
    year.
    """
    distinct = frozenset(problems)
    before = list(filter(is_counted, distinct))
    show_problems(distinct.difference(before))
    for (what, todo), number in sorted(Counter((each.what, each.todo) for each in before).items(), key=str):
        show(
            counted(number, "{number} letter {what}; {todo}", "{number} letters: {what}; {todo}", what=what, todo=todo)
        )


def is_counted(problem: Problem) -> bool:
    """Whether a letter went out before, and is not to be named."""
    from kvisdocs.application.dispatch.finished import WENT_OUT

    return problem.code in WENT_OUT and loudness() is not Loudness.VERBOSE


printed_option = click.option(
    "--printed", metavar="DATE", callback=parse_day, help="Also what was put into a file for the printer on that day."
)
"""`--printed DATE`, given to the command as `printed`: a date, or None."""

certificate_option = click.option(
    "--certificate",
    metavar="FILE",
    envvar="KVISDOCS_CERTIFICATE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The municipality's certificate for Serviceplatformen, with its key, as PEM.",
)
"""`--certificate FILE`, given to the command as `certificate`."""

test_option = click.option("--test", "is_test", is_flag=True, help="Use Serviceplatformen's external test.")
"""`--test`, given to the command as `is_test`."""


def refuse_without_package() -> None:
    """Raises UsageError where the package is missing by which Digital Post is sent."""
    if find_spec("python_serviceplatformen") is None:
        what = message("dispatch.package.no_serviceplatformen", "to send Digital Post, kvisdocs needs a package")
        raise refuse_usage(what, N_("install kvisdocs with it: pip install kvisdocs[digitalpost]"))


def show_as_json(done: "Dispatched | Exported") -> None:
    """A letter and what became of it, as a line for programs."""
    values = {"file": str(done.path), "result": done.result.name.lower(), "message": done.message}
    problem = done.problem.as_dict() if done.problem else None
    click.echo(json.dumps({**values, "problem": problem}, ensure_ascii=False))
