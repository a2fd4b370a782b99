"""A new item for a meeting: laid out as `kvisdocs new item` does, and put on at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kvisdocs.application.meeting.arrange import add_item, change
from kvisdocs.application.meeting.draft import Draft
from kvisdocs.application.scaffold.answers import parse_given
from kvisdocs.application.scaffold.case_file import find_choices, make_case_files
from kvisdocs.application.store.replacement import ChangedMeanwhileError
from kvisdocs.desk.cases.new_case import place_new_file
from kvisdocs.desk.forms import Pairs, answer_form, say_began_anew
from kvisdocs.desk.meetings.meeting_page import find_meeting
from kvisdocs.desk.meetings.saving import created, save_changes
from kvisdocs.desk.pages import address, show
from kvisdocs.desk.services import Services
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem


@dataclass(frozen=True)
class NewItemPages:
    """The form, and the item that is laid out of it."""

    services: Services

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/moede/nyt-punkt", self.ask, methods=["GET"]),
            Route("/moede/nyt-punkt", self.create, methods=["POST"]),
        ]

    def ask(self, request: Request) -> Response:
        """An empty form."""
        name = request.query_params.get("fil", "")
        _, draft = find_meeting(self.services, name)
        folder = name.rpartition("/")[0]
        return self._form(name, draft, {"navn": f"{folder}/" if folder else ""})

    def _form(
        self, name: str, draft: Draft, filled: Mapping[str, str], problems: Sequence[Problem] = (), said: str = ""
    ) -> Response:
        return show(
            "meetings/new_item.html.j2",
            422 if problems else 403 if said else 200,
            name=name,
            draft=draft,
            filled=filled,
            problems=problems,
            said=said,
            form=self.services.secrets.csrf,
        )

    async def create(self, request: Request) -> Response:
        """The item on its meeting, or the form again with what is wrong."""
        name = request.query_params.get("fil", "")
        answer, show_again = partial(self._create, name), partial(self._show_again, name)
        return await answer_form(request, self.services.secrets, answer, show_again)

    def _show_again(self, name: str, sent: Pairs) -> Response:
        _, draft = find_meeting(self.services, name)
        return self._form(name, draft, dict(sent), said=say_began_anew("Lav punktet"))

    def _create(self, name: str, sent: Pairs) -> Response:
        fields = dict(sent)
        _, draft = find_meeting(self.services, name)
        is_supplement = fields.get("tillaeg") == "ja"
        try:
            file = place_new_file(self.services.folder, fields.get("navn", ""))
            if not (title := fields.get("title", "").strip()):
                what = message("desk.item.no_title", "the item has no title")
                raise KvisdocsError(Problem(Position(""), what, N_("write what it is about")))
            known = parse_given((f"title={title}",), "committee", _take_over(draft))
            choices = find_choices(self.services.assets)
            made = make_case_files("committee", file, known, {}, choices, self.services.assets)
            with created(self.services, made.files):
                edits = add_item(draft, file, is_supplement)
                save_changes(self.services, change(draft, edits, self.services.assets, joins=file))
        except ChangedMeanwhileError:  # the item is there, and can be put on
            return RedirectResponse(address("/moede", fil=name, besked="kun-lavet") + "#besked", 303)
        except KvisdocsError as error:
            return self._form(name, draft, fields, error.problems)
        return RedirectResponse(address("/moede", fil=name, besked="nyt-punkt") + "#besked", 303)


def _take_over(draft: Draft) -> dict[tuple[str, ...], str]:
    """What a meeting says of its items."""
    known = {("municipality",): draft.says("municipality"), ("meeting", "committee"): draft.says("committee")}
    known["number",] = "1"  # until it has its place
    if (day := draft.says("date")) is not None:
        known["meeting", "date"] = day.isoformat()
    if (start := draft.says("start")) is not None:
        known["meeting", "time"] = f"{start:%H:%M}"
    if (place := draft.says("place")) is not None:
        known["meeting", "place"] = place
    return {path: value for path, value in known.items() if value is not None}
