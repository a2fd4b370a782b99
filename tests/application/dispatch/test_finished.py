"""What may go out of an output folder: only what lies there as it was made, of a case that is as it was."""

import dataclasses
import io
import re
import shutil
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from made_letters import CASE, CITIZENS, DAY, OTHER

from kvisdocs.application.dispatch.finished import find_finished, open_search
from kvisdocs.application.dispatch.pack import describe, make_archives, name_files
from kvisdocs.application.dispatch.recipients import Recipient, read_recipient
from kvisdocs.application.journal.entry import Event
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.render_job import RenderJob
from kvisdocs.application.store.output_store import HELD_BACK
from kvisdocs.application.store.session import open_output
from kvisdocs.application.template_folders import find_assets
from kvisdocs.problems import KvisdocsError, UnknownNameError

MEETING = "moede-2026-11-04"


def find(root, formats=("pdf",), names=(), day=DAY):
    return find_finished(root / "output", find_assets(None), formats, names, day)


def files(found):
    return [(file.loaded.id, file.document.name) for file in found.files]


def codes(found):
    return [problem.code for problem in found.problems]


def test_all_letters_are_found_with_their_recipients(made):
    found = find(made)

    assert found.problems == ()
    assert {(file.loaded.id, file.document.name): read_recipient(file) for file in found.files} == {
        (OTHER, "follow-up-plan"): Recipient(
            "Amir Skovlund Hashemi", ("Amir Skovlund Hashemi", "Fjordgade 7, 1. th.", "4220 Korsør"), "4220"
        ),
        (OTHER, "gp-letter"): Recipient("Annelise Kofoed", ("Annelise Kofoed", "Havnegade 3", "4220 Korsør"), "4220"),
        (CASE, "follow-up-plan"): Recipient(
            "Mathilde Højgaard Thorup", ("Mathilde Højgaard Thorup", "Åvænget 12", "8800 Viborg"), "8800"
        ),
        (CASE, "gp-letter"): Recipient(
            "Jeppe Rønnow", ("Jeppe Rønnow", "Lægehuset Søkanten", "Søndersøvej 40", "8800 Viborg"), "8800"
        ),
        (CASE, "return-plan"): Recipient(
            "Nørreå Møbler A/S",
            ("Nørreå Møbler A/S", "Att.: Gitte Abildtrup", "Savværksvej 5", "8800 Viborg"),
            "8800",
        ),
    }
    assert {file.day for file in found.files} == {DAY}
    assert {file.caseworker for file in found.files} == {"Palle Vestermark", "Solveig Banke"}


def test_only_the_documents_named_are_found(made):
    assert files(find(made, names=["return-plan"])) == [(CASE, "return-plan")]
    with pytest.raises(UnknownNameError):
        find(made, names=["returnplan"])


def test_a_letter_that_shows_another_than_its_case_says_is_an_error(made):
    plan, letter = find(made, names=["follow-up-plan", "gp-letter"]).files[2:]

    said = read_recipient(dataclasses.replace(plan, data=letter.data))

    assert said.code == "dispatch.recipient.other"
    assert (said.what.values["shown"], said.what.values["due"]) == ("Jeppe Rønnow", "Mathilde Højgaard Thorup")


def test_a_changed_byte_keeps_a_letter_back(letters):
    path = letters / "output" / CASE / "return-plan.pdf"
    path.write_bytes(path.read_bytes() + b"\n")

    found = find(letters, names=["return-plan"])

    assert (files(found), codes(found)) == ([], ["dispatch.file.changed"])
    assert found.problems[0].position.file == str(path)


def test_a_letter_that_is_gone_is_told_of(letters):
    (letters / "output" / CASE / "return-plan.pdf").unlink()

    assert codes(find(letters, names=["return-plan"])) == ["dispatch.file.gone"]


def test_a_format_that_was_not_made_is_told_of(made):
    found = find(made, formats=("docx",), names=["return-plan"])

    assert codes(found) == ["dispatch.file.not_made"]
    assert "--to docx" in str(found.problems[0].todo)


def test_a_letter_of_an_earlier_case_is_kept_back(letters):
    case = letters / "cases" / f"{CASE}.yaml"
    case.write_text(case.read_text("utf-8") + "# rettet\n", "utf-8")

    found = find(letters)

    assert files(found) == [(OTHER, "follow-up-plan"), (OTHER, "gp-letter")]
    assert codes(found) == ["dispatch.file.stale"] * 3


def test_a_withdrawn_consent_keeps_the_letter_back_and_no_other(letters):
    case = letters / "cases" / f"{CASE}.yaml"
    text = case.read_text("utf-8")
    head, _, consents = text.partition("consents:\n")
    gp = consents.index("party: gp")
    end = consents.index("given: ", gp)
    case.write_text(f"{head}consents:\n{consents[:end]}withdrawn: {DAY}\n    {consents[end:]}", "utf-8")

    found = find(letters, day=DAY + timedelta(days=1))

    assert {each.position.file.rpartition("/")[2]: each.code for each in found.problems} == {
        "gp-letter.pdf": "dispatch.file.blocked",
        "follow-up-plan.pdf": "dispatch.file.stale",
        "return-plan.pdf": "dispatch.file.stale",
    }


def test_what_was_held_back_stays(letters):
    output = letters / "output"
    (output / HELD_BACK / CASE).mkdir(parents=True)
    (output / CASE / "return-plan.pdf").rename(output / HELD_BACK / CASE / "return-plan.pdf")

    assert codes(find(letters, names=["return-plan"])) == ["dispatch.file.held_back"]


@pytest.mark.parametrize("event", [Event.PRINTED, Event.SENT])
def test_what_went_out_does_not_go_again_and_is_packed_as_it_was_though_its_case_changed(letters, event):
    (plan,) = find(letters, names=["return-plan"]).files
    with open_output(letters / "output"):
        Journal(letters / "output").append([dataclasses.replace(plan.letter.made, event=event)])
    case = letters / "cases" / f"{CASE}.yaml"
    case.write_text(re.sub(r"(?m)^consents:\n(?:[ -].*\n)*", "", case.read_text("utf-8")), encoding="utf-8")

    with open_search(letters / "output", find_assets(None), ["return-plan"], DAY) as search:
        again = search.find(Journal(letters / "output").read_whole(), ("pdf",))
    (packed,) = find(letters, names=["return-plan"]).files

    assert (again.files, codes(again)) == ((), [f"dispatch.file.{event.name.lower()}"])
    assert packed.data == plan.data
    assert codes(find(letters, names=["gp-letter"])) == ["dispatch.file.blocked"]


def test_a_case_that_is_gone_is_told_of(letters):
    (letters / "cases" / f"{OTHER}.yaml").unlink()

    found = find(letters)

    assert {each[0] for each in files(found)} == {CASE}
    lying = [letters / "output" / OTHER / name for name in ("follow-up-plan.pdf", "gp-letter.pdf")]
    assert [each.position.file for each in found.problems] == [str(each) for each in lying]
    assert codes(found) == ["dispatch.case.gone"] * 2


def test_a_broken_case_is_told_of(letters):
    (letters / "cases" / f"{CASE}.yaml").write_text("kind: citizen\n", "utf-8")

    found = find(letters)

    assert files(found) == [(OTHER, "follow-up-plan"), (OTHER, "gp-letter")]
    assert codes(found) == ["dispatch.case.faulty"] * 3
    assert found.problems[0].position.file == str(letters / "output" / CASE / "follow-up-plan.pdf")


def test_a_folder_without_a_manifest_is_refused_and_stays_as_it_is(tmp_path):
    with pytest.raises(KvisdocsError) as refused:
        find_finished(tmp_path, find_assets(None), ("pdf",), (), DAY)

    assert [each.code for each in refused.value.problems] == ["dispatch.output.none"]
    assert list(tmp_path.iterdir()) == []


def test_files_are_packed_under_their_names_with_their_bytes(made, tmp_path):
    found = find(made).files

    ((path, data, number),) = make_archives(found, tmp_path / "sager.zip", "{caseworker}/{document} {date}", False)

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = {each.filename: (archive.read(each), each.date_time[:3]) for each in archive.infolist()}
    assert (path.name, number) == ("sager.zip", 5)
    assert held == {
        f"{file.caseworker}/{file.document.title} 2026-11-20.pdf": (file.data, (2026, 11, 20)) for file in found
    }


def test_each_caseworker_has_an_own_archive(made, tmp_path):
    archives = make_archives(find(made).files, tmp_path / "sager.zip", "{document}", True)

    assert {path.name: number for path, _, number in archives} == {
        "sager Palle Vestermark.zip": 3,
        "sager Solveig Banke.zip": 2,
    }


def test_no_file_is_named_by_a_cpr_number(made):
    (plan,) = find(made, names=["return-plan"]).files
    cpr = plan.loaded.case.citizen.cpr
    case = plan.loaded.case.model_copy(update={"case_number": f"Sag {cpr[:6]}-{cpr[-4:]}"})
    plan = dataclasses.replace(plan, loaded=dataclasses.replace(plan.loaded, case=case))

    assert name_files([plan], "{name} {date}") == ["Mathilde Højgaard Thorup 2026-11-20.pdf"]
    with pytest.raises(KvisdocsError) as refused:
        name_files([plan], "{case_number} {document}")
    assert [each.code for each in refused.value.problems] == ["dispatch.name.cpr"]
    assert describe(plan)["date"] == date(2026, 11, 20).isoformat()


def test_an_agenda_is_stale_where_one_of_its_items_was_changed(tmp_path):
    cases = shutil.copytree(CITIZENS.parent / "committee", tmp_path / "cases")
    scribe = Scribe("Prøve", lambda: datetime(2026, 11, 20, 9, tzinfo=UTC))
    RenderJob(tmp_path / "output", DAY, ("pdf",), scribe=scribe).make([cases / f"{MEETING}.yaml"], ["agenda"], None)
    assert files(find(tmp_path)) == [(MEETING, "agenda")]

    item = cases / "moede-punkt-2.yaml"
    item.write_text(item.read_text(encoding="utf-8") + "# set igennem\n", encoding="utf-8")

    assert codes(find(tmp_path)) == ["dispatch.file.stale"]


def test_nothing_goes_out_by_a_journal_in_which_somebody_wrote(letters):
    journal = letters / "output/.kvisdocs/journal.jsonl"
    journal.write_text(
        journal.read_text(encoding="utf-8").replace('"event":"made"', '"event":"approved"', 1), encoding="utf-8"
    )

    with pytest.raises(KvisdocsError) as refused:
        find(letters)
    assert [each.code for each in refused.value.problems] == ["journal.line.broken_chain"]
