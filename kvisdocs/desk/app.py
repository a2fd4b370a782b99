"""The desk as a web application: which address shows what."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from kvisdocs.application.processes import count_processors
from kvisdocs.desk.case_list import ORDERS, PROBLEMS, Query
from kvisdocs.desk.case_pages import CasePages
from kvisdocs.desk.clock import today
from kvisdocs.desk.folder import Folder, NoSuchFileError
from kvisdocs.desk.forms import BrokenFormError, ForeignFormError
from kvisdocs.desk.making import Maker
from kvisdocs.desk.new_case import NewCasePages
from kvisdocs.desk.pages import SCRIPT, STYLESHEET, show
from kvisdocs.desk.reviews import PATIENCE_S, Reviews
from kvisdocs.desk.saving import Saver
from kvisdocs.desk.security import Guard, Secrets, TooLargeError, say_too_large
from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.writers.limits import DOCUMENT_S

MOST_WORKERS = 4


def say_not_found(request: Request, error: Exception) -> HTMLResponse:
    """There is no such page, or no such case any more."""
    return show("not_found.html.j2", 404)


def say_foreign_form(request: Request, error: Exception) -> HTMLResponse:
    """The form came from another start of the desk, or from elsewhere."""
    return show("foreign_form.html.j2", 403)


def say_broken_form(request: Request, error: Exception) -> HTMLResponse:
    """Nobody can read it."""
    return show("foreign_form.html.j2", 400)


def say_problems(request: Request, error: Exception) -> HTMLResponse:
    """What was asked for cannot be had."""
    assert isinstance(error, KvisdocsError)
    return show("problems.html.j2", 503, problems=error.problems)


def say_fault(request: Request, error: Exception) -> HTMLResponse:
    """A fault of ours."""
    return show("fault.html.j2", 500, kind=type(error).__name__)


def create_app(
    folder: Folder, assets: Assets, secrets: Secrets, seconds: float = DOCUMENT_S, patience_s: float = PATIENCE_S
) -> Guard:
    """The desk of a folder. `assets` are the templates as they are when it begins; a document may take `seconds`,
    and the list waits `patience_s` for cases that are being judged.

    Raises KvisdocsError for a document.yaml that cannot be read.
    """
    documents = list(load_documents(assets).values())
    worker_count = min(MOST_WORKERS, count_processors())
    reviews = Reviews(folder, assets, worker_count, patience_s)
    maker = Maker(assets, documents, max(2, worker_count), seconds)
    saver = Saver()
    cases = CasePages(folder, reviews, saver, maker, secrets)
    new = NewCasePages(folder, assets, saver, secrets)

    def show_list(request: Request) -> Response:
        rows, query = reviews.all(today()), Query.of(request.query_params)
        return show(
            "list.html.j2",
            folder=folder.root.resolve().name,
            rows=query.choose(rows),
            whole=len(rows),
            pending=sum(review.is_pending for _, review in rows),
            query=query,
            problems=PROBLEMS,
            orders=ORDERS,
        )

    def show_stylesheet(request: Request) -> Response:
        return FileResponse(STYLESHEET, media_type="text/css")

    def show_script(request: Request) -> Response:
        return FileResponse(SCRIPT, media_type="text/javascript")

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        Thread(target=reviews.begin, args=(today(),), daemon=True).start()  # so that the first list is there soon
        yield
        reviews.close()
        maker.close()

    routes = [
        Route("/", show_list),
        Route("/sag", cases.show_case, methods=["GET"]),
        Route("/sag", cases.save_case, methods=["POST"]),
        Route("/ny", new.ask, methods=["GET"]),
        Route("/ny", new.create, methods=["POST"]),
        Route("/fortryd", cases.undo_case, methods=["POST"]),
        Route("/dokument", cases.show_document),
        Route("/ramme", cases.show_frame),
        Route("/hent", cases.download),
        Route("/desk.css", show_stylesheet),
        Route("/desk.js", show_script),
    ]
    handlers = {
        404: say_not_found,
        500: say_fault,
        NoSuchFileError: say_not_found,
        TooLargeError: lambda request, error: say_too_large(),
        ForeignFormError: say_foreign_form,
        BrokenFormError: say_broken_form,
        KvisdocsError: say_problems,
    }
    app = Starlette(routes=routes, exception_handlers=handlers, lifespan=lifespan)
    app.state.reviews = reviews
    return Guard(app, secrets)
