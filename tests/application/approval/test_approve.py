"""Approval: what is approved is the bytes that were read, made of what they were made of, and nothing else."""

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document

from kvisdocs.application.approval.approve import Verdict, withdraw_approvals
from kvisdocs.application.journal.entry import Event
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.journal.letters import State, list_letters
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.outcome import Kept
from kvisdocs.application.template_folders import find_assets
from kvisdocs.messages import N_
from kvisdocs.problems import Position, Problem, Severity
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.drafts import is_draft
from kvisdocs.templating.profiles import load_profile

OUTPUT = Path("output")
DRAFT, FINAL = Path("output/åse/note-UDKAST.docx"), Path("output/åse/note.docx")


def lying() -> list[str]:
    return sorted(path.name for path in Path("output/åse").iterdir())


def codes(outcome) -> list[str]:
    return [problem.what.code for problem in outcome.problems]


def events() -> list[Event]:
    read = Journal(OUTPUT).read()
    assert not read.problems
    return [each.event for each in read.entries]


def test_a_draft_becomes_the_letter_that_would_have_been_made_without_approval(office, render, approve):
    office("none")
    render()
    wanted = FINAL.read_bytes()
    office("one")
    render()
    assert lying() == ["note-UDKAST.docx"]

    outcome = approve("Mette")

    assert (outcome.verdict, outcome.files) == (Verdict.APPROVED, (FINAL,))
    assert lying() == ["note.docx"]
    assert FINAL.read_bytes() == wanted
    entry = Journal(OUTPUT).read().entries[-1]
    assert (entry.event, entry.by, entry.draft) == (Event.APPROVED, "Mette", False)
    assert entry.files["docx"].sha256 == hashlib.sha256(wanted).hexdigest()
    (letter,) = list_letters(OUTPUT)
    assert (letter.state, letter.made.by, [each.by for each in letter.approvals]) == (State.APPROVED, "Bo", ["Mette"])


def test_the_draft_says_so_on_its_page_and_in_its_title(office, render):
    office("one")
    render()

    draft = Document(DRAFT)

    assert draft.core_properties.title == "UDKAST – Note"
    (section,) = draft.sections
    assert section.footer.paragraphs[0].text.strip() == "UDKAST"
    assert "UDKAST" not in "\n".join(paragraph.text for paragraph in draft.paragraphs)


def test_who_made_it_may_not_be_the_only_one(office, render, approve):
    office("one")
    render("Bo")

    outcome = approve("bo")

    assert (outcome.verdict, codes(outcome)) == (Verdict.REFUSED, ["approval.person.made_it"])
    assert lying() == ["note-UDKAST.docx"]
    assert events() == [Event.MADE]


def test_two_are_two_different_people(office, render, approve):
    office("two")
    render("Bo")

    assert approve("Bo").verdict is Verdict.WAITS
    assert codes(approve("Bo")) == ["approval.person.twice"]
    assert lying() == ["note-UDKAST.docx"]
    outcome = approve("Mette")

    assert outcome.verdict is Verdict.APPROVED
    assert lying() == ["note.docx"]
    (letter,) = list_letters(OUTPUT)
    assert [each.by for each in letter.approvals] == ["Bo", "Mette"]


def test_without_approval_wanted_the_bytes_are_approved_as_they_are(office, render, approve):
    office("none")
    render("Bo")
    before = FINAL.read_bytes()

    assert approve("Bo").verdict is Verdict.APPROVED

    assert FINAL.read_bytes() == before
    assert [each.state for each in list_letters(OUTPUT)] == [State.APPROVED]
    assert codes(approve("Bo")) == ["approval.letter.done"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"citizen": {"last_name": "Vestergård"}}, "case changed"),
        ({"text": "Kære du"}, "template changed"),
        ({"approval": "two"}, "profile changed"),
    ],
    ids=["case", "template", "profile"],
)
def test_what_has_changed_since_is_not_approved(office, render, approve, change, said):
    office("one")
    render()
    office(**{"approval": "one", **change})

    outcome = approve("Mette")

    assert (outcome.verdict, codes(outcome)) == (Verdict.REFUSED, ["approval.letter.changed"])
    assert outcome.problems[0].what == f"would not be made so today: {said}"
    assert lying() == ["note-UDKAST.docx"]


def test_a_case_that_is_gone_is_not_guessed(office, render, approve):
    office("one")
    render()
    Path("cases/åse.yaml").unlink()

    assert codes(approve("Mette")) == ["approval.case.gone"]


def test_a_draft_that_somebody_edited_is_not_approved(office, render, approve):
    office("one")
    render()
    data = bytearray(DRAFT.read_bytes())
    data[len(data) // 2] ^= 1
    DRAFT.write_bytes(data)

    assert codes(approve("Mette")) == ["approval.letter.by_hand"]
    assert DRAFT.read_bytes() == data


def test_what_has_a_warning_or_does_not_pass_the_gate_wants_a_reason_which_is_kept(office, render, approve):
    office("one")
    render()

    def judge(folders):
        (file,) = [path for folder in folders for path in folder.rglob("*.docx")]
        return [Problem(Position(str(file)), N_("is not accessible"))], True

    refused = approve("Mette", judge=judge)
    assert codes(refused)[0] == "approval.reason.missing"
    assert refused.problems[1] == Problem(Position(str(DRAFT)), N_("is not accessible"), severity=Severity.WARNING)
    assert lying() == ["note-UDKAST.docx"]

    assert approve("Mette", "Borgeren har bedt om det", judge).verdict is Verdict.APPROVED
    entry = Journal(OUTPUT).read().entries[-1]
    assert (entry.reason, entry.details["gate"]) == ("Borgeren har bedt om det", "failed")


def test_many_faults_of_one_kind_are_told_once_with_their_number(office, render, approve):
    office("one")
    render()

    def judge(folders):
        (file,) = [path for folder in folders for path in folder.rglob("*.docx")]
        told = [N_("is not accessible")] + [N_("is not valid").coded("verify.docx.not_valid")] * 100
        return [Problem(Position(str(file)), each) for each in told], True

    refused = approve("Mette", judge=judge)

    assert codes(refused)[1:] == ["", "approval.gate.many"]
    assert str(refused.problems[2].what) == "has 100 faults of one kind, the first: is not valid"


def test_a_plan_that_lies_behind_its_letter_date_wants_a_reason(office, render, approve):
    text = "{{ case.plan.next_follow_up | date }}"
    track = {"purpose": "Retur", "activities": [{"goal": "Tilbage", "responsible": "Åse", "due": "2013-03-01"}]}
    plan = {"agreed": "2012-10-29", "goal": "Tilbage", "employment": track, "next_follow_up": "2012-11-12"}
    office("one", text, plan=plan)
    assert [each.what.code for each in render().problems] == ["case.follow_up.before_letter"]

    assert codes(approve("Mette")) == ["approval.reason.missing", "case.follow_up.before_letter"]
    assert approve("Mette", "Datoen er rigtig").verdict is Verdict.APPROVED


def test_an_approved_letter_is_never_replaced_and_what_comes_after_lies_beside(office, render, approve):
    office("one")
    render()
    approve("Mette")
    first = FINAL.read_bytes()
    assert render().kept == 1  # nothing has changed
    assert lying() == ["note.docx"]

    office("one", citizen={"last_name": "Vestergård"})
    said = render(day=date(2012, 12, 1), overwrite=True).problems
    assert [each.what.code for each in said] == ["output.file.approved_beside_new"]
    assert lying() == ["note-UDKAST.docx", "note.docx"]
    assert [each.state for each in list_letters(OUTPUT)] == [State.APPROVED, State.DRAFT]
    outcome = approve("Mette")

    assert outcome.files == (Path("output/åse/note 2012-12-01.docx"),)
    assert lying() == ["note 2012-12-01.docx", "note.docx"]
    assert FINAL.read_bytes() == first
    assert [each.state for each in list_letters(OUTPUT)] == [State.APPROVED, State.APPROVED]


def test_without_approval_wanted_too(office, render, approve):
    office("none")
    render()
    approve("Mette")
    first = FINAL.read_bytes()

    for name in ("Vestergård", "Nørgård"):
        office("none", citizen={"last_name": name})
        render(day=date(2012, 12, 1))

    assert lying() == ["note 2012-12-01.docx", "note.docx"]
    assert FINAL.read_bytes() == first
    assert "Nørgård" in Document("output/åse/note 2012-12-01.docx").paragraphs[2].text


def test_an_approval_that_is_taken_back_makes_a_draft_of_it_again(office, render, approve):
    office("one")
    render()
    approve("Mette")

    (outcome,) = withdraw_approvals(
        OUTPUT, Scribe("Mette", lambda: datetime(2012, 11, 16, tzinfo=UTC)), lambda letter: True, "forkert læge"
    )

    assert outcome.verdict is Verdict.WITHDRAWN
    assert [each.state for each in list_letters(OUTPUT)] == [State.WITHDRAWN]
    render()
    assert lying() == ["note-UDKAST.docx"]
    assert approve("Mette").verdict is Verdict.APPROVED


def test_a_letter_of_an_altered_journal_is_not_approved(office, render, approve):
    office("one")
    render("Bo")
    render("Bo", date(2012, 11, 15))
    path = Journal(OUTPUT).path
    path.write_bytes(path.read_bytes().replace(b'"Bo"', b'"Ib"', 1))

    with pytest.raises(Exception, match="altered"):
        approve("Bo")


def test_a_run_keeps_what_was_approved(office, kvisdocs, render, approve):
    office("one")
    render()
    approve("Mette")

    code, _, err = kvisdocs("batch", "cases", "-d", "note", "--to", "docx", "--date", "2012-11-14")

    assert (code, "1 unchanged" in err) == (0, True)
    assert lying() == ["note.docx"]

    office("one", citizen={"last_name": "Vestergård"})
    code, out, err = kvisdocs("batch", "cases", "-d", "note", "--to", "docx", "--date", "2012-12-01", "--replace")
    assert code == 0
    assert 'note.docx: warning: is approved, printed or sent, so it stays; the new one is "' in out + err
    assert lying() == ["note-UDKAST.docx", "note.docx"]
    assert Kept.APPROVED.said == "approved or printed as it is"


def test_what_is_made_on_request_and_figures_are_no_drafts(office):
    office("one")
    assets = find_assets(Path("templates"))
    profile = load_profile("herning", assets, Position(""))
    drafts = {name for name, each in load_documents(assets).items() if is_draft(each, profile)}
    assert drafts >= {"follow-up-plan", "gp-letter", "return-plan", "committee-brief"}
    assert not drafts & {"course-sheet", "statistics-annex"}
