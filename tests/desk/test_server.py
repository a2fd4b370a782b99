"""The desk's own server under attack: many at once, one that dawdles, and one that sends without end."""

import http.client
import re
import shutil
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from desk_browser import CASE, ROOT, body_of

NAME = "sag.yaml"


class Served:
    """A desk in a process of its own, and what a browser that was let in sends along."""

    def __init__(self, folder):
        command = [sys.executable, "-m", "kvisdocs", "desk", str(folder), "--port", "0", "--no-browser"]
        self.run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        address = urlsplit(re.search(r"http://\S+", self.run.stderr.readline())[0])
        self.port = address.port
        self.cookie = self.ask("GET", f"/?{address.query}", {}).getheader("set-cookie").partition(";")[0]

    def ask(self, method, path, headers=None, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, {"cookie": self.cookie} if headers is None else headers)
        answer = connection.getresponse()
        answer.text = answer.read().decode()
        connection.close()
        return answer

    def close(self):
        self.run.send_signal(signal.SIGINT)
        return self.run.communicate(timeout=30)[1]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    shutil.copy(ROOT / "cases_yaml/citizens" / f"{CASE}.yaml", folder / NAME)
    desk = Served(folder)
    desk.folder = folder
    desk.ask("GET", f"/sag?fil={NAME}")  # so that its workers are there
    yield desk
    desk.close()


def test_two_hundred_at_once_are_all_answered_though_browsers_keep_connections_open(served):
    kept = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(20)]
    try:
        with ThreadPoolExecutor(200) as pool:
            found = list(pool.map(lambda _: served.ask("GET", "/").status, range(200)))
    finally:
        for each in kept:
            each.close()
    assert set(found) == {200}


def test_of_more_at_once_than_there_is_room_for_some_are_told_to_come_again(served):
    held = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(220)]
    try:
        assert served.ask("GET", "/").status == 503
    finally:
        for each in held:
            each.close()
    for _ in range(50):
        if served.ask("GET", "/").status == 200:
            break
    assert served.ask("GET", "/").status == 200


def test_one_that_dawdles_keeps_nobody_waiting(served):
    with socket.create_connection(("127.0.0.1", served.port)) as slow:
        slow.sendall(b"POST /sag?fil=sag.yaml HTTP/1.1\r\nHost: 127.0.0.1")
        assert served.ask("GET", "/").status == 200


def test_one_that_hangs_up_in_the_middle_leaves_no_traceback(tmp_path):
    desk = Served(tmp_path)
    with socket.create_connection(("127.0.0.1", desk.port), timeout=30) as sender:
        head = f"POST /sag?fil=sag.yaml HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\nCookie: {desk.cookie}\r\n"
        sender.sendall(f"{head}Content-Length: 100\r\n\r\nform=".encode())
    assert desk.ask("GET", "/").status == 200
    assert "Traceback" not in desk.close()


def test_a_hundred_megabytes_are_refused_before_they_are_read(served):
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as sender:
        head = f"POST /sag?fil=sag.yaml HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nCookie: {served.cookie}\r\n"
        sender.sendall(f"{head}Content-Length: {100 * 2**20}\r\n\r\n".encode())
        assert sender.recv(100).startswith(b"HTTP/1.1 413")


def test_what_is_sent_in_pieces_without_end_is_stopped(served):
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as sender:
        head = f"POST /sag?fil=sag.yaml HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nCookie: {served.cookie}\r\n"
        sender.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        piece = b"10000\r\n" + b"x" * 65536 + b"\r\n"
        sent = 0
        try:
            for _ in range(1000):
                sender.sendall(piece)
                sent += len(piece)
        except OSError:  # it hangs up
            pass
    assert sent < 50 * 2**20
    assert served.ask("GET", "/").status == 200


def test_two_desks_on_one_folder_do_not_write_over_each_other(served):
    other = Served(served.folder)
    try:
        forms = [desk.ask("GET", f"/sag?fil={NAME}").text for desk in (served, other)]
        answers = [
            desk.ask("POST", f"/sag?fil={NAME}", None, body_of(form, f"# fra {number}\n")).status
            for number, (desk, form) in enumerate(zip((served, other), forms, strict=True))
        ]
        assert answers == [303, 409]
        assert (served.folder / NAME).read_text(encoding="utf-8") == "# fra 0\n"
    finally:
        other.close()
