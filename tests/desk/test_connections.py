"""Connections that ask for nothing are hung up on, and those that wait for an answer are not."""

import asyncio
import socket
import threading

import pytest
import uvicorn

from kvisdocs.desk import server as desk_server
from kvisdocs.desk.server import Connection

HEAD = b"GET / HTTP/1.1\r\nHost: x\r\n"


@pytest.fixture
def port(monkeypatch):
    """A server that answers after many times its patience."""
    monkeypatch.setattr(desk_server, "PATIENCE_S", 0.05)

    async def answer(scope, receive, send):
        await asyncio.sleep(0.5)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})

    opened = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(answer, http=Connection, timeout_keep_alive=60, lifespan="off", log_level="critical")
    )
    thread = threading.Thread(target=server.run, args=([opened],))
    thread.start()
    yield opened.getsockname()[1]
    server.should_exit = True
    thread.join(30)


def is_hung_up_on(dawdler):
    try:
        return dawdler.recv(100) == b""
    except ConnectionError:
        return True


@pytest.mark.parametrize("sent", [b"", HEAD, b"POST / HTTP/1.1\r\n"])
def test_a_connection_that_asks_for_nothing_is_hung_up_on(port, sent):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as dawdler:
        dawdler.sendall(sent)
        assert is_hung_up_on(dawdler)


@pytest.mark.parametrize("more", [b"", b"Content-Length: 1000\r\n"])
def test_an_answer_that_takes_its_time_comes_and_then_nobody_waits(port, more):
    """For another request, or for the rest of one that is answered."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as asker:
        asker.sendall(HEAD + more + b"\r\n")
        assert b"".join(iter(lambda: asker.recv(1000), b"")).endswith(b"ok")
