"""Who may use the desk: this computer's browser, opened by the address that was printed when the desk began.

The first address holds a token; it is changed for a cookie, and every form holds a second secret. A page of another
site can send neither: it does not know them, and the cookie does not go along (`SameSite=Strict`).

Behind a proxy (`proxy`) there is no first address and no cookie: each request is let in by what the proxy says of it.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from secrets import compare_digest
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kvisdocs.desk.proxy import WHO, Proxy

NAME = "kvisdocs.user"
"""Where in a request's scope stands whom the proxy named; None without a proxy."""

MAX_BODY_BYTES = 2_000_000
"""Of what a form may send."""

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; frame-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""What a page of the desk may do: nothing but show itself. No script and no style stands in the page."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # "no-referrer" would have browsers send forms with `Origin: null`
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

DENIED = "Skrivebordet kender ikke denne browser. Brug den adresse, der blev skrevet i terminalen, da du startede det."
KEPT = (
    " Der er ikke gemt noget. Har du skrevet noget, så luk ikke denne side: åbn skrivebordet i en ny fane, og "
    "genindlæs så denne side (F5). Det, du skrev, kommer frem igen."
)
TYPED = {"/sag", "/ny", "/moede/nyt", "/moede/nyt-punkt", "/referat"}
"""Where forms go in which somebody writes: one of an earlier start is shown again (`forms.answer_form`)."""
NO_LOGIN = "Skrivebordet svarer kun gennem kommunens login. Åbn det på den adresse, du har fået."
FOREIGN = "Skrivebordet svarer kun sider på sin egen adresse på denne computer."
TOO_LARGE = "Det er for stort: skrivebordet tager højst imod 2 MB ad gangen. Intet er gemt."


@dataclass(frozen=True)
class Secrets:
    """What only this start of the desk knows."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    once: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    """Opens the desk one time. A browser is started with it, which other accounts can see."""
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    """What the secrets of forms are made from."""
    proxy: Proxy | None = None

    @property
    def csrf(self) -> str:
        """The secret of the forms: of each user another."""
        return hmac.new(self.key, WHO.get().encode(), "sha256").hexdigest()

    @property
    def hosts(self) -> set[str]:
        """The names by which it is called."""
        if self.proxy is not None:
            return {self.proxy.host}
        return {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}

    @property
    def origins(self) -> set[str]:
        """Where its pages come from."""
        return {self.proxy.origin} if self.proxy is not None else {f"http://{host}" for host in self.hosts}

    @property
    def cookie(self) -> str:
        """Its cookie's name; browsers do not keep those of two ports apart."""
        return f"kvisdocs-desk-{self.port}"

    @property
    def address(self) -> str:
        """The first address, which opens the desk."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"

    @property
    def address_for_browser(self) -> str:
        """The address that opens it one time."""
        return f"http://127.0.0.1:{self.port}/?token={self.once}"

    def is_form(self, sent: str) -> bool:
        """Whether a form was one of ours."""
        return _same(sent, self.csrf)


class TooLargeError(Exception):
    """More was sent than may be."""


@dataclass
class Guard:
    """Stands before the pages, and lets through what comes from them."""

    app: ASGIApp
    secrets: Secrets
    _is_opened: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def send_with_headers(said: Message) -> None:
            if said["type"] == "http.response.start":
                headers = MutableHeaders(scope=said)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(said)

        headers = Headers(scope=scope)
        proxy = self.secrets.proxy
        scope[NAME] = proxy.find_name(scope["headers"]) if proxy is not None else None
        WHO.set(scope[NAME] or "")
        refusal = self._refuse(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, send_with_headers)
            return
        await self.app(scope, _limited(receive), send_with_headers)

    def _refuse(self, scope: Scope, headers: Headers) -> Response | None:
        """What is answered instead of a page."""
        if len(headers.getlist("host")) != 1 or headers["host"] not in self.secrets.hosts:
            return _say(FOREIGN, 421)
        origin = headers.get("origin")
        if origin is not None and origin not in self.secrets.origins:
            return _say(FOREIGN, 403)
        if headers.get("content-length", "0").isdigit() and int(headers.get("content-length", "0")) > MAX_BODY_BYTES:
            return say_too_large()
        if self.secrets.proxy is not None:
            return None if scope[NAME] else _say(NO_LOGIN, 403)
        if token := parse_qs(scope["query_string"].decode("latin-1")).get("token"):
            return self._let_in(token[0]) if scope["path"] == "/" else _say(DENIED, 403)
        if self._knows(headers):
            return None
        is_typed = scope["method"] == "POST" and scope["path"] in TYPED
        return _say(DENIED + KEPT if is_typed else DENIED, 403)

    def _let_in(self, token: str) -> Response:
        is_first = _same(token, self.secrets.once) and not self._is_opened
        if not is_first and not _same(token, self.secrets.token):
            return _say(DENIED, 403)
        self._is_opened = self._is_opened or is_first
        response = RedirectResponse("/", 303)
        response.set_cookie(self.secrets.cookie, self.secrets.session, httponly=True, samesite="strict", path="/")
        return response

    def _knows(self, headers: Headers) -> bool:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(self.secrets.cookie)
        except CookieError:
            return False
        return cookie is not None and _same(cookie.value, self.secrets.session)


def _limited(receive: Receive) -> Receive:
    """What is sent, up to the limit: what says nothing of its length is counted as it comes."""
    taken = 0

    async def take() -> Message:
        nonlocal taken
        said = await receive()
        taken += len(said.get("body", b""))
        if taken > MAX_BODY_BYTES:
            raise TooLargeError
        return said

    return take


def _same(sent: str, known: str) -> bool:
    return compare_digest(sent.encode("utf-8", "replace"), known.encode())


def say_too_large() -> Response:
    """What is answered to more than may be sent; the rest of it is not waited for."""
    return PlainTextResponse(TOO_LARGE, 413, {"Connection": "close"})


def _say(text: str, status: int) -> Response:
    return PlainTextResponse(text, status)
