"""A whole month-end run: 1,000 cases, every document, both formats; its speed, its memory, and the run after it.

    python benchmarks/month_end.py [--cases 1000] [--jobs 2]

The second run has nothing to make; the first one's time over the second's is the figure to be at least 100. A worker's
memory is flat when its growth over 1,000 documents, after the first fifth of its life, is small beside what it has.
"""

import argparse
import tempfile
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from measuring import Measured, Sample, machine, measure
from timing import size

STEPS = 12
BAR_MB = 8
"""So much memory is one character of the curve."""


def main() -> None:
    """Run it twice and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=size(1000, 4))
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    from many_cases import DAY, write_examples

    with tempfile.TemporaryDirectory() as folder:
        cases, output = Path(folder, "cases"), Path(folder, "output")
        write_examples(cases, arguments.cases)
        options = ("--date", DAY, "--jobs", str(arguments.jobs))
        print(f"{arguments.cases} cases, {arguments.jobs} jobs; {machine()}", flush=True)
        first = measure(cases, output, *options, every_s=1)
        show_run(first)
        show_memory(first)
        second = measure(cases, output, *options, every_s=0.02)
        assert second.documents == 0, "the second run made something"
        print(f"second run: {second.seconds:.1f} s, {second.cpu_s:.1f} s of processors; {machine()}")
        print(
            f"{first.seconds / second.seconds:.0f} times by the clock, {first.cpu_s / second.cpu_s:.0f} by processors"
        )


def show_run(run: Measured) -> None:
    """What it made, and how fast."""
    files = [file for document in run.report["documents"] for file in document["files"]]
    pages = sum(file["pages"] or 0 for file in files)
    megabytes = sum(file["size"] for file in files) / 1e6
    print(f"{run.documents} documents, {len(files)} files, {pages} pages as PDF, {megabytes:.0f} MB")
    print(f"{run.seconds:.0f} s by the clock: {run.documents / run.seconds:.1f} documents a second; {machine()}")
    rate = run.documents / run.cpu_s
    print(f"{run.cpu_s:.0f} s of processors: {rate:.1f} documents a second for each processor that is free", flush=True)


def show_memory(run: Measured) -> None:
    """A curve of the program and its fullest worker, and how each grows."""
    print("    s  program  worker  (MB)")
    for step in range(STEPS):
        start, end = (run.seconds * each / STEPS for each in (step, step + 1))
        inside = [sample for sample in run.samples if start <= sample.at_s < end]
        program, worker = (
            max((sample.memory_mb for sample in inside if sample.role == role), default=0)
            for role in ("program", "worker")
        )
        print(f"{end:5.0f}  {program:7.0f}  {worker:6.0f}  {'#' * int(worker / BAR_MB)}")
    lives = groupby(sorted(run.samples, key=lambda sample: (sample.role, sample.pid, sample.at_s)), key=_who)
    for (role, _), samples in lives:
        life = list(samples)
        if role != "server" and len(life) >= STEPS:
            print(f"{role}, {life[-1].at_s - life[0].at_s:.0f} s of life: {growth(life)}")


def _who(sample: Sample) -> tuple[str, int]:
    return sample.role, sample.pid


def growth(life: Sequence[Sample]) -> str:
    """Memory after a fifth of a process's life and at its end, and the line through what lies between."""
    grown = life[len(life) // 5 :]
    times = [sample.at_s for sample in grown]
    mean_x, mean_y = sum(times) / len(grown), sum(sample.memory_mb for sample in grown) / len(grown)
    spread = sum((x - mean_x) ** 2 for x in times)
    rise = sum((sample.at_s - mean_x) * (sample.memory_mb - mean_y) for sample in grown) / spread if spread else 0
    most = max(sample.memory_mb for sample in life)
    ends = f"{grown[0].memory_mb:.0f} MB after a fifth of it, {grown[-1].memory_mb:.0f} at its end, {most:.0f} at most"
    return f"{ends}; {rise * 60:+.1f} MB a minute"


if __name__ == "__main__":
    main()
