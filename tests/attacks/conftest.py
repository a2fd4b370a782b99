"""What no attack may do, whatever is said of it: open a connection, start a program, read a file outside."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CANARY = "KANARIEFUGL-4711"
"""Stands in a file outside the templates folder. Nothing made by an attack may hold it."""

_watched: list[str] = []
_log: list[str] | None = None


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    """Python tells of every socket, process and opened file (PEP 578), whoever asks for it."""
    if _log is None:
        return
    if event.startswith(("socket.connect", "socket.getaddrinfo", "subprocess.", "os.system", "os.exec", "os.spawn")):
        _log.append(f"{event} {arguments[1:]}")
    elif event == "open" and isinstance(arguments[0], (str, bytes)):
        path = os.fsdecode(arguments[0])
        if any(path.endswith(each) for each in _watched):
            _log.append(f"open {path}")


sys.addaudithook(_audit)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file beside the templates folder."""
    path = tmp_path / "secret.txt"
    path.write_text(CANARY, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def nothing_reached(secret: Path) -> Iterator[list[str]]:
    """Fails the test if a connection, a process or a file outside was asked for."""
    global _log
    _watched[:] = [str(secret), "/secret.txt", "/etc/hostname", "/etc/passwd"]
    _log = []
    try:
        yield _log
        reached = list(_log)
    finally:
        _log = None
    assert reached == []


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """An empty templates folder, beside the secret."""
    folder = tmp_path / "templates"
    folder.mkdir()
    return folder
