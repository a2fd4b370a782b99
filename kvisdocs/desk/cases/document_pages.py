"""The documents of a case: to look at, and to download."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kvisdocs.desk.cases.review import Offer, Review
from kvisdocs.desk.clock import today
from kvisdocs.desk.folder import NoSuchFileError
from kvisdocs.desk.making import Made
from kvisdocs.desk.pages import show
from kvisdocs.desk.services import Services

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""What can be downloaded."""


@dataclass(frozen=True)
class DocumentPages:
    """The documents of the cases of one folder."""

    services: Services

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/dokument", self.show_document),
            Route("/hent", self.download),
        ]

    async def show_document(self, request: Request) -> Response:
        """A document to look at, with the files to download."""
        return await to_thread.run_sync(self._show, request, limiter=self.services.maker.turns)

    def _show(self, request: Request) -> Response:
        name, path, offer, review = self._find(request)
        made = self.services.maker.make(path, offer.name, "html", today())
        return self._preview(name, offer, review, made)

    def _preview(self, name: str, offer: Offer, review: Review, made: Made) -> Response:
        return show(
            "preview.html.j2",
            200 if made.data is not None else 422,
            name=name,
            name_of=self.services.folder.name_of,
            offer=offer,
            review=review,
            problems=made.problems,
            paper=self.services.papers.keep(made.data, "html") if made.data is not None else "",
        )

    async def download(self, request: Request) -> Response:
        """A document as `render` makes it today."""
        return await to_thread.run_sync(self._download, request, limiter=self.services.maker.turns)

    def _download(self, request: Request) -> Response:
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

    def _find(self, request: Request) -> tuple[str, Path, Offer, Review]:
        """The case and the document that an address names. Raises NoSuchFileError."""
        name, wanted = request.query_params.get("fil", ""), request.query_params.get("dokument", "")
        path, data = self.services.folder.read(name)
        if wanted not in self.services.maker.titles:
            raise NoSuchFileError(wanted)
        review = self.services.reviews.one(path, data, today())
        return name, path, Offer(wanted, self.services.maker.titles[wanted]), review
