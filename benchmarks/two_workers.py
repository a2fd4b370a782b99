"""`kvisdocs batch --jobs 2` beside `--jobs 1`, over the same cases: every document, both formats.

    python benchmarks/two_workers.py [--cases 60] [--rounds 2]

In turns, best of the rounds. Twice is the most that can be had: the figure is to be at least 1.8, with and without the
start (the time until there is a worker). On a machine that has other work too the clock tells little. So the same is
computed from the time of processors as well: all of it with one job, where what the program does itself may overlap
with what its worker does, and with two.
"""

import argparse
import tempfile
from pathlib import Path

from measuring import Measured, machine, measure
from timing import size


def main() -> None:
    """Print both times and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=size(60, 2))
    parser.add_argument("--rounds", type=int, default=size(2, 1))
    arguments = parser.parse_args()
    from many_cases import DAY, write_examples

    best: dict[int, Measured] = {}
    with tempfile.TemporaryDirectory() as folder:
        cases = Path(folder, "cases")
        write_examples(cases, arguments.cases)
        for number in range(arguments.rounds):
            for jobs in (1, 2):
                run = measure(cases, Path(folder, f"output-{jobs}-{number}"), "--date", DAY, "--jobs", str(jobs))
                print(f"--jobs {jobs}: {told(run)}; {machine()}", flush=True)
                best[jobs] = min(best.get(jobs, run), run, key=lambda each: each.seconds)
    one, two = best[1], best[2]
    begun_one, begun_two = one.seconds - one.first_s("worker"), two.seconds - two.first_s("worker")
    print(f"{one.documents} documents: {one.seconds / two.seconds:.2f} times as fast with two by the clock")
    print(f"without the start {begun_one / begun_two:.2f} times ({begun_one:.1f} s and {begun_two:.1f} s)")
    print(f"by processors {computed(one, 1) / computed(two, 2):.2f} times ({two.cpu_s / one.cpu_s:.2f} times the work)")


def told(run: Measured) -> str:
    """Its times, and who used the processors."""
    shares = {role: role_cpu_s(run, role) for role in ("program", "server", "worker")}
    words = ", ".join(f"{role} {seconds:.1f} s" for role, seconds in shares.items())
    return f"{run.seconds:.1f} s by the clock, {run.first_s('worker'):.1f} s to the first worker; processors: {words}"


def role_cpu_s(run: Measured, role: str) -> float:
    """Processor time of all processes of a role."""
    return sum({sample.pid: sample.cpu_s for sample in run.samples if sample.role == role}.values())


def computed(run: Measured, jobs: int) -> float:
    """The shortest time in which so many free processors could have done it: the start is nobody's to share."""
    start_s = sum({s.pid: s.cpu_s for s in run.samples if s.at_s <= run.first_s("worker")}.values())
    return start_s + (run.cpu_s - start_s) / jobs


if __name__ == "__main__":
    main()
