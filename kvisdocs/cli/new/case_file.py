"""A new case or item: what is given, what is answered, and what an old one gives, in one file."""

import sys
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Literal

from kvisdocs.cli.new.files import tell, write
from kvisdocs.cli.new.questions import asks, prompt
from kvisdocs.cli.terminal.report import show_problems
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
    import json

    from kvisdocs.application.scaffold import cases as scaffold
    from kvisdocs.application.scaffold.answers import parse_given
    from kvisdocs.application.scaffold.old_case import find_parts, keep, read_old
    from kvisdocs.application.scaffold.places import find_schema, name_file
    from kvisdocs.application.template_folders import find_assets
    from kvisdocs.cases.load import KINDS
    from kvisdocs.cases.schema import case_schema
    from kvisdocs.programme.rules.rule_registry import load_programmes
    from kvisdocs.templating.profiles import profile_names

    try:
        file = name_file(file)
        data = read_old(old, kind) if old is not None else {}
        assets = find_assets(templates)
        programmes = sorted(programme.name for programme in load_programmes(assets.folders))
        choices = {"municipality": profile_names(assets), "programme": programmes}
        known = parse_given(given, kind, {path: value for path, value in values.items() if value})
        for key, names in choices.items():
            if said := known.get((key,)):
                _check_choice(key, names, said)
        known = {**keep(kind, data, choices), **known}
        if asks(ask):
            _ask(kind, known, choices)
        name = known.get(("municipality",))
        texts, without = _of_brief(name, assets) if kind == "committee" and name else ({}, ())
        schema = find_schema(file, kind)
        files = (
            {} if schema.exists() else {schema: json.dumps(case_schema(kind), ensure_ascii=False, indent=1).encode()}
        )
        body = scaffold.new_case(kind, known, set(find_parts(data, KINDS[kind])), texts, choices, without)
        files[file] = (scaffold.head_of(file, schema) + body).encode()
        write(files)
    except KvisdocsError as error:
        show_problems(error.problems)
        sys.exit(1)
    command = f"kvisdocs check {scaffold.quote_path(file)}"
    tell(N_("{file} is laid out", file=file), body.count(scaffold.FILL_IN), command)


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


def _of_brief(municipality: str, assets: Any) -> tuple[dict[str, str], Collection[Path_]]:
    """The text fields of a municipality's brief with their headings, and the parts that its papers leave out."""
    from kvisdocs.templating.brief.left_out import list_left_out
    from kvisdocs.templating.documents import load_documents
    from kvisdocs.templating.profiles import Profile, load_profile, read_settings
    from kvisdocs.templating.render import Renderer

    brief = load_profile(municipality, assets, Position("--municipality")).brief
    _, source = read_settings(f"profiles/{municipality}.yaml", assets, Profile)
    papers = [each for each in load_documents(assets).values() if each.kind == "committee"]
    left = list_left_out(Renderer(assets), papers, source, municipality, brief)
    return {part.field: part.label or part.field for part in brief.parts if part.field}, left
