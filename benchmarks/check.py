"""`kvisdocs check` on 250, 500 and 1,000 cases, beside yaml.compose with the C loader on the same files.

    .venv/bin/python benchmarks/check.py

The cases are the examples, each many times with other numbers, names and dates, so that no two files are the same. Both
run in turns, and each is the best of four, after one to warm up: by the clock, where `check` of many files uses all
processors, and by the time of all processors together, where it pays for each. The figures are the ratios, and that
they stay the same from 250 to 1,000 cases.
"""

import contextlib
import io
import tempfile
import time
from pathlib import Path

import yaml
from timing import best_in_turns, processor_seconds, size

from kvisdocs.cases.load import inspect_case
from kvisdocs.cli.main import main as kvisdocs

OF_FILES = ("kind: meeting\n", "kind: statistics\n")
"""What names other files cannot be laid elsewhere by itself."""

EXAMPLES = [
    path
    for path in sorted((Path(__file__).parent.parent / "cases_yaml").rglob("*.yaml"))
    if not any(kind in path.read_text(encoding="utf-8") for kind in OF_FILES)
]
SIZES = (size(250, 10), size(500, 20), size(1000, 40))
RUNS = size(4, 1)
TARGET = 3.0


def write_cases(folder: Path, count: int) -> list[Path]:
    """That many cases, each an example with a case number and words of its own, and some days moved."""
    files = []
    for number in range(count):
        text = EXAMPLES[number % len(EXAMPLES)].read_text(encoding="utf-8")
        text = text.replace("case_number: ", f"case_number: {number}-").replace("2012-11-", "2012-12-", number % 3)
        name = "".join(chr(ord("a") + int(digit)) for digit in str(number))
        text = text.replace(" og ", f" og {name} ").replace(" i ", f" i {name} ")  # no sentence is another's
        file = folder / f"{number:04}.yaml"
        file.write_text(text, encoding="utf-8")
        files.append(file)
    return files


def check(folder: Path) -> None:
    """What the command does, and its exit."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            kvisdocs(["check", str(folder)], prog_name="kvisdocs")
        except SystemExit as end:
            if end.code:
                raise RuntimeError("the cases of the benchmark have errors") from end


def compose(files: list[Path]) -> None:
    """The same files read by PyYAML alone."""
    for file in files:
        yaml.compose(file.read_bytes(), Loader=yaml.CSafeLoader)


def main() -> None:
    """Print times and ratios."""
    ratios: dict[str, list[float]] = {"clock": [], "processors": []}
    for count in SIZES:
        with tempfile.TemporaryDirectory() as name:
            files = write_cases(Path(name), count)
            runs = (
                lambda: check(Path(name)),
                lambda: compose(files),  # noqa: B023
                lambda: [inspect_case(file) for file in files],  # noqa: B023
            )
            for by, clock in (("clock", time.perf_counter), ("processors", processor_seconds)):
                ours, theirs, reading = best_in_turns(runs, RUNS, clock=clock)
                ratios[by].append(ours / theirs)
                each = f"check {ours:.2f} s ({1000 * ours / count:.2f} ms each), yaml.compose {theirs:.2f} s"
                print(f"{count:5} cases, by the {by}: {each}: {ratios[by][-1]:.2f}")
            print(f"             of it reading and the models in one process {reading:.2f} s: {reading / theirs:.2f}")
    for by, found in ratios.items():
        growth = f"growth from {SIZES[0]} to {SIZES[-1]}: {found[-1] / found[0]:.2f}"
        print(f"by the {by}: {found[-1]:.2f}, target below {TARGET}; {growth}")


if __name__ == "__main__":
    main()
