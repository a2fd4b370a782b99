"""The Danish pages: what kom-i-gang has its reader do is done word for word, and what it promises comes."""

import importlib.util
import re
import shlex
from pathlib import Path

import pytest
from user import command, folder, program

__all__ = ["command", "folder", "program"]

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs" / "da"
STEP = re.compile(r"^    (\S[^\n]*)$|^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def steps(page):
    """What a page has its reader do, in order: `("type", line)`, `("text", what is seen)`, `("yaml", a file)`."""
    for typed, language, block in STEP.findall((PAGES / page).read_text(encoding="utf-8")):
        yield ("type", typed) if typed else (language, block)


def test_kom_i_gang_from_nothing_to_the_first_letter(folder, program):
    place, seen, case = folder, "", ""
    for kind, text in steps("kom-i-gang.md"):
        if kind == "text":
            assert [line for line in text.splitlines() if line not in seen.splitlines()] == []
        elif kind == "yaml":
            (place / case).write_text(text, encoding="utf-8")
        elif text.startswith("cd "):
            place /= text.removeprefix("cd ")
        elif text.startswith("kvisdocs "):
            said = program(*shlex.split(text)[1:], cwd=place, KVISDOCS_LANG="da")
            seen = said.out + said.err
            assert said.code == 0, seen
            case = next((word for word in shlex.split(text) if word.endswith("min-sag.yaml")), case)
        else:
            assert text.startswith("pipx install kvisdocs-"), text
    assert sorted(path.name for path in (place / "output" / "min-sag").iterdir()) == [
        "follow-up-plan.docx",
        "follow-up-plan.pdf",
        "gp-letter.docx",
        "gp-letter.pdf",
    ]


def test_what_new_case_lays_out_has_the_fields_of_the_page(folder, program):
    program("new", "case", "sag.yaml", "--municipality", "viborg", "--programme", "forenkling-2025", "--no-ask")
    laid_out = set(re.findall(r"^[ #-]*(\w+):", Path("sag.yaml").read_text(encoding="utf-8"), re.MULTILINE))
    (case,) = [text for kind, text in steps("kom-i-gang.md") if kind == "yaml"]

    assert set(re.findall(r"^[ -]*(\w+):", case, re.MULTILINE)) - laid_out == set()


def test_a_confirmed_programme_has_no_note(folder, program):
    (confirmed,) = [text for kind, text in steps("ny-kommune.md") if kind == "yaml"]
    (case,) = [text for kind, text in steps("kom-i-gang.md") if kind == "yaml"]
    Path("sag.yaml").write_text(case, encoding="utf-8")
    assert "confirmed" in program("check", "sag.yaml", "--json").out

    Path("templates/programmes").mkdir(parents=True)
    Path("templates/programmes/forenkling-2025.yaml").write_text(confirmed, encoding="utf-8")

    assert "confirmed" not in program("check", "sag.yaml", "--json").out


@pytest.fixture(scope="module")
def pictures():
    spec = importlib.util.spec_from_file_location("pictures", ROOT / "docs" / "pictures.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pictures_show_what_they_would_be_drawn_with(pictures):
    assert pictures.find_stale() == [], "run .venv/bin/python docs/pictures.py"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("first-letter", ["Orientering om din patient", "Anna Prøve", "Kære Jens Tværmose", "målet for tilbagevenden"]),
        ("committee-brief", ["Indstilling", "Beslutning", "Sagsfremstilling"]),
        ("run-report", ["Kørsel med brevdato 23. november 2026", "Kørslen gik godt"]),
    ],
)
def test_a_picture_shows_what_its_page_tells_of(name, words, pictures):
    said = pictures.words_of(pictures.PICTURES / f"{name}.png")

    assert [each for each in words if each not in said] == []


def test_every_picture_stands_on_a_page(pictures):
    pages = "".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")])

    assert [path.name for path in pictures.PICTURES.glob("*.png") if f"pictures/{path.name})" not in pages] == []


def test_every_danish_page_is_on_the_first():
    first = (PAGES / "README.md").read_text(encoding="utf-8")
    pages = {path.name for path in PAGES.glob("*.md")} - {"README.md"}

    assert [name for name in pages if f"({name})" not in first] == []
