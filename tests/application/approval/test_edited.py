"""A Word file that somebody edited is approved as it is: nothing lost or left in it, and no PDF of other words."""

import hashlib
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from builders import citizen_yaml
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from word_edits import WordEdit, edit_in_office, edit_word

from kvisdocs.application.approval.approve import ApprovalOutcome, ApprovalRequest, Verdict, withdraw_approvals
from kvisdocs.application.approval.edited import approve_edited
from kvisdocs.application.approval.selection import pick_letters
from kvisdocs.application.journal.entry import Event
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.journal.letters import LetterStatus, State, list_letters
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.keeping.tidy import TidyRequest, tidy
from kvisdocs.messages import N_
from kvisdocs.problems import Position, Problem

OUTPUT, FOLDER = Path("output"), Path("output/åse")
DRAFT, FINAL, PDF = FOLDER / "note-UDKAST.docx", FOLDER / "note.docx", FOLDER / "note.pdf"
BOTH = ("docx", "pdf")
REASON = "rettet i Word"


@pytest.fixture
def approve_as_it_is() -> Callable[..., ApprovalOutcome]:
    def approve_as_it_is(by: str = "Mette", reason: str = REASON, judge=None) -> ApprovalOutcome:
        return approve_edited(ask(by, reason, judge))[-1]

    return approve_as_it_is


def ask(by: str, reason: str, judge=None) -> ApprovalRequest:
    scribe = Scribe(by, lambda: datetime(2012, 11, 15, 9, tzinfo=UTC))
    return ApprovalRequest(OUTPUT, scribe, is_lying, reason, Path("templates"), judge=judge)


def is_lying(letter: LetterStatus) -> bool:
    return any(file.is_there for file in letter.files.values())


def lying() -> list[str]:
    return sorted(path.name for path in FOLDER.iterdir())


def codes(outcome: ApprovalOutcome) -> list[str]:
    return [problem.what.code for problem in outcome.problems]


def parts(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def exchange(before: str, after: str) -> Callable[[WordEdit], None]:
    return lambda word: word.exchange(before, after)


def test_an_edited_draft_becomes_the_letter_without_udkast_and_otherwise_as_it_is(office, render, approve_as_it_is):
    office("one")
    render(formats=BOTH)
    edit_word(DRAFT, exchange("Kære borger", "Kære Åse"))
    edited = parts(DRAFT)
    digest = hashlib.sha256(DRAFT.read_bytes()).hexdigest()

    outcome = approve_as_it_is()

    assert (outcome.verdict, outcome.files, lying()) == (Verdict.APPROVED, (FINAL,), ["note.docx"])
    assert outcome.problems[0].what == 'paragraph 4: "Kære borger" has become "Kære Åse"'
    assert codes(outcome) == ["approval.edited.differs", "approval.edited.pdf_other"]
    final = parts(FINAL)
    assert {name for name in edited if edited[name] != final[name]} == {"docProps/core.xml", "word/footer1.xml"}
    assert not any(b"UDKAST" in part for part in final.values())
    assert Document(FINAL).core_properties.title == "Note"
    changed, approved = Journal(OUTPUT).read().entries[-2:]
    assert (changed.event, changed.files["docx"].sha256) == (Event.CHANGED, digest)
    assert (approved.event, approved.by, approved.reason, approved.draft) == (Event.APPROVED, "Mette", REASON, False)
    assert approved.files["docx"].sha256 == hashlib.sha256(FINAL.read_bytes()).hexdigest()
    assert approved.details["edited"] == digest
    (letter,) = list_letters(OUTPUT)
    assert (letter.state, list(letter.files), letter.edited) == (State.APPROVED, ["docx"], digest)


def test_a_letter_that_is_no_draft_keeps_its_very_bytes_and_its_old_pdf_goes(office, render, approve_as_it_is):
    office("none")
    render(formats=BOTH)
    edit_word(FINAL, exchange("Kære borger", "Kære Åse"))
    edited = FINAL.read_bytes()

    assert approve_as_it_is("Bo").verdict is Verdict.APPROVED

    assert (lying(), FINAL.read_bytes()) == (["note.docx"], edited)
    events = [(each.event, list(each.files)) for each in Journal(OUTPUT).read().entries]
    assert events[-3:] == [(Event.CHANGED, ["docx"]), (Event.REPLACED, ["pdf"]), (Event.APPROVED, ["docx"])]
    assert [each.state for each in list_letters(OUTPUT)] == [State.APPROVED]
    assert codes(approve_as_it_is("Bo")) == ["approval.letter.done"]


@pytest.mark.parametrize("approval", ["none", "one"])
def test_the_pdf_is_approved_with_it_where_both_say_the_same(office, render, approve_as_it_is, approval):
    office(approval)
    render(formats=BOTH)
    file = DRAFT if approval == "one" else FINAL
    document = Document(file)
    document.paragraphs[2].runs[0].bold = True
    document.save(file)

    outcome = approve_as_it_is()

    assert (outcome.verdict, codes(outcome)) == (Verdict.APPROVED, [])
    assert lying() == ["note.docx", "note.pdf"]
    (letter,) = list_letters(OUTPUT)
    assert (letter.state, sorted(letter.files)) == (State.APPROVED, ["docx", "pdf"])


def test_without_a_reason_it_is_told_what_differs_and_nothing_is_written(office, render, approve_as_it_is):
    office("one")
    render(formats=BOTH)
    edit_word(DRAFT, exchange("Kære borger", "Kære Åse"))
    before = DRAFT.read_bytes()

    def judge(folders):
        (file,) = [path for folder in folders for path in folder.rglob("*.docx")]
        return [Problem(Position(str(file)), N_("is not accessible"))], True

    outcome = approve_as_it_is(reason="", judge=judge)

    assert outcome.verdict is Verdict.REFUSED
    assert codes(outcome)[:3] == ["approval.edited.reason", "approval.edited.differs", "approval.edited.pdf_other"]
    assert outcome.problems[3].what == "is not accessible"
    assert (lying(), DRAFT.read_bytes()) == (["note-UDKAST.docx", "note-UDKAST.pdf"], before)
    assert [each.event for each in Journal(OUTPUT).read().entries] == [Event.MADE]
    assert approve_as_it_is(judge=judge).verdict is Verdict.APPROVED
    assert Journal(OUTPUT).read().entries[-1].details["gate"] == "failed"


def tracked(document) -> None:
    run = document.paragraphs[3].runs[0]._r
    run.addprevious(parse_xml(f'<w:ins {nsdecls("w")} w:id="9" w:author="Ib"><w:r><w:t>Hej. </w:t></w:r></w:ins>'))


def commented(document) -> None:
    document.add_comment(document.paragraphs[3].runs[0], "Skal det med?", "Ib")


def hidden(document) -> None:
    document.add_paragraph().add_run("Kun til os").font.hidden = True


@pytest.mark.parametrize(
    ("edit", "code"),
    [(tracked, "approval.edited.tracked"), (commented, "approval.edited.comments"), (hidden, "approval.edited.hidden")],
)
def test_what_must_not_be_left_in_it_stops_it(office, render, approve_as_it_is, edit, code):
    office("one")
    render()
    document = Document(DRAFT)
    edit(document)
    document.save(DRAFT)
    before = DRAFT.read_bytes()

    assert codes(approve_as_it_is()) == [code]
    assert (lying(), DRAFT.read_bytes()) == (["note-UDKAST.docx"], before)


def test_other_citizens_and_other_numbers_and_a_missing_recipient_stop_it(office, write, render, approve_as_it_is):
    office("one")
    render()
    made = DRAFT.read_bytes()
    write({"cases/ib.yaml": citizen_yaml(citizen={"first_names": "Ib", "last_name": "Nabosen", "cpr": "0101701234"})})

    for after in ("Kære Ib Nabosen", "Kære borger, 010170-1234"):
        DRAFT.write_bytes(made)
        edit_word(DRAFT, exchange("Kære borger", after))
        assert "recipient.mark.of_other_case" in codes(approve_as_it_is()), after
    DRAFT.write_bytes(made)
    edit_word(DRAFT, exchange("Kære borger", "Kære borger, 2311501239"))
    assert codes(approve_as_it_is()) == ["approval.edited.other_number"]
    DRAFT.write_bytes(made)
    edit_word(DRAFT, lambda word: word.delete(Document(DRAFT).paragraphs[2].text))
    assert codes(approve_as_it_is()) == ["recipient.mark.missing"]


def test_whoever_edited_it_is_no_other_person_than_who_made_it(office, render, approve_as_it_is):
    office("one")
    render("Bo")
    document = Document(DRAFT)
    document.paragraphs[3].runs[0].text = "Kære Åse"
    document.core_properties.last_modified_by = "mette"
    document.save(DRAFT)

    assert codes(approve_as_it_is("Mette")) == ["approval.person.made_it"]
    assert codes(approve_as_it_is("Bo")) == ["approval.person.made_it"]
    outcome = approve_as_it_is("Ida")
    assert outcome.verdict is Verdict.APPROVED
    assert outcome.problems[-1].what == "its properties name mette"


def test_two_approve_the_same_edit(office, render, approve, approve_as_it_is):
    office("two")
    render("Bo", formats=BOTH)
    edit_word(DRAFT, exchange("Kære borger", "Kære Åse"))

    assert approve_as_it_is("Bo").verdict is Verdict.WAITS
    (letter,) = list_letters(OUTPUT)
    assert (letter.state, [each.by for each in letter.approvals]) == (State.DRAFT, ["Bo"])
    assert codes(approve("Mette")) == ["approval.letter.by_hand"]
    edit_word(DRAFT, exchange("Kære Åse", "Kære Åse P."))
    assert approve_as_it_is("Bo").verdict is Verdict.WAITS  # another edit begins anew
    assert codes(approve_as_it_is("Bo")) == ["approval.person.twice"]
    assert approve_as_it_is("Mette").verdict is Verdict.APPROVED
    assert lying() == ["note.docx"]


def test_a_mark_that_cannot_be_taken_out_stops_it(office, render, approve_as_it_is):
    office("one")
    render()
    edit_word(DRAFT, exchange("Kære borger", "UDKAST til borger"))

    assert codes(approve_as_it_is()) == ["approval.edited.marked"]
    assert lying() == ["note-UDKAST.docx"]


def test_what_nobody_edited_and_what_its_case_says_no_more_is_not_approved_so(office, render, approve_as_it_is):
    office("one")
    render()
    assert codes(approve_as_it_is()) == ["approval.edited.not_edited"]
    edit_word(DRAFT, exchange("Kære borger", "Kære Åse"))
    office("one", citizen={"last_name": "Vestergård"})
    assert codes(approve_as_it_is()) == ["approval.letter.changed"]


@pytest.mark.parametrize("approval", ["none", "one"])
def test_later_runs_let_it_be_and_put_what_is_new_beside(office, kvisdocs, render, approve_as_it_is, approval):
    office(approval)
    render(formats=BOTH)
    edit_word(DRAFT if approval == "one" else FINAL, exchange("Kære borger", "Kære Åse"))
    render(formats=BOTH)  # the edited file stays, and the new one lies beside
    assert any("(ny)" in name for name in lying())
    approve_as_it_is()
    approved = FINAL.read_bytes()
    assert lying() == ["note.docx"]

    assert render(formats=BOTH).kept == 1
    code, _, err = kvisdocs("batch", "cases", "-d", "note", "--date", "2012-11-14")
    assert (code, "1 unchanged" in err, lying()) == (0, True, ["note.docx"])

    office(approval, citizen={"last_name": "Vestergård"})
    render(day=date(2012, 12, 1), formats=BOTH, overwrite=True)
    beside = ["note-UDKAST.docx", "note-UDKAST.pdf"] if approval == "one" else ["note 2012-12-01.docx", "note.pdf"]
    assert (lying(), FINAL.read_bytes()) == (sorted([*beside, "note.docx"]), approved)
    assert State.APPROVED in [each.state for each in list_letters(OUTPUT)]
    events = [each.event for each in Journal(OUTPUT).read().entries]
    assert events.count(Event.CHANGED) == 1


@pytest.mark.parametrize("approval", ["none", "one"])
def test_a_withdrawn_one_stays_and_the_letter_is_made_anew_beside(office, render, approve_as_it_is, approval):
    office(approval)
    render(formats=BOTH)
    edit_word(DRAFT if approval == "one" else FINAL, exchange("Kære borger", "Kære Åse"))
    approve_as_it_is()
    approved = FINAL.read_bytes()

    (outcome,) = withdraw_approvals(OUTPUT, ask("Mette", "").scribe, is_lying, "forkert læge")

    assert outcome.verdict is Verdict.WITHDRAWN
    assert [each.state for each in list_letters(OUTPUT)] == [State.WITHDRAWN]
    render(formats=BOTH)
    beside = ["note-UDKAST.docx", "note-UDKAST.pdf"] if approval == "one" else ["note (ny).docx", "note.pdf"]
    assert (lying(), FINAL.read_bytes()) == (sorted([*beside, "note.docx"]), approved)


def test_a_withdrawn_one_can_be_approved_again(office, render, approve_as_it_is):
    office("one")
    render()
    edit_word(DRAFT, exchange("Kære borger", "Kære Åse"))
    approve_as_it_is()
    withdraw_approvals(OUTPUT, ask("Mette", "").scribe, is_lying, "en fejl")

    assert approve_as_it_is().verdict is Verdict.APPROVED
    assert [each.state for each in list_letters(OUTPUT)] == [State.APPROVED]


def test_tidy_deletes_it_as_any_letter_of_a_case_that_is_gone(office, render, approve_as_it_is):
    office("one")
    render()
    edit_word(DRAFT, exchange("Kære borger", "Kære Åse"))
    approve_as_it_is()
    request = TidyRequest(OUTPUT, ask("Mette", "").scribe, date(2012, 12, 1), True, Path("templates"))
    assert tidy(request).surplus == ()
    Path("cases/åse.yaml").unlink()

    (surplus,) = tidy(request).surplus

    assert surplus.files == (FINAL,)
    assert not FOLDER.exists()


def test_a_program_that_is_killed_before_the_file_is_moved_goes_on(office, render, approve_as_it_is, monkeypatch):
    office("one")
    render(formats=BOTH)
    edit_word(DRAFT, exchange("Kære borger", "Kære Åse"))
    store = "kvisdocs.application.store.output_store.OutputStore"
    with monkeypatch.context() as patch:
        patch.setattr(f"{store}._move_parts", _stop)
        with pytest.raises(KeyboardInterrupt):
            approve_as_it_is()
    assert lying() == ["note-UDKAST.docx", "note-UDKAST.pdf"]

    assert approve_as_it_is().verdict is Verdict.APPROVED
    assert lying() == ["note.docx"]
    assert [each.event for each in Journal(OUTPUT).read().entries].count(Event.APPROVED) == 1


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_draft_saved_by_libreoffice(office, render, approve_as_it_is):
    office("one", "Kære borger</p><p>Et afsnit, der skal væk</p><p>Hilsen")
    render(formats=BOTH)
    edit_in_office(DRAFT.resolve(), {"Kære borger": "Kære Åse"}, "Et afsnit, der skal væk")

    outcome = approve_as_it_is()

    assert (outcome.verdict, lying()) == (Verdict.APPROVED, ["note.docx"])
    assert codes(outcome)[:2] == ["approval.edited.differs", "approval.edited.deleted"]
    assert not any(b"UDKAST" in part for part in parts(FINAL).values())
    assert [each.text for each in Document(FINAL).paragraphs][-2:] == ["Kære Åse", "Hilsen"]


def test_only_its_looks_were_changed_in_libreoffice(office, render, approve_as_it_is):
    office("one", "Kære borger</p><p>Et afsnit, der skal væk</p><p>Hilsen")
    render(formats=BOTH)
    document = Document(DRAFT)
    document.add_paragraph("Et afsnit til, der skal væk")
    document.save(DRAFT)
    edit_in_office(DRAFT.resolve(), {"Hilsen": "Hilsen"}, "Et afsnit til, der skal væk")

    outcome = approve_as_it_is()

    assert (outcome.verdict, lying()) == (Verdict.APPROVED, ["note.docx", "note.pdf"])


def test_the_command_shows_what_differs_and_approves_with_a_reason(office, render, kvisdocs):
    office("one")
    render("Bo")
    edit_word(DRAFT, exchange("Kære borger", "Kære Åse"))
    arguments = ["approve", "--edited", str(DRAFT), "--as", "Mette", "--templates", "templates"]

    said = kvisdocs(*arguments)
    assert (said.code, lying()) == (1, ["note-UDKAST.docx"])
    assert 'paragraph 4: "Kære borger" has become "Kære Åse"' in said.out + said.err
    assert "is approved as it is only with a reason" in said.out + said.err

    said = kvisdocs(*arguments, "--reason", REASON)
    assert (said.code, str(FINAL) in said.out, lying()) == (0, True, ["note.docx"])
    assert f"as somebody edited it; {REASON}" in kvisdocs("history", "åse").out
    assert kvisdocs("approve", "--edited", "output", "--as", "Mette").code == 2


def test_an_edited_file_of_a_letter_that_was_made_anew_is_told_where_the_new_one_is(office, render):
    office("one")
    render()
    edit_word(DRAFT, exchange("Kære borger", "Kære Åse"))
    office("one", citizen={"last_name": "Vestergård"})
    render()

    letters, (problem,) = pick_letters(Path("output"), [DRAFT])

    assert (letters, problem.code) == ([], "approval.path.older")
    assert "output/åse/note-UDKAST (ny).docx" in str(problem.todo)
