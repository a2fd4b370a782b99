"""`kvisdocs desk`: what it says before any page is shown."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from http.cookiejar import CookieJar

import pytest
from click.testing import CliRunner

from kvisdocs.cli.main import main
from kvisdocs.desk.server import HOST, open_folder, open_socket
from kvisdocs.problems import KvisdocsError


def test_a_port_in_use_is_said(tmp_path):
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        said = CliRunner().invoke(main, ["desk", str(tmp_path), "--port", str(port), "--no-browser"])
    assert said.exit_code == 1
    assert f"port {port} cannot be used" in said.output


def test_a_folder_that_is_not_there_is_said(tmp_path):
    said = CliRunner().invoke(main, ["desk", str(tmp_path / "x"), "--no-browser"])
    assert said.exit_code == 1
    assert "the folder cannot be opened" in said.output


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "a.yaml").write_text("", encoding="utf-8")
    with pytest.raises(KvisdocsError, match="Not a directory"):
        open_folder(tmp_path / "a.yaml")


def test_only_this_computer_can_reach_it():
    with open_socket(0) as opened:
        assert opened.getsockname()[0] == "127.0.0.1"


def test_the_address_that_is_said_opens_the_list(tmp_path):
    command = [sys.executable, "-m", "kvisdocs", "--lang", "da", "desk", str(tmp_path), "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "KVISDOCS_LANG": "da"}) as run:
        try:
            address = re.search(r"http://\S+", run.stderr.readline())[0]
            opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
            assert "ingen sager i mappen endnu" in opener.open(address, timeout=60).read().decode()
        finally:
            run.send_signal(signal.SIGINT)
            assert run.wait(30) == 0
