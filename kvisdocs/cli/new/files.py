"""New files are written, all or none, and it is said what comes next."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from kvisdocs.cli.terminal.report import refuse_usage, show_problems, shown
from kvisdocs.messages import N_, counted, message
from kvisdocs.problems import KvisdocsError

_ID = re.compile(r"[a-zæøå0-9]+(?:-[a-zæøå0-9]+)*")


def check_id(stem: str) -> None:
    """Whether it can be the name of a file and what others call it. Raises UsageError."""
    from kvisdocs.cases.yaml.forbidden_characters import RESERVED

    if not _ID.fullmatch(stem) or RESERVED.fullmatch(stem):
        what = message("new.name.signs", '"{name}" cannot be a name here', name=stem)
        raise refuse_usage(what, N_("use lower-case letters, digits and hyphens"), "NAME")


def write(files: Mapping[Path, bytes]) -> None:
    """All files, or none; none is overwritten."""
    from kvisdocs.application.scaffold.places import refuse_overwriting
    from kvisdocs.application.store.atomic_files import cannot_write, write_atomically

    try:
        refuse_overwriting(files)
        for path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(files)
    except KvisdocsError as error:
        show_problems(error.problems)
        sys.exit(1)
    except OSError as error:
        show_problems(cannot_write(next(iter(files)), error).problems)
        sys.exit(1)


def tell(what: str, left: int, command: str) -> None:
    """What was laid out, how many fields are left to fill in, and the next command."""
    fields = counted(left, "{number} field to fill in, marked UDFYLD", "{number} fields to fill in, marked UDFYLD")
    said = N_("{what}; {fields}. Next: {command}", what=what, fields=fields, command=command)
    click.echo(shown(said if left else N_("{what}. Next: {command}", what=what, command=command)))
