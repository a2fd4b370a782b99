"""The page of one case: its fields and its text with their problems, saving and undoing."""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kvisdocs.application.store.replacement import ChangedMeanwhileError
from kvisdocs.desk.cases.case_letters import view_letters
from kvisdocs.desk.cases.case_view import Look, view_case
from kvisdocs.desk.cases.sent import FIELDS, TEXT, Sent, read_sent
from kvisdocs.desk.conflict import show_conflict
from kvisdocs.desk.folder import NoSuchFileError
from kvisdocs.desk.forms import MOST_CASE_FIELDS, answer_form, read_form, say_began_anew
from kvisdocs.desk.pages import address, show
from kvisdocs.desk.services import Services
from kvisdocs.desk.text import put_back
from kvisdocs.problems import KvisdocsError

SAID = {
    "ny": 'Filen er lavet. Udfyld de felter, der er mærket "skal udfyldes", og tryk på Gem.',
    "gemt": "Gemt.",
    "fortrudt": "Den seneste ændring er fortrudt.",
    "intet": "Der er ikke noget at fortryde.",
}


@dataclass(frozen=True)
class CasePages:
    """The pages of the cases of one folder."""

    services: Services

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/sag", self.show_case, methods=["GET"]),
            Route("/sag", self.save_case, methods=["POST"]),
            Route("/fortryd", self.undo_case, methods=["POST"]),
        ]

    def show_case(self, request: Request) -> Response:
        """A case as fields or as text, with what is wrong with it."""
        query = request.query_params
        name = query.get("fil", "")
        path, data = self.services.folder.read(name)
        view = TEXT if query.get("vis") == TEXT else FIELDS
        return self._page(name, path, data, Look(view, said=SAID.get(query.get("besked", ""), "")))

    def _page(self, name: str, path: Path, data: bytes, look: Look, status: int = 200) -> Response:
        shown = view_case(self.services, name, path, data, look)
        return show("case.html.j2", status, **shown, **view_letters(self.services, name, path))

    async def save_case(self, request: Request) -> Response:
        """What a form holds, saved whole or not at all; or the form again after one of its other buttons."""
        name = request.query_params.get("fil", "")
        return await answer_form(
            request,
            self.services.secrets,
            lambda pairs: self._save_or_show(name, read_sent(pairs)),
            lambda pairs: self._show_again(name, read_sent(pairs)),
            MOST_CASE_FIELDS,
        )

    def _save_or_show(self, name: str, sent: Sent) -> Response:
        try:
            return self._save(name, sent)
        except NoSuchFileError:
            return self._show_lost(name, sent)

    def _show_lost(self, name: str, sent: Sent) -> Response:
        """What somebody typed in a case whose folder was renamed meanwhile."""
        text = sent.text
        with suppress(KvisdocsError):
            text = sent.new_text(name, self.services.assets)[0]
        return show_conflict(self.services, name, text, None, has_folder=False, status=404)

    def _show_again(self, name: str, sent: Sent) -> Response:
        """What somebody typed before the desk began anew, to be saved from here."""
        path, old = self.services.folder.read_if_there(name)
        look = Look(sent.view, sent.text, sent.opened, said=say_began_anew("Gem"), typed=sent.filled)
        with suppress(KvisdocsError):  # else the fields show what was typed
            look = replace(look, text=sent.new_text(str(path), self.services.assets)[0])
        return self._page(name, path, old, look, 403)

    def _save(self, name: str, sent: Sent) -> Response:
        path, old = self.services.folder.read_if_there(name)
        try:
            text, focus = sent.new_text(str(path), self.services.assets)
        except KvisdocsError as error:
            look = Look(sent.view, sent.text, sent.opened, refused=error.problems, typed=sent.filled)
            return self._page(name, path, old, look, 422)
        if sent.press is not None or sent.other_view:
            view = sent.other_view or sent.view
            if sent.other_view and put_back(old, text) == old:
                return RedirectResponse(address("/sag", fil=name, vis=view), 303)
            return self._page(name, path, old, Look(view, text, sent.opened, focus=focus, document=sent.document))
        try:
            self.services.saver.save(path, put_back(old, text), sent.opened)
        except ChangedMeanwhileError as changed:
            return show_conflict(self.services, name, text, changed.now)
        except KvisdocsError as error:
            return self._page(name, path, old, Look(sent.view, text, sent.opened, refused=error.problems), 503)
        return RedirectResponse(address("/sag", fil=name, vis=sent.view, besked="gemt") + "#besked", 303)

    async def undo_case(self, request: Request) -> Response:
        """What was there before the last save."""
        fields = await read_form(request, self.services.secrets)
        view = TEXT if fields.get("vis") == TEXT else FIELDS
        return await run_in_threadpool(self._undo, request.query_params.get("fil", ""), view)

    def _undo(self, name: str, view: str) -> Response:
        path, data = self.services.folder.read(name)
        try:
            undone = self.services.saver.undo(path)
        except KvisdocsError as error:
            return self._page(name, path, data, Look(view, refused=error.problems), 503)
        said = "fortrudt" if undone else "intet"
        return RedirectResponse(address("/sag", fil=name, vis=view, besked=said) + "#besked", 303)
