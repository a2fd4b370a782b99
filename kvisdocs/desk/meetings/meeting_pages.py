"""The page of a meeting, and the steps by which it is put in order."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kvisdocs.application.meeting.arrange import (
    add_item,
    change,
    move_item,
    remove_item,
    set_supplement,
)
from kvisdocs.application.meeting.draft import Draft, read_draft
from kvisdocs.application.store.replacement import ChangedMeanwhileError, digest_of
from kvisdocs.cases.yaml.edit import Edit
from kvisdocs.desk.conflict import show_conflict
from kvisdocs.desk.forms import BrokenFormError, read_form
from kvisdocs.desk.meetings.meeting_page import MeetingPage, Said, find_meeting
from kvisdocs.desk.meetings.saving import save_changes
from kvisdocs.desk.meetings.versions import Versions
from kvisdocs.desk.pages import address
from kvisdocs.desk.services import Services
from kvisdocs.desk.text import open_text
from kvisdocs.problems import KvisdocsError

SAID = {
    "ny": "Mødet er lavet. Se medlemmerne efter under mødets felter, og sæt punkterne på.",
    "sat-paa": "Punktet er sat på mødet.",
    "nyt-punkt": "Punktet er lavet og sat på mødet. Åbn det, og udfyld det, der er mærket UDFYLD.",
    "kun-lavet": "Punktet er lavet, men nogen ændrede mødet imens. Sæt punktet på nedenfor.",
    "fjernet": "Punktet er taget af mødet. Filen ligger, hvor den lå.",
    "tillaeg": "Punktet er flyttet til tillægsdagsordenen.",
    "dagsorden": "Punktet er flyttet til dagsordenen.",
    "numre": "Punkternes egne numre er rettet.",
    "gemt": "Gemt.",
    "fortrudt": "Det seneste skridt er fortrudt.",
    "intet": "Der er ikke noget at fortryde.",
}
"""What a step came to."""

STEPS = ("op", "ned", "flyt", "fjern", "tillaeg", "dagsorden", "tilfoej", "tilfoej-tillaeg", "numre")


@dataclass(frozen=True)
class Step:
    """One thing that somebody does with a meeting."""

    name: str
    index: int = -1
    place: int = 0
    item: str = ""

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> "Step":
        """The step of a form. Raises BrokenFormError."""
        name, item = fields.get("skridt", ""), fields.get("fil", "")
        numbers = [fields.get("punkt", "") or "0", fields.get("plads", "") or "0"]
        if name not in STEPS or not all(each.isascii() and each.isdigit() and len(each) < 6 for each in numbers):
            raise BrokenFormError
        return cls(name, int(numbers[0]), int(numbers[1]), item)

    @property
    def is_move(self) -> bool:
        """Whether an item gets another place in its part."""
        return self.name in ("op", "ned", "flyt")

    def edit(self, draft: Draft, item: Path | None) -> list[Edit]:
        """The edits of the meeting's file. Raises KvisdocsError."""
        if self.name == "numre":
            return []
        if item is not None:
            return add_item(draft, item, self.name == "tilfoej-tillaeg")
        if self.index >= len(draft.entries):
            raise BrokenFormError
        if self.name == "fjern":
            return remove_item(self.index)
        if not self.is_move:
            return set_supplement(draft, self.index, self.name == "tillaeg")
        here = draft.find_part(self.index).index(self.index)
        return move_item(draft, self.index, {"op": here - 1, "ned": here + 1}.get(self.name, self.place))


@dataclass(frozen=True)
class MeetingPages:
    """The page of each meeting, and its steps."""

    services: Services
    versions: Versions = field(default_factory=Versions)

    @property
    def page(self) -> MeetingPage:
        """The page itself."""
        return MeetingPage(self.services, self.versions)

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/moede", self.show_meeting, methods=["GET"]),
            Route("/moede", self.take_step, methods=["POST"]),
            Route("/moede/fortryd", self.undo, methods=["POST"]),
        ]

    def show_meeting(self, request: Request) -> Response:
        """A meeting, with what the last step came to."""
        query = request.query_params
        return self.page.show(query.get("fil", ""), _read_said(query), query.get("soeg", "")[:200].strip())

    async def take_step(self, request: Request) -> Response:
        """The step of a form, made whole or not at all."""
        fields = await read_form(request, self.services.secrets)
        name = request.query_params.get("fil", "")
        return await run_in_threadpool(self._take, name, Step.of(fields), fields.get("version", ""))

    def _take(self, name: str, step: Step, opened: str) -> Response:
        path, draft = find_meeting(self.services, name)
        item = self.services.folder.find(step.item) if step.name.startswith("tilfoej") else None
        try:
            if digest_of(draft.data) != opened:
                return self._tell_conflict(name, path, step, opened, draft.data)
            changes = change(draft, step.edit(draft, item), self.services.assets, joins=item)
            save_changes(self.services, changes)
        except ChangedMeanwhileError as changed:
            is_meeting = changed.path == Path(os.path.realpath(path))
            return self._tell_conflict(name, path, step, opened, changed.now if is_meeting else draft.data)
        except KvisdocsError as error:
            return self.page.show(name, refused=error.problems, status=422)
        return self._go_on(name, step, draft)

    def _go_on(self, name: str, step: Step, before: Draft) -> Response:
        told = {"tilfoej": "sat-paa", "tilfoej-tillaeg": "sat-paa", "fjern": "fjernet"}.get(step.name, step.name)
        if not step.is_move:
            return RedirectResponse(address("/moede", fil=name, besked=told) + "#besked", 303)
        _, after = find_meeting(self.services, name)
        file = before.entries[step.index].file
        at = next((index for index, each in enumerate(after.entries) if each.file == file), step.index)
        old, new = (
            next((row.number for row in draft.rows if row.slot.index == index), "")
            for draft, index in ((before, step.index), (after, at))
        )
        return RedirectResponse(
            address("/moede", fil=name, besked="flyttet", fra=old, til=new, punkt=str(at), skridt=step.name), 303
        )

    def _tell_conflict(self, name: str, path: Path, step: Step, opened: str, now: bytes | None) -> Response:
        """The meeting as it would be after the step, and as it is now. Neither is written."""
        old = self.versions.find(opened)
        if old is None:
            return self.page.show(name, Said("Mødet er ændret af andre. Dit skridt er ikke gemt."), status=409)
        draft = read_draft(old, path, self.services.assets)
        item = self.services.folder.find(step.item) if step.name.startswith("tilfoej") else None
        mine = change(draft, step.edit(draft, item), self.services.assets, joins=item).get(path)
        return show_conflict(self.services, name, open_text(mine.after if mine else old, name).shown, now)

    async def undo(self, request: Request) -> Response:
        """What was there before the last step, in all files that it changed."""
        await read_form(request, self.services.secrets)
        return await run_in_threadpool(self._undo, request.query_params.get("fil", ""))

    def _undo(self, name: str) -> Response:
        path, _ = find_meeting(self.services, name)
        try:
            undone = self.services.saver.undo(path)
        except KvisdocsError as error:
            return self.page.show(name, refused=error.problems, status=503)
        return RedirectResponse(address("/moede", fil=name, besked="fortrudt" if undone else "intet") + "#besked", 303)


def _read_said(query: Mapping[str, str]) -> Said:
    told = query.get("besked", "")
    if told != "flyttet":
        return Said(SAID.get(told, ""))
    old, new, at = (query.get(each, "") for each in ("fra", "til", "punkt"))
    if not all(each.isascii() and each.isdigit() and len(each) < 6 for each in (old, new, at)):
        return Said()
    text = f"Punkt {old} er nu punkt {new}." if old != new else f"Punkt {old} står, hvor det stod."
    return Said(text, int(at), query.get("skridt", ""))
