"""`kvisdocs new`: a case, an item, a municipality or a document to fill in."""

import re
import sys
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Literal

import click

from kvisdocs.cli.terminal.language import TranslatedGroup
from kvisdocs.cli.terminal.options import templates_option
from kvisdocs.cli.terminal.report import refuse_usage, show, show_problems, shown
from kvisdocs.messages import N_, Message, counted, message
from kvisdocs.problems import KvisdocsError, Position, Problem, say_both, suggest

Path_ = tuple[str, ...]

_ID = re.compile(r"[a-zæøå0-9]+(?:-[a-zæøå0-9]+)*")


@click.group(cls=TranslatedGroup)
def new() -> None:
    """Lay out a file to fill in.

    Example:

    \b
        kvisdocs new case cases_yaml/anna-prøve.yaml
    """


_from_option = click.option(
    "--from",
    "old",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Begin with the parts of this case, and what is the office's own. Nothing personal is taken over.",
)
_set_option = click.option(
    "--set",
    "given",
    metavar="FIELD=VALUE",
    multiple=True,
    help="Give a field its value, as citizen.last_name=Prøve; repeatable.",
)
_ask_option = click.option(
    "--ask/--no-ask", default=None, help="Ask for what is missing; on a terminal unless said otherwise."
)


@new.command(name="case")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@_from_option
@click.option("--municipality", metavar="NAME", help="The municipality's profile, as herning.")
@click.option("--programme", metavar="NAME", help="The rules, as kvis-2011.")
@_set_option
@_ask_option
@templates_option
def new_case(
    file: Path,
    old: Path | None,
    municipality: str | None,
    programme: str | None,
    given: tuple[str, ...],
    ask: bool | None,
    templates: Path | None,
) -> None:
    """Lay out a citizen's case.

    FILE is the new case, whose name is the case id. Fields to be filled in are marked UDFYLD, and `kvisdocs check`
    names them. No file is overwritten.

    Example:

    \b
        kvisdocs new case cases_yaml/anna-prøve.yaml --from cases_yaml/ib-prøve.yaml
    """
    values: dict[Path_, str | None] = {("municipality",): municipality, ("programme",): programme}
    _lay_out("citizen", file, old, values, given, ask, templates)


@new.command(name="item")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@_from_option
@click.option("--municipality", metavar="NAME", help="The municipality's profile, as herning.")
@_set_option
@_ask_option
@templates_option
def new_item(
    file: Path,
    old: Path | None,
    municipality: str | None,
    given: tuple[str, ...],
    ask: bool | None,
    templates: Path | None,
) -> None:
    """Lay out an item of a committee's agenda.

    FILE is the new item. With a municipality its text fields are laid out too, as its profile lists them.

    Example:

    \b
        kvisdocs new item cases_yaml/punkt-12.yaml --municipality viborg
    """
    _lay_out("committee", file, old, {("municipality",): municipality}, given, ask, templates)


@new.command(name="municipality")
@click.argument("stem", metavar="NAME")
@click.option("--name", help="The name on letters; NAME Kommune unless said.")
@click.option("--genitive", help="The name as owner, as Odense Kommunes; the name and an s unless said.")
@click.option("--unit", help="The office, as citizens know it.")
@click.option("--street", help="Its street and number.")
@click.option("--postcode", help="Its postcode.")
@click.option("--city", help="Its town.")
@click.option("--phone", help="Its phone, eight digits.")
@click.option("--hours", help="When the phone is answered.")
@click.option("--email", help="Its e-mail.")
@click.option("--accent", default="#1c4e68", show_default=True, help="The colour of lines and headings.")
@_ask_option
@templates_option
def new_municipality(
    stem: str,
    name: str | None,
    genitive: str | None,
    accent: str,
    ask: bool | None,
    templates: Path | None,
    **office: str | None,
) -> None:
    """Lay out a municipality's profile, with a plain logo.

    NAME is the id that cases name: lower-case letters, digits and hyphens. The files go into the folder templates, or
    the one that --templates names.

    Example:

    \b
        kvisdocs new municipality odense --phone "66 13 13 72"
    """
    from kvisdocs.application.scaffold.cases import FILL_IN
    from kvisdocs.application.scaffold.templates import OFFICE, new_profile

    _check_id(stem)
    _check_colour(accent)
    known = {key: _read_setting(key, value) for key, value in {"name": name, **office}.items() if value}
    if _asks(ask):
        for key, about in OFFICE.items():
            if key not in known and (answer := _prompt(about, partial(_read_setting, key))):
                known[key] = answer
    given = known.pop("name", "")
    name = given or f"{stem.title()} Kommune"
    owner = _read_setting("genitive", genitive or "") or _genitive(name)
    files = new_profile(stem, name, owner, known, accent, is_guessed=not given)
    _write({(templates or Path("templates")) / file: data for file, data in files.items()})
    profile = f"profiles/{stem}.yaml"
    left = files[profile].decode().count(f"# {FILL_IN}")
    _tell(N_("{file} is laid out", file=profile), left, "kvisdocs lint")


@new.command(name="document")
@click.argument("stem", metavar="NAME")
@click.option("--title", help="The title that readers see.")
@click.option("--description", help="The line in `kvisdocs documents`.")
@click.option(
    "--audience",
    type=click.Choice(["citizen", "gp", "employer", "caseworker", "committee"]),
    default="citizen",
    show_default=True,
    help="Whom the document is for.",
)
@templates_option
def new_document(stem: str, title: str | None, description: str | None, audience: str, templates: Path | None) -> None:
    """Lay out a document of your own: settings, template and sample.

    NAME is the document's name for -d: lower-case letters, digits and hyphens.

    Example:

    \b
        kvisdocs new document indkaldelse --title "Indkaldelse til samtale"
    """
    from kvisdocs.application.scaffold import templates as scaffold
    from kvisdocs.application.template_folders import shipped
    from kvisdocs.cases.views import Audience

    _check_id(stem)
    ships = shipped("templates")
    if (ships / stem).exists() or stem == "programmes":
        what = message("new.document.ships", '"{name}" comes with kvisdocs', name=stem)
        raise refuse_usage(
            what, N_("choose another name; kvisdocs init lays out what comes with it, to change"), "NAME"
        )
    reader = Audience(audience)
    sample = (ships / scaffold.SAMPLES[reader] / "sample.yaml").read_bytes()
    title = _on_one_line(title) or stem.replace("-", " ").capitalize()
    files = scaffold.new_document(stem, title, _on_one_line(description) or title, reader, sample)
    _write({(templates or Path("templates")) / file: data for file, data in files.items()})
    _tell(N_("{file} is laid out", file=f"{stem}/document.html.j2"), 0, f"kvisdocs lint {stem}")


def _lay_out(
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
        if _asks(ask):
            _ask(kind, known, choices)
        name = known.get(("municipality",))
        texts = _brief_fields(name, assets) if kind == "committee" and name else {}
        schema = find_schema(file, kind)
        files = (
            {} if schema.exists() else {schema: json.dumps(case_schema(kind), ensure_ascii=False, indent=1).encode()}
        )
        body = scaffold.new_case(kind, known, set(find_parts(data, KINDS[kind])), texts, choices)
        files[file] = (scaffold.head_of(file, schema) + body).encode()
        _write(files)
    except KvisdocsError as error:
        show_problems(error.problems)
        sys.exit(1)
    command = f"kvisdocs check {scaffold.quote_path(file)}"
    _tell(N_("{file} is laid out", file=file), body.count(scaffold.FILL_IN), command)


def _asks(ask: bool | None) -> bool:
    return sys.stdin.isatty() if ask is None else ask


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
        if (value := _prompt(" – ".join(filter(None, about)), read)) is not None:
            known[path] = value


_UNKNOWN: Mapping[str, Callable[[str], Message]] = {
    "municipality": lambda name: message("new.municipality.unknown", 'there is no municipality "{name}"', name=name),
    "programme": lambda name: message("new.programme.unknown", 'there is no programme "{name}"', name=name),
}


def _check_choice(key: str, names: Collection[str], name: str) -> str:
    if name not in names:
        raise KvisdocsError(Problem(Position(f"--{key}"), _UNKNOWN[key](name), suggest(name, names)))
    return name


def _prompt(about: str, read: Callable[[str], Any]) -> Any:
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


def _brief_fields(municipality: str, assets: Any) -> dict[str, str]:
    from kvisdocs.templating.profiles import load_profile

    brief = load_profile(municipality, assets, Position("--municipality")).brief
    return {part.field: part.label or part.field for part in brief.parts if part.part == "text" and part.field}


def _check_id(stem: str) -> None:
    from kvisdocs.cases.yaml.forbidden_characters import RESERVED

    if not _ID.fullmatch(stem) or RESERVED.fullmatch(stem):
        what = message("new.name.signs", '"{name}" cannot be a name here', name=stem)
        raise refuse_usage(what, N_("use lower-case letters, digits and hyphens"), "NAME")


def _check_colour(accent: str) -> None:
    from kvisdocs.application.scaffold.templates import SOFT
    from kvisdocs.contrast import ENOUGH, contrast

    if not re.fullmatch("#[0-9a-fA-F]{6}", accent):
        what = message("new.colour.not_hex", '"{colour}" is not a colour', colour=accent)
        raise refuse_usage(what, N_("write it as #1c4e68"), "'--accent'")
    if (ratio := contrast(accent[1:], SOFT[1:])) < ENOUGH:
        what = message(
            "new.colour.too_light", '"{colour}" cannot be read on paper (contrast {ratio:.1f} to 1, at least {enough})',
            colour=accent, ratio=ratio, enough=ENOUGH,
        )  # fmt: skip
        raise refuse_usage(what, N_("choose a darker one"), "'--accent'")


def _read_setting(key: str, answer: str) -> str:
    """What is given for a field of a profile, on one line. Raises UsageError with what is wrong."""
    from kvisdocs.application.scaffold.answers import find_faults
    from kvisdocs.templating.profiles import Office, Profile

    value = _on_one_line(answer)
    path = ("office", key) if key in Office.model_fields else (key,)
    if value and (faults := find_faults(Profile, path, value)):
        raise refuse_usage(faults[0].what, faults[0].todo, f"'--{key}'")
    return value


def _on_one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def _genitive(name: str) -> str:
    return f"{name}'" if name.endswith(("s", "x", "z")) else f"{name}s"


def _write(files: Mapping[Path, bytes]) -> None:
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


def _tell(what: str, left: int, command: str) -> None:
    fields = counted(left, "{number} field to fill in, marked UDFYLD", "{number} fields to fill in, marked UDFYLD")
    said = N_("{what}; {fields}. Next: {command}", what=what, fields=fields, command=command)
    click.echo(shown(said if left else N_("{what}. Next: {command}", what=what, command=command)))
