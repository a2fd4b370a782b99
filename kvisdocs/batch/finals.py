"""Letters without UDKAST, made by worker processes: some hundred are approved in one go."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from kvisdocs.application.approval.doubts import judge_by_gate
from kvisdocs.application.approval.finals import Files, make_in_turn
from kvisdocs.application.approval.unchanged import Ground
from kvisdocs.application.job import Job, RunSettings
from kvisdocs.application.processes import count_processors
from kvisdocs.batch.pool.pool import TaskTimeout, WorkerDied
from kvisdocs.batch.pool.worker import make_case, start_pool
from kvisdocs.batch.run import explain
from kvisdocs.problems import KvisdocsError, Problem
from kvisdocs.templating.html import Assets
from kvisdocs.writers import WriterOutput


def judge_in_process(paths: Iterable[Path]) -> tuple[Sequence[Problem], bool]:
    """As `judge_by_gate`, in a process of its own: the Java of a validator cannot be used from another thread."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(judge_by_gate, list(paths)).result()


FEW = 4
"""So many are made sooner than workers are ready."""


def make_in_workers(grounds: Sequence[Ground], assets: Assets) -> Iterator[Files | KvisdocsError]:
    """As `make_in_turn`, on all processors."""
    if len(grounds) <= FEW:
        yield from make_in_turn(grounds, assets)
        return
    formats = tuple(dict.fromkeys(format for ground in grounds for format in ground.record.files))
    documents = tuple({ground.document.name: ground.document for ground in grounds}.values())
    workers = start_pool(count_processors(), RunSettings(assets, grounds[0].day, formats), documents, ())
    try:
        futures = [(workers.submit(make_case, _order(ground, assets)), ground) for ground in grounds]
        for future, ground in futures:
            try:
                (result,) = future.result()
            except (TaskTimeout, WorkerDied, BrokenExecutor) as error:
                yield explain(error, ground.case.source.file, ground.document.name)
                continue
            if result.problems:
                yield KvisdocsError(result.problems)
            else:
                yield {format: file for format, file in result.files.items() if isinstance(file, WriterOutput)}
    finally:
        workers.shutdown()


def _order(ground: Ground, assets: Assets) -> Job:
    settings = RunSettings(assets, ground.day, tuple(ground.record.files), final=True)
    return Job(
        ground.case.id,
        ground.case.source.file,
        ground.raw,
        (ground.document,),
        settings,
        ground.along,
        ground.case.related,
    )
