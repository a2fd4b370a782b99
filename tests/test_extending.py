"""docs/development/extending.md: its first three walk-throughs, made as they stand, in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "development" / "extending.md").read_text(encoding="utf-8")
CASE = "cases_yaml/citizens/mathilde-hoejgaard-thorup.yaml"


def blocks(heading: str) -> list[str]:
    """The code of a section, in order, without the indent of its list."""
    section = re.split(r"\n## ", PAGE.partition(f"\n## {heading}\n")[2])[0]
    found = re.findall(r"^( *)```\w+\n(.*?)^ *```", section, re.DOTALL | re.MULTILINE)
    return [re.sub(rf"(?m)^{indent}", "", code) for indent, code in found]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what the program needs, in which a test may change everything."""
    for name in ("kvisdocs", "templates", "cases_yaml"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def run(copy: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    call = [sys.executable, "-m", "kvisdocs", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(copy), "NO_COLOR": "1"}
    return subprocess.run(call, cwd=copy, env=environment, capture_output=True, text=True, timeout=120, check=False)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file.name} has {old!r} {text.count(old)} times"
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_document_is_a_folder(copy: Path) -> None:
    settings, template = blocks("A document")
    folder = copy / "templates" / "invitation"
    folder.mkdir()
    (folder / "document.yaml").write_text(settings, encoding="utf-8")
    (folder / "document.html.j2").write_text(template, encoding="utf-8")

    made = run(copy, "render", CASE, "-d", "invitation", "--date", "2026-11-28")
    linted = run(copy, "lint", "invitation")

    assert (made.returncode, len(made.stdout.splitlines())) == (0, 2), made.stderr
    assert " 0 errors, 0 warnings" in linted.stderr, linted.stdout


def add_field(copy: Path) -> None:
    (field,) = blocks("A field of a case")
    course = copy / "kvisdocs" / "cases" / "model" / "course.py"
    before = "    participants:"
    change(course, before, f"    {field.strip()}\n{before}")


def test_a_field_is_a_line_in_the_model_and_one_in_a_template(copy: Path) -> None:
    add_field(copy)
    template = copy / "templates" / "course-sheet" / "document.html.j2"
    change(
        template, "{{ contact.agreed or ", "{% if contact.place %}{{ contact.place }}{% endif %} {{ contact.agreed or "
    )
    case = copy / CASE
    text = case.read_text(encoding="utf-8")
    talk = re.search(r"\n  - date: [^\n]*\n(?=    kind: |    (?:\w+): )", text)
    assert talk is not None
    case.write_text(text[: talk.end()] + "    place: Kantinen i Birk\n" + text[talk.end() :], encoding="utf-8")

    made = run(copy, "render", CASE, "-d", "course-sheet", "--to", "docx", "-o", "out", "--date", "2026-11-28")

    assert made.returncode == 0, made.stderr
    import docx

    (file,) = (copy / "out").rglob("course-sheet.docx")
    words = " ".join(cell.text for table in docx.Document(str(file)).tables for row in table.rows for cell in row.cells)
    assert "Kantinen i Birk" in words


def test_a_rule_is_a_function_and_its_call(copy: Path) -> None:
    add_field(copy)
    (rule,) = blocks("A rule")
    dates = copy / "kvisdocs" / "programme" / "course" / "dates.py"
    dates.write_text(dates.read_text(encoding="utf-8") + f"\n\n{rule}", encoding="utf-8")
    checks = copy / "kvisdocs" / "programme" / "checks.py"
    change(
        checks, "import check_birth, check_course_dates", "import check_birth, check_contact_places, check_course_dates"
    )
    call = "    yield from check_course_dates(case, programme)\n"
    change(checks, call, f"{call}    yield from check_contact_places(case)\n")
    case = copy / CASE
    text = case.read_text(encoding="utf-8")
    case.write_text(
        re.sub(r"\ncontacts:\n", "\ncontacts:\n  - {date: 2026-11-20, kind: phone, place: Birk, about: Timer}\n", text),
        encoding="utf-8",
    )

    checked = run(copy, "check", CASE)

    assert 'warning: a talk by phone was in "Birk"; leave the place out, or correct the kind' in checked.stdout
