"""`kvisdocs --help` beside `python -c "import click"`, in one run on one machine.

    .venv/bin/python benchmarks/help.py

Both are started anew each time, in turns; the figure is the ratio of the shortest times. What makes a command line slow
is what it loads before it knows what it is asked.
"""

import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from timing import best_in_turns, size

ROUNDS = size(15, 1)
HERE = Path(sys.executable).parent


def start(command: list[str]) -> None:
    """A program, from its start to its end."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Print both times and their ratio."""
    commands = ([str(HERE / "kvisdocs"), "--help"], [sys.executable, "-c", "import click"])
    runs = [partial(start, command) for command in commands]
    ours, click = best_in_turns(runs, ROUNDS, warm_up=0, clock=time.perf_counter)
    print(f"kvisdocs --help {ours * 1000:.0f} ms, import click {click * 1000:.0f} ms: {ours / click:.2f} times")


if __name__ == "__main__":
    main()
