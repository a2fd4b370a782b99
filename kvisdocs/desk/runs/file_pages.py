"""The files of the output folder, to open and to download."""

from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kvisdocs.desk.cases.document_pages import TYPES
from kvisdocs.desk.services import Services

PAPER = "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
"""What is said to a browser of a PDF, which its own reader shows: that reader must be let run."""


@dataclass(frozen=True)
class FilePages:
    """What was made, file by file."""

    services: Services

    @property
    def routes(self) -> list[Route]:
        """Their address."""
        return [Route("/fil", self.read)]

    def read(self, request: Request) -> Response:
        """A file of the manifest, as it lies there; a PDF opens, all else is downloaded."""
        file, data = self.services.letters.read(request.query_params.get("sti", ""))
        opens = file.format == "pdf"
        name = quote("-".join(file.path.split("/")[-2:]), safe="")
        headers = {"Content-Disposition": f"{'inline' if opens else 'attachment'}; filename*=UTF-8''{name}"}
        if opens:
            headers["Content-Security-Policy"] = PAPER
        return Response(data, media_type=TYPES.get(file.format, "application/octet-stream"), headers=headers)
