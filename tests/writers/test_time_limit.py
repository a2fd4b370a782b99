"""The last wall: what never ends is ended, wherever it is, and nothing is left ticking behind."""

import signal
import subprocess
import sys
import threading

import pytest

from kvisdocs.writers.limits import TookTooLongError, limit_time

SOON_S = 0.5
"""After twice that the process ends, and the tests with it: time enough for a signal on a busy machine."""


def spin() -> None:
    while True:
        pass


def test_what_never_ends_is_stopped() -> None:
    with pytest.raises(TookTooLongError), limit_time(SOON_S):
        spin()


def test_a_library_that_swallows_every_exception_is_stopped_too() -> None:
    def stubborn() -> None:
        while True:
            try:
                spin()
            except Exception:
                continue

    with pytest.raises(TookTooLongError), limit_time(SOON_S):
        stubborn()


def test_what_swallows_even_that_is_stopped_the_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kvisdocs.writers.limits._AGAIN_S", 0.05)
    heard = []

    def deaf() -> None:
        try:
            spin()
        except BaseException as error:
            heard.append(type(error))
        spin()

    with pytest.raises(TookTooLongError), limit_time(SOON_S):
        deaf()
    assert heard == [TookTooLongError]


def test_nothing_is_left_behind() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with limit_time(60):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is before


def test_another_thread_works_without_the_timer() -> None:
    done: list[bool] = []

    def work() -> None:
        with limit_time(60):
            done.append(signal.getitimer(signal.ITIMER_REAL) == (0, 0))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_what_does_not_come_back_from_c_ends_the_process() -> None:
    """Two lists of lists that hold each other sixty times over are compared in C, which hears no signal."""
    code = (
        "from kvisdocs.writers.limits import limit_time\n"
        "a, b = [1], [1]\n"
        "for _ in range(60):\n    a, b = [a, a], [b, b]\n"
        "with limit_time(0.1):\n    a == b"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert "Timeout" in ended.stderr
