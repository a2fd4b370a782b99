"""Programs that run beside the test: waited for, ended, and what a run among them reports."""

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

LONG_S = 120


def wait_for(what: Callable[[], object], explain: Callable[[], str] = str) -> None:
    """Returns when it is so; fails, with what there is to explain it, when it takes too long."""
    until = time.monotonic() + LONG_S
    while not what():
        assert time.monotonic() < until, f"it never came: {explain()}"
        time.sleep(0.02)


def end(process: "subprocess.Popen[str]") -> None:
    """Kill it, if it is still there."""
    process.kill()
    process.wait()
    process.stderr.close()


def report_of(process: "subprocess.Popen[str]") -> dict[str, Any]:
    """A run's report when it is over, with its exit code and its words."""
    _, err = process.communicate(timeout=LONG_S)
    return {**json.loads(Path("report.json").read_text()), "code": process.returncode, "said": err}
