"""How problems and results reach the terminal: problems one a line on standard error, or as JSON on standard output."""

import json
import os
import re
from collections.abc import Iterable

import click

from kvisdocs.cases.yaml.forbidden_characters import HIDDEN
from kvisdocs.problems import Problem, Severity, printable

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]+")


def show_problems(problems: Iterable[Problem], as_json: bool = False, err: bool = True) -> None:
    """Every problem once, sorted by file, line and column. In colour on a terminal, unless NO_COLOR is set."""
    for problem in sorted(set(problems)):
        if as_json:
            # Bytes, since JSON is UTF-8 wherever it goes (RFC 8259, 8.1), and a Windows pipe is not. What a file's name
            # holds beside UTF-8 becomes an escape, from which a program gets the name back.
            click.echo(json.dumps(problem.as_dict(), ensure_ascii=False).encode("utf-8", "backslashreplace"))
        else:
            click.echo(styled(problem), err=err)


def styled(problem: Problem) -> str:
    """The problem on one line, in its colour unless NO_COLOR is set."""
    text = shown(problem)
    return text if os.environ.get("NO_COLOR") else click.style(text, fg=_COLORS[problem.severity])


def shown(thing: object) -> str:
    """The text of a thing on one line: what a terminal would obey, or could not show, gives way to a space or a �.

    What turns the direction of reading, or cannot be seen, is named.
    """
    text = _CONTROL.sub(" ", printable(str(thing)))
    return HIDDEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def count(problems: Iterable[Problem], severity: Severity) -> int:
    """How many different problems of that severity there are."""
    return sum(problem.severity is severity for problem in set(problems))


def count_errors(problems: Iterable[Problem]) -> int:
    """How many of the problems stop something; warnings and notes do not."""
    return count(problems, Severity.ERROR)
