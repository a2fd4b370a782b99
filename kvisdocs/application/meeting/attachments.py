"""The PDFs that an item has as attachments: looked at with the item alone, and read whole for its meeting."""

from dataclasses import replace
from pathlib import Path

from kvisdocs.application.item_figures import supply_figures
from kvisdocs.application.related import Reference, Related, read_files
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.model.meeting import CommitteeMeeting, MeetingEntry
from kvisdocs.messages import N_, message
from kvisdocs.problems import Problem
from kvisdocs.templating.html import Assets
from kvisdocs.templating.meetings.items import list_attachments, name_attachment, read_item, show_entry

PDF = b"%PDF-"


def supply_item(loaded: LoadedCase, file: Path, assets: Assets) -> tuple[Related, list[Problem]]:
    """What goes with an item alone: its figures. Its attachments are only looked at, and go with its meeting."""
    item = loaded.case
    assert isinstance(item, CommitteeItem)
    related, problems = supply_figures(loaded, file, assets)
    _, missing = _read(item, loaded, file, most=len(PDF))
    return related, [*problems, *missing]


def read_attachments(loaded: LoadedCase, file: Path) -> tuple[Related, list[Problem]]:
    """The attachments of all items by the names that the meeting would give them; errors stand in the item's file."""
    meeting = loaded.case
    assert isinstance(meeting, CommitteeMeeting)
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for entry in meeting.items:
        item, source = read_item(show_entry(loaded, entry), loaded.related[entry.file])
        read, wrong = _read(item, replace(loaded, source=source), file, entry)
        found |= read
        problems += wrong
    return found, problems


def _read(
    item: CommitteeItem, loaded: LoadedCase, file: Path, entry: MeetingEntry | None = None, most: int = -1
) -> tuple[Related, list[Problem]]:
    """The files of an item's attachments, or their first bytes: seen from its folder, or as a meeting's entry."""
    references = [
        Reference((*path, "file"), name_attachment(entry, each.file) if entry else each.file)
        for path, each in list_attachments(item)
        if each.file is not None
    ]
    found, problems = read_files(references, loaded, file, most)
    for reference in references:
        if not found.get(reference.name, PDF).startswith(PDF):
            what = message("meeting.attachment.no_pdf", '"{name}" is no PDF', name=reference.name)
            problems.append(Problem(loaded.source.locate(reference.path), what, N_("save it as a PDF")))
    return found, problems
