"""`kvisdocs stats` on 1,000 and 10,000 cases: time by the clock and of all processors, and the memory of its processes.

    .venv/bin/python benchmarks/stats.py [--edition public]

The cases are Herning's 304, drawn again and again. Each size is measured in a process of its own. The whole edition
hides nothing; what `--edition public` takes more is the hiding, which does not grow with the cases.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from timing import size

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
SIZES = (size(1000, 20), size(10_000, 40))

MEASURE = """
import resource, subprocess, sys, time
begun = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""
PROGRAM = [sys.executable, "-c", "from kvisdocs.cli.start import start; start()"]


def main() -> None:
    """Print a line for each size, and how the time of a case grows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edition", choices=("public", "whole"), default="whole")
    edition = parser.parse_args().edition
    from herning_cases import write_cases

    each_ms = []
    for count in SIZES:
        with tempfile.TemporaryDirectory() as name:
            write_cases(Path(name), count, with_others=False)
            options = ["stats", name, "--on", "2012-11-01", "--edition", edition, "-q"]
            call = [sys.executable, "-c", MEASURE, *PROGRAM, *options]
            done = subprocess.run(call, capture_output=True, text=True, check=True, cwd=ROOT)
            seconds, processors, memory_mb = map(float, done.stdout.split())
            each_ms.append(1000 * processors / count)
            print(
                f"{count:6} cases, {edition}: {seconds:.1f} s, {processors:.1f} processor seconds "
                f"({each_ms[-1]:.2f} ms a case), at most {memory_mb:.0f} MB in one process"
            )
    print(f"processor time a case, {SIZES[-1]} to {SIZES[0]} cases: {each_ms[-1] / each_ms[0]:.2f}")


if __name__ == "__main__":
    main()
