"""A new case or item: what is given, what is answered, and what an old one gives, in one file."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Literal

from kvisdocs.cli.new.files import tell, write
from kvisdocs.cli.new.questions import asks, prompt
from kvisdocs.cli.terminal.report import told_problems
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, suggest

Path_ = tuple[str, ...]


def lay_out(
    kind: Literal["citizen", "committee"],
    file: Path,
    old: Path | None,
    values: Mapping[Path_, str | None],
    given: tuple[str, ...],
    ask: bool | None,
    templates: Path | None,
) -> None:
    """Write the file, with what is given, what is answered, and what an old case gives."""
    from kvisdocs.application.scaffold.answers import parse_given
    from kvisdocs.application.scaffold.case_file import find_choices, make_case_files
    from kvisdocs.application.scaffold.cases import quote_path
    from kvisdocs.application.scaffold.old_case import keep, read_old
    from kvisdocs.application.scaffold.places import name_file
    from kvisdocs.application.template_folders import find_assets

    with told_problems():
        file = name_file(file)
        data = read_old(old, kind) if old is not None else {}
        assets = find_assets(templates)
        choices = find_choices(assets)
        known = parse_given(given, kind, {path: value for path, value in values.items() if value})
        for key, names in choices.items():
            if said := known.get((key,)):
                _check_choice(key, names, said)
        known = {**keep(kind, data, choices), **known}
        if asks(ask):
            _ask(kind, known, choices)
        made = make_case_files(kind, file, known, data, choices, assets)
        write(made.files)
    command = f"kvisdocs check {quote_path(file)}"
    tell(N_("{file} is laid out", file=file), made.open_fields, command)


def _ask(kind: str, known: dict[Path_, Any], choices: Mapping[str, list[str]]) -> None:
    """Ask for each needed field; an empty answer leaves it to be filled in."""
    from kvisdocs.application.scaffold.answers import read_answer
    from kvisdocs.application.scaffold.cases import describe_field, describe_group, find_open_fields
    from kvisdocs.cases.load import KINDS

    for path, field in list(find_open_fields(kind, {*known, ("kind",)})):
        key = ".".join(path)
        read = (
            partial(_check_choice, key, choices[key])
            if key in choices
            else partial(read_answer, KINDS[kind], path, field)
        )
        about = [describe_group(kind, path), describe_field(field, choices.get(key, ()))]
        if (value := prompt(" – ".join(filter(None, about)), read)) is not None:
            known[path] = value


_UNKNOWN: Mapping[str, Callable[[str], Message]] = {
    "municipality": lambda name: message("new.municipality.unknown", 'there is no municipality "{name}"', name=name),
    "programme": lambda name: message("new.programme.unknown", 'there is no programme "{name}"', name=name),
}


def _check_choice(key: str, names: Collection[str], name: str) -> str:
    if name not in names:
        raise KvisdocsError(Problem(Position(f"--{key}"), _UNKNOWN[key](name), suggest(name, names)))
    return name
