"""`kvisdocs --help` beside `python -c "import click"`, in one run on one machine.

    .venv/bin/python benchmarks/help.py

Both are started anew each time, in turns; the figure is the ratio of the shortest times. What makes a command line slow
is what it loads before it knows what it is asked.
"""

import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 15
HERE = Path(sys.executable).parent


def seconds(command: list[str]) -> float:
    """The time from start to end of a program."""
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def main() -> None:
    """Print both times and their ratio."""
    commands = ([str(HERE / "kvisdocs"), "--help"], [sys.executable, "-c", "import click"])
    best = [float("inf")] * 2
    for _ in range(ROUNDS):
        best = [min(shortest, seconds(command)) for shortest, command in zip(best, commands, strict=True)]
    ours, click = best
    print(f"kvisdocs --help {ours * 1000:.0f} ms, import click {click * 1000:.0f} ms: {ours / click:.2f} times")


if __name__ == "__main__":
    main()
