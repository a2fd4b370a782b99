"""The workers: an executor that survives whatever becomes of its processes."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError
from dataclasses import dataclass
from pathlib import Path

import pytest

from kvisdocs.batch.pool.pool import Start, TaskTimeout, WorkerDied, Workers
from kvisdocs.batch.pool.worker_process import Renewal
from kvisdocs.batch.run import name_signal


def nothing(*_: object) -> None:
    """What a worker is prepared by."""


def fail_to_prepare() -> None:
    raise OSError("no fonts here")


def die() -> None:
    os._exit(3)


def kill_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def answer(value: int) -> tuple[int, int]:
    return value, os.getpid()


def divide() -> float:
    return 1 / 0


def read_all_memory() -> int:
    return len(bytearray(4 * 1024**3))


def folder() -> str:
    return str(Path.cwd())


@dataclass(frozen=True)
class Endless:
    limit_s: float


def never_end(_: Endless) -> None:
    while True:
        pass


@pytest.fixture
def two() -> Iterator[Workers]:
    with Workers(2, Start(nothing)) as workers:
        yield workers


def test_answers_and_exceptions_come_back(two):
    futures = [two.submit(answer, number) for number in range(20)]

    assert [future.result()[0] for future in futures] == list(range(20))
    assert len({future.result()[1] for future in futures}) <= 2
    assert isinstance(two.submit(divide).exception(), ZeroDivisionError)


def test_a_worker_that_dies_costs_its_own_task_only(two):
    before = [two.submit(answer, number) for number in range(5)]
    killed, left = two.submit(kill_itself), two.submit(die)
    after = [two.submit(answer, number) for number in range(5)]

    assert [future.result()[0] for future in before + after] == [*range(5), *range(5)]
    assert (killed.exception().signal, left.exception().signal) == (9, 0)
    assert isinstance(killed.exception(), WorkerDied)


def test_workers_are_had_again_when_the_server_that_forks_them_is_killed_while_one_is_asked_for(two):
    server = two.submit(os.getppid).result()
    lost = two.submit(never_end, Endless(60))
    (worker,) = two.pids()
    os.kill(server, signal.SIGSTOP)
    answered = two.submit(answer, 1)
    time.sleep(0.3)  # so that the second worker is being asked for

    os.kill(server, signal.SIGKILL)

    assert answered.result(timeout=30)[0] == 1
    assert isinstance(lost.exception(timeout=30), WorkerDied)
    until = time.monotonic() + 30
    while Path(f"/proc/{worker}").exists():
        assert time.monotonic() < until, "the worker whose server is gone works on"
        time.sleep(0.01)


def test_a_worker_over_its_time_is_ended_and_the_others_do_not_notice(two):
    endless = two.submit(never_end, Endless(0.5))
    others = [two.submit(answer, number) for number in range(5)]

    assert isinstance(endless.exception(timeout=30), TaskTimeout)
    assert endless.exception().limit_s == 0.5
    assert [future.result()[0] for future in others] == list(range(5))
    assert two.submit(answer, 7).result()[0] == 7


def test_a_worker_is_renewed_after_its_tasks():
    with Workers(1, Start(nothing, renewal=Renewal(tasks=3))) as workers:
        pids = [workers.submit(answer, number).result()[1] for number in range(7)]

    assert [pids.index(pid) for pid in pids] == [0, 0, 0, 3, 3, 3, 6]


def test_a_worker_has_so_much_memory_and_no_more():
    with Workers(1, Start(nothing, renewal=Renewal(memory_bytes=2 * 1024**3))) as workers:
        assert isinstance(workers.submit(read_all_memory).exception(), MemoryError)
        assert workers.submit(answer, 1).result()[0] == 1


def test_workers_stand_where_their_parent_stands(two, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert two.submit(folder).result() == str(tmp_path)


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (fail_to_prepare, "the workers cannot start: OSError: no fonts here"),
        (die, "the workers die before they begin (exit code 3)"),
    ],
)
def test_workers_that_cannot_begin_break_the_pool_instead_of_hanging(prepare, said):
    with Workers(2, Start(prepare)) as workers:
        future = workers.submit(answer, 1)

        assert isinstance(future.exception(timeout=30), BrokenExecutor)
        assert str(future.exception()) == said
        with pytest.raises(BrokenExecutor):
            workers.submit(answer, 1).result(timeout=30)


def test_after_the_end_no_worker_is_left_and_no_future_waits():
    workers = Workers(1, Start(nothing))
    endless = workers.submit(never_end, Endless(60))
    waiting = workers.submit(answer, 1)
    cancelled = workers.submit(answer, 2)
    assert cancelled.cancel()
    while not endless.running():
        time.sleep(0.01)
    pids = workers.pids()

    workers.shutdown()

    assert isinstance(endless.exception(timeout=5), BrokenExecutor)
    assert isinstance(waiting.exception(timeout=5), BrokenExecutor)
    with pytest.raises(CancelledError):
        cancelled.result()
    assert pids
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_a_signal_has_a_name():
    assert (name_signal(9), name_signal(200)) == ("signal 9 (SIGKILL)", "signal 200")
