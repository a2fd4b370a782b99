import subprocess
import sys
from pathlib import Path

import pytest
import weasyprint
from judges import require

from kvisdocs.verify.pdf.validator import INSTALL, check_pdfs

ROOT = Path(__file__).parents[3]
HEAD = '<html lang="da"><title>Sag</title><body>'
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="


def write_pdf(path: Path, html: str, variant: str = "pdf/ua-1") -> Path:
    weasyprint.HTML(string=html).write_pdf(path, pdf_variant=variant)
    return path


def check(*files: Path, standards: tuple[str, ...] = ("PDF/UA-1",)) -> list[str]:
    """The problems as text, without the folder."""
    problems = require(lambda: check_pdfs(files, standards))
    return [str(problem).removeprefix(f"{files[0].parent}/") for problem in problems]


def test_good_pdf_has_no_problems(tmp_path: Path) -> None:
    assert check(write_pdf(tmp_path / "a.pdf", HEAD + "<h1>Sag</h1><p>Hej æøå</p>")) == []


def test_pictures_without_alt_text_are_one_problem_with_their_number(tmp_path: Path) -> None:
    pdf = write_pdf(tmp_path / "a.pdf", f'{HEAD}<h1>Sag</h1><p><img src="{PIXEL}"></p><p><img src="{PIXEL}"></p>')
    (problem,) = check(pdf)
    assert problem.startswith(
        "a.pdf: PDF/UA-1 7.3-1: Figure structure element neither has an alternate description nor a replacement text "
        "(2 places, first: …"
    )
    assert problem.endswith("; give every picture an alt text; decoration belongs in the stylesheet as a background")


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        (
            '<html lang="da"><body><h1>Sag</h1>',
            "PDF/UA-1 7.1-9: Metadata stream does not contain dc:title (at …); give the document a <title>",
        ),
        (
            "<html><title>Sag</title><body><h1>Sag</h1>",
            'PDF/UA-1 7.2-29: Value "" of the Lang entry is not a Language-Tag (at …); '
            'say the language: <html lang="da">',
        ),
        (
            HEAD + "<h1>Sag</h1><h3>Under</h3>",
            "PDF/UA-1 7.4.2-1: Heading level 2 is skipped in a descending sequence of header levels (at …); "
            "use heading levels in order, none skipped",
        ),
        (
            HEAD + '<h1>Sag</h1><p><a href="https://example.org/"><b>fed</b></a>',
            "PDF/UA-1 7.18.5-1: A Link annotation is an Artifact or is nested within NonStruct tag "
            "(standard type = NonStruct) instead of Link (at …); put nothing but text inside <a>",
        ),
    ],
)
def test_broken_rule_says_what_to_do(tmp_path: Path, html: str, problem: str) -> None:
    (found,) = check(write_pdf(tmp_path / "a.pdf", html))
    start, end = problem.split("…")
    assert found.startswith(f"a.pdf: {start}")
    assert found.endswith(end)


def test_both_standards_are_checked_in_every_file(tmp_path: Path) -> None:
    archive = write_pdf(tmp_path / "a.pdf", HEAD + "<h1>Sag</h1>", "pdf/a-2a")
    universal = write_pdf(tmp_path / "b.pdf", HEAD + "<h1>Sag</h1>")
    problems = require(lambda: check_pdfs([archive, universal]))
    found = {(Path(problem.position.file).name, problem.what.split()[0]) for problem in problems}
    assert found == {("a.pdf", "PDF/UA-1"), ("b.pdf", "PDF/A-2a")}


def test_what_is_no_pdf_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("Kære borger")
    assert check(tmp_path / "a.pdf") == ["a.pdf: the file is not a PDF: it does not begin with %PDF-"]


def test_cut_off_pdf_is_a_problem(tmp_path: Path) -> None:
    whole = write_pdf(tmp_path / "whole.pdf", HEAD + "<h1>Sag</h1>")
    (tmp_path / "a.pdf").write_bytes(whole.read_bytes()[:500])
    (problem,) = check(tmp_path / "a.pdf")
    assert problem.startswith("a.pdf: veraPDF cannot read the PDF: ")


def test_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert check(tmp_path / "a.pdf") == ["a.pdf: the file cannot be read: No such file or directory"]


def test_program_that_has_run_java_ends_quietly(tmp_path: Path) -> None:
    pdf = write_pdf(tmp_path / "a.pdf", HEAD + "<h1>Sag</h1>")
    require(lambda: check_pdfs([pdf]))
    code = """
import pathlib, sys
from kvisdocs.verify.pdf.validator import check_pdfs
print(check_pdfs([pathlib.Path(sys.argv[1])], ["PDF/UA-1"]))
"""
    command = [sys.executable, "-W", "error", "-c", code, str(pdf)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


def test_install_line_names_the_version_that_is_tested() -> None:
    wheel = INSTALL.split()[-1]
    for file in ("constraints.txt", ".ci/setup"):
        assert wheel in (ROOT / file).read_text().split(), file
