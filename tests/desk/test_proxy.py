"""A login in front of the desk: a real proxy on the loopback, what it says, and what others would have it say."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

import httpx2 as httpx
import pytest
import uvicorn
from desk_browser import CASE, ROOT
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from kvisdocs.desk.proxy import Proxy, open_proxy
from kvisdocs.desk.security import Guard, Secrets
from kvisdocs.desk.user import User, find_user
from kvisdocs.problems import KvisdocsError

SECRET = "0123456789abcdef" * 4
USER, KEY = "X-Remote-User", "X-Kvisdocs-Secret"


class Browser:
    """Somebody whom the login knows."""

    def __init__(self, address, headers):
        self.address, self.headers = address, headers

    def get(self, path):
        return httpx.get(f"{self.address}{path}", headers=self.headers, timeout=60)

    def post(self, path, data, headers):
        return httpx.post(f"{self.address}{path}", data=data, headers={**self.headers, **headers}, timeout=60)


class Login:
    """A small reverse proxy that knows its users by a cookie, and the desk behind it."""

    def __init__(self, folder, secret):
        outer = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{outer.getsockname()[1]}"
        options = ["--behind", self.address, "--user-header", USER, "--proxy-secret", str(secret), "--port", "0"]
        inner = socket.create_server(("127.0.0.1", 0))
        port = inner.getsockname()[1]
        inner.close()
        options[-1] = str(port)
        self.run = subprocess.Popen(
            [sys.executable, "-m", "kvisdocs", "desk", str(folder), *options], stderr=subprocess.PIPE, text=True
        )
        self.said = self.run.stderr.readline()
        self.desk = f"http://127.0.0.1:{port}"
        app = Starlette(routes=[Route("/{path:path}", self.forward, methods=["GET", "POST"])])
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
        threading.Thread(target=self.server.run, args=([outer],), daemon=True).start()

    async def forward(self, request):
        own = (USER.lower().encode(), b"cookie")
        kept = [(key, value) for key, value in request.headers.raw if key.lower() not in own]
        name = bytes.fromhex(request.cookies["login"])
        headers = [*kept, (USER.encode(), name), (KEY.encode(), SECRET.encode())]
        url = f"{self.desk}{request.url.path}" + (f"?{request.url.query}" if request.url.query else "")
        async with httpx.AsyncClient() as client:
            found = await client.request(request.method, url, headers=headers, content=await request.body())
        return Response(found.content, found.status_code, {"location": found.headers.get("location", "")})

    def browser(self, name):
        return Browser(self.address, {"cookie": f"login={name.encode().hex()}"})

    def close(self):
        self.server.should_exit = True
        self.run.send_signal(signal.SIGINT)
        self.run.communicate(timeout=30)


@pytest.fixture(scope="module")
def login(tmp_path_factory):
    base = tmp_path_factory.mktemp("login")
    (base / "sager").mkdir()
    shutil.copy(ROOT / "cases_yaml/citizens" / f"{CASE}.yaml", base / "sager")
    secret = base / "secret"
    secret.write_text(SECRET + "\n", encoding="ascii")
    secret.chmod(0o600)
    found = Login(base / "sager", secret)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if found.browser("x").get("/").status_code == 200:
                break
        except httpx.HTTPError:
            time.sleep(0.1)
    yield found
    found.close()


def form_of(browser):
    return re.search(r'name="form" value="([^"]*)"', browser.get("/ny").text)[1]


def lay_out(browser, name, form, **headers):
    fields = {"form": form, "art": "committee", "navn": name, "titel": "T"}
    return browser.post("/ny", data=fields, headers=headers).status_code


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_the_desk_knows_the_user_by_the_proxy_with_all_letters(encoding):
    """Asked of a page that says who is there, by bytes as a server reads them."""
    app = Starlette(routes=[Route("/", lambda request: Response(repr(find_user(request))))])
    opened = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{opened.getsockname()[1]}"
    guard = Guard(app, Secrets(0, proxy=Proxy(address, USER.lower(), SECRET)))
    server = uvicorn.Server(uvicorn.Config(guard, log_level="critical"))
    threading.Thread(target=server.run, args=([opened],), daemon=True).start()
    headers = [(USER.encode(), "Søren Æbelø-Åkjær".encode(encoding)), (KEY.encode(), SECRET.encode())]
    assert httpx.get(address, headers=headers).text == repr(User("Søren Æbelø-Åkjær", is_known=True))
    server.should_exit = True


def test_the_printed_address_is_the_outer_one(login):
    assert login.address in login.said
    assert "token" not in login.said
    assert login.browser("Søren Æbelø-Åkjær").get("/godkend").status_code == 200


def test_two_users_have_forms_of_their_own(login):
    anna, bo = login.browser("Anna"), login.browser("Bo")
    assert form_of(anna) != form_of(bo)
    assert lay_out(bo, "fremmed", form_of(anna), origin=login.address) == 403
    assert lay_out(bo, "egen", form_of(bo), origin=login.address) == 303
    assert lay_out(bo, "anden", form_of(bo), origin="https://evil.example") == 403


FORGED = [
    {},
    {USER: "Anna"},
    {USER: "Anna", KEY: "x"},
    {KEY: SECRET},
    {USER: "", KEY: SECRET},
    {"X_Remote_User": "Anna", KEY: SECRET},
    {USER: "\u202eannA", KEY: SECRET},
    [(USER, "Anna"), (USER, "Bo"), (KEY, SECRET)],
    [(USER, "Anna"), (KEY, SECRET), (KEY, "x")],
]


@pytest.mark.parametrize("headers", FORGED, ids=range(len(FORGED)))
def test_who_comes_by_another_way_is_refused(login, headers):
    pairs = headers.items() if isinstance(headers, dict) else headers
    raw = [(key.encode(), value.encode()) for key, value in pairs]
    host = [(b"Host", login.address.removeprefix("http://").encode())]
    answer = httpx.get(login.desk, headers=[*host, *raw])
    assert answer.status_code == 403
    assert "kommunens login" in answer.text


def test_another_host_is_refused_though_it_knows_the_secret(login):
    assert httpx.get(login.desk, headers={USER: "Anna", KEY: SECRET}).status_code == 421


def test_without_the_option_the_header_says_nothing(desk):
    kept, desk.cookies = desk.cookies, {}
    try:
        assert desk.get("/", headers={USER: "Anna", KEY: SECRET}).status_code == 403
    finally:
        desk.cookies = kept
    assert "Du er Anna" not in desk.get("/godkend", headers={USER: "Anna", KEY: SECRET}).text


def test_a_name_is_taken_from_the_proxy_alone():
    proxy = Proxy("https://sager.kommune.dk", "x-remote-user", SECRET)
    sent = [(b"x-remote-user", "  Søren  Å ".encode()), (b"x-kvisdocs-secret", SECRET.encode())]
    assert proxy.find_name(sent) == "Søren Å"
    assert proxy.find_name([(sent[0][0], "Søren Å".encode("latin-1")), sent[1]]) == "Søren Å"
    assert proxy.find_name(sent[:1]) is None


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Sager.Kommune.dk/", "https://sager.kommune.dk"),
        ("https://sager.kommune.dk:443", "https://sager.kommune.dk"),
        ("https://sager.kommune.dk:8443", "https://sager.kommune.dk:8443"),
        ("http://sager.kommune.dk", None),
        ("https://sager.kommune.dk/kvis", None),
        ("https://a@sager.kommune.dk", None),
        ("https://sager.kommune.dk:x", None),
        ("sager.kommune.dk", None),
    ],
)
def test_the_outer_address(tmp_path, address, origin):
    file = tmp_path / "secret"
    file.write_text(SECRET, encoding="ascii")
    file.chmod(0o600)
    if origin is None:
        with pytest.raises(KvisdocsError, match="no address"):
            open_proxy(address, USER, file)
    else:
        assert open_proxy(address, USER, file).origin == origin


def test_a_secret_that_is_none(tmp_path):
    file = tmp_path / "secret"
    file.write_text("short", encoding="ascii")
    file.chmod(0o600)
    for change, said in ((lambda: None, "shorter"), (lambda: file.chmod(0o604), "everybody"), (file.unlink, "read")):
        change()
        with pytest.raises(KvisdocsError, match=said):
            open_proxy("https://sager.kommune.dk", USER, file)
