"""Whoever is killed while approving leaves a draft, or a letter that was approved: nothing in between."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kvisdocs.application.approval.approve import Verdict
from kvisdocs.application.journal.entry import Event
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.journal.letters import State, find_status, list_letters

CHECKOUT = Path(__file__).parents[3]
DRAFT, FINAL = Path("output/åse/note-UDKAST.docx"), Path("output/åse/note.docx")

KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from kvisdocs.application.approval.approve import ApprovalRequest, approve_letters
from kvisdocs.application.journal.scribe import Scribe

module, owner, name, moment = sys.argv[1:]
cls = getattr(import_module(module), owner)
real = getattr(cls, name)
def dying(*arguments, **options):
    if moment == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    real(*arguments, **options)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(cls, name, dying)
scribe = Scribe("Mette", lambda: datetime(2012, 11, 15, tzinfo=UTC))
approve_letters(ApprovalRequest(Path("output"), scribe, lambda letter: True, "", Path("templates"), judge=None))
"""

MANIFEST = "kvisdocs.application.store.manifest", "Manifest"
JOURNAL = "kvisdocs.application.journal.journal", "Journal"
STORE = "kvisdocs.application.store.output_store", "OutputStore"


@pytest.mark.parametrize(
    ("where", "name", "moment"),
    [
        (JOURNAL, "_append", "after"),
        (MANIFEST, "append", "before"),
        (MANIFEST, "append", "after"),
        (STORE, "_remove_superseded", "before"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[1],
)
def test_killed_at_any_moment(office, render, approve, where, name, moment):
    office("one")
    render()
    draft = DRAFT.read_bytes()

    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-c", KILLED, *where, name, moment]
    assert subprocess.run(command, env=environment, check=False).returncode == -9

    if FINAL.exists():
        status = find_status(Path("output"), FINAL)
        assert status is not None
        assert status.state is State.APPROVED
    else:
        assert not DRAFT.exists() or DRAFT.read_bytes() == draft
    if DRAFT.exists():
        assert approve("Mette").verdict is Verdict.APPROVED
    else:
        render()  # finishes what was begun

    assert sorted(path.name for path in Path("output/åse").iterdir()) == ["note.docx"]
    assert [each.state for each in list_letters(Path("output"))] == [State.APPROVED]
    read = Journal(Path("output")).read()
    assert read.is_whole
    assert [each.event for each in read.entries].count(Event.APPROVED) == 1
