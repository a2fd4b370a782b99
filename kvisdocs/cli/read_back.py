"""`kvisdocs read-back`: what somebody wrote in a Word file, back into its case."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import parse_day, templates_option
from kvisdocs.cli.terminal.report import refuse_usage, show, show_problems, shown
from kvisdocs.messages import N_, Message, counted
from kvisdocs.problems import KvisdocsError, UnknownNameError, join_clauses

if TYPE_CHECKING:
    from kvisdocs.application.read_back.comparison import Comparison
    from kvisdocs.application.read_back.proof import Field


@click.command(name="read-back", cls=TranslatedCommand)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--case",
    metavar="CASE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The case that FILE was made from, where the output folder does not tell.",
)
@click.option("-d", "--document", metavar="DOCUMENT", help="Which document FILE is, where its name does not tell.")
@click.option(
    "--date", "day", metavar="YYYY-MM-DD", callback=parse_day, help="The letter date; that of FILE unless said."
)
@click.option("--apply", "applies", is_flag=True, help="Write what can be written into the case.")
@click.option("--anyway", is_flag=True, help="With --apply: also into a case that was changed after FILE was made.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@templates_option
def read_back(
    file: Path,
    case: Path | None,
    document: str | None,
    day: date | None,
    applies: bool,
    anyway: bool,
    as_json: bool,
    templates: Path | None,
) -> None:
    """Read edits of a Word file back into its case.

    FILE is a .docx that kvisdocs made and somebody edited. Each field (content control) that says something else than
    the case is shown with the line of the case; --apply writes it there, where the document then says just that, and
    leaves the remarks and all other lines of the case alone. What was changed outside of fields is shown and stands in
    FILE alone, which is never written. Exits with 1 if something was changed that the case cannot take.

    Example:

    \b
        kvisdocs read-back output/anna-prøve/follow-up-plan.docx --apply
    """
    from kvisdocs.application.read_back.comparison import apply
    from kvisdocs.application.read_back.comparison import read_back as compare_file
    from kvisdocs.application.template_folders import find_assets

    try:
        found = compare_file(file, find_assets(templates), case, document, day)
        problems = list(found.problems)
        if applies:
            try:
                found = apply(found, anyway)
            except KvisdocsError as error:
                problems += error.problems
    except UnknownNameError as error:
        raise refuse_usage(error.what, error.todo, "'-d' / '--document'") from None
    except KvisdocsError as error:
        show_problems(error.problems)
        sys.exit(1)
    show_problems(problems)
    if as_json:
        click.echo(json.dumps(_as_dict(found), ensure_ascii=False).encode("utf-8", "backslashreplace"))
    else:
        _show(found)
    is_refused = applies and bool(found.edits) and not any(each.applied for each in found.fields)
    sys.exit(0 if found.is_settled and not is_refused else 1)


def _show(found: "Comparison") -> None:
    said = N_(
        "{file} beside {document} of {case}, {day}",
        file=found.file,
        document=found.origin.document,
        case=found.origin.case,
        day=found.origin.day,
    )
    _say(said)
    for each in found.fields:
        change = each.change
        click.echo()
        _say(N_('field "{title}", {place}: {position}', title=change.title, place=change.place, position=each.position))
        _say(N_("case:   {text}", text=_indented(change.before)))
        _say(N_("file:   {text}", text=_indented(change.after)))
        _say(_outcome(each))
    for text in found.texts:
        click.echo()
        _say(N_("outside of fields, {place}:", place=text.place))
        _say(N_("before: {text}", text=text.before) if text.before else N_("before: nothing"))
        _say(N_("after:  {text}", text=text.after) if text.after else N_("after:  nothing; it was deleted"))
    for comment in found.comments:
        click.echo()
        _say(N_("a comment in the margin: {text}", text=comment))
    click.echo()
    show(_summary(found))


def _outcome(field: "Field") -> Message:
    if field.applied:
        return N_("written into the case")
    if field.edit is not None:
        return N_("can be written into the case with --apply")
    return N_("cannot be written into the case: {why}", why=field.fault)


def _summary(found: "Comparison") -> Message:
    """`2 fields changed, 1 written; 1 change outside of fields stands in the Word file alone, which is as it was`."""
    if not found.fields and not found.texts:
        return N_("the Word file says what the case says")
    number, written = len(found.fields), sum(each.applied for each in found.fields)
    parts = [
        counted(
            number,
            "{number} field is changed, {written} written into the case",
            "{number} fields are changed, {written} written into the case",
            written=written,
        )
    ]
    if found.texts:
        parts.append(
            counted(
                len(found.texts),
                "{number} change outside of fields stands in the Word file alone, which is left as it is",
                "{number} changes outside of fields stand in the Word file alone, which is left as it is",
            )
        )
    return join_clauses(parts)


def _indented(text: str) -> str:
    return text.replace("\n", " ¶ ") if text else "–"


def _say(said: Message) -> None:
    click.echo(shown(said))


def _as_dict(found: "Comparison") -> dict[str, object]:
    origin = found.origin
    return {
        "file": str(found.file),
        "case": str(origin.case),
        "document": origin.document,
        "date": origin.day.isoformat(),
        "case_changed": origin.changed,
        "fields": [
            {
                "field": each.change.name,
                "title": each.change.title,
                "place": str(each.change.place),
                "before": each.change.before,
                "after": each.change.after,
                "file": each.position.file,
                "line": each.position.line,
                "column": each.position.column,
                "path": list(each.edit.path) if each.edit else None,
                "value": getattr(each.edit, "value", None),
                "applied": each.applied,
                "code": each.fault.code if each.fault else None,
                "why": str(each.fault) or None,
            }
            for each in found.fields
        ],
        "texts": [{"place": str(each.place), "before": each.before, "after": each.after} for each in found.texts],
        "comments": list(found.comments),
    }
