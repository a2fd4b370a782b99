"""What runs inside a worker process: calls come through the pipe, answers go back, and in time it makes room."""

import contextlib
import gc
import os
import signal
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from typing import Any


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
