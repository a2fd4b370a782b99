"""`kvisdocs meeting show`: the items of a meeting in order, what is wrong with them, and by when they are sent out."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kvisdocs.cli.meetings.common import file_argument, open_meeting
from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import loudness_options, templates_option
from kvisdocs.cli.terminal.report import count_errors, show, show_problems, told_problems
from kvisdocs.messages import N_, Message, listed

if TYPE_CHECKING:
    from kvisdocs.application.meeting.draft import Draft, Row
    from kvisdocs.application.meeting.notice import Deadline

PAPERS = {
    "sent_out": N_("the agenda"),
    "material_sent_out": N_("the material"),
    "supplement_sent_out": N_("the supplementary agenda"),
}
"""What is sent out, by the field that says when."""


@click.command(cls=TranslatedCommand, name="show")
@file_argument
@click.option(
    "--items", "folder", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Name also the items of this folder that are on no meeting of it.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@templates_option
@loudness_options
def show_meeting(file: Path, folder: Path | None, as_json: bool, templates: Path | None) -> None:
    """Show the items of a meeting in order.

    Each with its number and file, then the last days for sending the papers out, and on standard error what is wrong.
    Exits with 1 if there is an error.

    Example:

    \b
        kvisdocs meeting show cases_yaml/moede.yaml
    """
    from kvisdocs.application.meeting.summary import find_deadlines, list_loose_items
    from kvisdocs.application.reading import find_case_reader

    with told_problems():
        draft, assets = open_meeting(file, templates)
        _, problems = find_case_reader(assets).read_bytes(draft.data, file)
        loose = list_loose_items(folder, assets) if folder is not None else []
    show_problems(problems)
    deadlines, today = find_deadlines(draft), date.today()  # noqa: DTZ011  (the town hall's own day is meant)
    if as_json:
        told = _as_dict(draft, deadlines, loose)
        click.echo(json.dumps(told, ensure_ascii=False).encode("utf-8", "backslashreplace"))
    else:
        for line in _say(draft, deadlines, today, loose):
            show(line, err=False, always=True)
    sys.exit(1 if count_errors(problems) else 0)


def _say(draft: "Draft", deadlines: "tuple[Deadline, ...]", day: date, loose: list[Path]) -> Iterator[Message]:
    meeting = draft.meeting
    known = [draft.says("committee"), draft.says("date"), draft.says("start") and f"{meeting.start:%H:%M}"]
    yield listed(str(each) for each in [*known, draft.says("place")] if each)
    for row in draft.rows:
        yield _say_row(row)
    for each in deadlines:
        yield _say_deadline(each, day)
    for path in loose:
        yield N_("on no meeting: {file}", file=path)


def _say_row(row: "Row") -> Message:
    marks = [
        N_("at every meeting") if row.entry is None else row.entry.file,
        N_("supplementary agenda") if row.is_supplement else None,
        N_("closed") if row.is_closed else None,
        N_("new version") if row.entry is not None and row.entry.revises else None,
        N_("taken off") if row.entry is not None and row.entry.withdrawn else None,
        N_("its file says number {number}", number=row.item.number) if row.item and row.has_other_number else None,
    ]
    return N_("{number}. {title} ({marks})", number=row.number, title=row.title, marks=listed(filter(None, marks)))


def _say_deadline(deadline: "Deadline", day: date) -> Message:
    paper, is_late = PAPERS[deadline.key], deadline.is_late(day)
    if deadline.sent is not None:
        late = N_("sent out {day}, too late", day=deadline.sent)
        state = late if is_late else N_("sent out {day}", day=deadline.sent)
    else:
        state = N_("not sent out, too late") if is_late else N_("not sent out yet")
    return N_("{paper}: to be sent out by {latest}; {state}", paper=paper, latest=deadline.latest, state=state)


def _as_dict(draft: "Draft", deadlines: "tuple[Deadline, ...]", loose: list[Path]) -> dict[str, Any]:
    start = draft.says("start")
    return {
        "file": str(draft.file),
        "committee": draft.says("committee"),
        "date": draft.says("date") and str(draft.meeting.date),
        "start": start and f"{start:%H:%M}",
        "place": draft.says("place"),
        "items": [
            {
                "number": row.number,
                "title": row.title,
                "file": row.entry.file if row.entry else None,
                "supplement": row.is_supplement,
                "closed": row.is_closed,
            }
            for row in draft.rows
        ],
        "deadlines": [
            {"field": each.key, "latest": str(each.latest), "sent": each.sent and str(each.sent)} for each in deadlines
        ],
        "loose": [str(path) for path in loose],
    }
