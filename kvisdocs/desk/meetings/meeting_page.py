"""What the page of a meeting shows: its items in order, each with what is wrong with it, and by when it is sent out."""

import os
import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from starlette.responses import Response

from kvisdocs.application.meeting.draft import Draft, Row, read_draft
from kvisdocs.application.meeting.notice import Deadline
from kvisdocs.application.meeting.summary import find_deadlines
from kvisdocs.desk.clock import today
from kvisdocs.desk.folder import NoSuchFileError
from kvisdocs.desk.meetings.meeting_list import FoundReview, find_loose_items
from kvisdocs.desk.meetings.versions import Versions
from kvisdocs.desk.pages import show
from kvisdocs.desk.services import Services
from kvisdocs.problems import KvisdocsError, Problem

MOST_LOOSE = 20
"""So many items that are on no meeting are shown at once; for the others one searches."""

PAPERS = {
    "sent_out": "Dagsordenen",
    "material_sent_out": "Materialet til punkterne",
    "supplement_sent_out": "Tillægsdagsordenen",
}
"""What is sent out, by the field that says when."""


DOCUMENTS = ("agenda", "supplementary-agenda", "minutes", "protocol", "extract", "attachments")
"""In this order a meeting's documents are made; others come last."""


@dataclass(frozen=True)
class Line:
    """A row of the agenda, as the page has it."""

    row: Row
    file: str
    """The item's file as the desk names it; empty where it has none, or it lies elsewhere."""
    problems: tuple[Problem, ...]
    place: int
    """Its place in its part of the agenda, from 0; -1 of what cannot be moved."""
    is_last: bool

    @property
    def index(self) -> int:
        """Its place in the file's list."""
        return self.row.slot.index


@dataclass(frozen=True)
class Said:
    """What a step came to."""

    text: str = ""
    at: int = -1
    """The place in the list of the item that was moved, which gets the focus; -1: the text gets it."""
    step: str = ""


@dataclass(frozen=True)
class MeetingPage:
    """The page of one meeting."""

    services: Services
    versions: Versions

    def show(
        self, name: str, said: Said | None = None, words: str = "", refused: Sequence[Problem] = (), status: int = 200
    ) -> Response:
        """A meeting. Raises NoSuchFileError for what is none."""
        path, draft = find_meeting(self.services, name)
        data, day = draft.data, today()
        review = self.services.reviews.one(path, data, day)
        lines = self._lines(name, draft, review.problems)
        told = {problem for line in lines for problem in line.problems}
        loose, left = self._find_loose(draft, words)
        return show(
            "meetings/meeting.html.j2",
            status,
            name=name,
            name_of=self.services.folder.name_of,
            draft=draft,
            review=review,
            agenda=[line for line in lines if not line.row.is_supplement],
            supplement=[line for line in lines if line.row.is_supplement],
            problems=[problem for problem in review.problems if problem not in told],
            offers=sorted(review.offers, key=lambda offer: _order(offer.name)),
            deadlines=[_describe(each, day) for each in find_deadlines(draft)],
            notice=draft.meetings.notice,
            numbers_differ=any(row.has_other_number for row in draft.rows),
            loose=loose,
            left=left,
            words=words,
            digest=self.versions.keep(data),
            can_undo=self.services.saver.can_undo(path, data),
            said=said or Said(),
            refused=refused,
            form=self.services.secrets.csrf,
        )

    def _lines(self, name: str, draft: Draft, problems: Sequence[Problem]) -> list[Line]:
        found: dict[str, list[Problem]] = {}
        for problem in problems:
            found.setdefault(os.path.normpath(problem.position.file), []).append(problem)
        lines = []
        for row in draft.rows:
            if row.entry is None:
                lines.append(Line(row, "", (), -1, is_last=True))
                continue
            path = draft.path_of(row.entry)
            part = draft.find_part(row.slot.index)
            place = part.index(row.slot.index)
            own = tuple(found.get(os.path.normpath(path), ()))
            lines.append(Line(row, self.name_item(name, row.entry.file), own, place, place == len(part) - 1))
        return lines

    def name_item(self, name: str, file: str) -> str:
        """An item's file as the desk names it; empty where it does not lie in the folder."""
        found = posixpath.normpath(posixpath.join(posixpath.dirname(name), file))
        try:
            self.services.folder.find(found)
        except NoSuchFileError:
            return ""
        return found

    def _find_loose(self, draft: Draft, words: str) -> tuple[list[FoundReview], int]:
        """The items on no meeting that fit the words, those of this meeting first, and how many more there are."""
        here = {os.path.realpath(draft.path_of(each)) for each in draft.entries}
        wanted = words.casefold().split()
        found = [
            (file, review)
            for file, review in find_loose_items(self.services.reviews.all(today()))
            if os.path.realpath(file.path) not in here
            and review.municipality in ("", draft.meeting.municipality)
            and all(word in f"{file.name} {review.title}".casefold() for word in wanted)
        ]
        found.sort(key=lambda each: _nearness(draft, each))
        return found[:MOST_LOOSE], len(found) - MOST_LOOSE


def _order(document: str) -> tuple[int, str]:
    found = document.removesuffix("-whole")
    return DOCUMENTS.index(found) if found in DOCUMENTS else len(DOCUMENTS), document


def _nearness(draft: Draft, found: FoundReview) -> tuple[bool, bool, str]:
    file, review = found
    item = review.item
    is_meant = item is not None and item.day == draft.says("date")
    return not is_meant, item is None, file.name.casefold()


@dataclass(frozen=True)
class Told:
    """A last day, in words."""

    paper: str
    deadline: Deadline
    is_late: bool


def _describe(deadline: Deadline, day: date) -> Told:
    return Told(PAPERS[deadline.key], deadline, deadline.is_late(day))


def find_meeting(services: Services, name: str) -> tuple[Path, Draft]:
    """A meeting's file. Raises NoSuchFileError for what is none."""
    path, data = services.folder.read(name)
    try:
        return path, read_draft(data, path, services.assets)
    except KvisdocsError:
        raise NoSuchFileError(name) from None
