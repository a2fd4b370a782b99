"""The desk as a web application: which address shows what."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from threading import Thread

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from kvisdocs.application.processes import count_processors
from kvisdocs.desk.case_list import ORDERS, PROBLEMS, Query
from kvisdocs.desk.folder import Folder, NoSuchFileError
from kvisdocs.desk.pages import STYLESHEET, show
from kvisdocs.desk.review import Reviews
from kvisdocs.desk.security import Guard, Secrets
from kvisdocs.templating.html import Assets


def today() -> date:
    """The town hall's own day."""
    return date.today()  # noqa: DTZ011


@dataclass(frozen=True)
class Desk:
    """The pages of one folder."""

    folder: Folder
    reviews: Reviews
    secrets: Secrets

    def show_list(self, request: Request) -> Response:
        """The cases."""
        rows = self.reviews.all(today())
        query = Query.of(request.query_params)
        return show(
            "list.html.j2",
            folder=self.folder.root.resolve().name,
            rows=query.choose(rows),
            whole=len(rows),
            query=query,
            problems=PROBLEMS,
            orders=ORDERS,
        )

    def show_stylesheet(self, request: Request) -> Response:
        """The looks of all pages."""
        return FileResponse(STYLESHEET, media_type="text/css")


def say_not_found(request: Request, error: Exception) -> HTMLResponse:
    """There is no such page, or no such case any more."""
    return show("not_found.html.j2", 404)


def create_app(folder: Folder, assets: Assets, secrets: Secrets) -> Starlette:
    """The desk of a folder. `assets` are the templates as they are when it begins."""
    reviews = Reviews(folder, assets, min(4, count_processors()))
    desk = Desk(folder, reviews, secrets)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        Thread(target=reviews.all, args=(today(),), daemon=True).start()  # so that the first list is there at once
        yield
        reviews.close()

    app = Starlette(
        routes=[Route("/", desk.show_list), Route("/desk.css", desk.show_stylesheet)],
        exception_handlers={404: say_not_found, NoSuchFileError: say_not_found},
        lifespan=lifespan,
    )
    app.state.desk = desk
    app.add_middleware(Guard, secrets=secrets)
    return app
