"""Many files shared out to as many processes as there are processors; a few are seen to in this one."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

ENOUGH = 100
"""So many files are worth a process: a fifth of a second's work, beside a hundredth for the process."""

SHARES = 4
"""So many parts of the files for each process, since one paper takes as long as ten others."""


def unheard(number: int) -> None:
    """Where nobody waits for it."""


def share_out(
    work: Callable[[Sequence[Path]], T],
    files: Sequence[Path],
    hear: Callable[[int], None] = unheard,
    most: int | None = None,
) -> list[T]:
    """What `work` says of parts of the files, in their order; no part has more than `most` files.

    `hear` is told each time how many files more are through.
    """
    most = most or max(1, len(files))
    worker_count = min(_processors(), len(files) // ENOUGH)
    is_alone = threading.active_count() == 1  # a copy of a process has one thread, and waits for the others
    if worker_count < 2 or not is_alone or "fork" not in multiprocessing.get_all_start_methods():
        return list(_in_turn(work, files, hear, most))
    parts = _split(files, min(most, -(-len(files) // (worker_count * SHARES))))
    context = multiprocessing.get_context("fork")
    done: list[T] = []
    try:
        pool = ProcessPoolExecutor(worker_count, context, initializer=_leave_interrupts_to_the_parent)
        for answer in _in_pool(work, parts, pool):
            hear(len(parts[len(done)]))
            done.append(answer)
    except (BrokenExecutor, OSError):  # killed, or there is no room for it
        rest = [file for part in parts[len(done) :] for file in part]
        return [*done, *_in_turn(work, rest, hear, most)]
    return done


def _split(files: Sequence[Path], size: int) -> list[Sequence[Path]]:
    return [files[start : start + size] for start in range(0, len(files), size)]


def _in_turn(
    work: Callable[[Sequence[Path]], T], files: Sequence[Path], hear: Callable[[int], None], most: int
) -> Iterator[T]:
    for part in _split(files, most) or [files]:
        yield work(part)
        hear(len(part))


def _in_pool(
    work: Callable[[Sequence[Path]], T], parts: Sequence[Sequence[Path]], pool: ProcessPoolExecutor
) -> Iterator[T]:
    """What the pool's processes say of the parts. Whoever stops it need not wait for them."""
    is_through = False
    try:
        for future in [pool.submit(work, part) for part in parts]:
            yield future.result()
        is_through = True
    finally:
        if not is_through:
            for process in multiprocessing.active_children():
                process.kill()
        pool.shutdown(wait=is_through)


def count_processors() -> int:
    """How many this process may use; on systems that do not tell, all there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _processors() -> int:
    """How many processes may run at a time. Only Linux copies a process safely, which takes no time to begin."""
    return count_processors() if sys.platform == "linux" else 1


def _leave_interrupts_to_the_parent() -> None:
    """Ctrl-C reaches all processes of a terminal; other signals end the one that they are sent to."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        if signal.getsignal(getattr(signal, name)) is not signal.SIG_IGN:
            signal.signal(getattr(signal, name), signal.SIG_DFL)
