"""What the judges have in common: they are programs of others, and any of them may not be installed."""


class JudgeMissing(Exception):  # noqa: N818 - it is no error in a file: nobody has judged it yet
    """Raised when a judge cannot run. `judge` names it, `install` is the line that puts it right, `reason` says why."""

    def __init__(self, judge: str, install: str, reason: str = "it is not installed") -> None:
        super().__init__(f"{judge} cannot run: {reason}; install it with: {install}")
        self.judge = judge
        self.install = install
        self.reason = reason

    def __reduce__(self) -> tuple[type["JudgeMissing"], tuple[str, str, str]]:
        return JudgeMissing, (self.judge, self.install, self.reason)
