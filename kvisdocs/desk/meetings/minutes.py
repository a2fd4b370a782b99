"""What came of a meeting: who was there and what was decided, in one form for the meeting's file and its items'."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kvisdocs.application.meeting.blanks import (
    Blank,
    change_by_answers,
    list_attendance,
    list_blanks,
    list_decisions,
    list_outcome,
    match_blanks,
    tidy_answers,
)
from kvisdocs.application.meeting.draft import Draft, read_draft
from kvisdocs.application.store.replacement import ChangedMeanwhileError, digest_of
from kvisdocs.cases.model.meeting import Attendance
from kvisdocs.desk.folder import NoSuchFileError
from kvisdocs.desk.forms import Pairs, answer_form, say_began_anew
from kvisdocs.desk.meetings.meeting_page import find_meeting
from kvisdocs.desk.meetings.saving import refuse_outside, save_changes
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
        refused: Sequence[Problem] = (), conflict: "Conflict | None" = None, status: int = 200,
    ) -> Response:  # fmt: skip
        """`answers` are what somebody wrote, by the names of the fields."""
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
            conflict=conflict,
            theirs=conflict.theirs if conflict else {},
            form=self.services.secrets.csrf,
        )

    def _keep(self, draft: Draft) -> dict[str, str]:
        files = {f"v.{index}": draft.files.get(entry.file, b"") for index, entry in enumerate(draft.entries)}
        return {name: self.versions.keep(data) for name, data in {"v.m": draft.data, **files}.items()}

    async def save(self, request: Request) -> Response:
        """The answers in all files, or in none and the form again."""
        name = request.query_params.get("fil", "")
        answer, show_again = partial(self._save, name), partial(self._show_again, name)
        return await answer_form(request, self.services.secrets, answer, show_again, MOST_FIELDS)

    def _show_again(self, name: str, sent: Pairs) -> Response:
        fields = dict(sent)
        draft = self._find_as_opened(name, fields)
        if draft is None:
            return self._tell_conflict(name, fields)
        answers = _read_answers(list_blanks(draft), fields)
        return self._form(name, draft, answers, said=say_began_anew("Gem"), status=403)

    def _find_as_opened(self, name: str, fields: Mapping[str, str]) -> Draft | None:
        """The meeting, if it and its items are as the form showed them."""
        try:
            _, draft = find_meeting(self.services, name)
        except NoSuchFileError:
            return None
        is_same = all(fields.get(key, "") == version for key, version in self._keep(draft).items())
        return draft if is_same else None

    def _save(self, name: str, sent: Pairs) -> Response:
        fields = dict(sent)
        draft = self._find_as_opened(name, fields)
        if draft is None:
            return self._tell_conflict(name, fields)
        blanks = list_blanks(draft)
        answers = _read_answers(blanks, fields)
        answered = {each.file for each in blanks if answers.get(each.name, each.value) != each.value}
        try:
            refuse_outside(self.services, (draft.path_of(each) for each in draft.entries if each.file in answered))
            save_changes(self.services, change_by_answers(draft, answers, self.services.assets))
        except ChangedMeanwhileError:
            return self._tell_conflict(name, fields)
        except KvisdocsError as error:
            return self._form(name, draft, answers, refused=error.problems, status=422)
        return RedirectResponse(address("/referat", fil=name, besked="gemt") + "#besked", 303)

    def _tell_conflict(self, name: str, fields: Mapping[str, str]) -> Response:
        """The form with what somebody wrote, and beside it what others have saved in the same fields.

        Raises NoSuchFileError where there is no meeting of that name, and never was one in the form.
        """
        path = self.services.folder.place(name)
        before = self._read_opened(path, fields)
        try:
            _, now = find_meeting(self.services, name)
        except NoSuchFileError:
            if before is None:
                raise
            blanks = list_blanks(before)
            own = _read_answers(blanks, fields)
            return self._form(name, before, own, conflict=Conflict(is_gone=True), status=409)
        if before is None and fields.get("v.m") != digest_of(now.data):  # nobody knows what its fields stood for
            sent = [(key, value) for key, value in fields.items() if key.startswith(("m.", "p")) and value.strip()]
            return self._form(name, now, conflict=Conflict(orphaned=sent), status=409)
        own, conflict = compare_answers(before or now, now, fields)
        return self._form(name, now, own, conflict=conflict, status=409)

    def _read_opened(self, path: Path, fields: Mapping[str, str]) -> Draft | None:
        """The meeting as the form showed it; None where that is forgotten."""
        data = self.versions.find(fields.get("v.m", ""))
        if data is None:
            return None
        entries = read_draft(data, path, self.services.assets).entries
        kept = {entry.file: self.versions.find(fields.get(f"v.{at}", "")) for at, entry in enumerate(entries)}
        known = {file: each for file, each in kept.items() if each is not None}
        return read_draft(data, path, self.services.assets, known)


@dataclass(frozen=True)
class Conflict:
    """What others did to a meeting while somebody wrote."""

    theirs: Mapping[str, str] = field(default_factory=dict)
    """What they saved in the fields that somebody filled in too, by their names."""
    orphaned: Sequence[tuple[str, str]] = ()
    """What somebody wrote in a field that is not there any more, with what it belonged to."""
    is_gone: bool = False
    """Whether there is no such meeting any more."""


def compare_answers(before: Draft, now: Draft, fields: Mapping[str, str]) -> tuple[dict[str, str], Conflict]:
    """What somebody wrote in a form of one version, by the names of the fields of a later one."""
    blanks = list_blanks(before)
    sent = _read_answers(blanks, fields)
    own: dict[str, str] = {}
    theirs: dict[str, str] = {}
    orphaned = []
    for old, new, owner in match_blanks(before, now):
        answer = sent.get(old.name, old.value)
        if answer == old.value:
            continue
        if new is None:
            orphaned.append((owner, answer))
            continue
        own[new.name] = answer
        if new.value not in (answer, old.value):
            theirs[new.name] = new.value
    return own, Conflict(theirs, [each for each in orphaned if each[1]])


def _read_answers(blanks: Sequence[Blank], fields: Mapping[str, str]) -> dict[str, str]:
    """What the fields of a form answer; of boxes that are not ticked, no browser sends any."""
    flags = {each.name: "" for each in blanks if each.path[-1] == "released"}
    return tidy_answers(blanks, {**flags, **fields})
