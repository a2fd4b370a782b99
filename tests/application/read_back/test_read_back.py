"""A Word file that somebody edited, read back into its case: shown, applied, and nothing lost."""

import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from examples import EXAMPLES, TEMPLATES
from user import Call, call_kvisdocs
from word_edits import WordEdit, edit_in_office, edit_word

CASE = Path("sager/mathilde.yaml")
PLAN = Path("output/mathilde/follow-up-plan.docx")
DAY = "2026-11-23"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a case that has remarks, and the plan and the letter made of it; and an item with its brief."""
    folder = tmp_path_factory.mktemp("made")
    text = (EXAMPLES / "citizens/mathilde-hoejgaard-thorup.yaml").read_text(encoding="utf-8")
    text = text.replace("  next_follow_up: 2026-12-02\n", "  next_follow_up: 2026-12-02   # flyttet én gang\n")
    text = text.replace("  goal: Fuld", "  # målet er borgerens egne ord\n  goal: Fuld", 1)
    item = (EXAMPLES / "committee/viborg-punkt-12.yaml").read_text(encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        (folder / "sager").mkdir()
        (folder / CASE).write_text(text, encoding="utf-8")
        (folder / "sager/punkt.yaml").write_text(item, encoding="utf-8")
        said = call_kvisdocs("render", "sager", "-d", "follow-up-plan", "--to", "docx", "--date", DAY)
        assert PLAN.exists(), said
        assert call_kvisdocs("render", "sager/punkt.yaml", "--to", "docx", "--date", DAY).code == 0
    return folder


@pytest.fixture(autouse=True)
def copied(made: Path, folder: Path) -> None:
    shutil.copytree(made, folder, dirs_exist_ok=True)


def compared(kvisdocs: Call, *arguments: str) -> tuple[int, dict[str, Any]]:
    said = kvisdocs("read-back", *arguments, "--json")
    return said.code, json.loads(said.out)


def test_a_file_that_nobody_edited_says_the_same(kvisdocs: Call) -> None:
    said = kvisdocs("read-back", str(PLAN))
    assert said.code == 0
    assert f"{PLAN} beside follow-up-plan of {CASE}, {DAY}" in said.out
    assert said.err == "the Word file says what the case says\n"


def test_edited_fields_go_back_into_the_lines_of_the_case_and_the_rest_is_told(kvisdocs: Call) -> None:
    def edit(word: WordEdit) -> None:
        word.put("goal", "Halv tid: 18 timer # om ugen")
        word.put("next-follow-up", "Vi taler sammen næste gang den 9. december 2026.")
        word.put("status-1", "nået")
        word.put("status-3", "halvvejs")
        word.put("status-note-2", "Vi ser på det i januar.")
        word.put("status-note-3", "–")
        word.exchange("Du har ret til at se din sag.", "Du kan se din sag.")
        word.exchange("Priser og varenumre", "Priser")
        word.delete("Du kan altid trække et samtykke tilbage")
        word.add_below("Planen ligger i din sag", "Vi ses.")

    edit_word(PLAN, edit)
    edited, before = PLAN.read_bytes(), CASE.read_text(encoding="utf-8")

    code, found = compared(kvisdocs, str(PLAN))
    assert code == 1
    keys = ["", *(line.strip(" -").partition(":")[0] for line in before.splitlines())]
    assert [(each["field"], keys[each["line"]], each["value"], each["code"]) for each in found["fields"]] == [
        ("next-follow-up", "next_follow_up", "2026-12-09", None),
        ("goal", "goal", "Halv tid: 18 timer # om ugen", None),
        ("status-1", "progress", "reached", None),
        ("status-note-2", "goal", "Vi ser på det i januar.", None),
        ("status-3", "", None, "read_back.field.computed"),
        ("status-note-3", "status_note", None, None),
    ]
    assert [(each["before"][:24], each["after"][:24]) for each in found["texts"]] == [
        ("Priser og varenumre", "Priser"),
        ("Du kan altid trække et s", ""),
        ("", "Vi ses."),
        ("Du har ret til at se din", "Du kan se din sag. Ring "),
    ]
    assert CASE.read_text(encoding="utf-8") == before

    said = kvisdocs("read-back", str(PLAN), "--apply")
    assert said.code == 1
    assert said.err == (
        "6 fields are changed, 5 written into the case; "
        "4 changes outside of fields stand in the Word file alone, which is left as it is\n"
    )
    assert 'field "Status", table 6, row 6, column 2' in said.out
    assert "cannot be written into the case: the document puts this text together itself" in said.out
    wanted = before.replace("2026-12-02   # flyttet", "2026-12-09   # flyttet")
    wanted = wanted.replace("goal: Fuld tid igen som indkøber, 37 timer om ugen, fra den 1. februar 2027.",
                            'goal: "Halv tid: 18 timer # om ugen"', 1)  # fmt: skip
    wanted = wanted.replace("progress: under_way\n", "progress: reached\n", 1)
    wanted = wanted.replace("progress: planned\n", "progress: planned\n        status_note: Vi ser på det i januar.\n")
    wanted = wanted.replace("        status_note: Du har været med tre gange.\n", "")
    assert CASE.read_text(encoding="utf-8") == wanted
    assert PLAN.read_bytes() == edited

    code, found = compared(kvisdocs, str(PLAN))
    assert [each["field"] for each in found["fields"]] == ["status-3"]
    assert (code, len(found["texts"]), found["case_changed"]) == (1, 5, True)
    assert ("nået", "i gang") in [(each["before"][-4:], each["after"][-6:]) for each in found["texts"]]  # said twice


def test_a_file_edited_in_libreoffice(kvisdocs: Call) -> None:
    exchanged = {"som indkøber, 37": "som chefindkøber, 37", "gik godt": "gik rigtig godt", "Ring eller skriv": "Skriv"}
    edit_in_office(PLAN.resolve(), exchanged, "Planen ligger i din sag")
    before = CASE.read_text(encoding="utf-8")
    code, found = compared(kvisdocs, str(PLAN), "--apply")
    assert code == 1
    assert [(each["title"], each["applied"]) for each in found["fields"]] == [
        ("Mål", True),
        ("Det blev vi enige om", True),
    ]
    assert [(each["before"][:30], each["after"][:30]) for each in found["texts"]] == [
        ("Du kan altid trække et samtykk", "Du kan altid trække et samtykk"),
        ("Planen ligger i din sag hos ko", ""),
    ]
    wanted = before.replace("goal: Fuld tid igen som indkøber", "goal: Fuld tid igen som chefindkøber", 1)
    assert CASE.read_text(encoding="utf-8") == wanted.replace("uge gik godt", "uge gik rigtig godt")


def test_a_control_taken_away_and_tracked_changes_are_read_as_people_see_them(kvisdocs: Call) -> None:
    def edit(word: WordEdit) -> None:
        word.unwrap("joint-status-1")
        word.exchange("Vi er enige om trinnene og opgaverne.", "Vi er enige om opgaverne.")
        run = next(each for each in word.control("goal").iter() if each.tag.endswith("}r"))
        tracked = run.makeelement(run.tag.replace("}r", "}del"))
        run.addprevious(tracked)
        word.control("goal").find(".//{*}sdtContent").append(run.makeelement(run.tag.replace("}r", "}ins")))
        word.control("goal").find(".//{*}ins").append(_run_like(run, "Halv tid"))
        tracked.append(run)

    edit_word(PLAN, edit)
    code, found = compared(kvisdocs, str(PLAN), "--apply")
    assert (code, found["texts"]) == (0, [])
    assert {each["field"]: each["value"] for each in found["fields"]} == {
        "goal": "Halv tid",
        "joint-status-1": "Vi er enige om opgaverne.",
    }
    assert all(each["applied"] for each in found["fields"])


def _run_like(run: Any, text: str) -> Any:
    new = run.makeelement(run.tag)
    new.append(run.makeelement(run.tag.replace("}r", "}t")))
    new[0].text = text
    return new


def test_a_case_that_changed_since_is_left_alone_unless_asked(kvisdocs: Call) -> None:
    edit_word(PLAN, lambda word: word.put("goal", "Halv tid"))
    changed = CASE.read_text(encoding="utf-8").replace("Den første uge gik godt.", "Det gik.")
    CASE.write_text(changed, encoding="utf-8")
    said = kvisdocs("read-back", str(PLAN), "--apply")
    assert said.code == 1
    assert "warning: the case was changed after this file was made" in said.err
    assert f"{CASE}: the case was changed after the Word file; nothing is written" in said.err
    assert CASE.read_text(encoding="utf-8") == changed
    assert kvisdocs("read-back", str(PLAN), "--apply", "--anyway").code == 0
    assert "goal: Halv tid\n" in CASE.read_text(encoding="utf-8")


def test_what_the_case_cannot_take_is_told_with_its_reason(kvisdocs: Call) -> None:
    edit_word(PLAN, lambda word: word.put("goal", "x" * 200_001))
    said = kvisdocs("read-back", str(PLAN), "--apply")
    assert said.code == 1
    assert "cannot be written into the case: the case cannot take it" in said.out


def test_a_draft_is_compared_without_its_mark(kvisdocs: Call) -> None:
    profile = (TEMPLATES / "profiles/viborg.yaml").read_text(encoding="utf-8")
    Path("templates/profiles").mkdir(parents=True)
    Path("templates/profiles/viborg.yaml").write_text(f"{profile}approval: one\n", encoding="utf-8")
    kvisdocs("render", str(CASE), "-d", "follow-up-plan", "--to", "docx", "--date", DAY)
    draft = PLAN.with_stem("follow-up-plan-UDKAST")
    assert kvisdocs("read-back", str(draft)).err.endswith("the Word file says what the case says\n")
    edit_word(draft, lambda word: word.put("goal", "Halv tid"))
    code, found = compared(kvisdocs, str(draft), "--apply")
    assert (code, found["document"], found["texts"]) == (0, "follow-up-plan", [])
    assert "goal: Halv tid\n" in CASE.read_text(encoding="utf-8")


def test_a_decision_of_an_item(kvisdocs: Call) -> None:
    brief = Path("output/punkt/committee-brief.docx")
    edit_word(brief, lambda word: word.put("decision-1", "Udsat."))
    code, found = compared(kvisdocs, str(brief), "--apply")
    assert (code, found["fields"][0]["applied"], found["texts"]) == (0, True, [])
    assert "Udsat." in Path("sager/punkt.yaml").read_text(encoding="utf-8")


def test_paragraphs_of_one_field_changed_added_and_deleted(kvisdocs: Call) -> None:
    item, brief = Path("sager/punkt.yaml"), Path("output/punkt/committee-brief.docx")
    one = item.read_text(encoding="utf-8")
    before = "  - text: |\n      Godkendt.\n\n      Status skal vise, hvem der ansættes.\n\n      Sagen kommer igen.\n"
    item.write_text(re.sub(r"  - text: Godkendt .*\n", before, one), encoding="utf-8")
    kvisdocs("render", str(item), "--to", "docx", "--date", DAY)

    def edit(word: WordEdit) -> None:
        word.exchange("Status skal vise", "Status skal også vise")
        word.delete("Sagen kommer igen.")
        word.add_below("Godkendt.", "Imod var én.")

    edit_word(brief, edit)
    code, found = compared(kvisdocs, str(brief), "--apply")
    assert (code, found["texts"]) == (0, [])
    after = "  - text: |\n      Godkendt.\n\n      Imod var én.\n\n      Status skal også vise, hvem der ansættes.\n"
    assert item.read_text(encoding="utf-8") == re.sub(r"  - text: Godkendt .*\n", after, one)


def test_a_renamed_file_elsewhere_is_asked_about(kvisdocs: Call) -> None:
    away = Path("hentet.docx")
    shutil.copyfile(PLAN, away)
    told = kvisdocs("read-back", "hentet.docx").err
    assert "hentet.docx: cannot tell which document this is; say it with -d, one of: " in told
    asked = kvisdocs("read-back", "hentet.docx", "-d", "follow-up-plan")
    assert "cannot tell from which case this was made; say it with --case" in asked.err
    said = kvisdocs("read-back", "hentet.docx", "-d", "follow-up-plan", "--case", str(CASE))
    assert (said.code, "note: no journal tells whether the case was changed" in said.err) == (0, True)
    assert kvisdocs("read-back", "hentet.docx", "-d", "no-such").code == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", "the DOCX is encrypted, or an old .doc file; open it in Word"),
        (b"PK\x03\x04 cut off", "the file is damaged: it is no whole ZIP archive"),
        (b"hej", "the file is not a DOCX"),
        (b"", "the file is not a DOCX"),
    ],
)
def test_what_is_no_word_file_is_said(kvisdocs: Call, data: bytes, said: str) -> None:
    PLAN.write_bytes(data)
    found = kvisdocs("read-back", str(PLAN), "--apply")
    assert found.code == 1
    assert f"{PLAN}: {said}" in found.err


def test_another_word_file_under_the_name_is_found_out(kvisdocs: Call) -> None:
    shutil.copyfile("output/punkt/committee-brief.docx", PLAN)
    said = kvisdocs("read-back", str(PLAN), "--apply")
    assert said.code == 1
    assert f'{PLAN}: hardly a paragraph of it is one of "follow-up-plan" as it is made from {CASE}' in said.err
    with zipfile.ZipFile(PLAN, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    assert "it has no main document" in kvisdocs("read-back", str(PLAN)).err


def test_a_paper_of_a_meeting_says_where_its_decisions_are_written(kvisdocs: Call) -> None:
    shutil.copytree(EXAMPLES / "committee", "udvalg")
    meeting, minutes = "moede-2026-11-04", Path("output/moede-2026-11-04/minutes.docx")
    assert kvisdocs("render", f"udvalg/{meeting}.yaml", "-d", "minutes", "--to", "docx", "--date", DAY).code == 0
    edit_word(minutes, lambda word: word.put("decision-1", "Taget til efterretning."))

    code, found = compared(kvisdocs, str(minutes))

    assert (code, {each["code"] for each in found["fields"]}) == (1, {"read_back.field.of_item"})
