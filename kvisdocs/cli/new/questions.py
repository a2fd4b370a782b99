"""The options of new files, and what is asked on a terminal."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kvisdocs.cli.terminal.report import show
from kvisdocs.problems import KvisdocsError, say_both

from_option = click.option(
    "--from",
    "old",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Begin with the parts of this case, and what is the office's own. Nothing personal is taken over.",
)
set_option = click.option(
    "--set",
    "given",
    metavar="FIELD=VALUE",
    multiple=True,
    help="Give a field its value, as citizen.last_name=Prøve; repeatable.",
)
ask_option = click.option(
    "--ask/--no-ask", default=None, help="Ask for what is missing; on a terminal unless said otherwise."
)


def asks(ask: bool | None) -> bool:
    """Whether what is missing is asked for: on a terminal, unless said otherwise."""
    return sys.stdin.isatty() if ask is None else ask


def prompt(about: str, read: Callable[[str], Any]) -> Any:
    """What is answered, asked for again as long as it is wrong; None for an empty answer."""
    while answer := click.prompt(about, default="", show_default=False).strip():
        try:
            return read(answer)
        except KvisdocsError as error:
            for problem in error.problems:
                show(say_both(problem.what, problem.todo))
        except click.UsageError as error:
            click.echo(error.message, err=True)
    return None


def on_one_line(text: str | None) -> str:
    """The words of an answer, with one space between them."""
    return " ".join((text or "").split())
