"""Real runs over a few small cases, with the real workers."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from batch_results import BATCH, DAY
from builders import citizen_yaml
from processes import end
from user import command, folder, kvisdocs, on_a_terminal, program, write
from user import note as bare_note

__all__ = ["bare_note", "command", "folder", "kvisdocs", "on_a_terminal", "program", "write"]

Run = Callable[..., dict[str, Any]]


@pytest.fixture
def note(bare_note, write) -> None:
    """The small document `note`, with what every letter must hold: whom it is from, and whom it is about."""
    head = '<!doctype html>\n<html lang="da"><head><title>Note</title></head>\n'
    body = "<body><p>{{ profile.name }}</p><h1>{{ case.citizen.name }}</h1></body></html>\n"
    write({"templates/note/document.html.j2": head + body})


@pytest.fixture
def cases(write, note) -> Callable[..., None]:
    """Writes case files: `cases("a", "b", c={"outcome": …})`; keywords are changes to the builders' case."""

    def cases(*names: str, **changed: dict[str, Any]) -> None:
        texts = dict.fromkeys(names, citizen_yaml()) | {name: citizen_yaml(**each) for name, each in changed.items()}
        write({f"cases/{name}.yaml": text for name, text in texts.items()})

    return cases


@pytest.fixture
def beside(command) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Starts the program in a process of its own, which is ended with the test."""
    started: list[subprocess.Popen[str]] = []

    def beside(*arguments: str, **more: Any) -> "subprocess.Popen[str]":
        call = command(*arguments)
        started.append(subprocess.Popen(**call, stderr=subprocess.PIPE, encoding="utf-8", **more))
        return started[-1]

    yield beside
    for each in started:
        end(each)


@pytest.fixture
def run(kvisdocs) -> Run:
    """Runs BATCH with more options on a day (None: the program's choice); gives its report, exit code and words."""

    def run(*options: str, day: str | None = DAY) -> dict[str, Any]:
        code, out, err = kvisdocs(*BATCH, *(["--date", day] if day else []), *options)
        assert out == ""
        return {**json.loads(Path("report.json").read_text()), "code": code, "said": err}

    return run
