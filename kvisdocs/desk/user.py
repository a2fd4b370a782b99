"""Who is at the desk, for the journal."""

from dataclasses import dataclass

from starlette.requests import Request

from kvisdocs.application.journal.scribe import find_system_user
from kvisdocs.desk.security import NAME


@dataclass(frozen=True)
class User:
    """A name, and whether somebody vouches for it; else it is that of the computer's user, and may be another's."""

    name: str
    is_known: bool = False


def find_user(request: Request) -> User:
    """Who sent the request: whom the proxy named, else this computer's user."""
    if name := request.scope.get(NAME):
        return User(name, is_known=True)
    return User(find_system_user())
