"""A new meeting from a form of when and where; the members are those of the committee's meeting before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kvisdocs.application.meeting.arrange import change
from kvisdocs.application.meeting.draft import read_draft
from kvisdocs.application.scaffold.case_file import find_choices
from kvisdocs.application.scaffold.meeting import NewMeeting, make_meeting_files, order_items, parse_new_meeting
from kvisdocs.cases.load import inspect_case
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.model.meeting import MeetingMember
from kvisdocs.cases.spellings.normalisation import fold
from kvisdocs.desk.cases.new_case import place_new_file
from kvisdocs.desk.clock import today
from kvisdocs.desk.forms import Pairs, answer_form, say_began_anew
from kvisdocs.desk.meetings.meeting_list import FoundReview, find_loose_items
from kvisdocs.desk.meetings.saving import created, save_changes
from kvisdocs.desk.pages import address, show
from kvisdocs.desk.services import Services
from kvisdocs.problems import KvisdocsError, Problem

FIELDS = {"committee": "Udvalg", "date": "Dag", "start": "Mødet begynder", "place": "Sted"}
"""What the form asks for besides the municipality, by the key in the meeting."""

HINTS = {"date": "For eksempel 4. november 2026 eller 4-11-2026", "start": "For eksempel 16:00"}


@dataclass(frozen=True)
class NewMeetingPages:
    """The form, and the meeting that is laid out of it."""

    services: Services

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        return [Route("/moede/nyt", self.ask, methods=["GET"]), Route("/moede/nyt", self.create, methods=["POST"])]

    def ask(self, request: Request) -> Response:
        """An empty form; the municipality is that of the other meetings, where they have one."""
        found = self.services.reviews.all(today())
        names = {review.municipality for _, review in found if review.kind in ("meeting", "committee")} - {""}
        return self._form({"municipality": names.pop() if len(names) == 1 else ""})

    def _form(self, filled: Mapping[str, str], problems: Sequence[Problem] = (), said: str = "") -> Response:
        reviews = self.services.reviews.all(today())
        committees = {review.meeting.committee for _, review in reviews if review.meeting is not None}
        return show(
            "meetings/new.html.j2",
            422 if problems else 403 if said else 200,
            fields=FIELDS,
            hints=HINTS,
            municipalities=find_choices(self.services.assets)["municipality"],
            committees=sorted(filter(None, committees)),
            filled=filled,
            problems=problems,
            said=said,
            form=self.services.secrets.csrf,
        )

    async def create(self, request: Request) -> Response:
        """The meeting, or the form again with what is wrong."""
        return await answer_form(request, self.services.secrets, self._create, self._show_again)

    def _show_again(self, sent: Pairs) -> Response:
        return self._form(dict(sent), said=say_began_anew("Lav mødet"))

    def _create(self, sent: Pairs) -> Response:
        fields = dict(sent)
        try:
            file = place_new_file(self.services.folder, fields.get("navn", ""))
            asked = ("municipality", *FIELDS)
            meeting = parse_new_meeting(tuple(f"{key}={fields[key]}" for key in asked if fields.get(key, "").strip()))
            reviews = self.services.reviews.all(today())
            meeting = replace(meeting, members=self._find_members(meeting, reviews))
            made = make_meeting_files(meeting, _find_items(meeting, reviews), file, self.services.assets)
            with created(self.services, made):
                draft = read_draft(made[file], file, self.services.assets)
                save_changes(self.services, change(draft, [], self.services.assets))
        except KvisdocsError as error:
            return self._form(fields, error.problems)
        name = file.relative_to(self.services.folder.root).as_posix()
        return RedirectResponse(address("/moede", fil=name, besked="ny") + "#besked", 303)

    def _find_members(self, meeting: NewMeeting, reviews: Sequence[FoundReview]) -> tuple[MeetingMember, ...]:
        """Those of the committee's latest meeting."""
        found = [
            (review.meeting.day or date.min, file.path)
            for file, review in reviews
            if review.meeting is not None
            and review.municipality == meeting.municipality
            and fold(review.meeting.committee or "") == fold(meeting.committee)
        ]
        for _, path in sorted(found, reverse=True):
            try:
                draft = read_draft(path.read_bytes(), path, self.services.assets)
            except (OSError, KvisdocsError):
                continue
            if draft.says("members"):
                return draft.meeting.members
        return ()


def _find_items(meeting: NewMeeting, reviews: Sequence[FoundReview]) -> list[tuple[Path, CommitteeItem]]:
    """The items on no meeting that say this one's committee and day, by their numbers."""
    found = []
    for file, review in find_loose_items(reviews):
        item = review.item
        if item is None or review.municipality != meeting.municipality or item.day != meeting.day:
            continue
        read = inspect_case(file.path).case
        if fold(item.committee) == fold(meeting.committee) and read and isinstance(read.case, CommitteeItem):
            found.append((file.path, read.case))
    return order_items(found)
