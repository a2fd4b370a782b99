"""Whenever a signal comes, every command ends with a word and 128 + its number, and leaves nothing half done."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from builders import citizen_yaml
from many_cases import person

from kvisdocs.application.stopping import Stopped, check_stopped, deferring, heeding

CHECKOUT = Path(__file__).parents[2]

BEGIN = """
import importlib.util, os, sys
from kvisdocs.cli.start import start

MODULE, NAME, NUMBER = sys.argv.pop(1), sys.argv.pop(1), int(sys.argv.pop(1))

class Finder:
    "Sends the signal to this process when the module is loaded, or when its function is called."
    loading = False

    def find_spec(self, name, path=None, target=None):
        if name != MODULE or self.loading:
            return None
        self.loading = True
        if NAME == "loading":
            os.kill(os.getpid(), NUMBER)
        spec = importlib.util.find_spec(name)
        execute = spec.loader.exec_module
        def execute_and_patch(module):
            execute(module)
            *owners, last = NAME.split(".")
            owner = getattr(module, owners[0]) if owners else module
            whole = getattr(owner, last)
            def patched(*arguments, **named):
                os.kill(os.getpid(), NUMBER)
                return whole(*arguments, **named)
            setattr(owner, last, patched)
        spec.loader.exec_module = execute_and_patch
        return spec

sys.meta_path.insert(0, Finder())
start()
"""

BATCH = ("batch", "cases", "-d", "note", "--to", "docx", "--report", "report.html", "--jobs", "1")
RENDER = ("render", "cases", "-d", "note", "--to", "docx")

MOMENTS = [
    (("check", "cases"), "click", "loading"),
    (("check", "cases"), "kvisdocs.cases.model.citizen", "loading"),
    (("check", "cases"), "kvisdocs.application.reading", "CaseReader.read"),
    (("lint",), "kvisdocs.application.template_checks", "lint_all"),
    (("documents",), "kvisdocs.templating.documents", "load_documents"),
    (RENDER, "kvisdocs.cli.render", "loading"),
    (RENDER, "kvisdocs.templating.documents", "load_documents"),
    (RENDER, "kvisdocs.application.template_folders", "find_assets"),
    (RENDER, "kvisdocs.application.store.manifest", "Manifest.append"),
    (RENDER, "kvisdocs.application.store.output_store", "OutputStore.put"),
    (RENDER, "kvisdocs.application.store.output_store", "OutputStore._move_parts"),
    (BATCH, "kvisdocs.batch.run_service", "loading"),
    (BATCH, "kvisdocs.application.template_folders", "check_templates"),
    (BATCH, "kvisdocs.batch.plan", "Planner.plan"),
    (BATCH, "kvisdocs.application.reading", "find_files"),
    (BATCH, "kvisdocs.application.store.session", "hold_lock"),
    (BATCH, "kvisdocs.application.store.digests", "DigestBook.review_digest"),
    (BATCH, "kvisdocs.batch.pool.pool", "Workers.submit"),
    (BATCH, "kvisdocs.application.store.manifest", "Manifest.begin"),
    (BATCH, "kvisdocs.application.store.manifest", "Manifest.append"),
    (BATCH, "kvisdocs.application.store.manifest", "Manifest.end"),
    (BATCH, "kvisdocs.application.store.output_store", "OutputStore._move_parts"),
    (BATCH, "kvisdocs.batch.pool.pool", "Workers.shutdown"),
    (BATCH, "kvisdocs.batch.reporting.report_page", "write_html"),
    (BATCH, "kvisdocs.application.store.atomic_files", "write_atomically"),
    (BATCH, "kvisdocs.cli.terminal.run_console", "show_report"),
]


@pytest.mark.parametrize("moment", range(len(MOMENTS)))
def test_at_any_moment_it_ends_with_a_word(kvisdocs, write, note, moment):
    call, module, name = MOMENTS[moment]
    number = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)[moment % 3]
    write({f"cases/{each}.yaml": person(each) for each in range(3)})

    done = subprocess.run(
        [sys.executable, "-c", BEGIN, module, name, str(int(number)), *call],
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    assert "Traceback" not in done.stderr, done.stderr
    assert "ignored" not in done.stderr
    assert (done.returncode, f"stopped by {number.name}" in done.stderr) == (128 + number, True), done.stderr
    if call[0] in {"render", "batch"}:
        assert kvisdocs(*call).code == 0
        files = sorted(path.relative_to("output").as_posix() for path in Path("output").rglob("*.docx"))
        assert files == ["0/note.docx", "1/note.docx", "2/note.docx"]
        assert not list(Path("output/.kvisdocs/parts").iterdir())


def test_a_signal_that_is_ignored_stays_so(write):
    """nohup: the run goes on when the terminal is closed."""
    write({"a.yaml": citizen_yaml()})
    whole = BEGIN.replace("sys.meta_path", "import signal; signal.signal(1, signal.SIG_IGN); sys.meta_path")

    done = subprocess.run(
        [sys.executable, "-c", whole, "kvisdocs.application.reading", "CaseReader.read", "1", "check", "a.yaml"],
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0


def test_a_full_check_in_several_processes_ends_soon(write):
    code = """
import os, signal, sys
from kvisdocs.application import processes, review as judging
from kvisdocs.cli.start import start
processes.ENOUGH = 1
processes._processors = lambda: 2
parent, whole = os.getpid(), judging.CaseReviewer.judge
def judge(self, files):
    if os.getpid() != parent:
        os.kill(parent, signal.SIGTERM)
    return whole(self, files)
judging.CaseReviewer.judge = judge
start()
"""
    write({f"cases/{each}.yaml": person(each) for each in range(20)})

    done = subprocess.run(
        [sys.executable, "-c", code, "check", "cases"],
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stderr) == (143, "stopped by SIGTERM\n")


def test_what_belongs_together_is_done_before_a_signal_is_heard():
    done = []

    def put() -> None:
        with deferring(), deferring():
            os.kill(os.getpid(), signal.SIGTERM)
            done.append("put in its place")
            check_stopped()
            done.append("told of")

    with heeding([signal.SIGTERM]), pytest.raises(Stopped) as stopped:
        put()

    assert (done, stopped.value.code) == (["put in its place", "told of"], 128 + signal.SIGTERM)
