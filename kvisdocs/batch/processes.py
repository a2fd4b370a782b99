"""How worker processes come to be and how they end, on each system; and what to do when their fork server is killed."""

import contextlib
import multiprocessing
import multiprocessing.context
import os
import signal
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

Context = multiprocessing.context.SpawnContext | multiprocessing.context.ForkServerContext

SERVER_GONE = 255
"""What multiprocessing says of a worker whose fork server is gone: nobody knows, and it may still be at work."""


def count_processors() -> int:
    """How many this process may use; on systems that do not tell, all there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def choose_context(preload: tuple[str, ...]) -> Context:
    """Workers forked from a server that has loaded the modules; started afresh where there is no such thing."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context


def end_process(process: BaseProcess, pipe: "Connection[Any, Any]", patience_s: float = 0) -> int:
    """End it, which may have so long to go by itself; gives its exit code, negative for a signal."""
    pipe.close()
    process.join(patience_s)
    if process.is_alive():
        process.kill()
        process.join()
    code = process.exitcode or 0
    if code == SERVER_GONE and process.pid:
        with contextlib.suppress(OSError):
            os.kill(process.pid, signal.SIGKILL)
    process.close()
    return code
