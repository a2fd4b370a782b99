import json
import os
import re
import shlex
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from judges import assert_valid_docx, require

from kvisdocs.problems import Problem
from kvisdocs.verify.docx.validators import AUDIT_INSTALL, SDK_INSTALL, check_docx_with_audit, check_docx_with_sdk
from kvisdocs.verify.validators import JudgeMissing


def write_docx(path: Path, *, drop_styles_with_effects: bool = True) -> Path:
    document: Document = docx.Document()
    document.add_heading("Sag", 1)
    document.add_table(1, 1)
    if drop_styles_with_effects:  # the default template of python-docx has it, and openxml-audit does not like it
        rels = document.part.rels
        for key in [key for key, rel in rels.items() if rel.reltype.endswith("/stylesWithEffects")]:
            del rels[key]
    document.save(str(path))
    return path


def edit_document(path: Path, edit: Callable[[str], str]) -> Path:
    """Rewrites word/document.xml with `edit`; fails if that changes nothing."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = parts["word/document.xml"].decode()
    after = edit(before)
    assert after != before
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, after if name == "word/document.xml" else data)
    return path


def put_properties_last(xml: str) -> str:
    """The first paragraph with w:pPr behind its runs, where the schema wants it first (ECMA-376-1, 17.3.1.22)."""
    return re.sub(r"(<w:pPr>.*?</w:pPr>)(.*?)(</w:p>)", r"\2\1\3", xml, count=1, flags=re.DOTALL)


def sdk(*files: Path) -> list[Problem]:
    return require(lambda: check_docx_with_sdk(files))


def audit(*files: Path) -> list[Problem]:
    return require(lambda: check_docx_with_audit(files))


def test_both_judges_accept_a_good_file(tmp_path: Path) -> None:
    assert_valid_docx(write_docx(tmp_path / "brev til læge.docx"))


def test_both_judges_find_elements_in_the_wrong_order(tmp_path: Path) -> None:
    bad = edit_document(write_docx(tmp_path / "a.docx"), put_properties_last)
    assert [str(problem) for problem in sdk(bad)] == [
        f"{bad}: Open XML SDK: The element has unexpected child element "
        "'http://schemas.openxmlformats.org/wordprocessingml/2006/main:pPr' "
        "(in /word/document.xml, /w:document[1]/w:body[1]/w:p[1])"
    ]
    assert [str(problem) for problem in audit(bad)] == [
        f"{bad}: openxml-audit: Unexpected element 'pPr' found (in /word/document.xml, /document[1]/body[1]/p[1])"
    ]


def test_audit_finds_a_cell_without_paragraph_that_the_sdk_misses(tmp_path: Path) -> None:
    bad = edit_document(write_docx(tmp_path / "a.docx"), lambda xml: re.sub(r"<w:p/>(?=</w:tc>)", "", xml))
    assert sdk(bad) == []
    (problem,) = audit(bad)
    assert problem.what == (
        "openxml-audit: Required sequence content is missing "
        "(in /word/document.xml, /document[1]/body[1]/tbl[1]/tr[1]/tc[1])"
    )


def test_audit_finds_the_template_of_python_docx_which_word_may_call_unreadable(tmp_path: Path) -> None:
    problems = audit(write_docx(tmp_path / "a.docx", drop_styles_with_effects=False))
    assert problems
    assert all(problem.what.endswith("(in /word/stylesWithEffects.xml)") for problem in problems)


def test_problems_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    good = write_docx(tmp_path / "good.docx")
    bad = [edit_document(write_docx(tmp_path / f"{name}.docx"), put_properties_last) for name in "zab"]
    files = [bad[0], good, *bad[1:]]
    for judge in (sdk, audit):
        assert [problem.position.file for problem in judge(*files)] == [str(file) for file in bad]


def test_what_is_no_docx_is_one_problem(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("Kære borger")
    for judge in (sdk, audit):
        assert len(judge(tmp_path / "a.docx")) == len(judge(tmp_path / "not there.docx")) == 1


def test_no_files_need_no_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KVISDOCS_OOXML_VALIDATOR", "/not/there")
    assert check_docx_with_sdk([]) == []


def test_missing_sdk_is_named_with_the_line_that_installs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KVISDOCS_OOXML_VALIDATOR", "/not/there")
    with pytest.raises(JudgeMissing, match='is "/not/there", which is no program') as caught:
        check_docx_with_sdk([tmp_path / "a.docx"])
    assert caught.value.judge == "Open XML SDK"
    assert caught.value.install.split(" && ")[0] == "unset KVISDOCS_OOXML_VALIDATOR"
    assert caught.value.install.split(" && ")[1:] in ([], [SDK_INSTALL])  # where there is another, it will do


def test_the_install_lines_are_words_for_a_shell_that_name_this_python() -> None:
    assert shlex.split(AUDIT_INSTALL) == [sys.executable, "-m", "pip", "install", "openxml-audit"]
    prefix = shlex.split(SDK_INSTALL)[3]
    assert shlex.split(SDK_INSTALL)[:3] == ["npm", "install", "--prefix"]
    assert prefix in (".node", str(Path(sys.prefix).parent / ".node"))  # where it is then looked for


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo 'no such binary' >&2; exit 2", "exit code 2, it said: no such binary"),
        ("echo '{}'", "it gave an answer without ok: {}"),
    ],
)
def test_sdk_that_breaks_down_is_as_good_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, reason: str
) -> None:
    program = tmp_path / "validator"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("KVISDOCS_OOXML_VALIDATOR", str(program))
    with pytest.raises(JudgeMissing) as caught:
        check_docx_with_sdk([tmp_path / "a.docx"])
    assert caught.value.reason.strip() == reason


def test_sdk_is_found_in_a_folder_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / ".node/node_modules/.bin/ooxml-validator"
    program.parent.mkdir(parents=True)
    program.write_text("""#!/bin/sh\necho '{"ok": true, "errors": []}'\n""")
    program.chmod(0o755)
    below = tmp_path / "a/b"
    below.mkdir(parents=True)
    monkeypatch.delenv("KVISDOCS_OOXML_VALIDATOR", raising=False)
    monkeypatch.setenv("PATH", os.defpath)
    monkeypatch.chdir(below)
    assert check_docx_with_sdk([tmp_path / "a.docx"]) == []


def test_install_line_names_the_version_that_is_tested() -> None:
    package = json.loads((Path(__file__).parents[3] / ".ci/package.json").read_text())
    ((name, version),) = package["dependencies"].items()
    assert SDK_INSTALL.endswith(f" {name}@{version}")
