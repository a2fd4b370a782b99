"""What several commands ask for in the same way."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kvisdocs.cli.terminal.report import Loudness, refuse_usage, set_loudness
from kvisdocs.messages import N_, message
from kvisdocs.writers.formats import FORMATS

if TYPE_CHECKING:
    from kvisdocs.application.journal.scribe import Scribe


def parse_day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """The callback of an option that is a date, written as in cases; anything else is wrong usage."""
    if value is None:
        return None
    from kvisdocs.cases.model.base import FieldError
    from kvisdocs.cases.model.values import MONTHS, parse_date

    try:
        day = parse_date(value)
    except FieldError as error:
        todo, today = error.todo, date.today()  # noqa: DTZ011  (the town hall's own day is meant)
        if error.what.code in {"schema.date.form", "schema.date.short_year"}:
            numbers, words = f"{today:%d-%m-%Y}", f"{today.day}. {MONTHS[today.month - 1]} {today.year}"
            todo = N_('write it as {iso}, {numbers} or "{words}"', iso=today, numbers=numbers, words=words)
        raise refuse_usage(error.what, todo, parameter.get_error_hint(context)) from None
    return day if isinstance(day, date) else None


def require_paths(paths: tuple[Path, ...], command: str) -> None:
    """Raises UsageError where no case is named."""
    if not paths:
        what = message(
            "command.paths.missing",
            "name a case file or a folder of cases, for instance: kvisdocs {command} cases_yaml",
            command=command,
        )
        raise refuse_usage(what)


def choose_formats(context: click.Context, parameter: click.Parameter, asked: tuple[str, ...]) -> tuple[str, ...]:
    """The formats asked for, each once and in the order of FORMATS; those on paper where none is."""
    return tuple(each.name for each in FORMATS.values() if (each.name in asked if asked else each.is_default))


paths_argument = click.argument("paths", metavar="PATH...", nargs=-1, type=click.Path(path_type=Path))
"""The cases: files and folders, given to the command as `paths`."""

document_option = click.option(
    "-d",
    "--document",
    "names",
    metavar="DOCUMENT",
    multiple=True,
    help="Make this one only; repeatable. course-sheet is made only so.",
)
"""`-d DOCUMENT`, given to the command as `names`."""

format_option = click.option(
    "--to",
    "formats",
    type=click.Choice(list(FORMATS)),
    multiple=True,
    callback=choose_formats,
    help="Make this format only. html is made only so.",
)
"""`--to FORMAT`, given to the command as `formats`: those to make, never none."""

output_option = click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output"),
    show_default=True,
    help="Where the files go.",
)
"""`-o DIR`, given to the command as `output`."""

strict_option = click.option(
    "--strict", is_flag=True, help="Make no document of which a writer has something to remark."
)
"""`--strict`, given to the command as `strict`."""

replace_option = click.option(
    "--replace",
    "overwrite",
    is_flag=True,
    help="Overwrite files that somebody changed, instead of writing beside them.",
)
"""`--replace`, given to the command as `overwrite`."""

keep_inputs_option = click.option(
    "--keep-inputs", is_flag=True, help="Keep what letters are made of, to make them again some day."
)
"""`--keep-inputs`, given to the command as `keep_inputs`."""

redate_option = click.option(
    "--redate", is_flag=True, help="Make a finished document anew also where only its letter date is another."
)
"""`--redate`, given to the command as `redate`."""

templates_option = click.option(
    "--templates",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Your own templates, instead of those in the folder templates.",
)
"""`--templates DIR`, given to the command as `templates`: a Path, or None."""


def _find_user(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    """The name given, or that of the system's user."""
    from kvisdocs.application.journal.scribe import find_system_user

    return " ".join((value or "").split()) or find_system_user()


as_option = click.option(
    "--as",
    "by",
    metavar="NAME",
    envvar="KVISDOCS_USER",
    callback=_find_user,
    help="Who does it, for the journal; the system's user unless said.",
)
"""`--as NAME`, given to the command as `by`."""


def write_as(by: str) -> "Scribe":
    """The journal's scribe: that name, and the computer's clock."""
    from kvisdocs.application.journal.scribe import Scribe

    return Scribe(by, lambda: datetime.now(UTC))


def _loudness_option(short: str, loudness: Loudness, said: str) -> Callable[[Any], Any]:
    def choose(context: click.Context, parameter: click.Parameter, is_asked: bool) -> None:
        if is_asked:
            set_loudness(context, loudness)

    return click.option(short, f"--{loudness.value}", is_flag=True, expose_value=False, callback=choose, help=said)


def loudness_options(command: Any) -> Any:
    """`-q` and `-v`; the command is given nothing of them: `report.loudness` tells."""
    quiet = _loudness_option("-q", Loudness.QUIET, "Say only what is wrong.")
    verbose = _loudness_option("-v", Loudness.VERBOSE, "Name each file, and say why.")
    return quiet(verbose(command))
