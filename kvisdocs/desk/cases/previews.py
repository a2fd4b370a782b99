"""A document of a case as it stands in the browser, saved or not: made beside the form, and shown in a frame."""

from dataclasses import dataclass

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from kvisdocs.desk.cases.sent import Sent, read_sent
from kvisdocs.desk.clock import today
from kvisdocs.desk.folder import NoSuchFileError
from kvisdocs.desk.forms import MOST_CASE_FIELDS, read_pairs
from kvisdocs.desk.making import Made
from kvisdocs.desk.pages import show, write
from kvisdocs.desk.services import Services
from kvisdocs.desk.text import put_back
from kvisdocs.problems import KvisdocsError, Problem

PAPER = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; "
    "form-action 'none'"
)
"""What a document may do in its frame: be read. Its own looks stand in it."""

PAGES = "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
"""What a PDF may do: browsers show it with a program of their own, which a stricter policy stops."""

SHOWN_AS = {"html": ("text/html", PAPER), "pdf": ("application/pdf", PAGES)}


MOST_FAULTS = 2
"""So many are told above a document that cannot be made: all stand with the case."""


@dataclass(frozen=True)
class PreviewPages:
    """Documents to look at."""

    services: Services

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        return [Route("/visning", self.make, methods=["POST"]), Route("/papir", self.show_paper)]

    async def make(self, request: Request) -> Response:
        """A document of a case's form: its address for our script, and itself for a browser without."""
        sent = read_sent(await read_pairs(request, self.services.secrets, MOST_CASE_FIELDS))
        query = request.query_params
        format = query.get("format", "html")
        if format not in SHOWN_AS or sent.document not in self.services.maker.titles:
            raise NoSuchFileError(sent.document)
        turns = self.services.maker.turns
        made = await to_thread.run_sync(self._make, query.get("fil", ""), sent, format, limiter=turns)
        if query.get("svar") == "adresse":
            return JSONResponse(self._tell(made, format))
        if made.data is None:
            return self._fault(made.problems)
        return RedirectResponse(self.services.papers.keep(made.data, format), 303)

    def _make(self, name: str, sent: Sent, format: str) -> Made:
        path, old = self.services.folder.read_if_there(name)
        try:
            text, _ = sent.new_text(str(path), self.services.assets)
        except KvisdocsError as error:
            return Made(None, error.problems)
        return self.services.maker.make(path, sent.document, format, today(), put_back(old, text))

    def _tell(self, made: Made, format: str) -> dict[str, str]:
        if made.data is None:
            return {"address": "", "faults": write("faults.html.j2", problems=made.problems[:MOST_FAULTS])}
        return {"address": self.services.papers.keep(made.data, format), "faults": ""}

    def _fault(self, problems: tuple[Problem, ...]) -> Response:
        response = show("frame_fault.html.j2", 422, problems=problems)
        response.headers["Content-Security-Policy"] = PAPER
        return response

    def show_paper(self, request: Request) -> Response:
        """A document that was made before."""
        paper = self.services.papers.find(request.query_params.get("id", ""))
        if paper is None:
            raise NoSuchFileError
        media_type, policy = SHOWN_AS[paper.format]
        return Response(paper.data, media_type=media_type, headers={"Content-Security-Policy": policy})
