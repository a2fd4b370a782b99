"""What the pages of one desk work with: each group of pages is handed it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from starlette.routing import Route

from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.desk.cases.reviews import Reviews
from kvisdocs.desk.folder import Folder
from kvisdocs.desk.letters import Letters
from kvisdocs.desk.making import Maker
from kvisdocs.desk.papers import Papers
from kvisdocs.desk.proxy import WHO
from kvisdocs.desk.saving import Saver
from kvisdocs.desk.security import Secrets
from kvisdocs.templating.html import Assets


class Pages(Protocol):
    """A group of pages."""

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        ...


@dataclass(frozen=True)
class Services:
    """One folder of cases, and what is done with it."""

    folder: Folder
    output: Path
    """Where finished documents lie, as `kvisdocs render -o` and `kvisdocs batch -o` put them there."""
    assets: Assets
    """The templates as they were when the desk began."""
    secrets: Secrets
    reviews: Reviews
    maker: Maker
    saver: Saver
    letters: Letters
    """What lies in the output folder."""
    scribe: Scribe
    """Who uses the desk, for the journal."""
    papers: Papers = field(default_factory=Papers)

    @property
    def user_scribe(self) -> Scribe:
        """Whoever sent the request that is answered, for the journal: whom a proxy named, else who uses the desk."""
        return Scribe(WHO.get() or self.scribe.by, self.scribe.now)
