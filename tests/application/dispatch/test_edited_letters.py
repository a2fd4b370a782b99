"""Letters that were approved as somebody edited them, on their way out: the Word file is packed, and a PDF of other
words goes nowhere.
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document
from made_letters import CASE, CITIZENS, DAY
from word_edits import edit_word

from kvisdocs.application.approval.approve import ApprovalRequest, Verdict
from kvisdocs.application.approval.edited import approve_edited
from kvisdocs.application.dispatch.finished import find_finished
from kvisdocs.application.dispatch.medcom.export import MedComRun
from kvisdocs.application.dispatch.medcom.export import Result as ExportResult
from kvisdocs.application.dispatch.recipients import Recipient, read_recipient
from kvisdocs.application.dispatch.send import Result, SendingRun
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.render_job import RenderJob
from kvisdocs.application.template_folders import find_assets

SCRIBE = Scribe("Mette", lambda: datetime(2026, 11, 20, 9, tzinfo=UTC))


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("edited")
    (root / "cases").mkdir()
    shutil.copy(CITIZENS / f"{CASE}.yaml", root / "cases")
    RenderJob(root / "output", DAY, ("pdf", "docx"), scribe=SCRIBE).make([root / "cases"], ["gp-letter"], None)
    return root


@pytest.fixture
def root(made, tmp_path) -> Path:
    return shutil.copytree(made, tmp_path / "root")


def approve(root: Path) -> None:
    (outcome,) = approve_edited(ApprovalRequest(root / "output", SCRIBE, lambda letter: True, "rettet", judge=None))
    assert outcome.verdict is Verdict.APPROVED, outcome.problems


def find(root: Path, format: str):
    return find_finished(root / "output", find_assets(None), [format], (), DAY)


def test_of_other_words_the_word_file_is_packed_and_no_pdf_goes_out(root, tmp_path):
    file = root / "output" / CASE / "gp-letter.docx"
    edit_word(file, lambda word: word.exchange("Indtil da arbejder din patient sådan", "Indtil da er aftalen"))
    edited = file.read_bytes()
    approve(root)

    (packed,) = find(root, "docx").files
    assert packed.data == edited
    printed = find(root, "pdf")
    assert (printed.files, [each.code for each in printed.problems]) == ((), ["dispatch.file.edited"])
    (sent,) = SendingRun(root / "output", find_assets(None), SCRIBE, DAY).go()
    assert (sent.result, sent.problem.code) == (Result.STAYS, "dispatch.file.edited")
    (exported,) = MedComRun(root / "output", tmp_path / "læge", find_assets(None), SCRIBE, DAY).go()
    assert (exported.result, exported.problem.code) == (ExportResult.STAYS, "dispatch.file.edited")


def test_of_the_same_words_its_pdf_goes_out_as_any(root):
    file = root / "output" / CASE / "gp-letter.docx"
    document = Document(file)
    document.core_properties.subject = "læst"
    document.save(file)
    approve(root)

    (printed,) = find(root, "pdf").files
    assert isinstance(read_recipient(printed), Recipient)
    assert find(root, "docx").files[0].data == file.read_bytes()
    (sent,) = SendingRun(root / "output", find_assets(None), SCRIBE, DAY).go()
    assert sent.problem.code == "dispatch.channel.none"
