"""The pages of one case: its text with its problems, saving and undoing, and the documents that are made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kvisdocs.desk.cases.review import Offer, Review
from kvisdocs.desk.clock import today
from kvisdocs.desk.conflict import show_conflict
from kvisdocs.desk.folder import NoSuchFileError
from kvisdocs.desk.forms import read_form
from kvisdocs.desk.making import Made
from kvisdocs.desk.pages import address, show
from kvisdocs.desk.saving import ChangedMeanwhileError, digest_of
from kvisdocs.desk.services import Services
from kvisdocs.desk.text import open_text, put_back
from kvisdocs.problems import KvisdocsError, Problem

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""What can be downloaded."""

PAPER = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; "
    "form-action 'none'"
)
"""What a document may do in its frame: be read. Its own looks stand in it."""

SAID = {
    "ny": "Filen er lavet. Udfyld de felter, der er mærket UDFYLD, og tryk på Gem.",
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
            Route("/dokument", self.show_document),
            Route("/ramme", self.show_frame),
            Route("/hent", self.download),
        ]

    def show_case(self, request: Request) -> Response:
        """A case as text, with what is wrong with it."""
        name = request.query_params.get("fil", "")
        path, data = self.services.folder.read(name)
        return self._page(name, path, data, said=SAID.get(request.query_params.get("besked", ""), ""))

    def _page(
        self, name: str, path: Path, data: bytes, said: str = "", sent: str | None = None, status: int = 200,
        refused: Sequence[Problem] = (),
    ) -> Response:  # fmt: skip
        """`sent` is the text of a form that could not be saved, `refused` why."""
        review = self.services.reviews.one(path, data, today())
        try:
            text, is_text = open_text(data, name).shown, True
        except KvisdocsError:
            text, is_text = "", False
        own = [problem for problem in review.problems if _is_of(problem, path)]
        return show(
            "case.html.j2",
            status,
            name=name,
            review=review,
            problems=sorted(own, key=_by_line),
            others=[problem for problem in review.problems if not _is_of(problem, path)],
            text=text if sent is None else sent,
            lines=_lines(text, own),
            is_text=is_text,
            digest=digest_of(data),
            can_undo=self.services.saver.can_undo(path, data),
            said=said,
            refused=refused,
            form=self.services.secrets.csrf,
        )

    async def save_case(self, request: Request) -> Response:
        """The text of a form, saved whole or not at all."""
        fields = await read_form(request, self.services.secrets)
        name = request.query_params.get("fil", "")
        return await run_in_threadpool(self._save, name, fields.get("tekst", ""), fields.get("version", ""))

    def _save(self, name: str, sent: str, opened: str) -> Response:
        path = self.services.folder.place(name)
        try:
            _, old = self.services.folder.read(name)
        except NoSuchFileError:
            old = b""
        try:
            self.services.saver.save(path, put_back(old, sent), opened)
        except ChangedMeanwhileError as changed:
            return show_conflict(self.services, name, sent.replace("\r\n", "\n"), changed.now)
        except KvisdocsError as error:
            return self._page(name, path, old, sent=sent.replace("\r\n", "\n"), status=503, refused=error.problems)
        return RedirectResponse(address("/sag", fil=name, besked="gemt") + "#besked", 303)

    async def undo_case(self, request: Request) -> Response:
        """What was there before the last save."""
        await read_form(request, self.services.secrets)
        name = request.query_params.get("fil", "")
        return await run_in_threadpool(self._undo, name)

    def _undo(self, name: str) -> Response:
        path, data = self.services.folder.read(name)
        try:
            undone = self.services.saver.undo(path)
        except KvisdocsError as error:
            return self._page(name, path, data, status=503, refused=error.problems)
        return RedirectResponse(address("/sag", fil=name, besked="fortrudt" if undone else "intet") + "#besked", 303)

    def show_document(self, request: Request) -> Response:
        """A document to look at, with the files to download."""
        name, path, offer, review = self._find(request)
        made = self.services.maker.make(path, offer.name, "html", today())
        return self._preview(name, offer, review, made)

    def _preview(self, name: str, offer: Offer, review: Review, made: Made) -> Response:
        return show(
            "preview.html.j2",
            200 if made.data is not None else 422,
            name=name,
            offer=offer,
            review=review,
            problems=made.problems,
            is_made=made.data is not None,
        )

    def show_frame(self, request: Request) -> Response:
        """A document by itself, for the frame of its page."""
        _, path, offer, _ = self._find(request, judged=False)
        made = self.services.maker.make(path, offer.name, "html", today())
        if made.data is None:
            return show("not_found.html.j2", 404)
        return Response(made.data, media_type="text/html", headers={"Content-Security-Policy": PAPER})

    def download(self, request: Request) -> Response:
        """A document as `render` makes it today."""
        format = request.query_params.get("format", "")
        if format not in TYPES:
            raise NoSuchFileError(format)
        name, path, offer, review = self._find(request)
        made = self.services.maker.make(path, offer.name, format, today())
        if made.data is None:
            return self._preview(name, offer, review, made)
        file = quote(f"{path.stem}-{offer.name}.{format}")
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{file}"}
        return Response(made.data, media_type=TYPES[format], headers=headers)

    def _find(self, request: Request, judged: bool = True) -> tuple[str, Path, Offer, Review]:
        """The case and the document that an address names. Raises NoSuchFileError."""
        name, wanted = request.query_params.get("fil", ""), request.query_params.get("dokument", "")
        path, data = self.services.folder.read(name)
        if wanted not in self.services.maker.titles:
            raise NoSuchFileError(wanted)
        review = self.services.reviews.one(path, data, today()) if judged else Review()
        return name, path, Offer(wanted, self.services.maker.titles[wanted]), review


def _is_of(problem: Problem, path: Path) -> bool:
    return problem.position.file == str(path)


def _by_line(problem: Problem) -> tuple[int, int]:
    return problem.position.line, problem.position.column


def _lines(text: str, problems: Sequence[Problem]) -> list[tuple[int, str, list[Problem]]]:
    """Each line with its number and what is wrong in it."""
    found: dict[int, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.position.line, []).append(problem)
    return [(number, line, found.get(number, [])) for number, line in enumerate(text.split("\n"), 1)]
