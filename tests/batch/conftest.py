"""Real runs over a few small cases, with the real workers."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builders import citizen_yaml
from user import command, folder, kvisdocs, note, program, write

__all__ = ["command", "folder", "kvisdocs", "note", "program", "write"]

BATCH = ("batch", "cases", "-d", "note", "--to", "docx", "--date", "2012-11-14", "--jobs", "1")
"""The call that most tests make: the small document of the fixture `note`, in Word only, which is quick."""

Run = Callable[..., dict[str, Any]]


@pytest.fixture
def cases(write, note) -> Callable[..., None]:
    """Writes case files: `cases("a", "b", c={"outcome": …})`; keywords are changes to the builders' case."""

    def cases(*names: str, **changed: dict[str, Any]) -> None:
        texts = dict.fromkeys(names, citizen_yaml()) | {name: citizen_yaml(**each) for name, each in changed.items()}
        write({f"cases/{name}.yaml": text for name, text in texts.items()})

    return cases


@pytest.fixture
def run(kvisdocs) -> Run:
    """Runs BATCH with more options, and gives its JSON report with the exit code and what was said."""

    def run(*options: str) -> dict[str, Any]:
        code, out, err = kvisdocs(*BATCH, "--report", "report.json", *options)
        assert out == ""
        return {**json.loads(Path("report.json").read_text()), "code": code, "said": err}

    return run
