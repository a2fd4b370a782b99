"""What was held back: why, the letter to look at, and letting it go with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kvisdocs.application.outcome import Status
from kvisdocs.application.store.releasing import MOST_SIGNS, release_letters, tidy_reason
from kvisdocs.desk.folder import NoSuchFileError
from kvisdocs.desk.forms import Pairs, read_pairs
from kvisdocs.desk.letters import Letter, cannot_read
from kvisdocs.desk.pages import address, say_number, show
from kvisdocs.desk.runs.background import Runs
from kvisdocs.desk.runs.drawing import Drawer
from kvisdocs.desk.services import Services
from kvisdocs.problems import KvisdocsError, Problem

MOST_FIELDS = 20_000
MOST_SHEETS = 30
"""So many pages are shown; who must see more opens the file."""


@dataclass(frozen=True)
class HeldPages:
    """The letters that a run has held back."""

    services: Services
    runs: Runs
    drawer: Drawer

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/koersel/holdt", self.show_all, methods=["GET"]),
            Route("/koersel/frigiv", self.release, methods=["POST"]),
            Route("/koersel/brev", self.show_one),
            Route("/koersel/side", self.draw),
        ]

    def show_all(self, request: Request) -> Response:
        """All of them, to choose from."""
        number = request.query_params.get("frigivet", "")
        is_number = number.isascii() and number.isdecimal() and len(number) < 6
        return self._list(_say_released(int(number)) if is_number else "")

    def _list(
        self, said: str = "", problems: Sequence[Problem] = (), faults: Sequence[str] = (), reason: str = "",
        chosen: Sequence[tuple[str, str]] = (), status: int = 200,
    ) -> Response:  # fmt: skip
        reasons = self._find_reasons()
        held = self._find_held()
        return show(
            "runs/held.html.j2",
            status,
            letters=[(letter, reasons.get((letter.case_id, letter.document), ())) for letter in held],
            said=said,
            problems=problems,
            faults=faults,
            reason=reason,
            chosen=chosen,
            most=MOST_SIGNS,
            titles=self.services.maker.titles,
            form=self.services.secrets.csrf,
        )

    def _find_held(self) -> list[Letter]:
        try:
            return self.services.letters.held()
        except OSError as error:
            raise cannot_read(self.services.output, error) from None

    def _find_reasons(self) -> dict[tuple[str, str], tuple[Problem, ...]]:
        """What the last run here said of each: the manifest has only a word, since more would tell of people."""
        run = self.runs.run
        outcomes = run.report.of(Status.HELD_BACK) if run and run.report else []
        return {(each.case_id, each.document): each.problems for each in outcomes}

    async def release(self, request: Request) -> Response:
        """Let those go that were chosen."""
        sent = await read_pairs(request, self.services.secrets, MOST_FIELDS)
        return await run_in_threadpool(self._release, sent)

    def _release(self, sent: Pairs) -> Response:
        reason = tidy_reason(dict(sent).get("grund", ""))
        known = {_name(letter): (letter.case_id, letter.document) for letter in self._find_held()}
        chosen = [known[value] for name, value in sent if name == "brev" and value in known]
        faults = [] if chosen else ["Vælg de breve, der skal frigives."]
        faults += [] if reason else ["Skriv, hvorfor de må sendes."]
        if faults:
            return self._list(faults=faults, reason=reason, chosen=chosen, status=422)
        try:
            done = release_letters(self.services.output, chosen, reason, self.services.user_scribe)
        except KvisdocsError as error:
            return self._list(problems=error.problems, reason=reason, chosen=chosen, status=503)
        if done.problems:
            said = _say_released(len(done.released)) if done.released else ""
            return self._list(said, done.problems, reason=reason, chosen=chosen, status=409)
        return RedirectResponse(address("/koersel/holdt", frigivet=str(len(done.released))) + "#besked", 303)

    def show_one(self, request: Request) -> Response:
        """A letter beside the reasons."""
        asked = request.query_params.get("sag", ""), request.query_params.get("dokument", "")
        letter = next((each for each in self._find_held() if (each.case_id, each.document) == asked), None)
        if letter is None:
            raise NoSuchFileError(asked[0])
        pdf = next((file for file in letter.lying if file.format == "pdf"), None)
        pages = letter.record.files["pdf"].pages or 1 if pdf else 0
        return show(
            "runs/letter.html.j2",
            letter=letter,
            name=_name(letter),
            problems=self._find_reasons().get(asked, ()),
            pdf=pdf,
            pages=pages,
            sheets=min(pages, MOST_SHEETS),
            most=MOST_SIGNS,
            titles=self.services.maker.titles,
            form=self.services.secrets.csrf,
        )

    def draw(self, request: Request) -> Response:
        """A page of a PDF of the manifest, as a picture."""
        file, data = self.services.letters.read(request.query_params.get("sti", ""))
        number = request.query_params.get("side", "")
        if file.format != "pdf" or not (number.isascii() and number.isdecimal()) or len(number) > 4:
            raise NoSuchFileError(file.path)
        return Response(self.drawer.draw(data, int(number)), media_type="image/png")


def _say_released(number: int) -> str:
    return f"{say_number(number, 'brev', 'breve')} er frigivet."


def _name(letter: Letter) -> str:
    """What a form calls it."""
    return f"{letter.case_id}/{letter.document}"
