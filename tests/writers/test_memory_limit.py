"""One document cannot take the machine's memory: it is stopped, and the next one is made."""

import gc
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import citizen_yaml
from click.testing import CliRunner

from kvisdocs.cli.main import main
from kvisdocs.writers.limits import TooMuchMemoryError, limit_memory

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps such a limit")
ROOM = 100 * 1024**2


@pytest.fixture(autouse=True)
def _without_callbacks_of_the_collector() -> Iterator[None]:
    """Hypothesis times the collector by a callback in which Python loses every exception, with a warning."""
    before, gc.callbacks[:] = gc.callbacks[:], []
    yield
    gc.callbacks[:] = before


def fill() -> None:
    kept = []
    while True:
        kept.append(list(range(1000)))


def test_what_takes_more_and_more_is_stopped() -> None:
    with pytest.raises(TooMuchMemoryError), limit_memory(ROOM):
        fill()


def test_a_library_that_swallows_every_exception_is_stopped_too() -> None:
    def stubborn() -> None:
        while True:
            try:
                fill()
            except Exception:
                continue

    with pytest.raises(TooMuchMemoryError), limit_memory(ROOM):
        stubborn()


def test_what_wants_too_much_at_once_is_refused() -> None:
    with pytest.raises(MemoryError), limit_memory(ROOM):
        bytearray(4 * ROOM)


def test_what_wants_less_is_let_be_and_the_limits_are_lifted() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGPROF)
    with limit_memory(ROOM):
        bytearray(ROOM // 4)
        assert resource.getrlimit(resource.RLIMIT_AS) != before[0]
    assert (resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGPROF)) == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_a_stricter_limit_stays() -> None:
    with limit_memory(ROOM), limit_memory(8 * ROOM), pytest.raises(MemoryError):
        bytearray(6 * ROOM)


def test_render_stops_such_a_document_and_makes_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kvisdocs.application.render_job.DOCUMENT_BYTES", ROOM)
    Path("sag.yaml").write_text(citizen_yaml(), encoding="utf-8")
    pages = '{% for n in range(12000) %}<p class="b">x</p>{% endfor %}'
    for name, body in {"endless": pages, "short": "<p>x</p>"}.items():
        folder = Path("templates") / name
        folder.mkdir(parents=True)
        folder.joinpath("document.yaml").write_text(
            f"title: T\ndescription: d\nkind: citizen\naudience: citizen\nstylesheets: [{name}.css]\n"
        )
        folder.joinpath("document.html.j2").write_text(
            f'<!DOCTYPE html><html lang="da"><head><title>T</title></head><body><h1>T</h1>{body}</body></html>'
        )
        Path("templates", f"{name}.css").write_text(".b { break-before: page }")
    made = CliRunner().invoke(main, ["render", "sag.yaml", "-d", "endless", "-d", "short", "-o", "out", "--to", "pdf"])
    assert "endless cannot be made: it needs more memory than one document may take" in made.output
    assert sorted(path.name for path in Path("out").rglob("*.pdf")) == ["short.pdf"]
    assert made.exit_code == 1
