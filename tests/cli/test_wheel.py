"""An installed kvisdocs carries its templates, examples and pages, and works in an empty folder."""

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from judges import without_judge

from kvisdocs.verify.validators import JudgeMissing

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, unpacked as an installer does it."""
    if importlib.util.find_spec("hatchling") is None:
        raise without_judge(JudgeMissing("hatchling", "pip install hatchling"))
    built, folder = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("unpacked")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(built)],
        cwd=CHECKOUT,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        timeout=60,
        check=True,
    )
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_templates_and_examples_are_inside(unpacked):
    for name in ("templates", "cases_yaml"):
        inside = {path.relative_to(CHECKOUT) for path in (CHECKOUT / name).rglob("*") if path.is_file()}
        bundled = unpacked / "kvisdocs" / "bundled"
        assert inside == {path.relative_to(bundled) for path in (bundled / name).rglob("*") if path.is_file()}


def test_the_pages_are_inside_and_what_makes_them_is_not(unpacked):
    pages = {
        path.relative_to(CHECKOUT) for ending in ("md", "png") for path in (CHECKOUT / "docs").rglob(f"*.{ending}")
    }
    bundled = unpacked / "kvisdocs" / "bundled"
    assert pages == {path.relative_to(bundled) for path in (bundled / "docs").rglob("*") if path.is_file()}


def test_a_page_can_be_read(unpacked, program, folder):
    said = program("docs", "kom-i-gang", "--lang", "da", path=unpacked)

    assert said.out == (CHECKOUT / "docs/da/kom-i-gang.md").read_text(encoding="utf-8")


def test_nothing_else_is_on_top(unpacked):
    (metadata,) = unpacked.glob("*.dist-info")

    assert {path.name for path in unpacked.iterdir()} == {"kvisdocs", metadata.name}


def test_it_renders_its_examples_in_an_empty_folder(unpacked, program, folder):
    example = unpacked / "kvisdocs/bundled/cases_yaml/2012/committee/herning-punkt-87.yaml"

    code, out, _ = program("render", str(example), path=unpacked, cwd=folder)

    assert (code, out) == (
        0,
        "output/herning-punkt-87/committee-brief.pdf\noutput/herning-punkt-87/committee-brief.docx\n",
    )


def test_it_lays_out_a_folder(unpacked, program, folder):
    assert program("init", "breve", path=unpacked).code == 0
    assert program("check", path=unpacked, cwd=folder / "breve").err == "2 cases, 0 errors, 0 warnings\n"
