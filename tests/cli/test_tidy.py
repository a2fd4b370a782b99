"""`kvisdocs tidy`: what need not be kept, and nothing else."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from builders import DOCTOR, citizen_yaml

from kvisdocs.application.journal.entry import Event
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.journal.letters import list_letters
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.keeping.tidy import Surplus, Tidying, TidyRequest, add_months, tidy
from kvisdocs.application.render_job import RenderJob

pytestmark = pytest.mark.usefixtures("note")
CHECKOUT = Path(__file__).parents[2]
OUTPUT, NOTE = Path("output"), Path("output/åse/note.docx")
CONSENT = {
    "kind": "disclose",
    "party": "gp",
    "covers": ["deltagelse i KVIS"],
    "data": ["participation"],
    "given": "2012-10-01",
}


@pytest.fixture
def make(write):
    """A letter to the doctor, made on 14 November 2012 of a case with these changes; the case may be changed since."""

    def make(audience: str = "gp", keep: str = "", **changes: object) -> None:
        profile = (CHECKOUT / "templates/profiles/herning.yaml").read_text()
        kind = f"title: Note\ndescription: a note\nkind: citizen\naudience: {audience}\nstylesheets: [note.css]\n"
        case = citizen_yaml(gp=DOCTOR, consents=[CONSENT], **changes)
        files = {"templates/profiles/herning.yaml": keep + profile, "templates/note/document.yaml": kind}
        head = '<!doctype html>\n<html lang="da"><head><title>Note</title></head>\n'
        page = head + "<body><h1>{{ case.citizen.name }}</h1></body></html>\n"
        write({**files, "templates/note/document.html.j2": page, "cases/åse.yaml": case})
        scribe = Scribe("Bo", lambda: datetime(2012, 11, 14, 9, tzinfo=UTC))
        job = RenderJob(OUTPUT, date(2012, 11, 14), ("docx",), scribe=scribe)
        job.make([Path("cases")], ["note"], Path("templates"))
        assert job.made == 1, job.problems

    return make


def look(today: date = date(2012, 12, 1), **options: object) -> Tidying:
    scribe = Scribe("Bo", lambda: datetime(2012, 12, 1, tzinfo=UTC))
    return tidy(TidyRequest(OUTPUT, scribe, today, templates=Path("templates"), **options))


def test_nothing_where_all_has_its_case(make):
    make()
    assert look() == Tidying((), ())


def test_what_belongs_to_no_case_any_more_is_listed_and_deleted_only_when_asked(make):
    make()
    Path("cases/åse.yaml").unlink()

    (found,) = look().surplus
    assert (found.why, found.files, found.is_deleted) == (Surplus.CASE_GONE, (NOTE,), False)
    assert NOTE.exists()

    (found,) = look(deletes=True).surplus
    assert found.is_deleted
    assert not NOTE.parent.exists()
    entry = Journal(OUTPUT).read().entries[-1]
    assert (entry.event, entry.case_id, entry.files["docx"].name) == (Event.DELETED, "åse", "note.docx")
    assert entry.reason == "belongs to no case any more"
    assert look().surplus == ()


def test_a_folder_of_cases_that_is_away_costs_no_letter(make):
    make()
    Path("cases").rename("elsewhere")

    found = look(deletes=True)

    assert found.surplus == ()
    assert [each.what.code for each in found.problems] == ["tidy.folder.gone"]
    assert look(cases=Path("elsewhere"), deletes=True) == Tidying((), ())
    Path("elsewhere/åse.yaml").unlink()
    assert [each.why for each in look(cases=Path("elsewhere")).surplus] == [Surplus.CASE_GONE]


@pytest.mark.parametrize(("today", "why"), [(date(2013, 2, 14), []), (date(2013, 2, 15), [Surplus.TOO_OLD])])
def test_what_is_older_than_the_profile_keeps(make, today, why):
    make(keep="keep_months: 3\n")
    assert [each.why for each in look(today).surplus] == why


def test_what_a_withdrawn_consent_no_longer_carries(make, write):
    make()
    gone = {**CONSENT, "withdrawn": "2012-11-20"}
    write({"cases/åse.yaml": citizen_yaml(gp=DOCTOR, consents=[gone])})
    assert look(date(2012, 11, 19)).surplus == ()
    assert [each.why for each in look(date(2012, 11, 20)).surplus] == [Surplus.CONSENT]

    write({"cases/åse.yaml": citizen_yaml(gp=DOCTOR, consents=[gone, {**CONSENT, "given": "2012-11-22"}])})
    assert look().surplus == ()


def test_a_printed_letter_is_kept_as_one_that_was_sent(make, write):
    make(keep="keep_months: 3\n")
    (letter,) = Journal(OUTPUT).read().entries
    Journal(OUTPUT).append([replace(letter, event=Event.PRINTED, at=datetime(2012, 11, 20, tzinfo=UTC))])
    write({"cases/åse.yaml": citizen_yaml(gp=DOCTOR, consents=[{**CONSENT, "withdrawn": "2012-11-20"}])})

    assert look(date(2013, 2, 20)).surplus == ()
    assert [each.why for each in look(date(2013, 2, 21), deletes=True).surplus] == [Surplus.TOO_OLD]
    assert (look(date(2013, 2, 21)).surplus, list_letters(OUTPUT)) == ((), [])


def test_a_letter_to_the_citizen_needs_no_consent(make, write):
    make("citizen")
    write({"cases/åse.yaml": citizen_yaml(gp=DOCTOR, consents=[{**CONSENT, "withdrawn": "2012-11-20"}])})
    assert look().surplus == ()


def test_what_somebody_changed_stays(make):
    make()
    NOTE.write_bytes(NOTE.read_bytes() + b" ")
    Path("cases/åse.yaml").unlink()

    found = look(deletes=True)

    assert [each.is_deleted for each in found.surplus] == [False]
    assert [each.what.code for each in found.problems] == ["tidy.file.by_hand"]
    assert NOTE.exists()


def test_the_command_lists_and_deletes(make, kvisdocs, program):
    make()
    Path("cases/åse.yaml").unlink()

    assert kvisdocs("tidy") == (
        0,
        f"{NOTE}: belongs to no case any more\n",
        "1 belongs to no case any more; nothing is deleted yet: look at them, then say --delete\n",
    )
    code, out, _ = kvisdocs("tidy", "--delete", "--json")
    assert (code, json.loads(out)["deleted"]) == (0, True)
    assert kvisdocs("tidy") == (0, "", "nothing to tidy\n")
    assert list_letters(OUTPUT) == []
    assert program("--lang", "da", "history").out.endswith("hører ikke til nogen sag længere\n")


def test_a_folder_in_which_nothing_was_made_is_refused_and_not_made(kvisdocs):
    code, _, err = kvisdocs("tidy", "-o", "outputt")

    assert (code, err.partition(";")[0]) == (1, "outputt: nothing was made in this folder yet")
    assert not Path("outputt").exists()


def test_a_month_later_is_the_same_day_or_the_months_last():
    assert add_months(date(2012, 11, 30), 3) == date(2013, 2, 28)
    assert add_months(date(2012, 1, 31), 1) == date(2012, 2, 29)
    assert add_months(date(2012, 12, 5), 12) == date(2013, 12, 5)
