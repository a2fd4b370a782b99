"""What the judges have in common: they are programs of others, and any of them may not be installed.

The lines that install them work wherever they are pasted: they name this Python, not whichever `pip` comes first, and
the folder beside its virtual environment, where every command of it looks.
"""

import shlex
import sys
from pathlib import Path

from kvisdocs.messages import N_, Message, message

NOT_INSTALLED = N_("it is not installed")

PIP = f"{shlex.quote(sys.executable)} -m pip install"

NODE = Path(sys.prefix).parent / ".node" if sys.prefix != sys.base_prefix else Path(".node")
"""Where programs from npm are: beside the virtual environment; without one, in the folder of the day."""


class JudgeMissing(Exception):  # noqa: N818 - it is no error in a file: nobody has judged it yet
    """Raised when a judge cannot run. `judge` names it, `install` is the line that puts it right, `reason` says why."""

    def __init__(self, judge: str, install: str, reason: Message = NOT_INSTALLED) -> None:
        super().__init__(judge, install, reason)
        self.judge, self.install, self.reason = judge, install, reason

    @property
    def what(self) -> Message:
        """That not all was checked."""
        return message(
            "verify.validator.missing",
            "not all was checked: {judge} is missing ({reason})",
            judge=self.judge,
            reason=self.reason,
        )

    @property
    def todo(self) -> Message:
        """The line to run in a terminal."""
        return N_("put it right with: {line}", line=self.install)

    def __str__(self) -> str:
        return f"{self.what}; {self.todo}"


def without(package: str | None) -> Message:
    """The reason why a judge cannot run that needs a package of Python."""
    return N_("{package} is not installed", package=package)
