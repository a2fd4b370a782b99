"""An output folder with the letters of a case, made once."""

import shutil
from datetime import UTC, datetime

import pytest
from made_letters import CASE, CITIZENS, DAY, OTHER

from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.render_job import RenderJob


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """`cases` with two cases and `output` with their letters as PDF."""
    root = tmp_path_factory.mktemp("letters")
    (root / "cases").mkdir()
    for name in (CASE, OTHER):
        shutil.copy(CITIZENS / f"{name}.yaml", root / "cases")
    scribe = Scribe("Prøve", lambda: datetime(2026, 11, 20, 9, tzinfo=UTC))
    RenderJob(root / "output", DAY, ("pdf",), scribe=scribe).make([root / "cases"], [], None)
    return root


@pytest.fixture
def letters(made, tmp_path):
    """A copy in the same place for a test that changes it."""
    kept = shutil.copytree(made, tmp_path / "kept")
    yield made
    for name in ("cases", "output"):
        shutil.rmtree(made / name)
        shutil.copytree(kept / name, made / name)
