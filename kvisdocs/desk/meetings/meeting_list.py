"""The list of meetings, and the items that are on none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kvisdocs.application.meeting.summary import MeetingSummary, find_loose
from kvisdocs.desk.cases.review import Review
from kvisdocs.desk.clock import today
from kvisdocs.desk.folder import CaseFile
from kvisdocs.desk.pages import show
from kvisdocs.desk.services import Services

FoundReview = tuple[CaseFile, Review]


@dataclass(frozen=True)
class MeetingListPages:
    """The list of meetings."""

    services: Services

    @property
    def routes(self) -> list[Route]:
        """Its address."""
        return [Route("/moeder", self.show_list)]

    def show_list(self, request: Request) -> Response:
        """All meetings of the folder, the next one first, those that were held last."""
        day = today()
        found = self.services.reviews.all(day)
        rows = [(file, review) for file, review in found if review.kind == "meeting"]
        return show(
            "meetings/list.html.j2",
            folder=self.services.folder.root.resolve().name,
            rows=sorted(rows, key=lambda row: _order(row, day)),
            items=sum(review.kind == "committee" for _, review in found),
            loose=len(find_loose_items(found)),
            pending=sum(review.is_pending for _, review in found),
            state=find_state,
            day=day,
        )


def _order(row: FoundReview, day: date) -> tuple[bool, int, str]:
    """Meetings to come from the nearest on, then those that were from the latest back."""
    file, review = row
    held = review.meeting.day if review.meeting else None
    if held is None:
        return False, 0, file.name
    return held < day, abs((held - day).days), file.name


def find_state(meeting: MeetingSummary) -> str:
    """How far a meeting is, in Danish."""
    if meeting.approved is not None:
        return "Referatet er godkendt"
    if meeting.held:
        return "Holdt"
    return "Dagsordenen er sendt ud" if meeting.sent is not None else "Under forberedelse"


def find_loose_items(found: Sequence[FoundReview]) -> list[FoundReview]:
    """The items of the folder that no meeting of it names."""
    items = [file.name for file, review in found if review.kind == "committee"]
    meetings = {file.name: review.meeting for file, review in found if review.meeting is not None}
    loose = find_loose(items, meetings)
    return [(file, review) for file, review in found if file.name in loose]
