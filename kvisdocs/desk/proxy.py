"""A municipality's login in front of the desk: a reverse proxy on this computer, which says who sends a request.

What it says is believed for the sake of a secret that the proxy and the desk share in a file: others with an account
on the computer reach the desk's port too, and could name anybody.
"""

import re
import unicodedata
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from secrets import compare_digest
from urllib.parse import urlsplit

from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, printable, say_refusal

SECRET_HEADER = "x-kvisdocs-secret"  # noqa: S105  (its name)
LEAST_SECRET, MOST_NAME = 32, 200

RawHeaders = Sequence[tuple[bytes, bytes]]

WHO: ContextVar[str] = ContextVar("who", default="")
"""The name that the proxy gave the request that is answered; empty without a proxy."""


@dataclass(frozen=True)
class Proxy:
    """The proxy that the desk stands behind."""

    origin: str
    """The outer address, as browsers name it: `https://sager.kommune.dk`."""
    header: str
    """The header in which it names the user, in small letters."""
    secret: str = field(repr=False)

    @property
    def host(self) -> str:
        """What stands in `Host`."""
        return self.origin.partition("://")[2]

    def find_name(self, headers: RawHeaders) -> str | None:
        """The user's name, in a request that comes from the proxy; None in any other, or in one without a name."""
        sent, named = _find(headers, SECRET_HEADER), _find(headers, self.header)
        if len(sent) != 1 or len(named) != 1 or not compare_digest(sent[0], self.secret.encode()):
            return None
        name = " ".join(unicodedata.normalize("NFC", _decode(named[0])).split())
        return name if name and name.isprintable() and printable(name) == name and len(name) <= MOST_NAME else None


def _find(headers: RawHeaders, name: str) -> list[bytes]:
    return [value for key, value in headers if key.lower() == name.encode()]


def _decode(value: bytes) -> str:
    """UTF-8, as proxies send names; else Latin-1, as the standard has it."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def open_proxy(address: str, header: str, file: Path) -> Proxy:
    """The proxy of those options. Raises KvisdocsError."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", header) or header.lower() == SECRET_HEADER:
        what = message("desk.proxy.header", '"{name}" is no name of a header for users', name=header)
        raise _refusal(header, what, N_("name the one that your proxy sets, for example X-Remote-User"))
    return Proxy(_read_origin(address), header.lower(), _read_secret(file))


def _read_origin(address: str) -> str:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in ("localhost", "127.0.0.1"))
    if not is_safe or not re.fullmatch(r"[a-z0-9.-]+", host) or address.rstrip("/").count("/") != 2 or "@" in address:
        what = message(
            "desk.proxy.address", '"{address}" is no address that the desk can stand behind', address=address
        )
        raise _refusal(address, what, N_("write it as https://sager.kommune.dk, without a path"))
    is_usual = port in (None, {"https": 443, "http": 80}[parts.scheme])
    return f"{parts.scheme}://{host}" if is_usual else f"{parts.scheme}://{host}:{port}"


def _read_secret(file: Path) -> str:
    try:
        secret = file.read_text(encoding="ascii").strip()
        is_open = bool(file.stat().st_mode & 0o007)
    except (OSError, ValueError) as error:
        reason = (
            say_refusal(error) if isinstance(error, OSError) else N_("it holds other signs than letters and digits")
        )
        what = message("desk.proxy.secret_unreadable", "the secret cannot be read: {reason}", reason=reason)
        raise _refusal(str(file), what, N_("see: kvisdocs docs desk")) from None
    if is_open:
        what = message("desk.proxy.secret_open", "everybody with an account here can read the secret")
        raise _refusal(str(file), what, N_("take that right away: chmod o-rwx {file}", file=file))
    if len(secret) < LEAST_SECRET or not secret.isprintable():
        what = message("desk.proxy.secret_short", "the secret is shorter than {least} signs", least=LEAST_SECRET)
        raise _refusal(str(file), what, N_("make a new one: openssl rand -hex 32"))
    return secret


def _refusal(place: str, what: Message, todo: Message) -> KvisdocsError:
    return KvisdocsError(Problem(Position(place), what, todo))
