"""What the judges have in common: they are programs of others, and any of them may not be installed.

The lines that install them work wherever they are pasted: they name this Python, not whichever `pip` comes first, and
the folder beside its virtual environment, where every command of it looks.
"""

import shlex
import sys
from pathlib import Path

PIP = f"{shlex.quote(sys.executable)} -m pip install"

NODE = Path(sys.prefix).parent / ".node" if sys.prefix != sys.base_prefix else Path(".node")
"""Where programs from npm are: beside the virtual environment; without one, in the folder of the day."""


class JudgeMissing(Exception):  # noqa: N818 - it is no error in a file: nobody has judged it yet
    """Raised when a judge cannot run. `judge` names it, `install` is the line that puts it right, `reason` says why."""

    def __init__(self, judge: str, install: str, reason: str = "it is not installed") -> None:
        super().__init__(f"{judge} cannot run: {reason}; put it right with: {install}")
        self.judge = judge
        self.install = install
        self.reason = reason

    def __reduce__(self) -> tuple[type["JudgeMissing"], tuple[str, str, str]]:
        return JudgeMissing, (self.judge, self.install, self.reason)
