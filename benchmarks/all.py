"""Every benchmark, one after the other: `make benchmarks` writes what they print into docs/development/performance.md.

python benchmarks/all.py              all of them, for an hour or so; the page's figures are made anew
python benchmarks/all.py --smallest   only whether each still runs, on its smallest size, one on each processor
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "development" / "performance.md"
BEGIN, END = "<!-- made by benchmarks/all.py -->\n", "<!-- end -->"
BENCHMARKS: tuple[tuple[str, ...], ...] = (
    ("table.py",),
    ("letter_docx.py",),
    ("letter_pdf.py",),
    ("pair.py",),
    ("help.py",),
    ("check.py",),
    ("stats.py",),
    ("desk.py",),
    ("meeting.py",),
    ("month_end.py",),
    ("two_workers.py",),
    ("unchanged.py",),
    ("unchanged.py", "--to", "pdf"),
    ("print_run.py",),
    ("worker_memory.py",),
    ("cluster.py",),
)


def run(command: tuple[str, ...], smallest: bool) -> str:
    """What one benchmark prints. Ends the program with its error where it fails."""
    environment = os.environ | ({"KVISDOCS_BENCHMARKS": "smallest"} if smallest else {})
    call = [sys.executable, str(HERE / command[0]), *command[1:]]
    done = subprocess.run(call, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout.rstrip()


def try_all(commands: list[tuple[str, ...]]) -> None:
    """Whether each runs; nothing is measured. The last take longest, and begin first. Ends the program if one fails."""
    commands = commands[::-1]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for command, _ in zip(commands, pool.map(lambda each: run(each, smallest=True), commands), strict=True):
            print(f"{' '.join(command)}: it runs", flush=True)


def machine() -> str:
    """What the figures were measured on."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    return f"{os.cpu_count()} processors ({cpu}), {platform.system()}, Python {platform.python_version()}"


def main() -> None:
    """Run them; with all done, write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smallest", action="store_true", help="see that each runs, and write nothing")
    parser.add_argument("only", nargs="*", help="names of benchmarks; the others are left out, and nothing is written")
    arguments = parser.parse_args()
    parts = []
    chosen = [each for each in BENCHMARKS if not arguments.only or each[0].removesuffix(".py") in arguments.only]
    if arguments.smallest:
        try_all(chosen)
        return
    for command in chosen:
        begun = time.monotonic()
        said = run(command, smallest=False)
        print(f"{' '.join(command)}: {time.monotonic() - begun:.0f} s\n{said}", flush=True)
        parts.append(f"`python benchmarks/{' '.join(command)}`\n\n```\n{said}\n```\n")
    if not arguments.only:
        day = datetime.now(UTC).date().isoformat()
        figures = f"Measured on {day}, on {machine()}.\n\n" + "\n".join(parts)
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n{figures}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
