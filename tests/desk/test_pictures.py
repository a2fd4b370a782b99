"""The pictures of the desk's pages in docs/desk.md: each shows the words that its page has today."""

import importlib.util
import shutil

import pytest
from desk_browser import ROOT
from judges import without_judge

from kvisdocs.verify.validators import JudgeMissing


@pytest.fixture(scope="module")
def pictures():
    if shutil.which("chromium") is None:
        raise without_judge(JudgeMissing("chromium", "apt-get install chromium"))
    spec = importlib.util.spec_from_file_location("desk_pictures", ROOT / "docs" / "desk_pictures.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pictures_show_the_words_of_their_pages(pictures):
    assert pictures.find_stale() == [], "run .venv/bin/python docs/desk_pictures.py"


def test_each_picture_is_small_and_stands_in_the_documentation(pictures):
    page = (ROOT / "docs" / "desk.md").read_text(encoding="utf-8")
    found = {path.name: path.stat().st_size for path in pictures.PICTURES.iterdir()}
    assert set(found) == {f"{name}{end}.png" for name in pictures.PAGES for end in pictures.SIZES}
    assert [name for name, size in found.items() if size > 100_000 or f"pictures/desk/{name})" not in page] == []
