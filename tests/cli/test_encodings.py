"""A terminal, or a file behind `>`, that has no code for every sign: what can be is printed, and nothing stops."""

import os
import subprocess
import sys

import pytest


def test_what_click_says_is_danish_to_its_types() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "KVISDOCS_LANG": "da"}
    called = [sys.executable, "-m", "kvisdocs", "new", "case", "."]
    done = subprocess.run(called, env=environment, capture_output=True, timeout=60, check=False)
    assert "Filen '.' er en mappe." in done.stderr.decode()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437", "cp850", "utf-8"])
@pytest.mark.parametrize(
    "arguments", [("--help",), ("import", "--help"), ("check", "Åse → €.yaml")], ids=["help", "import", "check"]
)
def test_danish_goes_to_any_terminal(encoding: str, arguments: tuple[str, ...]) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "KVISDOCS_LANG": "da"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "kvisdocs", *arguments],
        env=environment, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == (1 if "check" in arguments else 0)
    assert b"Traceback" not in done.stderr
    assert b"--lang" in done.stdout or b"1 fejl" in done.stderr + done.stdout
