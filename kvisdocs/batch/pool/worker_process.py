"""A worker process: how it starts and ends on each system, and what runs inside it.

Calls come through the pipe, answers go back, and in time it makes room for another. Where the fork server was killed,
another is started.
"""

import contextlib
import gc
import multiprocessing
import multiprocessing.context
import os
import signal
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

Context = multiprocessing.context.SpawnContext | multiprocessing.context.ForkServerContext

SERVER_GONE = 255
"""What multiprocessing says of a worker whose fork server is gone: nobody knows, and it may still be at work."""


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


@dataclass(frozen=True)
class Renewal:
    """When a worker makes room for a new one, and how much memory it may have."""

    tasks: int = 300
    memory_bytes: int | None = None
    """Of address space; beyond it a task gets a MemoryError, or the worker dies of it. None where all may be had."""


def serve(
    pipe: "Connection[Any, Any]",
    folder: str,
    prepare: Callable[..., None],
    arguments: tuple[Any, ...],
    renewal: Renewal,
) -> None:
    """Answer calls until the pipe closes. Each answer is (`done` or `raised`, value, whether the worker stays)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to hear
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        os.chdir(folder)
        _limit_memory(renewal.memory_bytes)
        prepare(*arguments)
    except Exception:
        pipe.send(("unfit", traceback.format_exc().strip().splitlines()[-1], False))
        return
    gc.freeze()  # what is loaded now stays; the collector need not look at it again
    with contextlib.suppress(EOFError, OSError):
        pipe.send(("ready", None, True))
        for number in range(1, renewal.tasks + 1):
            function, positional, named = pipe.recv()
            stays = number < renewal.tasks
            try:
                answer = ("done", function(*positional, **named), stays)
            except MemoryError as error:
                answer = ("raised", error, False)
            except Exception as error:
                answer = ("raised", error, stays)
            pipe.send(answer)


def _leave_with_parent() -> None:
    """A worker in an endless loop would outlive a parent that was killed."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _limit_memory(memory_bytes: int | None) -> None:
    if memory_bytes is None:
        return
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows; a harder limit that is there already
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
