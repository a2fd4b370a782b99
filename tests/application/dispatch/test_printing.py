"""Whether a letter was printed is on record as soon as there is a file for the printer, and it goes out once."""

import os
import signal
import sys
from datetime import UTC, datetime, timedelta

import post_office
import pytest
from made_letters import CASE, DAY, OTHER
from post_office import open_run, opened_post_office, write_outbox, write_templates

from kvisdocs.application.approval.approve import ApprovalRequest, Verdict, approve_letters, withdraw_approvals
from kvisdocs.application.dispatch import print_run
from kvisdocs.application.dispatch.finished import find_finished, printed_on
from kvisdocs.application.dispatch.medcom.export import MedComRun
from kvisdocs.application.dispatch.medcom.export import Result as ExportResult
from kvisdocs.application.dispatch.print_run import PrintRun
from kvisdocs.application.dispatch.send import Result
from kvisdocs.application.journal.entry import Event
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.journal.letters import State, list_letters
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.render_job import RenderJob
from kvisdocs.application.stopping import Stopped, heeding
from kvisdocs.application.store.atomic_files import cannot_write
from kvisdocs.application.template_folders import find_assets
from kvisdocs.problems import KvisdocsError

FILES = ("breve.pdf", "breve.csv")
AT = datetime(2026, 11, 23, 14, tzinfo=UTC)
SCRIBE = Scribe("Mette", lambda: AT)


def run(root, **options):
    options = {"path": root / "breve.pdf", "names": ["gp-letter"], **options}
    return PrintRun(root / "output", find_assets(None), SCRIBE, DAY, **options)


def ask(root):
    return ApprovalRequest(root / "output", SCRIBE, lambda each: each.document == "gp-letter", "læst", judge=None)


def approve(root):
    assert [each.verdict for each in approve_letters(ask(root))] == [Verdict.APPROVED] * 2


def states(root, document="gp-letter"):
    return {each.case_id: each.state for each in list_letters(root / "output") if each.document == document}


def printed(root):
    return [each for each in Journal(root / "output").read().entries if each.event is Event.PRINTED]


def codes(problems):
    return [each.code for each in problems]


@pytest.fixture
def root(letters):
    """Letters that nobody has to approve."""
    yield letters
    for name in FILES:
        (letters / name).unlink(missing_ok=True)


def test_a_printed_letter_is_on_record_with_who_when_and_which_bytes(root):
    ((file, _),) = run(root).go().files

    assert file.letters == 2
    digests = {each.path.parent.name: each.sha256 for each in file.contents}
    assert [
        (each.case_id, each.document, each.by, each.at, each.files["pdf"].sha256, each.details["file"])
        for each in printed(root)
    ] == [(name, "gp-letter", "Mette", AT, digests[name], "breve.pdf") for name in (OTHER, CASE)]
    assert Journal(root / "output").read().is_whole
    assert states(root) == {CASE: State.PRINTED, OTHER: State.PRINTED}
    assert states(root, "follow-up-plan") == {CASE: State.MADE, OTHER: State.MADE}


def test_what_was_printed_is_left_out_with_its_day_and_comes_again_by_that_day(root):
    run(root).go()

    left = run(root).go(overwrite=True)
    assert (left.files, codes(left.problems)) == ((), ["dispatch.file.printed"] * 2)
    assert {str(each.what.values["day"]) for each in left.problems} == {str(AT.date())}
    other_day = run(root, again=printed_on(AT.date() - timedelta(days=1))).go()
    assert (other_day.files, len(printed(root))) == ((), 2)

    before = {name: (root / name).read_bytes() for name in FILES}
    again = run(root, again=printed_on(AT.date())).go(overwrite=True)
    assert (len(again.files), len(printed(root))) == (1, 4)
    assert {name: (root / name).read_bytes() for name in FILES} == before


def test_a_printed_letter_is_packed_as_any_other(root):
    run(root).go()

    found = find_finished(root / "output", find_assets(None), ("pdf",), ("gp-letter",), DAY)
    assert (len(found.files), found.problems) == (2, ())


def test_a_printed_letter_is_not_written_for_a_doctor_unless_its_day_is_named(root, tmp_path):
    run(root).go()

    def export(**options):
        return MedComRun(root / "output", tmp_path / "læge", find_assets(None), SCRIBE, DAY, **options).go()

    assert [(each.result, each.problem.code) for each in export()] == [
        (ExportResult.STAYS, "dispatch.file.printed")
    ] * 2
    assert codes(each.problem for each in export(printed=AT.date())) == ["dispatch.letter.unapproved"] * 2


def test_a_printed_letter_that_nobody_approved_is_never_replaced(root):
    run(root).go()
    path = root / "output" / CASE / "gp-letter.pdf"
    before = path.read_bytes()
    case = root / "cases" / f"{CASE}.yaml"
    case.write_text(case.read_text("utf-8").replace("Jeppe Rønnow", "Jeppe Rønnov"), "utf-8")

    RenderJob(root / "output", DAY, ("pdf",), scribe=SCRIBE).make([case], ["gp-letter"], None)

    assert path.read_bytes() == before
    assert sorted(each.name for each in path.parent.glob("gp-letter*")) == [f"gp-letter {DAY}.pdf", "gp-letter.pdf"]
    assert [each.state for each in list_letters(root / "output") if each.document == "gp-letter"][1:] == [
        State.PRINTED,
        State.MADE,
    ]


@pytest.mark.parametrize("is_stuck", [False, True])
def test_where_the_journal_cannot_be_written_no_file_is_left_or_it_is_told_of(root, monkeypatch, is_stuck):
    def refuse(self, entries):
        raise cannot_write(self.path, OSError(28, "No space left on device"))

    monkeypatch.setattr(Journal, "append", refuse)
    if is_stuck:
        monkeypatch.setattr(print_run.Path, "unlink", lambda self: (_ for _ in ()).throw(PermissionError(13, "in use")))
    with pytest.raises(KvisdocsError) as refused:
        run(root).go()
    monkeypatch.undo()

    said = "dispatch.print.unrecorded" if is_stuck else "dispatch.print.taken_away"
    assert sorted(codes(refused.value.problems)) == [said, said, "output.file.unwritable"]
    assert [(root / name).exists() for name in FILES] == [is_stuck] * 2
    assert printed(root) == []


def test_what_cannot_be_written_is_not_on_record(root):
    (root / "breve.csv").mkdir()
    try:
        with pytest.raises(KvisdocsError):
            run(root).go(overwrite=True)
    finally:
        (root / "breve.csv").rmdir()

    assert printed(root) == []


def test_a_signal_is_heard_when_the_file_is_on_record(root, monkeypatch):
    write = print_run.write_atomically

    def write_and_be_stopped(parts):
        write(parts)
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(print_run, "write_atomically", write_and_be_stopped)
    with pytest.raises(Stopped), heeding([signal.SIGTERM]):
        run(root).go()

    assert (root / "breve.pdf").exists()
    assert len(printed(root)) == 2


def test_a_journal_that_somebody_altered_prints_nothing(root):
    journal = root / "output" / ".kvisdocs" / "journal.jsonl"
    journal.write_text(journal.read_text("utf-8").replace('"Pr\\u00f8ve"', '"Bo"', 1), "utf-8")

    with pytest.raises(KvisdocsError) as refused:
        run(root).go()

    assert codes(refused.value.problems) == ["journal.line.broken_chain"]
    assert not (root / "breve.pdf").exists()


def test_a_file_that_something_overtook_is_not_taken(root):
    ((_, record),) = run(root).lay_out().files
    assert printed(root) == []
    run(root).go()

    with pytest.raises(KvisdocsError) as refused:
        record.write(root / "output", SCRIBE)

    assert codes(refused.value.problems) == ["dispatch.print.overtaken"]
    assert refused.value.problems[0].what.values["number"] == 2
    assert len(printed(root)) == 2


def test_an_approval_can_be_taken_back_of_what_was_printed_and_the_file_stays_final(root):
    assets = find_assets(None)
    RenderJob(root / "output", DAY, ("docx",), scribe=SCRIBE).make([root / "cases"], ["gp-letter"], None)
    approve(root)
    ((file, _),) = run(root).go().files
    digests = {one.sha256 for each in file.contents for one in each.letter.files.values()}
    assert len(digests) == 4
    assert [codes(each.problems) for each in approve_letters(ask(root))] == [["approval.letter.done"]] * 2

    withdraw_approvals(root / "output", SCRIBE, ask(root).is_wanted, "taget ud af bunken")
    assert set(states(root).values()) == {State.WITHDRAWN}
    assert digests <= Journal(root / "output").find_final()
    assert (
        codes(find_finished(root / "output", assets, ("pdf",), ("gp-letter",), DAY).problems)
        == ["dispatch.file.withdrawn"] * 2
    )

    approve(root)
    assert set(states(root).values()) == {State.PRINTED}


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="python-serviceplatformen is for Python up to 3.12")
def test_a_printed_letter_is_sent_only_where_its_day_is_named(tmp_path, monkeypatch):
    templates = write_templates(tmp_path / "templates")
    write_outbox(tmp_path, 3)
    with opened_post_office(tmp_path) as office:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(office.certificate))
        letters = list_letters(tmp_path / "output")
        chosen = {letters[1].files["pdf"].sha256}
        PrintRun(
            tmp_path / "output", find_assets(templates), SCRIBE, post_office.TODAY, tmp_path / "a.pdf", chosen=chosen
        ).go()

        def send(**options):
            return open_run(tmp_path / "output", templates, office.address, office.certificate, **options).go()

        done = send()
        assert [each.result for each in done] == [Result.SENT, Result.PRINTED, Result.SENT]
        assert (done[1].problem.code, done[1].printed) == ("dispatch.file.printed", AT.date())
        assert len(office.taken) == 2
        assert [each.result for each in send(printed=AT.date() + timedelta(days=1))] == [Result.PRINTED]
        assert [each.result for each in send(printed=AT.date())] == [Result.SENT]
        assert set(office.taken.values()) == {1}
        assert [each.state for each in list_letters(tmp_path / "output")] == [State.SENT] * 3


@pytest.mark.parametrize("is_approved", [False, True])
def test_a_letter_made_in_word_after_it_was_printed_is_printed_still(root, is_approved):
    if is_approved:
        approve(root)
    run(root).go()
    RenderJob(root / "output", DAY, ("docx",), scribe=SCRIBE).make([root / "cases"], ["gp-letter"], None)

    assert states(root) == {CASE: State.PRINTED, OTHER: State.PRINTED}
    assert run(root).lay_out().files == ()


@pytest.mark.parametrize("is_approved", [False, True])
def test_a_letter_whose_files_were_made_one_after_the_other_is_printed_once(root, is_approved):
    if is_approved:
        approve(root)
    RenderJob(root / "output", DAY, ("docx",), scribe=SCRIBE).make([root / "cases"], ["gp-letter"], None)

    ((file, _),) = run(root).lay_out().files

    assert sorted(each.loaded.id for each in file.contents) == [OTHER, CASE]
