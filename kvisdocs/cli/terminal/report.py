"""How problems and results reach the terminal: problems one a line on standard error, or as JSON on standard output."""

import contextlib
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import TypeVar

import click

from kvisdocs.languages import load_translations
from kvisdocs.messages import N_, NOTHING, Message, counted, listed
from kvisdocs.problems import KvisdocsError, Problem, Severity, Word, printable, say_both

T = TypeVar("T", bound=Word)

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_LOUDNESS, _PIPE = f"{__name__}.loudness", f"{__name__}.pipe"
"""Of click's `Context.meta`, which lasts as long as a command."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]+")


class Loudness(Enum):
    """How much is said beside what is wrong: nothing, what matters, or each file with its reason."""

    QUIET = "quiet"
    NORMAL = "normal"
    VERBOSE = "verbose"


def set_loudness(context: click.Context, loudness: Loudness) -> None:
    """From now on, for the command that is running."""
    context.meta[_LOUDNESS] = loudness


def loudness() -> Loudness:
    """How loud the command that is running is asked to be."""
    context = click.get_current_context(silent=True)
    return context.meta.get(_LOUDNESS, Loudness.NORMAL) if context is not None else Loudness.NORMAL


def name_pipe(context: click.Context, file: str) -> None:
    """From now on this file, which holds what came through a pipe, is called `-`."""
    context.meta[_PIPE] = file


def _without_pipe(text: str) -> str:
    context = click.get_current_context(silent=True)
    file = context.meta.get(_PIPE) if context is not None else None
    return text.replace(file, "-") if file else text


def show(said: Message, err: bool = True, always: bool = False) -> None:
    """Every line that is no problem goes to people here, unless the command is to be quiet."""
    if always or loudness() is not Loudness.QUIET:
        click.echo(shown(said), err=err)


@contextlib.contextmanager
def told_problems(as_json: bool = False) -> Iterator[None]:
    """What stops the command is told, and it exits with 1."""
    try:
        yield
    except KvisdocsError as error:
        show_problems(error.problems, as_json)
        sys.exit(1)


def show_problems(problems: Iterable[Problem], as_json: bool = False, err: bool = True) -> None:
    """Every problem once, sorted by file, line and column. In colour on a terminal, unless NO_COLOR is set.

    Notes are not shown where the command is to be quiet; programs get them all.
    """
    import json

    is_quiet = loudness() is Loudness.QUIET and not as_json
    for problem in sorted(set(problems)):
        if is_quiet and problem.severity is Severity.NOTE:
            continue
        if as_json:
            # Bytes, since JSON is UTF-8 wherever it goes (RFC 8259, 8.1), and a Windows pipe is not. What a file's name
            # holds beside UTF-8 becomes an escape, from which a program gets the name back.
            click.echo(json.dumps(_as_dict(problem), ensure_ascii=False).encode("utf-8", "backslashreplace"))
        else:
            click.echo(styled(problem), err=err)


def _as_dict(problem: Problem) -> dict[str, object]:
    return {key: _without_pipe(value) if isinstance(value, str) else value for key, value in problem.as_dict().items()}


def styled(problem: Problem) -> str:
    """The problem on one line, in its colour unless NO_COLOR is set."""
    text = shown(problem)
    return text if os.environ.get("NO_COLOR") else click.style(text, fg=_COLORS[problem.severity])


def shown(thing: object) -> str:
    """The text of a thing on one line: what a terminal would obey, or could not show, gives way to a space or a �.

    A message or problem is shown in the language that is spoken. What turns the direction of reading, or cannot be
    seen, is named.
    """
    said = thing.shown(load_translations()) if isinstance(thing, Message | Problem) else str(thing)
    text = _CONTROL.sub(" ", printable(_without_pipe(said)))
    from kvisdocs.cases.yaml.forbidden_characters import HIDDEN

    return HIDDEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def count(problems: Iterable[Problem], severity: Severity) -> int:
    """How many different problems of that severity there are."""
    return sum(problem.severity is severity for problem in set(problems))


def count_errors(problems: Iterable[Problem]) -> int:
    """How many of the problems stop something; warnings and notes do not."""
    return count(problems, Severity.ERROR)


_COUNTED: dict[Severity, Callable[[int], Message]] = {
    Severity.ERROR: lambda number: counted(number, "{number} error", "{number} errors"),
    Severity.WARNING: lambda number: counted(number, "{number} warning", "{number} warnings"),
    Severity.NOTE: lambda number: counted(number, "{number} note", "{number} notes"),
}


def say_count(problems: Iterable[Problem], severity: Severity) -> Message:
    """`3 errors`."""
    return _COUNTED[severity](count(problems, severity))


def say_reasons(counts: Counter[T]) -> Message:
    """`3 no consent, 1 no GP`, the commonest first."""
    return listed(N_("{number} {reason}", number=number, reason=reason.said) for reason, number in counts.most_common())


def refuse_usage(what: Message, todo: Message = NOTHING, option: str | None = None) -> click.UsageError:
    """To be raised where the command line asks for what cannot be; `option` is the one that is wrong, if it is one."""
    said = shown(say_both(what, todo))
    return click.UsageError(said) if option is None else click.BadParameter(said, param_hint=option)
