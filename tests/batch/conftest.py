"""Real runs over a few small cases, with the real workers."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from batch_results import BATCH, DAY
from builders import citizen_yaml
from many_cases import person
from processes import end
from user import command, folder, kvisdocs, on_a_terminal, program, write
from user import note as bare_note

__all__ = ["bare_note", "command", "folder", "kvisdocs", "on_a_terminal", "program", "write"]

NOTHING: dict[str, Any] = {}
Run = Callable[..., dict[str, Any]]


@pytest.fixture
def note(bare_note, write) -> None:
    """The small document `note`, with what every letter must hold: whom it is from, and whom it is about."""
    head = '<!doctype html>\n<html lang="da"><head><title>Note</title></head>\n'
    body = "<body><p>{{ profile.name }}</p><h1>{{ case.citizen.name }}</h1></body></html>\n"
    write({"templates/note/document.html.j2": head + body})


@pytest.fixture
def cases(write, note) -> Callable[..., None]:
    """Writes case files: `cases("a", "b", c={"outcome": …})`; keywords are changes to the builders' case.

    The first has the CPR number and the case number of the builders; each other one has its own.
    """
    known: dict[str, int] = {}

    def own(name: str, changes: dict[str, Any]) -> str:
        number = known.setdefault(name, len(known))
        return person(number, **changes) if number else citizen_yaml(**changes)

    def cases(*names: str, **changed: dict[str, Any]) -> None:
        write(
            {f"cases/{name}.yaml": own(name, each) for name, each in (dict.fromkeys(names, NOTHING) | changed).items()}
        )

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
