"""A run over a meeting and its items, which are cases of their own."""

import shutil
from pathlib import Path

from user import CHECKOUT


def test_a_run_over_a_meeting_and_its_items_holds_nothing_back(kvisdocs):
    Path("moede").mkdir()
    for file in (CHECKOUT / "cases_yaml/committee").glob("moede-*.yaml"):
        shutil.copy(file, "moede")

    code, _, said = kvisdocs("batch", "moede", "--to", "docx", "--date", "2026-11-23", "--jobs", "1")

    assert (code, "0 held back" in said, "another case" in said) == (0, True, False)
