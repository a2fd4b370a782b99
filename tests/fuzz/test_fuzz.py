"""Whatever is thrown at it, the program answers in its own words: never a traceback, never half a file.

`make fuzz` throws thousands, and prints the seed with which the same come again; the tests throw a sample of always the
same. KVISDOCS_FUZZ is the number of cases for `check`; documents are made of a fortieth of it, since they take longer.
"""

import json
import os
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from fuzz.strategies import MODEL_CASES, ROOT, TEMPLATE_SIGNS, TEMPLATES, as_yaml, changed_bytes, changed_cases
from hypothesis import HealthCheck, given, settings

from kvisdocs.cli.main import main

ASKED = int(os.environ.get("KVISDOCS_FUZZ", "0"))
MANY = ASKED or 500
FEW = max(ASKED // 40, 6)
OURS = re.compile(r"fault in kvisdocs|Traceback|NoneType|object has no|pydantic|libyaml", re.IGNORECASE)
QUIET = settings(
    deadline=None,
    database=None,
    derandomize=not ASKED,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True, scope="module")
def _in_an_empty_folder(tmp_path_factory: pytest.TempPathFactory):
    before = Path.cwd()
    os.chdir(tmp_path_factory.mktemp("fuzz"))
    yield
    os.chdir(before)


def check(raw: bytes) -> None:
    Path("case.yaml").write_bytes(raw)
    done = CliRunner().invoke(main, ["check", "case.yaml", "--json"], catch_exceptions=False)
    problems = [json.loads(line) for line in done.stdout.split("\n")[:-1]]
    errors = [each for each in problems if each["severity"] == "error"]
    assert done.exit_code == (1 if errors else 0)
    for each in problems:
        left_out = ["document", "reason"] if "document" in each else []
        assert list(each) == ["file", "line", "column", "severity", "code", "what", "todo", *left_out]
        assert not left_out or each["severity"] == "note"
        is_of_rules = each["severity"] == "note" and "/programme/data/" in each["file"]  # no legal advice
        assert each["file"] == "case.yaml" or is_of_rules
        assert each["what"]
        assert each["todo"]
        assert not OURS.search(each["what"])
        assert 0 <= each["line"] <= len(raw.splitlines()) + raw.count(b"\xe2\x80\xa8") + raw.count(b"\xc2\x85") + 9


@settings(QUIET, max_examples=MANY * 6 // 10)
@given(changed_bytes())
def test_check_of_examples_with_other_bytes(raw: bytes) -> None:
    check(raw)


@settings(QUIET, max_examples=MANY * 3 // 10)
@given(changed_cases())
def test_check_of_examples_with_other_values(data: dict[str, object]) -> None:
    check(as_yaml(data))


@settings(QUIET, max_examples=MANY // 10)
@given(MODEL_CASES)
def test_check_of_cases_by_the_model(data: dict[str, object]) -> None:
    check(as_yaml(data))


def render(*arguments: str) -> None:
    """Render, and see that every file is whole and that a document is there in all its formats or in none."""
    shutil.rmtree("output", ignore_errors=True)
    done = CliRunner().invoke(main, ["render", "--date", "2012-11-14", *arguments], catch_exceptions=False)
    assert done.exit_code in {0, 1}
    assert not OURS.search(done.stdout + done.stderr), done.stderr
    own = Path("output/.kvisdocs")  # the manifest
    made = [path for path in Path("output").rglob("*") if path.is_file() and own not in path.parents]
    assert sorted(map(str, made)) == sorted(line for line in done.stdout.split("\n") if line)
    for path in made:
        if path.suffix == ".pdf":
            assert path.read_bytes().rstrip().endswith(b"%%EOF")
            assert path.with_suffix(".docx").exists()
        else:
            with zipfile.ZipFile(path) as archive:
                assert archive.testzip() is None


@settings(QUIET, max_examples=FEW)
@given(changed_cases(most=6))
def test_render_of_examples_with_other_values(data: dict[str, object]) -> None:
    Path("case.yaml").write_bytes(as_yaml(data))
    render("case.yaml")


@settings(QUIET, max_examples=FEW)
@given(MODEL_CASES)
def test_render_of_cases_by_the_model(data: dict[str, object]) -> None:
    Path("case.yaml").write_bytes(as_yaml(data))
    render("case.yaml")


@settings(QUIET, max_examples=FEW)
@given(changed_bytes(TEMPLATES, TEMPLATE_SIGNS))
def test_render_with_templates_with_other_bytes(raw: bytes) -> None:
    folder = Path("templates/follow-up-plan")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "document.html.j2").write_bytes(raw)
    try:
        render(
            str(ROOT / "cases_yaml/2012/citizens/maja-sjoelund-aegidius.yaml"), "-d", "follow-up-plan", "--to", "docx"
        )
        done = CliRunner().invoke(main, ["lint", "follow-up-plan", "--json"], catch_exceptions=False)
        assert done.exit_code in {0, 1}
        assert not OURS.search(done.stdout), done.stdout
    finally:
        shutil.rmtree("templates")
