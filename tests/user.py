"""The program as a user meets it: in an empty folder, by its words and its exit code."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from kvisdocs.cli.main import main

CHECKOUT = Path(__file__).parents[1]
START = [sys.executable, "-c", "from kvisdocs.cli.start import start; start()"]


class Said(NamedTuple):
    """How a call ended: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Call = Callable[..., Said]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the test stands."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call_kvisdocs(*arguments: str) -> Said:
    """Calls a command within the test: `call_kvisdocs("check", "a.yaml")`. A traceback fails the test."""
    done = CliRunner().invoke(main, arguments, prog_name="kvisdocs", catch_exceptions=False)
    return Said(done.exit_code, done.stdout, done.stderr)


@pytest.fixture
def kvisdocs() -> Call:
    """The same, as most tests ask for it: `kvisdocs("check", "a.yaml")`."""
    return call_kvisdocs


@pytest.fixture
def command() -> Callable[..., dict[str, Any]]:
    """What `subprocess.run` and `Popen` need to start the program in a process of its own."""

    def command(*arguments: str, path: Path = CHECKOUT, **environment: str) -> dict[str, Any]:
        return {"args": [*START, *arguments], "env": {**os.environ, "PYTHONPATH": str(path), **environment}}

    return command


@pytest.fixture
def program(command: Callable[..., dict[str, Any]]) -> Call:
    """Calls the program in a process of its own: `program("check", cwd=…, PYTHONHASHSEED="1")`."""

    def call(*arguments: str, cwd: Path | None = None, path: Path = CHECKOUT, **environment: str) -> Said:
        done = subprocess.run(
            **command(*arguments, path=path, **environment),
            cwd=cwd,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture
def write() -> Callable[[Mapping[str, str]], None]:
    """Writes files: `write({"cases/a.yaml": "kind: citizen"})`."""

    def write(files: Mapping[str, str]) -> None:
        for name, text in files.items():
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def note(write: Callable[[Mapping[str, str]], None]) -> None:
    """A small document of the test's own, `note`, in templates/: the citizen's last name as a heading."""
    write(
        {
            "templates/note/document.yaml": (
                "title: Note\ndescription: a note\nkind: citizen\naudience: citizen\nstylesheets: [note.css]\n"
            ),
            "templates/note/document.html.j2": (
                '<!doctype html>\n<html lang="da"><head><title>Note</title></head>\n'
                "<body><h1>{{ case.citizen.last_name }}</h1></body></html>\n"
            ),
            "templates/note.css": "@page { size: A4 } body { font-family: Carlito }\n",
        }
    )


@pytest.fixture
def on_a_terminal(command: Callable[..., dict[str, Any]]) -> Call:
    """Calls the program as `program` does, with a terminal at standard error: that is what the terminal has shown."""

    def call(*arguments: str, **environment: str) -> Said:
        ours, theirs = os.openpty()
        surroundings = {"TERM": "xterm", "COLUMNS": "120", "NO_COLOR": "", **environment}
        running = subprocess.Popen(**command(*arguments, **surroundings), stdout=subprocess.PIPE, stderr=theirs)
        os.close(theirs)
        screen = b"".join(_read_terminal(ours))
        out, _ = running.communicate(timeout=60)
        return Said(running.returncode, out.decode(), screen.decode())

    return call


def _read_terminal(descriptor: int) -> Iterator[bytes]:
    with contextlib.suppress(OSError):  # how a terminal says that the other end is gone
        while piece := os.read(descriptor, 4096):
            yield piece
    os.close(descriptor)
