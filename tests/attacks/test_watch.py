"""The watch over all attacks (conftest.py) itself: one that sees nothing would let every attack pass."""

import contextlib
import socket
from pathlib import Path


def test_a_connection_is_seen(nothing_reached: list[str]) -> None:
    with socket.socket() as own, contextlib.suppress(OSError):
        own.connect(("127.0.0.1", 9))
    assert nothing_reached == ["socket.connect (('127.0.0.1', 9),)"]
    nothing_reached.clear()


def test_a_file_outside_is_seen(nothing_reached: list[str], secret: Path) -> None:
    assert secret.read_text(encoding="utf-8")
    assert nothing_reached == [f"open {secret}"]
    nothing_reached.clear()
