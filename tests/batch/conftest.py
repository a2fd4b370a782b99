"""Real runs over a few small cases, with the real workers."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from batch_results import BATCH, DAY
from builders import citizen_yaml
from user import command, folder, kvisdocs, note, program, write

__all__ = ["command", "folder", "kvisdocs", "note", "program", "write"]

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
    """Runs BATCH with more options on a day (None: the program's choice); gives its report, exit code and words."""

    def run(*options: str, day: str | None = DAY) -> dict[str, Any]:
        code, out, err = kvisdocs(*BATCH, *(["--date", day] if day else []), *options)
        assert out == ""
        return {**json.loads(Path("report.json").read_text()), "code": code, "said": err}

    return run
