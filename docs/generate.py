"""Writes what is made from the program.

docs/cli.md from `--help`, docs/cases.md and the schemas from the case models, docs/rules.md from the models and the
data of the rules, docs/problem-codes.md and tests/message_codes.txt from the messages in the sources.

Of docs/views.md it writes the tables, from the whitelists, and of docs/da/statistik.md the definitions of figures; the
words around them are written by hand.

.venv/bin/python docs/generate.py            write them
.venv/bin/python docs/generate.py --check    exit 1 if one of them is not what it would write
"""

import ast
import json
import re
import sys
import types
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from functools import partial
from itertools import chain, groupby
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import click
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from kvisdocs.cases.model import identifiers, numbers, values
from kvisdocs.cases.model.agreements import AgreementRegister
from kvisdocs.cases.model.base import inner_choice, inner_model
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.model.meeting import CommitteeMeeting
from kvisdocs.cases.model.statistics import StatisticsAnnex
from kvisdocs.cases.schema import case_schema, example_of_field, find_models
from kvisdocs.cases.views import ALWAYS, DISCLOSED, GLOBALS, KINDS, WHITELISTS, Audience
from kvisdocs.cli.main import main
from kvisdocs.programme.rules.rule_registry import load_programme, load_programmes
from kvisdocs.programme.rules.rules import Deadline, Programme, Rule
from kvisdocs.statistics.statement import lay_out_names

ROOT = Path(__file__).parent.parent

CLI_HEAD = """\
# The command line

Made from `--help` by `docs/generate.py`; a test checks that it is current.

Exit codes: 0 all well, 1 problems in the input or in some documents, 2 wrong usage, 3 (`verify` alone) no problem, but
a judge is missing. If a signal stopped it, 128 plus the signal's number: 130 for Ctrl-C, 143 for SIGTERM, 129 for
SIGHUP, which comes when the terminal is closed; what was finished is in its place.

`--lang da` speaks Danish, in help as well ([install.md](install.md) says what else decides the language, and how the
tab key completes commands).

Problems are written as `file:line:column: what; what to do`.
"""

CASES_HEAD = """\
# Cases: every field

Made from the models in `kvisdocs/cases/` by `docs/generate.py`; a test checks that it is current.

A case is a YAML file in UTF-8 that begins with `kind: citizen`, `kind: committee` or `kind: meeting`; a register of
agreements with firms, of which no document is made, begins with `kind: agreements`. A case's file name without `.yaml`
is the case id, and so the name of its folder in `output/`. `kvisdocs new case`, `new item` and `new meeting` lay one
out to fill in. `kvisdocs schema` prints the same as JSON Schema. Editors that know the YAML
language server (VS Code, Neovim and others) complete and check a case whose first line is, as in all examples,
`# yaml-language-server: $schema=../schema/citizen.schema.json`; the path is relative to the case.

- Dates may be written `2012-11-14`, `14-11-2012`, `14.11.2012`, `14/11 2012` or `14. nov. 2012`, and with the right
  weekday in front (`onsdag den 14. november 2012`); years have four digits, and are those from 1900
  to 2100. Times: `13:00`, `13.00` or `kl. 13`.
- Numbers: a comma before decimals, a point or a space between thousands: `37,5`, `1.037`. A point before one or two
  last digits is taken as a decimal one (`37.5`). Anything ambiguous is refused: `0.500`, `1.2345`.
- Amounts: `3.286.600`, `3.286.600 kr.`, `kr. 3.286.600,-`, `4,5 mio. kr.`, `100 t.kr.`. Refused: `1.500 mio.` (1,5 or
  1500?) and `1,234` (øre have two digits).
- Inside `[…]` and `{…}` a comma ends the item, so `"37,5"` and `"1,3 mio."` need quotes there.
- CPR numbers, postcodes and other digits stay as they are written: `0101701234` keeps its zero.
- A field marked *Markdown* holds CommonMark with tables: sub-headings, lists, emphasis. Raw HTML is shown as text.
- A key that is not in these tables is an error, and so is a repeated key.
- Tags (`!…`) and merge keys (`<<`) are not allowed; anchors are, within reason.

Needed fields are marked *needed*; all others may be left out.
"""

RULES_HEAD = """\
# Programmes: every key, and the rules that ship

Made from the models and the rule files in `kvisdocs/programme/` by `docs/generate.py`; a test checks that it is
current.
[programmes.md](programmes.md) tells how a rule file is written.

In the tables of rules, *source* means that the rule was read in the reference named, *background* that the rule, or a
part of it that the reference names, is known but was not found there. Nothing here is legal advice.
"""

CODES_HEAD = """\
# Problems: every code

Made from the sources by `docs/generate.py`; a test checks that it is current.

Each problem has a code, `area.subject.fault`, by which a program knows what kind of problem it is, in whatever language
the text is shown. A program may rely on `code` in `--json` ([problems.md](problems.md)); the text beside it may be
worded better at any time. A code never changes its meaning: what is said no more is retired, and its code is not used
again.

What stands in braces is filled in: a value of the file, a place, or another text.
"""

MAKERS: dict[str, tuple[int, ...]] = {"message": (1,), "N_": (0,), "counted": (1, 2)}
"""The functions of `kvisdocs.messages` that make a text, each with which of its arguments are texts."""

FORMS: list[tuple[Any, str]] = [
    (values.Day, "date"),
    (values.Clock, "time"),
    (values.Flag, "ja or nej"),
    (numbers.Number, "number"),
    (numbers.Count, "whole number"),
    (numbers.Amount, "amount"),
    (identifiers.Cpr, "CPR number"),
    (identifiers.ProviderNumber, "six digits"),
    (identifiers.Cvr, "CVR, 8 digits"),
    (identifiers.Gln, "GLN, 13 digits"),
    (identifiers.Sor, "SOR number"),
    (identifiers.Postcode, "four digits"),
    (identifiers.Phone, "phone number"),
    (identifiers.Email, "e-mail"),
    (values.Text, "text"),
]


def _commands_of(group: click.Group) -> dict[str, click.Command]:
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: command for name, command in found.items() if command}


def cli_page() -> str:
    """The help of the program and of every command, as Markdown."""
    parts = [CLI_HEAD, _help(main, "kvisdocs")]
    for name, command in sorted(main.commands.items()):
        parts.append(_help(command, f"kvisdocs {name}", main))
        below = _commands_of(command) if isinstance(command, click.Group) else {}
        parts += [_help(each, f"kvisdocs {name} {inner}", command) for inner, each in below.items()]
    return "\n".join(parts)


def _help(command: click.Command, name: str, parent: click.Command | None = None) -> str:
    above = click.Context(parent, info_name=name.rpartition(" ")[0]) if parent else None
    context = click.Context(
        command, info_name=name.split()[-1], parent=above, terminal_width=100, help_option_names=["-h", "--help"]
    )
    text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    return f"## {name}\n\n```text\n{text}\n```\n"


def cases_page() -> str:
    """A table for each part of each kind of case."""
    parts = [CASES_HEAD]
    for title, model in (
        ("A citizen's case", CitizenCase),
        ("A committee item", CommitteeItem),
        ("A meeting", CommitteeMeeting),
        ("A statistics annex", StatisticsAnnex),
        ("A register of agreements", AgreementRegister),
    ):
        parts.append(f"# {title}\n")
        parts += [_table(path, each) for path, each in find_models(model)]
    return "\n".join(parts)


def rules_page() -> str:
    """The rules of each programme that ships, then a table for each part of a rule file."""
    parts = [RULES_HEAD]
    for programme in load_programmes():
        end = programme.validity.valid_to or "on"
        parts.append(f"# {programme.name}\n\nFor courses that begin from {programme.validity.valid_from} to {end}.\n")
        if programme.legal_notice:
            parts.append(f"> {programme.legal_notice}\n")
        parts.append("Sources:\n\n" + "\n".join(f"- {source}" for source in programme.sources) + "\n")
        rows = [f"| {name} | {_what(rule)} | {rule.reference} | {rule.sure} |" for name, rule in _rules("", programme)]
        parts.append("| Rule | What | Reference | How sure |\n|---|---|---|---|\n" + "\n".join(rows) + "\n")
    parts.append("# Every key of a rule file\n")
    parts += [_table(path, each, "What it says", examples=False) for path, each in find_models(Programme)]
    return "\n".join(parts)


def _rules(path: str, value: BaseModel) -> Iterator[tuple[str, Rule]]:
    """Every rule in a programme, with the key it stands under and its id or number, if it has one."""
    if isinstance(value, Rule):
        named = getattr(value, "id", None) or getattr(value, "number", None)
        yield f"`{path}`" + (f" {named}" if named else ""), value
        return
    for name in type(value).model_fields:
        below = f"{path}.{name}".lstrip(".")
        inner = getattr(value, name)
        for each in inner if isinstance(inner, tuple) else (inner,):
            if isinstance(each, BaseModel):
                yield from _rules(below, each)


def _what(rule: Rule) -> str:
    """What the rule says, in its file's own keys; a deadline by its reading."""
    said = []
    for name in type(rule).model_fields:
        value = getattr(rule, name)
        if name in {"reference", "sure", "id", "number"} or value == type(rule).model_fields[name].default:
            continue
        if isinstance(value, Deadline):
            said.append(f"{value.reading}.")
        else:
            said.append(f"{name} {_plain(value)}")
    return "; ".join(said)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, dict):
        return ", ".join(f"{key} {each}" for key, each in value.items())
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _table(path: str, model: type[BaseModel], what: str = "Danish description", examples: bool = True) -> str:
    heading = f"## `{path}`\n" if path else "## The whole\n"
    rows = [
        f"| `{name}` | {_form(field.annotation, field.metadata)}{_limits(field.metadata)} | {_needed(field)} "
        f"| {field.description or ''} |{f' {_example(field)} |' if examples else ''}"
        for name, field in model.model_fields.items()
    ]
    about = (model.__doc__ or "").strip().split("\n\n")[0].replace("\n", " ")
    about = " ".join(about.split())
    head = f"| Key | Form | | {what} |\n|---|---|---|---|\n"
    if examples:
        head = f"| Key | Form | | {what} | Example |\n|---|---|---|---|---|\n"
    return f"{heading}\n{about}\n\n{head}" + "\n".join(rows) + f"\n{_values(model)}"


def _example(field: FieldInfo) -> str:
    """The example as one line of YAML; nothing for what has keys of its own."""
    if inner_model(field.annotation)[0] is not None:
        return ""
    return f"`{_inline(example_of_field(field))}`".replace("|", "\\|")


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_inline(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(each) for each in value) + "]"
    return str(value)


def _values(model: type[BaseModel]) -> str:
    """What each value of the model's closed lists means."""
    found = [(name, inner_choice(field.annotation)) for name, field in model.model_fields.items()]
    lines = [
        f"- `{name}`: " + " · ".join(f"`{value}` {value.danish}" for value in choice)
        for name, choice in found
        if choice
    ]
    return "\n" + "\n".join(lines) + "\n" if lines else ""


def _needed(field: FieldInfo) -> str:
    if field.is_required():
        return "*needed*"
    default = field.default
    if default is PydanticUndefined or default is None or default == ():
        return ""
    if isinstance(default, bool):
        return f"else {'ja' if default else 'nej'}"
    return f"else `{default}`"


def _form(annotation: Any, metadata: list[Any] | None = None) -> str:
    """The form in words: date, text, one of …, list of …"""
    for known, words in FORMS:
        if annotation == known or (metadata and get_args(known)[0] == annotation and _same(metadata, known)):
            return words
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return " or ".join(_form(each) for each in get_args(annotation) if each is not type(None))
    if origin is Annotated:
        return _form(get_args(annotation)[0], list(get_args(annotation)[1:])) + _limits(get_args(annotation)[1:])
    if origin is Literal:
        return " · ".join(f"`{each}`" for each in get_args(annotation))
    if origin is tuple:
        return f"list of {_form(get_args(annotation)[0])}"
    if origin is dict:
        return f"keys, each with a {_form(get_args(annotation)[1])}"
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return " · ".join(f"`{each}`" for each in annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "keys of its own, below"
    return str(getattr(annotation, "__name__", annotation))


def _same(metadata: list[Any], known: Any) -> bool:
    """Whether a field's metadata begin with those of a known form: pydantic takes `Annotated` apart."""
    wanted = get_args(known)[1:]
    return any(each == wanted[0] for each in metadata)


def _limits(metadata: Any) -> str:
    """Bounds: 1 to 10, at most 4."""
    bounds: dict[str, Any] = {}
    for each in metadata:
        for name in ("ge", "gt", "le", "min_length", "max_length"):
            value = getattr(each, name, None)
            if value is not None and not hasattr(each, "strip_whitespace"):
                bounds[name] = value
        for inner in getattr(each, "metadata", ()):
            for name in ("ge", "gt", "le", "min_length", "max_length"):
                if (value := getattr(inner, name, None)) is not None:
                    bounds[name] = value
    words = {"ge": "from {}", "gt": "over {}", "le": "to {}", "min_length": "at least {}", "max_length": "at most {}"}
    said = [words[name].format(bounds[name]) for name in words if name in bounds]
    return f", {' '.join(said)}" if said else ""


def views_page() -> str:
    """docs/views.md with its tables made anew."""
    text = (ROOT / "docs" / "views.md").read_text(encoding="utf-8")
    tables = {"citizen": _citizen_table(), "committee": _committee_table(), "globals": _globals_table()}
    for name, table in tables.items():
        begin, end = f"<!-- made by docs/generate.py: {name} -->\n", "<!-- end -->"
        before, _, rest = text.partition(begin)
        text = f"{before}{begin}{table}{end}{rest.partition(end)[2]}"
    return text


def figures_page() -> str:
    """docs/da/statistik.md with its definitions made anew: those of kvis-2011, but for answers and quarters."""
    text = (ROOT / "docs" / "da" / "statistik.md").read_text(encoding="utf-8")
    statement = lay_out_names(load_programme("kvis-2011"), date(2012, 11, 1))
    known = [*statement.figures.values(), *statement.measures.values()]
    told = [each for each in known if not each.name.startswith(("answer.", "quarter."))]
    rows = "".join(f"| `{each.name}` | {each.label} | {each.definition} |\n" for each in told)
    begin, end = "<!-- made by docs/generate.py: figures -->\n", "<!-- end -->"
    before, _, rest = text.partition(begin)
    return f"{before}{begin}| Navn | Række | Det tæller |\n|---|---|---|\n{rows}{end}{rest.partition(end)[2]}"


PEOPLE = tuple(audience for audience in Audience if KINDS[audience] == "citizen")


def _citizen_table() -> str:
    rows = "".join(
        f"| `{path}` | " + " | ".join(_seen(path, audience) for audience in PEOPLE) + " |\n"
        for path in _told_apart("", CitizenCase)
    )
    return f"| Field | {' | '.join(PEOPLE)} |\n|---|{'---|' * len(PEOPLE)}\n{rows}"


def _committee_table() -> str:
    rows = "".join(
        f"| `{path}` | {_seen(path, Audience.COMMITTEE)} |\n" for path in CommitteeItem.model_fields if path != "kind"
    )
    return f"| Field | committee |\n|---|---|\n{rows}"


def _globals_table() -> str:
    """The names beside the case. The row of a name alone stands for all that no row below it names."""
    rows = ["| Name | " + " | ".join(Audience) + " |", "|---|" + "---|" * len(Audience)]
    for name in dict.fromkeys(name for given in GLOBALS.values() for name in given):
        given = {audience: GLOBALS[audience].get(name, ()) for audience in Audience}
        whole = any(paths is None for paths in given.values())
        below = dict.fromkeys(path for paths in given.values() for path in paths or ())
        for path in (*([""] if whole or name == "profile" else []), *below):
            seen = ("yes" if paths is None or (path and _named(path, paths)) else "–" for paths in given.values())
            rows.append(f"| `{f'{name}.{path}'.rstrip('.')}` | " + " | ".join(seen) + " |")
    return "\n".join(rows) + "\n"


def _told_apart(path: str, model: type[BaseModel]) -> Iterator[str]:
    """The paths at which the audiences' views part; below them all is seen or nothing."""
    computed = {"": ["ended", "workplace"], "citizen": ["name"], "return_plan": ["place_name"]}.get(path, [])
    names = dict.fromkeys((*model.model_fields, *computed))
    for name in names:
        below = f"{path}.{name}" if path else name
        inner = inner_model(model.model_fields[name].annotation)[0] if name in model.model_fields else None
        if below == "kind":
            continue
        if inner is not None and any(each.startswith(f"{below}.") for each in chain(*WHITELISTS.values())):
            yield from _told_apart(below, inner)
        else:
            yield below


def _seen(path: str, audience: Audience) -> str:
    """Whether the audience sees what stands at the path: yes, with a consent that covers …, or not."""
    if _named(path, ALWAYS[audience]):
        return "yes"
    data = [str(each) for each, paths in DISCLOSED.get(audience, {}).items() if _named(path, paths)]
    return f"with `{data[0]}`" if data else "–"


def _named(path: str, paths: tuple[str, ...]) -> bool:
    return any(path == each or path.startswith(f"{each}.") for each in paths)


def message_calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Each call in the sources that makes a message: where it stands, the call, the function's name."""
    for path in sorted((ROOT / "kvisdocs").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node, node.func.id


def literal(call: ast.Call, number: int) -> str | None:
    """An argument of a call, where it is a text that is written out in it."""
    node = call.args[number] if number < len(call.args) else None
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def message_codes() -> dict[str, str]:
    """The text of each code that stands in the sources."""
    calls = (call for _, call, name in message_calls() if name == "message")
    return dict(sorted((literal(call, 0) or "", literal(call, 1) or "") for call in calls))


def codes_page() -> str:
    """A table for each area."""
    parts = [CODES_HEAD]
    for area, codes in groupby(message_codes().items(), key=lambda each: each[0].partition(".")[0]):
        rows = [f"| `{code}` | {_code_span(text)} |\n" for code, text in codes]
        parts.append(f"## {area}\n\n| Code | What is said |\n|---|---|\n{''.join(rows)}")
    return "\n".join(parts)


def _code_span(text: str) -> str:
    """The text as it stands, in one cell of a table."""
    named = re.sub(r"\{(\w+):[^}]*\}", r"{\1}", text).replace("{{", "{").replace("}}", "}")
    text = " ".join(named.split()).replace("|", "\\|")
    return f"`` {text} ``" if "`" in text else f"`{text}`"


CODES_FILE = ROOT / "tests" / "message_codes.txt"
RETIRED_HEAD = "\nRETIRED, each with its reason:\n"


def listed_codes() -> tuple[list[str], list[str]]:
    """The codes in tests/message_codes.txt, and the lines about those that are retired."""
    text = CODES_FILE.read_text(encoding="utf-8") if CODES_FILE.exists() else ""
    current, _, retired = text.partition(RETIRED_HEAD)
    return current.split(), retired.splitlines()


def codes_file() -> str:
    """The list with what is new. Nothing is taken out of it: a code is retired by hand."""
    current, retired = listed_codes()
    return (
        "\n".join(sorted({*current, *message_codes()})) + f"\n{RETIRED_HEAD}" + "".join(f"{each}\n" for each in retired)
    )


def schema_file(kind: str) -> str:
    """The schema of a kind of case as `kvisdocs schema` prints it."""
    return json.dumps(case_schema(kind), ensure_ascii=False, indent=2) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "docs/cli.md": cli_page,
    "docs/cases.md": cases_page,
    "docs/rules.md": rules_page,
    "docs/views.md": views_page,
    "docs/da/statistik.md": figures_page,
    "docs/problem-codes.md": codes_page,
    "tests/message_codes.txt": codes_file,
    "cases_yaml/schema/citizen.schema.json": partial(schema_file, "citizen"),
    "cases_yaml/schema/committee.schema.json": partial(schema_file, "committee"),
    "cases_yaml/schema/meeting.schema.json": partial(schema_file, "meeting"),
    "cases_yaml/schema/statistics.schema.json": partial(schema_file, "statistics"),
    "cases_yaml/schema/agreements.schema.json": partial(schema_file, "agreements"),
}
"""What is made, by its name in the checkout."""


def stale_pages() -> list[str]:
    """The names of the files that are not what the program says."""
    return [
        name
        for name, make in PAGES.items()
        if not (ROOT / name).exists() or (ROOT / name).read_text(encoding="utf-8") != make()
    ]


if __name__ == "__main__":
    if "--check" in sys.argv:
        stale = stale_pages()
        sys.exit(f"not current: {', '.join(stale)}; run python docs/generate.py" if stale else 0)
    for page, make in PAGES.items():
        (ROOT / page).parent.mkdir(exist_ok=True)
        (ROOT / page).write_text(make(), encoding="utf-8")
