"""The desk as a web application: which address shows what."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from kvisdocs.application.dispatch.digital_post import PostAccess
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.processes import count_processors
from kvisdocs.desk.cases.case_list import ListPages
from kvisdocs.desk.cases.case_pages import CasePages
from kvisdocs.desk.cases.document_pages import DocumentPages
from kvisdocs.desk.cases.live import LivePages
from kvisdocs.desk.cases.new_case import NewCasePages
from kvisdocs.desk.cases.previews import PreviewPages
from kvisdocs.desk.cases.reviews import PATIENCE_S, Reviews
from kvisdocs.desk.clock import now, today
from kvisdocs.desk.figures.counts import Counts
from kvisdocs.desk.figures.figure_pages import FigurePages
from kvisdocs.desk.folder import Folder, NoSuchFileError
from kvisdocs.desk.forms import BrokenFormError, ForeignFormError
from kvisdocs.desk.letters import Letters
from kvisdocs.desk.making import Maker
from kvisdocs.desk.meetings.meeting_list import MeetingListPages
from kvisdocs.desk.meetings.meeting_pages import MeetingPages
from kvisdocs.desk.meetings.minutes import MinutesPages
from kvisdocs.desk.meetings.new_item import NewItemPages
from kvisdocs.desk.meetings.new_meeting import NewMeetingPages
from kvisdocs.desk.outgoing.dispatching import Dispatcher
from kvisdocs.desk.outgoing.pages import OutgoingPages
from kvisdocs.desk.outgoing.sending import Sendings
from kvisdocs.desk.outgoing.sending_pages import SendingPages
from kvisdocs.desk.pages import STATIC, show
from kvisdocs.desk.runs.background import Runs
from kvisdocs.desk.runs.drawing import Drawer
from kvisdocs.desk.runs.file_pages import FilePages
from kvisdocs.desk.runs.held_pages import HeldPages
from kvisdocs.desk.runs.report_pages import ReportPages
from kvisdocs.desk.runs.run_pages import RunPages
from kvisdocs.desk.runs.task import AlreadyRunningError
from kvisdocs.desk.saving import Saver
from kvisdocs.desk.security import Guard, Secrets, TooLargeError, say_too_large
from kvisdocs.desk.services import Pages, Services
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


HANDLERS: Mapping[object, Callable[[Request, Exception], Response]] = {
    404: say_not_found,
    405: lambda request, error: show("not_found.html.j2", 405),
    ClientDisconnect: lambda request, error: Response(status_code=400),  # nobody hears it
    500: say_fault,
    NoSuchFileError: say_not_found,
    TooLargeError: lambda request, error: say_too_large(),
    ForeignFormError: say_foreign_form,
    BrokenFormError: say_broken_form,
    KvisdocsError: say_problems,
    AlreadyRunningError: lambda request, error: show("runs/already.html.j2", 409),
}
"""What is answered where a page cannot be."""


def create_app(
    folder: Folder, output: Path, assets: Assets, secrets: Secrets, seconds: float = DOCUMENT_S,
    patience_s: float = PATIENCE_S, by: str = "", post: PostAccess | None = None,
) -> Guard:  # fmt: skip
    """The desk of a folder, with finished documents in `output`. `assets` are the templates as they are when it
    begins; a document may take `seconds`, and the list waits `patience_s` for cases that are being judged. `by` is
    whom the journal names. By `post` letters are sent as Digital Post.

    Raises KvisdocsError for a document.yaml that cannot be read.
    """
    documents = list(load_documents(assets).values())
    worker_count = min(MOST_WORKERS, count_processors())
    reviews = Reviews(folder, assets, worker_count, patience_s)
    maker = Maker(assets, documents, max(2, worker_count), seconds)
    services = Services(folder, output, assets, secrets, reviews, maker, Saver(), Letters(output), Scribe(by, now))
    counts = Counts(assets, worker_count)
    pages: list[Pages] = [ListPages(services), CasePages(services), NewCasePages(services), FilePages(services)]
    pages += [DocumentPages(services), LivePages(services), PreviewPages(services)]
    pages += [MeetingListPages(services), MeetingPages(services), NewMeetingPages(services), NewItemPages(services)]
    pages.append(MinutesPages(services))
    dispatcher, sendings = Dispatcher(assets.copies), Sendings()
    pages += [OutgoingPages(services), SendingPages(services, dispatcher, sendings, post)]
    pages.append(FigurePages(services, counts, patience_s, seconds))
    runs, drawer = Runs(), Drawer()
    pages += [RunPages(services, runs), ReportPages(services, runs), HeldPages(services, runs, drawer)]

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        Thread(target=reviews.begin, args=(today(),), daemon=True).start()  # so that the first list is there soon
        yield
        sendings.close()
        dispatcher.close()
        runs.close()
        drawer.close()
        reviews.close()
        maker.close()
        counts.close()

    routes: list[BaseRoute] = [route for each in pages for route in each.routes]
    routes.append(Mount("/static", StaticFiles(directory=STATIC)))
    app = Starlette(routes=routes, exception_handlers=HANDLERS, lifespan=lifespan)
    app.state.reviews, app.state.runs = reviews, runs
    return Guard(app, secrets)
