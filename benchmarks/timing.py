"""How long a piece of work takes in this process, where a shared machine is faster at one time than at another."""

import gc
import os
import resource
import time
from collections.abc import Callable, Sequence

SMALLEST = os.environ.get("KVISDOCS_BENCHMARKS") == "smallest"
"""Whether it is only to be seen that a benchmark still runs; its figures then mean nothing."""


def size(full: int, smallest: int) -> int:
    """How many rounds or cases: `full`, or `smallest` where nothing is to be measured."""
    return smallest if SMALLEST else full


def processor_seconds() -> float:
    """What this process and its ended children have used, to the microsecond: `os.times` counts hundredths."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def best_in_turns(
    runs: Sequence[Callable[[], object]],
    rounds: int,
    warm_up: int = 1,
    clock: Callable[[], float] = time.process_time,
) -> list[float]:
    """The shortest time of each, in seconds, over so many rounds in turns; rounds to warm up do not count.

    Nobody pays for what another left to be collected. Unless another clock is given, it is processor time.
    """
    best = [float("inf")] * len(runs)
    for number in range(warm_up + rounds):
        for place, run in enumerate(runs):
            gc.collect()
            begin = clock()
            run()
            if number >= warm_up:
                best[place] = min(best[place], clock() - begin)
    return best


def best_of(run: Callable[[], object], rounds: int, warm_up: int = 1) -> float:
    """The shortest processor time of one alone, in seconds."""
    return best_in_turns([run], rounds, warm_up)[0]
