"""Lint on templates that have a fault each, with all that it says of them; and on ours, of which it has nothing to say.

Run as a program, it writes what lint says now; read it before you keep it.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from kvisdocs.application.template_checks import lint_all
from kvisdocs.templating.html import Assets

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "templates"
BROKEN = Path(__file__).parents[1] / "broken"
CASES = sorted(BROKEN.glob("*.html.j2"))
NAMES = [path.name.removesuffix(".html.j2") for path in CASES]


def lint(template: Path, folder: Path) -> str:
    """All that lint says of the template as the document `brev`, one problem a line, without the folder's path."""
    text = template.read_text(encoding="utf-8")
    audience = re.match(r"\{# audience: (\w+) #\}", text)
    own = template.with_name(template.name.replace(".html.j2", ".css"))
    brev = folder / "brev"
    shutil.rmtree(brev, ignore_errors=True)
    brev.mkdir()
    sheets = "[house.css, own.css]" if own.exists() else "[house.css]"
    (brev / "document.yaml").write_text(
        f"title: Brev\ndescription: a letter\nkind: citizen\naudience: {audience[1] if audience else 'citizen'}\n"
        f"stylesheets: {sheets}\n",
        encoding="utf-8",
    )
    (brev / "document.html.j2").write_text(text, encoding="utf-8")
    shutil.copy(SHIPPED / "follow-up-plan" / "sample.yaml", brev / "sample.yaml")
    if own.exists():
        shutil.copy(own, folder / "own.css")
    problems = lint_all(Assets((folder, SHIPPED)), ["brev"]).problems
    return "".join(f"{problem}\n" for problem in problems).replace(f"{folder}/", "")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all, since the fonts and house.css are read once for each."""
    return tmp_path_factory.mktemp("templates")


@pytest.mark.parametrize("name", NAMES)
def test_lint_says_this_and_no_more(name: str, folder: Path) -> None:
    assert lint(BROKEN / f"{name}.html.j2", folder) == (BROKEN / f"{name}.txt").read_text(encoding="utf-8")


def test_every_broken_template_is_found_broken() -> None:
    assert len(NAMES) >= 30
    assert [name for name in NAMES if not (BROKEN / f"{name}.txt").read_text(encoding="utf-8").strip()] == []


if __name__ == "__main__":
    for each in CASES:
        with tempfile.TemporaryDirectory() as made:
            said = lint(each, Path(made))
        (BROKEN / each.name.replace(".html.j2", ".txt")).write_text(said, encoding="utf-8")
        sys.stdout.write(f"== {each.name}\n{said}")
