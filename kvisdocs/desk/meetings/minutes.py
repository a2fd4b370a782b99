"""What came of a meeting: who was there and what was decided, in one form for the meeting's file and its items'."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kvisdocs.application.meeting.blanks import (
    change_by_answers,
    list_attendance,
    list_blanks,
    list_decisions,
    list_outcome,
    tidy_answers,
)
from kvisdocs.application.meeting.draft import Draft, read_draft
from kvisdocs.application.store.replacement import ChangedMeanwhileError
from kvisdocs.cases.model.meeting import Attendance
from kvisdocs.desk.forms import read_form
from kvisdocs.desk.meetings.meeting_page import find_meeting
from kvisdocs.desk.meetings.saving import save_changes
from kvisdocs.desk.meetings.versions import Versions
from kvisdocs.desk.pages import address, show
from kvisdocs.desk.services import Services
from kvisdocs.problems import KvisdocsError, Problem

MOST_FIELDS = 3000
"""Of a meeting with two hundred items."""


@dataclass(frozen=True)
class MinutesPages:
    """The form."""

    services: Services
    versions: Versions = field(default_factory=Versions)

    @property
    def routes(self) -> list[Route]:
        """Its address."""
        return [Route("/referat", self.ask, methods=["GET"]), Route("/referat", self.save, methods=["POST"])]

    def ask(self, request: Request) -> Response:
        """The form with what the files say."""
        name = request.query_params.get("fil", "")
        _, draft = find_meeting(self.services, name)
        return self._form(name, draft, said="Gemt." if request.query_params.get("besked") == "gemt" else "")

    def _form(
        self, name: str, draft: Draft, answers: Mapping[str, str] | None = None, said: str = "",
        refused: Sequence[Problem] = (), theirs: Mapping[str, str] | None = None, status: int = 200,
    ) -> Response:  # fmt: skip
        """`answers` are what somebody wrote, `theirs` what others saved meanwhile, by the names of the fields."""
        known = {each.name: each.value for each in list_blanks(draft)}
        return show(
            "meetings/minutes.html.j2",
            status,
            name=name,
            draft=draft,
            outcome=list_outcome(draft),
            members=list_attendance(draft),
            rows=[(row, list_decisions(row, draft)) for row in draft.rows],
            values={**known, **(answers or {})},
            attendance={str(each): each.danish for each in Attendance},
            versions=self._keep(draft),
            said=said,
            refused=refused,
            is_conflict=status == 409,
            theirs=theirs or {},
            form=self.services.secrets.csrf,
        )

    def _keep(self, draft: Draft) -> dict[str, str]:
        files = {f"v.{index}": draft.files.get(entry.file, b"") for index, entry in enumerate(draft.entries)}
        return {name: self.versions.keep(data) for name, data in {"v.m": draft.data, **files}.items()}

    async def save(self, request: Request) -> Response:
        """The answers in all files, or in none and the form again."""
        fields = await read_form(request, self.services.secrets, MOST_FIELDS)
        return await run_in_threadpool(self._save, request.query_params.get("fil", ""), fields)

    def _save(self, name: str, fields: Mapping[str, str]) -> Response:
        path, draft = find_meeting(self.services, name)
        blanks = list_blanks(draft)
        flags = {
            each.name: "" for each in blanks if each.path[-1] == "released"
        }  # a box that is not ticked is not sent
        answers = tidy_answers(blanks, {**flags, **fields})
        if any(fields.get(key, "") != version for key, version in self._keep(draft).items()):
            return self._tell_conflict(name, path, draft, answers, fields)
        try:
            save_changes(self.services, change_by_answers(draft, answers, self.services.assets))
        except ChangedMeanwhileError:
            _, now = find_meeting(self.services, name)
            return self._tell_conflict(name, path, now, answers, fields)
        except KvisdocsError as error:
            return self._form(name, draft, answers, refused=error.problems, status=422)
        return RedirectResponse(address("/referat", fil=name, besked="gemt") + "#besked", 303)

    def _tell_conflict(
        self, name: str, path: Path, now: Draft, answers: Mapping[str, str], fields: Mapping[str, str]
    ) -> Response:
        """The form with what somebody wrote, and beside it what others have saved in the same fields."""
        before = self._read_opened(path, fields) or now
        old = {each.name: each.value for each in list_blanks(before)}
        own = {key: value for key, value in answers.items() if value != old.get(key)}
        theirs = {
            each.name: each.value
            for each in list_blanks(now)
            if each.name in own and each.value not in (own[each.name], old.get(each.name))
        }
        return self._form(name, now, own, theirs=theirs, status=409)

    def _read_opened(self, path: Path, fields: Mapping[str, str]) -> Draft | None:
        """The meeting as the form showed it; None where that is forgotten."""
        data = self.versions.find(fields.get("v.m", ""))
        if data is None:
            return None
        entries = read_draft(data, path, self.services.assets).entries
        kept = {entry.file: self.versions.find(fields.get(f"v.{at}", "")) for at, entry in enumerate(entries)}
        known = {file: each for file, each in kept.items() if each is not None}
        return read_draft(data, path, self.services.assets, known)
