"""Two versions of a file beside each other, with the choice between them."""

from starlette.responses import Response

from kvisdocs.application.store.replacement import ABSENT, digest_of
from kvisdocs.desk.pages import show
from kvisdocs.desk.services import Services
from kvisdocs.desk.text import differing, open_text
from kvisdocs.problems import KvisdocsError


def show_conflict(
    services: Services, name: str, mine: str, now: bytes | None, has_folder: bool = True, status: int = 409
) -> Response:
    """What somebody wanted to save, and what the file holds meanwhile; None where it is gone, maybe with its folder."""
    try:
        theirs = open_text(now, name).shown if now is not None else ""
    except KvisdocsError:
        theirs = ""
    return show(
        "conflict.html.j2",
        status,
        name=name,
        mine=mine,
        theirs=theirs,
        is_gone=now is None,
        has_folder=has_folder,
        differences=differing(mine, theirs),
        digest=digest_of(now) if now is not None else ABSENT,
        form=services.secrets.csrf,
    )
